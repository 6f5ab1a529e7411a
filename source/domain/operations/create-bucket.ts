import type {OperationBase, PlannedKind} from './kind.js';

export type CreateBucket = OperationBase & {
	readonly kind: 'create-bucket';
	readonly after: {readonly Bucket: string; readonly Region: string};
};

export const createBucket: PlannedKind<CreateBucket> = {
	kind: 'create-bucket',
	words: {plan: 'Create bucket', doing: 'Creating bucket', done: 'Bucket created'},
	noun: 'the bucket',
	detail: ({region}) => region,
	remaining: {noun: 'buckets', isPlural: true},
	needs: {bucket: ['s3:CreateBucket']},
	mayBeAt: () => true,
	takesEffectLate: false,
	undoReadings: ['contents', 'own'],
};
