import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import type {Kind} from './kind.js';

export type DeleteObjects = OperationBase & {
	readonly kind: 'delete-objects';
	/** The versions of the run's test files below it go, and nothing else. */
	readonly after: {readonly Prefix: string};
};

export const deleteObjects: Kind<DeleteObjects> = {
	kind: 'delete-objects',
	words: {
		plan: 'Delete test files',
		keep: 'Keep test files',
		doing: 'Deleting test files',
		done: 'Test files deleted',
	},
	noun: 'the test files in',
	detail: ({after}) => `the run’s own versions below ${after.Prefix}`,
};

/** Deletes a run's test files in one bucket. */
export function deletionOf(
	given: Pick<DeleteObjects, 'side' | 'target' | 'change' | 'account' | 'region' | 'requires'>,
	prefix: string,
): DeleteObjects {
	return {id: deletionIdOf(given.target), kind: 'delete-objects', ...given, after: {Prefix: prefix}};
}

/** Which deletion it is, in records, too: the one of a bucket. */
export function deletionIdOf(bucket: string): string {
	return `delete-objects:${bucket}`;
}

/** Whether an operation deletes test files. */
export function deletesFiles(operation: AnyOperation): operation is DeleteObjects {
	return operation.kind === deleteObjects.kind;
}
