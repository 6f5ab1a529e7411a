import type {Kind, OperationBase} from './kind.js';

export type RestoreVersioning = OperationBase & {
	readonly kind: 'restore-versioning';
	readonly before?: {readonly Status?: 'Suspended' | 'Enabled'};
	readonly after: {readonly Status: 'Suspended'};
};

export const restoreVersioning: Kind<RestoreVersioning> = {
	kind: 'restore-versioning',
	words: {plan: 'Restore versioning', doing: 'Restoring versioning', done: 'Versioning restored'},
	noun: 'the versioning of',
	detail: () => 'Enabled → Suspended',
};
