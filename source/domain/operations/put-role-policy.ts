import {globalRegion} from '../arn.js';
import {planRolePolicies} from '../role/plan-role.js';
import type {PlanContext} from './plan-context.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {OperationBase, PlannedKind} from './kind.js';

export type PutRolePolicy = OperationBase & {
	readonly kind: 'put-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export const putRolePolicy: PlannedKind<PutRolePolicy> = {
	kind: 'put-role-policy',
	words: {plan: 'Put role policy', doing: 'Putting role policy', done: 'Role policy put'},
	noun: 'the policy of the role',
	detail: ({policyName}) => `inline policy ${policyName}`,
	remaining: {noun: 'role policy', impliedBy: 'create-role'},
	needs: {role: ['iam:PutRolePolicy']},
	undoNeeds: {role: ['iam:ListRolePolicies', 'iam:ListAttachedRolePolicies', 'iam:DeleteRolePolicy']},
	plan: policiesFor,
	mayBeAt: (side) => side === 'source',
	takesEffectLate: true,
	undoReadings: [],
};

function policiesFor({request, observed, choice}: PlanContext): readonly PutRolePolicy[] {
	const {caller} = observed.source;
	return planRolePolicies(request, observed, choice).map(
		({isOwn, destinationBucket, policyName, change, before, after, notes}) => ({
			id: isOwn ? 'put-role-policy' : `put-role-policy:${destinationBucket}`,
			kind: 'put-role-policy',
			side: 'source',
			target: choice.name,
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
