import {type ReplicationRule} from '@aws-sdk/client-s3';
import {notifyOfReplica, notifyReplication, tellsEvents} from '../notifications/notify-replication.js';
import {type Bucket} from '../world/bucket.js';
import {noteCopy, type ObjectVersion} from '../world/object-version.js';
import {findRoleByArn, type World} from '../world/world.js';
import {findCopyFailure} from './check-copy.js';
import {sessionName} from './check-keys.js';
import {type CopyStage, firstStageOf, nextStage} from './copy-attempt.js';
import {matchRules} from './match-rules.js';
import {operationNameOf} from './operation-name.js';
import {type ReplicationEntry} from './replication-entry.js';
import {storeReplica} from './store-replica.js';

/** A copy that Batch Replication has begun: the version shows it as pending. */
export type BegunCopy = {
	readonly source: Bucket;
	readonly version: ObjectVersion;
	readonly destination: string;
	readonly rule: ReplicationRule;
	/** S3 was at it by itself already. */
	readonly wasPending: boolean;
	readonly requestedMs: number;
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
		copies.push({source, version, destination, rule, wasPending, requestedMs: world.clock.now()});
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
	if (failure === undefined && target !== undefined) {
		const replica = storeReplica(world, version, source, target, rule);
		const role = findRoleByArn(world, source.replication?.Role ?? '');
		notifyOfReplica(world, target, replica, `AWS:${role?.roleId ?? ''}:${sessionName}`);
	}
	noteCopy(version, destination, outcome);
	const isTold = failure !== undefined && tellsEvents(rule);
	finished({
		bucket: source.name,
		key: version.key,
		versionId: version.versionId,
		destination,
		ruleId: rule.ID ?? '',
		outcome,
		...(isTold ? {event: 'OperationFailedReplication'} : {}),
		...(failure === undefined ? {} : {failureReason: failure}),
	});
	if (isTold) {
		notifyReplication(world, source, 'OperationFailedReplication', {
			version,
			rule,
			s3Operation: operationNameOf(version, noChanges),
			requestedMs: copy.requestedMs,
			failureReason: failure,
		});
	}
	return failure;
}

function failureOf(
	world: World,
	{source, version, rule}: BegunCopy,
	target: Bucket | undefined,
): string | undefined {
	const configuration = source.replication;
	if (configuration === undefined) return 'SrcBucketReplicationConfigMissing';
	let stage: CopyStage | undefined = firstStageOf(version);
	while (stage !== undefined) {
		const attempt = {
			roleArn: configuration.Role ?? '',
			source,
			version,
			rule,
			stage,
			changes: noChanges,
		};
		const failure = findCopyFailure(world, attempt, target);
		if (failure !== undefined) return failure;
		stage = nextStage[stage];
	}
	return undefined;
}

const noChanges = new Set<never>();
