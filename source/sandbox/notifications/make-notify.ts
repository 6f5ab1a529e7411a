import {callerOf} from '../access/decide-access.js';
import {type Bucket} from '../world/bucket.js';
import {type Identity} from '../world/credential.js';
import {type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {notify} from './notify.js';

/** What operations make happen to a version that is there then (S3 User Guide, notification-how-to-event-types-and-destinations). */
const eventOf: Readonly<Record<string, string>> = {
	PutObject: 's3:ObjectCreated:Put',
	CopyObject: 's3:ObjectCreated:Copy',
	CompleteMultipartUpload: 's3:ObjectCreated:CompleteMultipartUpload',
	DeleteObject: 's3:ObjectRemoved:DeleteMarkerCreated',
	DeleteObjects: 's3:ObjectRemoved:DeleteMarkerCreated',
	PutObjectTagging: 's3:ObjectTagging:Put',
	DeleteObjectTagging: 's3:ObjectTagging:Delete',
	PutObjectAcl: 's3:ObjectAcl:Put',
};

type NotifyOfRequest = {
	/** A version was written or changed. */
	readonly changed: (bucket: Bucket, version: ObjectVersion) => void;
	/** A version is gone for good; without an id where the bucket never had versioning. */
	readonly removed: (bucket: Bucket, key: string, versionId: string | undefined) => void;
};

/** Makes what tells a bucket's queues of the effect of one request; an operation that has no event tells nothing. */
export function makeNotify(
	world: World,
	identity: Identity | undefined,
	request: {readonly operation: string; readonly requestId: string; readonly hostId: string},
): NotifyOfRequest {
	const {operation, requestId, hostId} = request;
	const caller = callerOf(identity);
	const by = {
		principalId: 'uniqueId' in caller ? `AWS:${caller.uniqueId ?? ''}` : 'Anonymous',
		sourceIpAddress: '127.0.0.1',
		requestId,
		hostId,
	};
	return {
		changed: (bucket, version) => {
			const name = eventOf[operation];
			if (name === undefined) return;
			const {key, versionId} = version;
			// The null version has none in events (recorded: test_object_created_put_versioned).
			notify(world, bucket, {
				...by,
				name,
				key,
				version,
				versionId: versionId === 'null' ? undefined : versionId,
			});
		},
		removed: (bucket, key, versionId) => {
			notify(world, bucket, {...by, name: 's3:ObjectRemoved:Delete', key, version: undefined, versionId});
		},
	};
}
