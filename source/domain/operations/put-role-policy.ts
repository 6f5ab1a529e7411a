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
	mayBeAt: (side) => side === 'source',
	takesEffectLate: true,
	undoReadings: [],
};
