import {type ReplicationRule} from '@aws-sdk/client-s3';
import {type MetadataChange} from '../s3/action.js';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';

/** What of a copy is done now: all of it, a step of an upload in parts, or changes to what was copied before. */
export type CopyStage = 'put' | 'multipart-init' | 'multipart-upload' | 'multipart-complete' | 'change';

export type CopyAttempt = {
	readonly roleArn: string;
	readonly source: Bucket;
	readonly version: ObjectVersion;
	readonly rule: ReplicationRule;
	readonly stage: CopyStage;
	readonly changes: ReadonlySet<MetadataChange>;
};
