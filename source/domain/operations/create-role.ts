import {globalRegion, rolePathOf} from '../arn.js';
import {trustPolicy} from '../role/replication-policies.js';
import type {PlanContext} from './plan-context.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {OperationBase, PlannedKind} from './kind.js';

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

export const createRole: PlannedKind<CreateRole> = {
	kind: 'create-role',
	words: {plan: 'Create role', doing: 'Creating role', done: 'Role created'},
	noun: 'the role',
	detail: ({after}) => `path ${after.Path}, trusts s3.amazonaws.com`,
	remaining: {noun: 'role'},
	needs: {role: ['iam:CreateRole']},
	undoNeeds: {role: ['iam:DeleteRole']},
	plan: (context) => [roleFor(context)],
	mayBeAt: (side) => side === 'source',
	takesEffectLate: true,
	undoReadings: [],
};

/** The role: created, or kept as it is. */
function roleFor({request, observed, choice}: PlanContext): CreateRole {
	const {caller} = observed.source;
	const {role, name} = choice;
	const notes = [
		...(choice.isPresent
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
