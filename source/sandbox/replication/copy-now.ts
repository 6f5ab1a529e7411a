import {type ReplicationRule} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {noteCopy, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {findCopyFailure} from './check-copy.js';
import {type CopyStage, firstStageOf, nextStage} from './copy-attempt.js';
import {matchRules} from './match-rules.js';
import {storeReplica} from './store-replica.js';
import {type ReplicationEntry, tellCopy, type ToldCopy} from './tell-copy.js';

/** A copy that Batch Replication has begun: the version shows it as pending. */
export type BegunCopy = ToldCopy & {
	readonly source: Bucket;
	readonly rule: ReplicationRule;
	/** S3 was at it by itself already. */
	readonly wasPending: boolean;
};

/**
 * Begins the copies that the rules of a bucket want of a version that may be old: those that are in step are left out. Gives the
 * reason where there is nothing to begin with: no rule takes the version, or its replica was deleted for good since, which cannot
 * be made anew (S3 User Guide, replication-metrics-events; that a version which is in step succeeds: third-party, users' reports).
 */
export function beginCopies(
	world: World,
	source: Bucket,
	version: ObjectVersion,
): {readonly copies: readonly BegunCopy[]} | {readonly failure: string} {
	const matches = matchRules(source.replication ?? {Role: '', Rules: []}, version);
	if (matches.length === 0) return {failure: 'SrcObjectNotEligible'};
	const copies: BegunCopy[] = [];
	for (const {rule, destination} of matches) {
		const target = world.buckets.get(destination);
		if (target?.versions.find(version.key, version.versionId) !== undefined) continue;
		const status = version.copies.get(destination);
		if (status === 'COMPLETED' && target !== undefined) return {failure: 'DstObjectHardDeleted'};
		const wasPending = status === 'PENDING';
		copies.push({
			source,
			bucketName: source.name,
			version,
			destination,
			rule,
			ruleId: rule.ID ?? '',
			changes: noChanges,
			wasPending,
			requestedMs: world.clock.now(),
		});
	}
	for (const {destination} of copies) noteCopy(version, destination, 'PENDING');
	return {copies};
}

/** Ends a copy that was begun; gives the reason of its failure, or undefined where the replica is there. */
export function endCopy(
	world: World,
	copy: BegunCopy,
	finished: (entry: ReplicationEntry) => void,
): string | undefined {
	const {version, source, destination, rule, wasPending} = copy;
	// S3 has made it by itself meanwhile (S3 User Guide, replication-metrics-events; when it is told so: guessed).
	if (wasPending && version.copies.get(destination) !== 'PENDING') return 'SrcReplicationNotPending';
	const target = world.buckets.get(destination);
	const failure = failureOf(world, copy, target);
	const outcome = failure === undefined ? 'COMPLETED' : 'FAILED';
	if (failure === undefined && target !== undefined) storeReplica(world, version, source, target, rule);
	noteCopy(version, destination, outcome);
	const event = failure === undefined ? undefined : 'OperationFailedReplication';
	tellCopy(world, source, copy, finished, outcome, event, failure);
	return failure;
}

function failureOf(
	world: World,
	{source, version, rule, changes}: BegunCopy,
	target: Bucket | undefined,
): string | undefined {
	const configuration = source.replication;
	if (configuration === undefined) return 'SrcBucketReplicationConfigMissing';
	let stage: CopyStage | undefined = firstStageOf(version);
	while (stage !== undefined) {
		const roleArn = configuration.Role ?? '';
		const failure = findCopyFailure(world, {roleArn, source, version, rule, stage, changes}, target);
		if (failure !== undefined) return failure;
		stage = nextStage[stage];
	}
	return undefined;
}

const noChanges = new Set<never>();
