import type {PolicyDocument} from '../../policy/document.js';
import {changedStatements} from './changed-statements.js';
import type {Kind, OperationBase} from './kind.js';

export type RestoreBucketPolicy = OperationBase & {
	readonly kind: 'restore-bucket-policy';
	readonly before?: PolicyDocument;
	/** `null`: there was none, and none is left. */
	readonly after: PolicyDocument | null;
};

export const restoreBucketPolicy: Kind<RestoreBucketPolicy> = {
	kind: 'restore-bucket-policy',
	words: {plan: 'Restore policy', doing: 'Restoring bucket policy', done: 'Bucket policy restored'},
	noun: 'the bucket policy of',
	detail: changedStatements,
};
