import type {PolicyDocument} from '../../policy/document.js';
import type {OperationBase, PlannedKind} from './kind.js';
import {changedStatements} from './changed-statements.js';

export type PutBucketPolicy = OperationBase & {
	readonly kind: 'put-bucket-policy';
	readonly before?: PolicyDocument;
	readonly after: PolicyDocument;
};

export const putBucketPolicy: PlannedKind<PutBucketPolicy> = {
	kind: 'put-bucket-policy',
	words: {plan: 'Put bucket policy', doing: 'Putting bucket policy', done: 'Bucket policy put'},
	noun: 'the bucket policy of',
	detail: changedStatements,
	remaining: {noun: 'bucket policy'},
	needs: {bucket: ['s3:GetBucketPolicy', 's3:PutBucketPolicy']},
	// In one account the role's own policy is enough.
	mayBeAt: (side, mode) => side === 'destination' && mode === 'cross-account',
	takesEffectLate: true,
	undoReadings: ['policy'],
};
