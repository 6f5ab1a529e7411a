import type {PolicyDocument} from '../policy/document.js';
import type {ReplicationConfiguration} from './replication-configuration.js';

/** Who makes the calls, as STS answers. */
export type CallerIdentity = {
	readonly accountId: string;
	readonly arn: string;
	/** `aws`, `aws-cn`, `aws-us-gov` …: the second part of every ARN of this caller. */
	readonly partition: string;
};

export type VersioningStatus = 'Enabled' | 'Suspended' | 'Unversioned';

/** What is known of a bucket's name. `foreign`: somebody else has it. */
export type ObservedBucket =
	| {readonly state: 'absent'}
	| {readonly state: 'foreign'}
	| {readonly state: 'owned'; readonly region: string; readonly versioning: VersioningStatus};

export type ObservedRole = {
	/** The real one, with the role's path. */
	readonly arn: string;
	readonly trust: PolicyDocument;
	/** The inline policy that this pair of buckets has in the role. */
	readonly permissions?: PolicyDocument;
};

/** Everything a plan is made from, read in one parallel step. */
export type Observed = {
	readonly source: {
		readonly caller: CallerIdentity;
		readonly bucket: ObservedBucket;
		readonly replication?: ReplicationConfiguration;
	};
	readonly destination: {
		readonly caller: CallerIdentity;
		readonly bucket: ObservedBucket;
		/** Read across accounts only: elsewhere it is not needed. */
		readonly policy?: PolicyDocument;
	};
	readonly role?: ObservedRole;
};

/** A bucket of an account, as ListBuckets gives it. */
export type BucketSummary = {readonly name: string; readonly region: string};
