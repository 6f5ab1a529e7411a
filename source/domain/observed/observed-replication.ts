import type {PolicyDocument} from '../../policy/document.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {BucketEncryption, ObjectLock, ObjectOwnership, RequestPayer} from './bucket-settings.js';
import type {ObservedKey} from './observed-key.js';
import type {ExistingRole, VersioningStatus} from './observed.js';

/** What was read, or why it was not. */
export type Seen<T> =
	| {readonly isRead: true; readonly value: T}
	| {readonly isRead: false; readonly cause: string};

/** Everything of a bucket that matters to a replication that exists; each part by itself. */
export type SeenBucket = {
	readonly bucket: string;
	readonly region: string;
	/** Whose it is. */
	readonly accountId: string;
	/** Through whom it was read. */
	readonly profile: string;
	readonly versioning: Seen<VersioningStatus>;
	readonly policy: Seen<PolicyDocument | undefined>;
	readonly lock: Seen<ObjectLock>;
	readonly encryption: Seen<BucketEncryption>;
	readonly payer: Seen<RequestPayer>;
	readonly ownership: Seen<ObjectOwnership>;
	/** Its own rules, of a destination: some may lead back. */
	readonly replication?: Seen<ReplicationConfiguration | undefined>;
	/** Whether the bucket's own Block Public Access, and its account's, take from a public policy what it gives to other accounts. Read where the policy is public. */
	readonly restrictsPublic?: {readonly bucket: Seen<boolean>; readonly account: Seen<boolean>};
};

/** A bucket that a rule names. `unseen`: it exists, and no profile given owns it, or it may not be looked at. */
export type SeenDestination =
	| {readonly state: 'existing'; readonly seen: SeenBucket}
	| {readonly state: 'absent'}
	| {readonly state: 'unseen'; readonly cause: string};

/** Where a bucket is, and through whom it is seen. */
export type BucketPlace = Pick<SeenBucket, 'region' | 'accountId' | 'profile'>;

/** A replication that exists, as it is in AWS: everything that a diagnosis is made from. */
export type ObservedReplication = {
	readonly partition: string;
	readonly source: SeenBucket;
	/** Absent where the bucket has none. */
	readonly replication?: ReplicationConfiguration;
	/** The role that the configuration names; absent without a configuration. */
	readonly role?: ExistingRole;
	/** By the bucket's name. */
	readonly destinations: Readonly<Record<string, SeenDestination>>;
	/** Where destinations were that are gone, by name, as it is known from before. */
	readonly lost?: Readonly<Record<string, BucketPlace>>;
	/** The keys that rules and the object name, by that name. */
	readonly keys: Readonly<Record<string, ObservedKey>>;
};
