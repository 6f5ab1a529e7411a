import {type ReplicationConfiguration} from '@aws-sdk/client-s3';
import {type PolicyDocument} from '../../policy/document.js';
import {type ObjectVersions} from './object-versions.js';
import {type Upload} from './upload.js';
import {type Propagating} from './propagating.js';

export type VersioningStatus = 'Enabled' | 'Suspended' | undefined;

/** A bucket policy as it was written, with who was meant by each principal then. */
export type BucketPolicy = {
	readonly text: string;
	readonly document: PolicyDocument;
	/** Role and user ARNs named in it, with the unique id that each had. */
	readonly uniqueIds: ReadonlyMap<string, string>;
};

export type Bucket = {
	readonly name: string;
	readonly ownerAccountId: string;
	readonly region: string;
	/** The value that CreateBucket was given: `EU` and an eu-west-1 bucket differ in it. */
	readonly locationConstraint: string | undefined;
	readonly createdMs: number;
	readonly versioning: Propagating<VersioningStatus>;
	policy: BucketPolicy | undefined;
	replication: ReplicationConfiguration | undefined;
	readonly versions: ObjectVersions;
	/** Uploads in parts that are under way, by id. */
	readonly uploads: Map<string, Upload>;
};
