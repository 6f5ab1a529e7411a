import type {PolicyDocument} from '../../policy/document.js';
import type {Kind, OperationBase} from './kind.js';

export type DeleteRole = OperationBase & {
	readonly kind: 'delete-role';
	/** The unique id of the role that this was planned for. */
	readonly roleId?: string;
	/** What it was like then; nobody's change since is deleted with it. */
	readonly planned?: {readonly trust: PolicyDocument; readonly description: string};
	/** The buckets whose rules runs of this machine wrote with it: they are looked at again. */
	readonly users?: ReadonlyArray<{
		readonly bucket: string;
		readonly region: string;
		readonly accountId: string;
	}>;
	readonly after: null;
};

export const deleteRole: Kind<DeleteRole> = {
	kind: 'delete-role',
	words: {plan: 'Delete role', doing: 'Deleting role', done: 'Role deleted'},
	noun: 'the role',
	detail: () => 'created by the run, and nothing else is in it',
};
