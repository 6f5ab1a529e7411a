import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';

/** What happened to a version, and who did it. */
export type BucketEvent = {
	/** With `s3:` before it, as configurations name it. */
	readonly name: string;
	readonly key: string;
	/** Absent where it is gone for good. */
	readonly version: Pick<ObjectVersion, 'data' | 'sequence'> | undefined;
	/** As S3 tells it: none where the bucket never had versioning. */
	readonly versionId: string | undefined;
	readonly principalId: string;
	readonly sourceIpAddress: string;
	readonly requestId: string;
	readonly hostId: string;
	readonly replication?: ReplicationEventData;
};

/** S3 User Guide, replication-metrics-events. */
export type ReplicationEventData = {
	readonly replicationRuleId: string;
	readonly destinationBucket: string;
	readonly s3Operation: string;
	readonly requestTime: string;
	readonly failureReason?: string;
};

/** Of the group of an event; the rest is 2.1 (recorded: test_object_tagging_put_event, test_object_put_acl; S3 User Guide, replication-metrics-events). */
const versions: readonly (readonly [group: string, version: string])[] = [
	['s3:Replication:', '2.2'],
	['s3:ObjectTagging:', '2.3'],
	['s3:ObjectAcl:', '2.3'],
];

/** The digest of nothing, which stands for a delete marker (recorded: test_object_created_put_versioned). */
const etagOfNothing = 'd41d8cd98f00b204e9800998ecf8427e';

/**
 * The message that S3 sends about an event (S3 User Guide, notification-content-structure; its members recorded:
 * test_s3_notifications_sqs).
 */
export function eventMessage(
	world: World,
	bucket: Bucket,
	event: BucketEvent,
	configurationId: string,
): string {
	const {name, replication} = event;
	const owner = world.accounts.get(bucket.ownerAccountId);
	return JSON.stringify({
		Records: [
			{
				eventVersion: versions.find(([group]) => name.startsWith(group))?.[1] ?? '2.1',
				eventSource: 'aws:s3',
				awsRegion: bucket.region,
				eventTime: new Date(world.clock.now()).toISOString(),
				eventName: name.replace(/^s3:/, ''),
				userIdentity: {principalId: event.principalId},
				requestParameters: {sourceIPAddress: event.sourceIpAddress},
				responseElements: {'x-amz-request-id': event.requestId, 'x-amz-id-2': event.hostId},
				s3: {
					s3SchemaVersion: '1.0',
					configurationId,
					bucket: {
						name: bucket.name,
						ownerIdentity: {principalId: customerIdOf(owner?.canonicalUserId ?? '')},
						arn: `arn:${world.partition.id}:s3:::${bucket.name}`,
					},
					object: objectOf(world, event),
				},
				...(replication === undefined ? {} : {replicationEventData: replication}),
			},
		],
	});
}

function objectOf(world: World, {name, key, version, versionId}: BucketEvent): object {
	const ofVersion = versionId === undefined ? {} : {versionId};
	const {data, sequence = world.nextSequence()} = version ?? {};
	const etag = {eTag: data?.etag ?? etagOfNothing};
	// Neither of them has a size or a sequencer (recorded: test_object_tagging_put_event, test_object_put_acl).
	if (/^s3:Object(Tagging|Acl):/.test(name)) return {key: encodedKey(key), ...etag, ...ofVersion};
	return {
		key: encodedKey(key),
		...(data === undefined ? {} : {size: data.body.sizeBytes}),
		...(version === undefined ? {} : etag),
		...ofVersion,
		sequencer: sequence.toString(16).toUpperCase().padStart(18, '0'),
	};
}

/** As in a form: a blank is a plus (S3 User Guide, notification-content-structure; `a%40b` recorded: test_key_encoding). */
export function encodedKey(key: string): string {
	return new URLSearchParams([['', key]]).toString().slice(1).replaceAll('%2F', '/');
}

/** Accounts have another, older name in events. */
function customerIdOf(canonicalUserId: string): string {
	return `A${canonicalUserId.slice(0, 13).toUpperCase()}`;
}
