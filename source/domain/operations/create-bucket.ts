import {type Side, sides} from '../answers/mode.js';
import {accountNameIn} from '../answers/bucket-name.js';
import type {PlanContext} from './plan-context.js';
import type {Kind, PlannedKind} from './kind.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import type {BucketImage} from '../observed/bucket-image.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	gone,
	needed,
	replicationsLeft,
	stays,
	type TakeBackContext,
	type TakenBack,
	type UndoReason,
} from '../take-back/take-back-context.js';
import {differencesOf, notCreatedBecause} from '../take-back/own-bucket.js';
import {neededByJob} from './create-job.js';
import {keepsReports} from './report-folder.js';
import {deletesFiles} from './delete-objects.js';
import {enablesVersioning, restoresVersioning} from './enable-versioning.js';
import {restoresBucketPolicy} from './put-bucket-policy.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import {isText, shaped} from '../take-back/shape.js';

export type CreateBucket = OperationBase & {
	readonly kind: 'create-bucket';
	readonly after: {
		readonly Bucket: string;
		readonly Region: string;
		/** The account's own namespace; absent: the one that all accounts share. */
		readonly BucketNamespace?: 'account-regional';
		/** Object Lock brings versioning, and cannot be switched off. */
		readonly ObjectLockEnabledForBucket?: true;
	};
};

export type DeleteBucket = OperationBase & {
	readonly kind: 'delete-bucket';
	/** What the bucket was like when this was planned: it has to be so still when it is deleted. */
	readonly image?: BucketImage;
	readonly after: null;
};

const deleteBucket: Kind<DeleteBucket> = {
	kind: 'delete-bucket',
	words: {plan: 'Delete bucket', keep: 'Keep bucket', doing: 'Deleting bucket', done: 'Bucket deleted'},
	noun: 'the bucket',
	detail: ({region}) => `${region}, if it is empty then`,
	deletesTarget: true,
};

/** Source: S3 API Reference, CreateBucket, "Permissions". */
const lockNeeds = {bucket: ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning']};

export const createBucket: PlannedKind<CreateBucket, DeleteBucket> = {
	kind: 'create-bucket',
	words: {plan: 'Create bucket', keep: 'Keep bucket', doing: 'Creating bucket', done: 'Bucket created'},
	noun: 'the bucket',
	detail: ({region, after}) =>
		[
			region,
			...(after.BucketNamespace === undefined ? [] : ["the account's own namespace"]),
			...(after.ObjectLockEnabledForBucket ? ['with Object Lock'] : []),
		].join(', '),
	on: 'bucket',
	remaining: {noun: 'buckets', isPlural: true},
	needs: {bucket: ['s3:CreateBucket']},
	alsoNeeds: ({after}) => (after.ObjectLockEnabledForBucket ? lockNeeds : {}),
	mayNeed: ({objectLock}, side) => (objectLock && side === 'destination' ? lockNeeds : {}),
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
			's3:GetBucketPolicy',
			's3:GetReplicationConfiguration',
		],
	},
	plan: (context) => sides.map((side) => createBucketAt(side, context)),
	mayBeAt: () => true,
	takesEffectLate: false,
	recorded: {after: shaped({Bucket: isText, Region: isText})},
	undoReadings: ['contents', 'own'],
	undoKinds: {'delete-bucket': deleteBucket},
	takeBack,
	makesTarget: true,
	holdsFiles: true,
};

/** A bucket besides those of a replication, for one use; kept where an earlier try has made it. */
export function bucketBeside(
	place: Pick<CreateBucket, 'side' | 'target' | 'account' | 'region'>,
	use: string,
	isThere: boolean,
	notes: readonly string[],
): CreateBucket {
	return {
		...place,
		id: `create-bucket:${use}`,
		kind: 'create-bucket',
		change: isThere ? 'keep' : 'create',
		requires: [],
		after: {Bucket: place.target, Region: place.region},
		notes,
	};
}

