import type {NamedPolicy} from '../../policy/decision.js';
import type {PolicyDocument} from '../../policy/document.js';
import type {KeyDescription, KeyPolicy, ObservedKey} from './observed-key.js';
import type {ObjectLock} from './bucket-settings.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {RuleDestination} from '../rule/blocked-rules.js';

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
	readonly description?: string;
	readonly trust: PolicyDocument;
	/** The inline policy that this pair of buckets has in the role. */
	readonly permissions?: PolicyDocument;
	/** The other inline policies, each by its name. */
	readonly inline: readonly NamedPolicy[];
	/** The managed policies that are attached, each by its ARN. */
	readonly attached: readonly NamedPolicy[];
	/** The permissions boundary; without a document where that may not be read. */
	readonly boundary?: {readonly arn: string; readonly document?: PolicyDocument};
	/** What the caller may not read of all this, in words. */
	readonly unread: readonly string[];
};

/**
 * The role that the rules of the source use, where it is not the one asked for: as it is, deleted, of another account, or
 * one that the caller may not read.
 */
export type ExistingRole =
	| {readonly state: 'existing'; readonly role: ObservedRole}
	| {readonly state: 'deleted'}
	| {readonly state: 'foreign'}
	| {readonly state: 'unreadable'; readonly cause: string};

/** Everything a plan is made from, read in one parallel step. */
export type Observed = {
	readonly source: {
		readonly caller: CallerIdentity;
		readonly bucket: ObservedBucket;
		readonly replication?: ReplicationConfiguration;
		/** Where its enabled rules replicate to besides the destination asked for. */
		readonly otherDestinations?: readonly RuleDestination[];
		/** The key of its default encryption; read where a rule replicates objects with SSE-KMS. */
		readonly keyArn?: string;
		/** The same key with its policy, as far as they may be read. */
		readonly key?: {readonly key: KeyDescription; readonly policy?: KeyPolicy};
		/** `undefined` where the bucket is not there, or its lock may not be read. */
		readonly objectLock?: ObjectLock;
	};
	readonly destination: {
		readonly caller: CallerIdentity;
		readonly bucket: ObservedBucket;
		/** Read across accounts only: elsewhere it is not needed. */
		readonly policy?: PolicyDocument;
		/** The key asked for, where one was. */
		readonly key?: ObservedKey;
	};
	/** The role of the name asked for. */
	readonly role?: ObservedRole;
	/** Absent where the rules use the role asked for, or there are none. */
	readonly existingRole?: ExistingRole;
	/** The permissions boundary asked for, read for a role that is to be created. */
	readonly boundary?: ObservedBoundary;
	/** The buckets of the source's account, read where other rules have to go on under another role. */
	readonly ownBuckets?: OwnBuckets;
	/** The same for the way back of a two-way set-up, where the ends have changed places. */
	readonly back?: Observed;
};

/** A managed policy by its ARN: with its document, absent, or one that the caller may not read. */
export type ObservedBoundary =
	| {readonly state: 'existing'; readonly document: PolicyDocument}
	| {readonly state: 'absent'}
	| {readonly state: 'unreadable'; readonly cause: string};

export type OwnBuckets =
	| {readonly state: 'read'; readonly names: readonly string[]}
	| {readonly state: 'unreadable'; readonly cause: string};

/** A bucket of an account, as ListBuckets gives it. */
export type BucketSummary = {readonly name: string; readonly region: string};
