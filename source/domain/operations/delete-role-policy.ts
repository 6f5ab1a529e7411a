import type {PolicyDocument} from '../../policy/document.js';
import type {Kind, OperationBase} from './kind.js';

export type DeleteRolePolicy = OperationBase & {
	readonly kind: 'delete-role-policy';
	readonly policyName: string;
	readonly before?: PolicyDocument;
	readonly after: null;
};

export const deleteRolePolicy: Kind<DeleteRolePolicy> = {
	kind: 'delete-role-policy',
	words: {plan: 'Delete role policy', doing: 'Deleting role policy', done: 'Role policy deleted'},
	noun: 'the policy of the role',
	detail: ({policyName}) => `inline policy ${policyName}`,
};