function createBucketAt(side: Side, {request, observed, [side]: end}: PlanContext): CreateBucket {
	// Source: S3 User Guide, "Requirements and considerations for replication": a locked source needs a locked destination.
	// In a two-way set-up each end is a destination.
	const getsReplicas = side === 'destination' || request.back !== undefined || request.isWayBack === true;
	const isLocked =
		getsReplicas && (request.objectLock === true || observed.source.objectLock?.isEnabled === true);
	return {
		id: `create-bucket:${side}`,
		kind: 'create-bucket',
		side,
		target: end.bucket,
		change: observed[side].bucket.state === 'owned' ? 'keep' : 'create',
		account: end.accountId,
		region: end.region,
		requires: [],
		after: {
			Bucket: end.bucket,
			Region: end.region,
			...(accountNameIn(end.bucket) ? {BucketNamespace: 'account-regional'} : {}),
			...(isLocked && observed[side].bucket.state !== 'owned' ? {ObjectLockEnabledForBucket: true} : {}),
		},
	};
}

/**
 * Deletes a bucket that a run created, where it is the very bucket still and nothing of others is in it: no object, rule, statement or
 * setting. What cannot be read counts as theirs.
 */
function takeBack(group: Group<CreateBucket>, context: TakeBackContext): TakenBack<DeleteBucket> {
	const {earlier, observed, writes} = context;
	const replications = replicationsLeft(context);
	const bucket = observed.buckets[group.target];
	const operation = {...undoOf(group, deleteBucket.kind, requiredFor(group.target, earlier)), after: null};
	const keep = (reason: UndoReason) => ({
		step: stepFor(group, {...operation, change: 'keep' as const}, reason),
	});
	if (bucket?.state !== 'owned') return keep(gone('it is gone'));
	const theirs = notCreatedBecause(group.all);
	if (theirs !== undefined) return keep(stays(theirs));
	const {image} = bucket;
	const restored = replications.find(({target}) => target === group.target);
	const policy = earlier.filter(restoresBucketPolicy).find(({target}) => target === group.target)?.after;
	const job = neededByJob(context, ({reportBucket}) => reportBucket === group.target);
	const reasons = [
		...(job === undefined ? [] : [job]),
		...(keepsReports(context, group.target) ? ['a report in it is not read'] : []),
		...(bucket.hasOthers ? ['other objects are in it'] : []),
		...(bucket.files.locked ? [`test files in it are ${bucket.files.locked.text}`] : []),
		...rulesLeft(restored ? restored.after : bucket.replication),
		...sendersOf(group.target, replications),
		...((policy === undefined ? bucket.policy : policy) ? ['its policy has other statements'] : []),
		...(bucket.unread ?? []),
		...(image
			? differencesOf(group, image, writes.filter(enablesVersioning))
			: ['its settings cannot be read']),
	];
	if (reasons.length > 0) return keep(needed(reasons.join('; ')));
	const recordedAt = group.all.findLast((step) => step.image)?.image?.createdAt;
	const isMoved =
		recordedAt !== undefined && image?.createdAt !== undefined && image.createdAt !== recordedAt;
	return {
		step: stepFor(group, {...operation, image, change: 'delete'}),
		notes: isMoved ? [movedNote(group.target)] : [],
	};
}

function rulesLeft(configuration: ReplicationConfiguration | undefined): readonly string[] {
	if (!configuration) return [];
	const ids = configuration.Rules.map(({ID: id}) => id ?? 'one without a name');
	return [`other replication rules are in it: ${ids.join(', ')}`];
}

/** Rules of other buckets need the bucket even while nothing of theirs has arrived. */
function sendersOf(bucket: string, replications: ReturnType<typeof replicationsLeft>): readonly string[] {
	const senders = replications.flatMap(({target, after}) =>
		(after?.Rules ?? [])
			.filter(({Destination: {Bucket: arn}}) => target !== bucket && arn.endsWith(`:::${bucket}`))
			.map(({ID: id}) => `${id ?? 'one without a name'} of ${target}`),
	);
	return senders.length > 0 ? [`other replication rules send objects to it: ${senders.join(', ')}`] : [];
}

function movedNote(bucket: string): string {
	return `S3 lists another creation time for ${bucket} than after the run. A change to a bucket can do that. If somebody deleted it and made it again, it is not this run's.`;
}

/** Everything goes before the bucket but the versioning of another and the test files of another. */
function requiredFor(bucket: string, earlier: readonly AnyOperation[]): readonly string[] {
	return earlier
		.filter(
			(operation) =>
				!restoresVersioning(operation) && (!deletesFiles(operation) || operation.target === bucket),
		)
		.map(({id}) => id);
}
