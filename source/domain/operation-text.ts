import type {OperationKind} from './plan.js';

type Texts = {readonly plan: string; readonly doing: string; readonly done: string};

const texts: Readonly<Record<OperationKind, Texts>> = {
	'create-bucket': {plan: 'Create bucket', doing: 'Creating bucket', done: 'Bucket created'},
	'enable-versioning': {plan: 'Enable versioning', doing: 'Enabling versioning', done: 'Versioning enabled'},
	'create-role': {plan: 'Create role', doing: 'Creating role', done: 'Role created'},
	'put-role-policy': {plan: 'Put role policy', doing: 'Putting role policy', done: 'Role policy put'},
	'put-bucket-policy': {plan: 'Put bucket policy', doing: 'Putting bucket policy', done: 'Bucket policy put'},
	'delete-objects': {plan: 'Delete test files', doing: 'Deleting test files', done: 'Test files deleted'},
	'delete-bucket': {plan: 'Delete bucket', doing: 'Deleting bucket', done: 'Bucket deleted'},
	'delete-role': {plan: 'Delete role', doing: 'Deleting role', done: 'Role deleted'},
	'delete-role-policy': {
		plan: 'Delete role policy',
		doing: 'Deleting role policy',
		done: 'Role policy deleted',
	},
	'restore-role-policy': {
		plan: 'Restore role policy',
		doing: 'Restoring role policy',
		done: 'Role policy restored',
	},
	'restore-bucket-policy': {
		plan: 'Restore policy',
		doing: 'Restoring bucket policy',
		done: 'Bucket policy restored',
	},
	'restore-replication': {
		plan: 'Restore replication',
		doing: 'Restoring replication',
		done: 'Replication restored',
	},
	'restore-versioning': {
		plan: 'Restore versioning',
		doing: 'Restoring versioning',
		done: 'Versioning restored',
	},
	'put-replication': {
		plan: 'Put replication rule',
		doing: 'Putting replication rule',
		done: 'Replication rule put',
	},
};

/** What an operation is called before, while and after it is done. */
export function operationText(kind: OperationKind): Texts {
	return texts[kind];
}
