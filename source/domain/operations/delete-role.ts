import type {Kind, OperationBase} from './kind.js';

export type DeleteRole = OperationBase & {
	readonly kind: 'delete-role';
	/** The unique id of the role that this was planned for. */
	readonly roleId?: string;
	readonly after: null;
};

export const deleteRole: Kind<DeleteRole> = {
	kind: 'delete-role',
	words: {plan: 'Delete role', doing: 'Deleting role', done: 'Role deleted'},
	noun: 'the role',
	detail: () => 'created by the run, and nothing else is in it',
};
