import {globalRegion, rolePathOf} from '../arn.js';
import {trustPolicy} from '../role/trust-policy.js';
import type {PlanContext} from './plan-context.js';
import {listOf, type PolicyDocument, statementsOf} from '../../policy/document.js';
import type {Kind, PlannedKind} from './kind.js';
import type {OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	gone,
	needed,
	replicationsLeft,
	stays,
	type TakeBackContext,
	type TakenBack,
	type UndoReason,
} from '../take-back/take-back-context.js';
import {isSamePolicy} from '../../policy/compare.js';
import {notCreatedBecause} from '../take-back/own-bucket.js';
import {neededByJob} from './create-job.js';
import {deletesRolePolicy} from './put-role-policy.js';
import type {RoleUser} from '../take-back/undo-observed.js';
import {isPolicy, isText, shaped} from '../take-back/shape.js';

export type CreateRole = OperationBase & {
	readonly kind: 'create-role';
	readonly after: {
		readonly RoleName: string;
		/** A role that is there keeps its own. */
		readonly Path: string;
		readonly Description: string;
		readonly AssumeRolePolicyDocument: PolicyDocument;
		/** The ARN of its permissions boundary. */
		readonly PermissionsBoundary?: string;
	};
};

export type DeleteRole = OperationBase & {
	readonly kind: 'delete-role';
	/** The unique id of the role that this was planned for. */
	readonly roleId?: string;
	/** What it was like then; nobody's change since is deleted with it. */
	readonly planned?: {readonly trust: PolicyDocument; readonly description: string};
	/** The buckets whose rules runs of this machine wrote with it: they are looked at again. */
	readonly users?: readonly RoleUser[];
	readonly after: null;
};

const deleteRole: Kind<DeleteRole> = {
	kind: 'delete-role',
	words: {plan: 'Delete role', keep: 'Keep role', doing: 'Deleting role', done: 'Role deleted'},
	noun: 'the role',
	detail: () => 'created by the run, and nothing else is in it',
	deletesTarget: true,
};

export const createRole: PlannedKind<CreateRole, DeleteRole> = {
	kind: 'create-role',
	words: {plan: 'Create role', keep: 'Keep role', doing: 'Creating role', done: 'Role created'},
	noun: 'the role',
	detail: ({after}) => `path ${after.Path}, trusts ${trustedIn(after.AssumeRolePolicyDocument)}`,
	on: 'role',
	remaining: {noun: 'role'},
	needs: {role: ['iam:CreateRole']},
	undoNeeds: {role: ['iam:DeleteRole']},
	plan: (context) => (context.choice.isGiven ? [] : [roleFor(context)]),
	mayBeAt: (side) => side === 'source',
	takesEffectLate: true,
	recorded: {
		after: shaped({RoleName: isText, Path: isText, Description: isText, AssumeRolePolicyDocument: isPolicy}),
	},
	undoReadings: [],
	undoKinds: {'delete-role': deleteRole},
	takeBack,
	makesTarget: true,
};

/** The services that a trust policy lets assume the role; S3 where it names none. */
function trustedIn(trust: PolicyDocument): string {
	const services = statementsOf(trust).flatMap(({Principal: principal}) =>
		typeof principal === 'object' ? listOf(principal.Service) : [],
	);
	return services.length === 0 ? 's3.amazonaws.com' : services.join(', ');
}

/** The role: created, or kept as it is. */
function roleFor({request, observed, choice}: PlanContext): CreateRole {
	const {caller} = observed.source;
	const {role, name} = choice;
	const notes = [
		...(choice.isOfRules
			? [
					`The rules of ${request.source.bucket} use this role already. One role serves all rules of a bucket: it is kept.`,
				]
			: []),
		...(request.keepsRole ? ['It is only used, not changed (--keep-role).'] : []),
	];
	const boundaryArn = role ? role.boundary?.arn : request.permissionsBoundary;
	return {
		id: 'create-role',
		kind: 'create-role',
		side: 'source',
		target: name,
		change: role ? 'keep' : 'create',
		account: caller.accountId,
		region: globalRegion(caller.partition),
		requires: [],
		after: {
			RoleName: name,
			Path: role ? rolePathOf(role.arn) : (request.rolePath ?? '/'),
			Description: role?.description ?? 'Lets Amazon S3 replicate objects. Created by s3-replicate.',
			AssumeRolePolicyDocument: role?.trust ?? trustPolicy,
			...(boundaryArn === undefined ? {} : {PermissionsBoundary: boundaryArn}),
		},
		...(notes.length === 0 ? {} : {notes}),
	};
}

