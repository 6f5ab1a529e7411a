import {type Side, sides} from '../answers/mode.js';
import type {PlanContext} from './plan-context.js';
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
	undoNeeds: {
		bucket: [
			's3:DeleteBucket',
			's3:ListBucketVersions',
			's3:ListBucketMultipartUploads',
			's3:GetBucketTagging',
			's3:GetLifecycleConfiguration',
			's3:GetBucketNotification',
			's3:GetEncryptionConfiguration',
			's3:GetBucketOwnershipControls',
			's3:GetBucketPublicAccessBlock',
			's3:GetBucketWebsite',
			's3:GetBucketCORS',
			's3:GetBucketLogging',
			's3:GetInventoryConfiguration',
			's3:GetBucketObjectLockConfiguration',
		],
	},
	plan: (context) => sides.map((side) => createBucketAt(side, context)),
	mayBeAt: () => true,
	takesEffectLate: false,
	undoReadings: ['contents', 'own'],
};

function createBucketAt(side: Side, {observed, [side]: end}: PlanContext): CreateBucket {
	return {
		id: `create-bucket:${side}`,
		kind: 'create-bucket',
		side,
		target: end.bucket,
		change: observed[side].bucket.state === 'owned' ? 'keep' : 'create',
		account: end.accountId,
		region: end.region,
		requires: [],
		after: {Bucket: end.bucket, Region: end.region},
	};
}
