import {globalRegion} from '../arn.js';
import {planRolePolicies} from '../role/plan-role.js';
import type {PlanContext} from './plan-context.js';
import type {PolicyDocument} from '../../policy/document.js';
import {neededByJob} from './create-job.js';
import type {Kind, PlannedKind} from './kind.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	addedSince,
	gone,
	needed,
	rulesBefore,
	type TakeBackContext,
	type TakenBack,
	type UndoReason,
} from '../take-back/take-back-context.js';
import {isSameDocument, withoutWrites} from '../take-back/take-back-policy.js';
import {isPolicy, isText, orAbsent} from '../take-back/shape.js';

export type PutRolePolicy = OperationBase & {
	readonly kind: 'put-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export type DeleteRolePolicy = OperationBase & {
	readonly kind: 'delete-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: null;
};

const deleteRolePolicy: Kind<DeleteRolePolicy> = {
	kind: 'delete-role-policy',
	words: {
		plan: 'Delete role policy',
		keep: 'Keep role policy',
		doing: 'Deleting role policy',
		done: 'Role policy deleted',
	},
	noun: 'the policy of the role',
	detail: ({policyName}) => `inline policy ${policyName}`,
};

export type RestoreRolePolicy = OperationBase & {
	readonly kind: 'restore-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

const restoreRolePolicy: Kind<RestoreRolePolicy> = {
	kind: 'restore-role-policy',
	words: {
		plan: 'Restore role policy',
		keep: 'Keep role policy',
		doing: 'Restoring role policy',
		done: 'Role policy restored',
	},
	noun: 'the policy of the role',
	detail: ({policyName}) => `inline policy ${policyName}`,
};

export const putRolePolicy: PlannedKind<PutRolePolicy, DeleteRolePolicy | RestoreRolePolicy> = {
	kind: 'put-role-policy',
	words: {
		plan: 'Put role policy',
		keep: 'Keep role policy',
		doing: 'Putting role policy',
		done: 'Role policy put',
	},
	noun: 'the policy of the role',
	detail: ({policyName}) => `inline policy ${policyName}`,
	on: 'role',
	partOf: ({policyName}) => policyName,
	remaining: {noun: 'role policy', impliedBy: 'create-role'},
	needs: {role: ['iam:PutRolePolicy']},
	undoNeeds: {role: ['iam:ListRolePolicies', 'iam:ListAttachedRolePolicies', 'iam:DeleteRolePolicy']},
	plan: (context) => (context.choice.isGiven ? [] : policiesFor(context)),
	mayBeAt: (side) => side === 'source',
	takesEffectLate: true,
	recorded: {policyName: isText, before: orAbsent(isPolicy), after: isPolicy},
	undoReadings: [],
	undoKinds: {'delete-role-policy': deleteRolePolicy, 'restore-role-policy': restoreRolePolicy},
	takeBack,
};

function policiesFor(context: PlanContext): readonly PutRolePolicy[] {
	const {caller} = context.observed.source;
	return planRolePolicies(context).map(
		({isOwn, destinationBucket, policyName, change, before, after, notes}) => ({
			id: isOwn ? 'put-role-policy' : `put-role-policy:${destinationBucket}`,
			kind: 'put-role-policy',
			side: 'source',
			target: context.choice.name,
			change,
			account: caller.accountId,
			region: globalRegion(caller.partition),
			requires: ['create-role'],
			policyName,
			before,
			after,
			...(notes.length === 0 ? {} : {notes}),
		}),
	);
}

/** The policy of a role that the same plan has. */
export function policyOfRole(
	role: AnyOperation,
	policyName: string,
	after: PolicyDocument,
	before: PolicyDocument | undefined,
): PutRolePolicy {
	const {side, target, account, region} = role;
	const change = before === undefined ? 'create' : isSameDocument(before, after) ? 'keep' : 'update';
	return {
		...{side, target, account, region},
		id: 'put-role-policy',
		kind: 'put-role-policy',
		change,
		requires: [role.id],
		policyName,
		...(before ? {before} : {}),
		after,
	};
}

/** Takes a run's policy out of a role, or what the run wrote out of the policy, unless a rule that was added since uses it. */
function takeBack(
	group: Group<PutRolePolicy>,
	context: TakeBackContext,
): TakenBack<DeleteRolePolicy | RestoreRolePolicy> {
	const requires = rulesBefore(context);
	const {policyName} = group.first.operation;
	const role = context.observed.roles[group.target];
	const now = role?.inline[policyName] ?? undefined;
	const destinations = new Set(context.endBuckets);
	const job = role && neededByJob(context, ({roleArn}) => roleArn === role.arn);
	const user =
		role &&
		addedSince(context).some(
			({role: arn, destinationBucket}) => arn === role.arn && destinations.has(destinationBucket),
		)
			? 'a rule that was added since uses it'
			: job;
	const deletion = (change: 'keep' | 'delete', reason?: UndoReason) => {
		const shared = undoOf(group, deleteRolePolicy.kind, requires);
		return {step: stepFor(group, {...shared, policyName, change, before: now, after: null}, reason)};
	};
	if (user !== undefined) return deletion('keep', needed(user));
	const after = withoutWrites(now, group.all);
	if (isSameDocument(now, after))
		return deletion('keep', gone(now ? 'it is as it was before the run' : 'it is gone'));
	if (!after) return deletion('delete');
	const shared = undoOf(group, restoreRolePolicy.kind, requires);
	return {step: stepFor(group, {...shared, policyName, change: 'update', before: now, after})};
}

/** Whether an operation of an undo deletes a policy of a role. */
export function deletesRolePolicy(operation: AnyOperation): operation is DeleteRolePolicy {
	return operation.kind === deleteRolePolicy.kind && operation.change === 'delete';
}