/** A role besides that of the rules, that somebody else assumes; kept where an earlier try has made it. */
export function roleBeside(
	place: Pick<CreateRole, 'side' | 'target' | 'account' | 'region'>,
	{description, trust}: {readonly description: string; readonly trust: PolicyDocument},
	isThere: boolean,
): CreateRole {
	return {
		...place,
		id: 'create-role',
		kind: 'create-role',
		change: isThere ? 'keep' : 'create',
		requires: [],
		after: {RoleName: place.target, Path: '/', Description: description, AssumeRolePolicyDocument: trust},
	};
}

/** Deletes the role that a run created, where it is that very role, still is as it was made, and nobody else is known to use it. */
function takeBack(group: Group<CreateRole>, context: TakeBackContext): TakenBack<DeleteRole> {
	// A policy that names a role shows a meaningless id once the role is gone: statements go first.
	const requires = context.earlier.map(({id}) => id);
	const operation = {...undoOf(group, deleteRole.kind, requires), after: null};
	const keep = (reason: UndoReason) => ({
		step: stepFor(group, {...operation, change: 'keep' as const}, reason),
	});
	const role = context.observed.roles[group.target];
	if (!role) return keep(gone('it is gone'));
	const theirs = notCreatedBecause(group.all);
	if (theirs !== undefined) return keep(stays(theirs));
	const roleIds = group.all.flatMap(({answer}) => answer?.roleId ?? []);
	if (roleIds.length > 0 && !roleIds.includes(role.roleId))
		return keep(stays('somebody deleted it and made it again since'));
	const {Description, AssumeRolePolicyDocument} = group.first.operation.after;
	if (role.description !== Description || !isSamePolicy(role.trust, AssumeRolePolicyDocument))
		return keep(stays('it is not as this run made it: its description or its trust policy is another'));
	const job = neededByJob(context, ({roleArn}) => roleArn === role.arn);
	if (job !== undefined) return keep(needed(job));
	const goes = new Set(
		context.earlier
			.filter(deletesRolePolicy)
			.filter(({target}) => target === group.target)
			.map(({policyName}) => policyName),
	);
	const others = Object.keys(role.inline).filter((name) => !goes.has(name)).length + role.attachedCount;
	if (others > 0) return keep(needed(`${others} other ${others === 1 ? 'policy is' : 'policies are'} in it`));
	if (replicationsLeft(context).some(({after}) => after?.Role === role.arn))
		return keep(needed('other rules use it'));
	if (role.usedBy.length > 0) return keep(needed(`rules of ${role.usedBy.join(', ')} use it`));
	if (role.unreadUsers.length > 0) {
		return keep(
			needed(
				`the rules of ${role.unreadUsers.join(', ')}, where another run used it, cannot be read (s3:GetReplicationConfiguration)`,
			),
		);
	}

	const {roleId, trust, description, users} = role;
	return {
		step: stepFor(group, {...operation, roleId, planned: {trust, description}, users, change: 'delete'}),
		notes: isTrustedByS3(trust) ? [unseenUsersNote(group.target)] : [],
	};
}

/** The role of a job is none that rules use. */
function isTrustedByS3(trust: PolicyDocument): boolean {
	return trustedIn(trust).split(', ').includes('s3.amazonaws.com');
}

function unseenUsersNote(roleName: string): string {
	return `Only buckets of runs on this machine are looked at. Rules elsewhere that use role ${roleName} stop when it is deleted.`;
}
