import {type ReplicationRule} from '@aws-sdk/client-s3';
import {
	notifyReplication,
	type ReplicationEventName,
	tellsEvents,
} from '../notifications/notify-replication.js';
import {type MetadataChange} from '../s3/action.js';
import {type Bucket} from '../world/bucket.js';
import {type CopyStatus, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';

/** One finished copy of a version to one destination, or one that S3 RTC should have finished; the reasons are those of the S3 User Guide, replication-metrics-events. */
export type ReplicationEntry = {
	readonly bucket: string;
	readonly key: string;
	readonly versionId: string;
	readonly destination: string;
	readonly ruleId: string;
	readonly outcome: CopyStatus;
	/** The event that S3 tells of it, where the rule has metrics. */
	readonly event?: ReplicationEventName;
	readonly failureReason?: string;
};

/** What is told of a copy. */
export type ToldCopy = {
	readonly bucketName: string;
	readonly version: ObjectVersion;
	readonly destination: string;
	readonly ruleId: string;
	/** As it was last seen: events name it even where it is gone. */
	readonly rule: ReplicationRule | undefined;
	readonly requestedMs: number;
	/** Empty where the version itself was copied. */
	readonly changes: ReadonlySet<MetadataChange>;
};

/** Writes down what became of a copy, and tells it to the queues that ask for the event. */
export function tellCopy(
	world: World,
	source: Bucket | undefined,
	{bucketName, version, destination, ruleId, rule, requestedMs, changes}: ToldCopy,
	finished: (entry: ReplicationEntry) => void,
	outcome: CopyStatus,
	event?: ReplicationEventName,
	failureReason?: string,
): void {
	const told = rule !== undefined && tellsEvents(rule) ? event : undefined;
	finished({
		bucket: bucketName,
		key: version.key,
		versionId: version.versionId,
		destination,
		ruleId,
		outcome,
		...(told === undefined ? {} : {event: told}),
		...(failureReason === undefined ? {} : {failureReason}),
	});
	if (told === undefined || rule === undefined || source === undefined) return;
	const s3Operation = operationNameOf(version, changes);
	notifyReplication(world, source, told, {version, rule, s3Operation, requestedMs, failureReason});
}

/** Of the names only the first is documented (S3 User Guide, replication-metrics-events); the others are guessed. */
const nameOf: Readonly<Record<MetadataChange, string>> = {
	acl: 'OBJECT_PUT_ACL',
	tags: 'OBJECT_PUT_TAGGING',
	retention: 'OBJECT_PUT_RETENTION',
	'legal-hold': 'OBJECT_PUT_LEGAL_HOLD',
};

/** How events name what is copied: the version itself, or the first of its changes. */
function operationNameOf({data}: ObjectVersion, changes: ReadonlySet<MetadataChange>): string {
	const [change] = changes;
	if (change !== undefined) return nameOf[change];
	return data === undefined ? 'OBJECT_DELETE' : 'OBJECT_PUT';
}
