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

/** The parts of a large object take a request each, and permissions may be gone in between. */
export const nextStage: Readonly<Partial<Record<CopyStage, CopyStage>>> = {
	'multipart-init': 'multipart-upload',
	'multipart-upload': 'multipart-complete',
};

/** What a copy of a new version begins with. */
export function firstStageOf({data}: ObjectVersion): CopyStage {
	return (data?.partSizesBytes?.length ?? 1) > 1 ? 'multipart-init' : 'put';
}
