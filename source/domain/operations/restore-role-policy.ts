import type {PolicyDocument} from '../../policy/document.js';
import type {Kind, OperationBase} from './kind.js';

export type RestoreRolePolicy = OperationBase & {
	readonly kind: 'restore-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export const restoreRolePolicy: Kind<RestoreRolePolicy> = {
	kind: 'restore-role-policy',
	words: {plan: 'Restore role policy', doing: 'Restoring role policy', done: 'Role policy restored'},
	noun: 'the policy of the role',
	detail: ({policyName}) => `inline policy ${policyName}`,
};
