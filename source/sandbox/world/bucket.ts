import {
	type ObjectLockRule,
	type ObjectOwnership,
	type PublicAccessBlockConfiguration,
	type ReplicationConfiguration,
} from '@aws-sdk/client-s3';
import {type Account} from './account.js';
import {type Acl} from './acl.js';
import {type ObjectVersions} from './object-versions.js';
import {type CompletedUpload, type Upload} from './upload.js';
import {type Propagating} from './propagating.js';
import {type ResourcePolicy} from './resource-policy.js';

export type VersioningStatus = 'Enabled' | 'Suspended' | undefined;

/** Settings that are stored and have no effect of their own in the sandbox. */
export type SettingName =
	| 'accelerate'
	| 'cors'
	| 'encryption'
	| 'inventory'
	| 'lifecycle'
	| 'logging'
	| 'notification'
	| 'requestPayment'
	| 'tagging'
	| 'website';

/** Object Lock with the retention that objects get by themselves. */
export type ObjectLock = {readonly rule: ObjectLockRule | undefined};

export type Bucket = {
	readonly name: string;
	readonly ownerAccountId: string;
	/** The account of that id, whose Block Public Access counts here, too. */
	readonly owner: Pick<Account, 'publicAccessBlock'>;
	readonly region: string;
	/** The value that CreateBucket was given: `EU` and an eu-west-1 bucket differ in it. */
	readonly locationConstraint: string | undefined;
	readonly createdMs: number;
	readonly versioning: Propagating<VersioningStatus>;
	readonly policy: Propagating<ResourcePolicy | undefined>;
	replication: ReplicationConfiguration | undefined;
	/** What was set and is given back, by the name of the setting. */
	readonly settings: Map<SettingName, object>;
	objectOwnership: ObjectOwnership | undefined;
	/** Absent in most: it counts only where the ownership of objects lets ACLs be. */
	acl: Acl | undefined;
	publicAccessBlock: PublicAccessBlockConfiguration | undefined;
	/** Undefined: the bucket has no Object Lock, which cannot be taken back once it has. */
	objectLock: ObjectLock | undefined;
	readonly versions: ObjectVersions;
	/** Uploads in parts that are under way, by id. */
	readonly uploads: Map<string, Upload>;
	/** What was answered to the newest of those that were completed, by id: the same request again gets the same answer. */
	readonly completedUploads: Map<string, CompletedUpload>;
};
