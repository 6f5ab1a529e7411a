import {type ReplicationRule} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type BucketEvent} from './event-record.js';
import {hasNotifications, notify} from './notify.js';

/** S3 User Guide, replication-metrics-events; the last three are of rules with S3 RTC alone. */
export type ReplicationEventName =
	| 'OperationFailedReplication'
	| 'OperationMissedThreshold'
	| 'OperationReplicatedAfterThreshold'
	| 'OperationNotTracked';

/** The copy of a version, or a change of it, as an event tells of it. */
type ReplicatedOperation = {
	readonly version: ObjectVersion;
	readonly rule: ReplicationRule;
	/** `OBJECT_PUT` and the like. */
	readonly s3Operation: string;
	readonly requestedMs: number;
	readonly failureReason?: string | undefined;
};

/** Says whether S3 tells events of a rule (S3 User Guide, replication-metrics: they take its metrics). */
export function tellsEvents({Destination}: ReplicationRule): boolean {
	return Destination?.Metrics?.Status === 'Enabled';
}

/** Says whether a rule has S3 RTC. */
export function hasTimeControl({Destination}: ReplicationRule): boolean {
	return Destination?.ReplicationTime?.Status === 'Enabled';
}

/** Tells the source's queues what became of a copy. It is S3 that does it: no user is named. */
export function notifyReplication(
	world: World,
	source: Bucket,
	name: ReplicationEventName,
	{version, rule, s3Operation, requestedMs, failureReason}: ReplicatedOperation,
): void {
	if (!tellsEvents(rule) || !hasNotifications(source)) return;
	notify(world, source, {
		...byS3(world),
		name: `s3:Replication:${name}`,
		key: version.key,
		version,
		versionId: version.versionId,
		replication: {
			replicationRuleId: rule.ID ?? '',
			destinationBucket: rule.Destination?.Bucket ?? '',
			s3Operation,
			requestTime: new Date(requestedMs).toISOString(),
			...(failureReason === undefined ? {} : {failureReason}),
		},
	});
}

/** Tells the destination's queues that a replica was written: for them it is one more object (third-party: AWS re:Post). */
export function notifyOfReplica(
	world: World,
	destination: Bucket,
	replica: ObjectVersion,
	principalId: string,
): void {
	if (!hasNotifications(destination)) return;
	notify(world, destination, {
		...byS3(world),
		principalId,
		name: replica.data === undefined ? 's3:ObjectRemoved:DeleteMarkerCreated' : 's3:ObjectCreated:Put',
		key: replica.key,
		version: replica,
		versionId: replica.versionId,
	});
}

function byS3(world: World): Pick<BucketEvent, 'principalId' | 'sourceIpAddress' | 'requestId' | 'hostId'> {
	return {
		principalId: 's3.amazonaws.com',
		sourceIpAddress: 's3.amazonaws.com',
		requestId: world.ids.uuid(),
		hostId: world.ids.hostId(),
	};
}
