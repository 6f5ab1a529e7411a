import {type ReplicationConfiguration} from '@aws-sdk/client-s3';
import {type BucketPolicy} from '../s3/bucket-policy.js';
import {type ObjectVersions} from './object-versions.js';
import {type Propagating} from './propagating.js';

export type VersioningStatus = 'Enabled' | 'Suspended' | undefined;

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
};
