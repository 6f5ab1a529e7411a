import type {OperationBase} from '../take-back/operation.js';
import type {Kind} from './kind.js';

export type DeleteObjects = OperationBase & {
	readonly kind: 'delete-objects';
	/** The versions of the run's test files below it go, and nothing else. */
	readonly after: {readonly Prefix: string};
};

export const deleteObjects: Kind<DeleteObjects> = {
	kind: 'delete-objects',
	words: {plan: 'Delete test files', doing: 'Deleting test files', done: 'Test files deleted'},
	noun: 'the test files in',
	detail: ({after}) => `the run’s own versions below ${after.Prefix}`,
};
