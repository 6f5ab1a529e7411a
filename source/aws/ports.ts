import type {Tag} from '../domain/answers/rule-values.js';
import type {VersionLock} from '../domain/observed/version-lock.js';
import type {PolicyDocument} from '../policy/document.js';
import type {ServiceEndpoints} from '../domain/endpoint/service-endpoints.js';
import type {
	BucketEncryption,
	ObjectLock,
	ObjectOwnership,
	PublicAccessBlock,
	RequestPayer,
} from '../domain/observed/bucket-settings.js';
import type {BatchJob, JobRequest, JobStatus, JobSummary} from '../domain/observed/batch-job.js';
import type {BucketImage} from '../domain/observed/bucket-image.js';
import type {CredentialSession} from '../domain/profile.js';
import type {KeyDescription} from '../domain/observed/observed-key.js';
import type {VersionName} from '../domain/record/own-files.js';
import type {SimulatedPermission} from '../domain/checks/simulated-permission.js';
import type {BucketSummary, CallerIdentity, VersioningStatus} from '../domain/observed/observed.js';
import type {SignInAdvice} from '../domain/sign-in-advice.js';
import type {AwsErrorResponse, Problem} from '../domain/problem.js';
import type {ReplicationStatus} from '../domain/event.js';
import type {NotificationConfiguration} from '../domain/observed/notification-configuration.js';
import type {ReplicationConfiguration} from '../domain/rule/replication-configuration.js';

/**
 * The ports to AWS. Each throws an `AwsError`, which carries a problem; an absence that is an answer is given back as a value.
 * Names follow the API. A bucket that exists is always named together with the account that must own it.
 */
export type BucketReference = {
	readonly bucket: string;
	readonly region: string;
	/** The expected owner: S3 refuses the call where another account owns the bucket. */
	readonly accountId: string;
};

/** Reads something of a bucket. */
type ReadBucket<T> = (reference: BucketReference, signal?: AbortSignal) => Promise<T>;

/** Writes a document of a bucket. */
type WriteBucket<T> = (reference: BucketReference, document: T) => Promise<void>;

/** `elsewhere`: in another region, whoever owns it. `forbidden`: it exists, and is somebody else's or may not be looked at. */
export type HeadBucketAnswer =
	| {readonly state: 'existing'}
	| {readonly state: 'absent'}
	| {readonly state: 'elsewhere'; readonly region: string}
	| {readonly state: 'forbidden'};

export type Identity = {
	/** The account of the credentials where they carry it (SSO, assumed role, `aws_account_id`): no request is made. */
	readonly knownAccountId: () => Promise<string | undefined>;
	readonly getCaller: (signal?: AbortSignal) => Promise<CallerIdentity>;
	/** How long the credentials last: no request is made but those that getting credentials takes. */
	readonly getSession: () => Promise<CredentialSession>;
	/** How many milliseconds this machine's clock is ahead of AWS's, as the last answer of `getCaller` showed; S3 and IAM tell whole seconds. */
	readonly clockAheadMs: () => number | undefined;
};

/** What is said of a bucket when it is created, and never again. */
export type NewBucket = {
	/** The namespace that its name is in; absent: the one that all accounts share. */
	readonly namespace?: 'account-regional';
	/** Whether it gets Object Lock. */
	readonly isLocked?: boolean;
};

export type Buckets = {
	/** The buckets of the caller's account, optionally only those whose name begins so. */
	readonly list: (prefix?: string, signal?: AbortSignal) => Promise<readonly BucketSummary[]>;
	readonly head: ReadBucket<HeadBucketAnswer>;
	/** `isCertain`: it is a refusal of the first request, not of one made again after an answer was lost. */
	readonly create: (
		reference: BucketReference,
		settings?: NewBucket,
	) => Promise<{readonly state: 'created'} | {readonly state: 'existing'; readonly isCertain: boolean}>;
	/** `undefined`: there is no such bucket. The same in the other readers. */
	readonly getVersioning: ReadBucket<VersioningStatus | undefined>;
	readonly enableVersioning: (reference: BucketReference) => Promise<void>;
	readonly suspendVersioning: (reference: BucketReference) => Promise<void>;
	readonly getReplication: ReadBucket<ReplicationConfiguration | undefined>;
	readonly putReplication: WriteBucket<ReplicationConfiguration>;
	readonly getPolicy: ReadBucket<PolicyDocument | undefined>;
	readonly putPolicy: WriteBucket<PolicyDocument>;
	/** What is deleted may be gone already: that is no error. The same in `deletePolicy` and `delete`. */
	readonly deleteReplication: (reference: BucketReference) => Promise<void>;
	readonly deletePolicy: (reference: BucketReference) => Promise<void>;
	/** Where events of the bucket go; an empty one where they go nowhere. `undefined`: there is no such bucket. */
	readonly getNotifications: ReadBucket<NotificationConfiguration | undefined>;
	/** S3 sends a test message to each destination first, and refuses what it may not send to. */
	readonly putNotifications: WriteBucket<NotificationConfiguration>;
	/** Deletes the bucket; S3 refuses that while anything is in it. */
	readonly delete: (reference: BucketReference) => Promise<void>;
};

/** Reads what else of a bucket matters to replication. Each throws where the bucket is absent. */
export type BucketSettings = {
	/** Every setting that says whether a bucket is as it was left, read side by side; what may not be read is named. */
	readonly getImage: ReadBucket<BucketImage>;
	readonly getObjectLock: ReadBucket<ObjectLock>;
	readonly getEncryption: ReadBucket<BucketEncryption>;
	readonly getRequestPayer: ReadBucket<RequestPayer>;
	readonly getOwnership: ReadBucket<ObjectOwnership>;
	readonly getPublicAccessBlock: ReadBucket<PublicAccessBlock>;
	/** The tags of the bucket. */
	readonly getTags: ReadBucket<readonly Tag[]>;
	/** Whether S3 calls the bucket's policy public. */
	readonly hasPublicPolicy: ReadBucket<boolean>;
};

/** Reads what an account sets for all its buckets. */
export type AccountSettings = {
	/** Block Public Access of the account; asked in any region it is the same. */
	readonly getPublicAccessBlock: (
		account: {readonly accountId: string; readonly region: string},
		signal?: AbortSignal,
	) => Promise<PublicAccessBlock>;
};

export type Permissions = {
	/** What IAM says a user or role of the caller's account may do: each action on each resource. */
	readonly simulate: (
		asked: {
			/** A user's or role's ARN: sessions are no principals here. */
			readonly principalArn: string;
			readonly actions: readonly string[];
			readonly resources: readonly string[];
			/** Condition keys and their values. */
			readonly context?: Readonly<Record<string, string>>;
		},
		signal?: AbortSignal,
	) => Promise<readonly SimulatedPermission[]>;
};

/** A key of KMS by its id, ARN or alias, in a region. */
export type KeyReference = {readonly key: string; readonly region: string};

export type Keys = {
	/** What KMS says of a key; `undefined`: there is none of this name. */
	readonly describe: (reference: KeyReference, signal?: AbortSignal) => Promise<KeyDescription | undefined>;
	/** The policy of a key of the caller's account. Source: KMS API Reference, GetKeyPolicy. */
	readonly getPolicy: (reference: KeyReference, signal?: AbortSignal) => Promise<PolicyDocument>;
	/** Writes it; KMS refuses one that would keep the caller from writing it again. Source: KMS API Reference, PutKeyPolicy. */
	readonly putPolicy: (reference: KeyReference, policy: PolicyDocument) => Promise<void>;
	/** The aliases of the caller's account in a region. */
	readonly listAliases: (region: string, signal?: AbortSignal) => Promise<readonly string[]>;
};

/** A queue by its name, in a region of the caller's account. */
export type QueueName = {readonly name: string; readonly region: string};

/** A queue by the address that SQS gave it. */
export type QueueReference = {readonly url: string; readonly region: string};

/** A message that was taken out for a while: one that is not deleted comes again. */
export type QueueMessage = {readonly body: string; readonly receiptHandle: string};

export type Queues = {
	/** Makes a queue, or finds the one of this name and these attributes. */
	readonly create: (
		queue: QueueName,
		attributes: Readonly<Record<string, string>>,
	) => Promise<QueueReference>;
	/** `undefined`: there is no queue of this name. */
	readonly find: (queue: QueueName, signal?: AbortSignal) => Promise<QueueReference | undefined>;
	/** Takes up to 10 messages; waits for the first of them. */
	readonly receive: (
		queue: QueueReference,
		/** Whole seconds, at most 20. Source: SQS API Reference, ReceiveMessage. */
		waitSeconds: number,
		signal?: AbortSignal,
	) => Promise<readonly QueueMessage[]>;
	/** Deletes messages that were taken out, at most 10; one that is gone already is no error. */
	readonly deleteMessages: (queue: QueueReference, receiptHandles: readonly string[]) => Promise<void>;
	/** Deletes the queue with all that is in it; one that is gone already is no error. */
	readonly delete: (queue: QueueReference) => Promise<void>;
};

/** A series of values of one of S3's metrics: which, of what, and how the values of a minute become one. */
export type MetricQuery = {
	readonly metric: string;
	readonly statistic: 'Maximum' | 'Sum';
	/** Names and values, such as those of the rule. */
	readonly dimensions: Readonly<Record<string, string>>;
};

/** A value, and the beginning of its minute in milliseconds since 1970. */
export type MetricValue = {readonly at: number; readonly value: number};

export type Metrics = {
	/** The values of some metrics of `AWS/S3` in a span, newest first, in the order of the queries. */
	readonly read: (
		asked: {
			readonly region: string;
			readonly queries: readonly MetricQuery[];
			readonly from: number;
			readonly until: number;
		},
		signal?: AbortSignal,
	) => Promise<ReadonlyArray<readonly MetricValue[]>>;
};

export type VersionSummary = VersionName & {
	readonly sizeBytes: number;
	/** In milliseconds since 1970, whole seconds, by the clock of S3. */
	readonly lastModified: number;
	readonly isLatest: boolean;
};

/** Where a listing of versions goes on: behind a key, or behind one of its versions. */
export type VersionMarker = {
	readonly keyMarker: string;
	readonly versionIdMarker?: string;
	/** The markers among the versions of this key where it went on before. */
	readonly passed?: ReadonlySet<string>;
};

export type VersionPage = {
	readonly versions: readonly VersionSummary[];
	/** Delete markers. */
	readonly markers: ReadonlyArray<
		VersionName & {readonly isLatest?: boolean; readonly lastModified?: number}
	>;
	readonly next?: VersionMarker;
};

/** A version as HEAD tells of it. `marker`: a delete marker, by its version. `absent`: there is nothing, or its latest is a delete marker. */
export type DescribedVersion =
	| {readonly state: 'absent'}
	| {readonly state: 'marker'; readonly status: ReplicationStatus}
	| {
			readonly state: 'existing';
			readonly versionId: string;
			readonly status: ReplicationStatus;
			readonly partCount: number;
			/** In milliseconds since 1970, whole seconds, by the clock of S3. */
			readonly lastModified?: number;
			readonly storageClass?: string;
			readonly archiveStatus?: string;
			readonly encryption:
				| {readonly kind: 's3' | 'customer'}
				| {readonly kind: 'kms'; readonly keyArn?: string; readonly usesBucketKey: boolean};
			readonly hasRetention: boolean;
			readonly hasLegalHold: boolean;
	  };

export type Objects = {
	readonly put: (
		reference: BucketReference,
		object: {
			readonly key: string;
			readonly body: string | Uint8Array;
			readonly tags?: Readonly<Record<string, string>>;
			/** Whether its ETag has to be its MD5 digest, whatever the bucket encrypts with: S3's own keys give it that. */
			readonly hasDigestAsTag?: boolean;
			/** User metadata; names in lower case. */
			readonly metadata?: Readonly<Record<string, string>>;
		},
		signal?: AbortSignal,
	) => Promise<{
		readonly versionId: string;
		/** How often the SDK made the request: one that got no answer may have written a version, too. */
		readonly attempts: number;
	}>;
	/** The replication status and the user metadata of one version, or `absent`. */
	readonly headVersion: (
		reference: BucketReference,
		version: {readonly key: string; readonly versionId: string},
		signal?: AbortSignal,
	) => Promise<
		| {
				readonly state: 'existing';
				readonly status: ReplicationStatus;
				readonly metadata: Readonly<Record<string, string>>;
				/** Of a version under Object Lock, where the caller may see that (s3:GetObjectRetention, s3:GetObjectLegalHold). */
				readonly lock?: VersionLock;
		  }
		| {readonly state: 'absent'}
	>;
	/** Everything that HEAD tells of a version, or of the latest where none is named. */
	readonly describeVersion: (
		reference: BucketReference,
		version: {readonly key: string; readonly versionId?: string},
		signal?: AbortSignal,
	) => Promise<DescribedVersion>;
	/** So many bytes of an object's latest version, and how many it has in all; `from` is 0 or less than that. */
	readonly read: (
		reference: BucketReference,
		piece: {readonly key: string; readonly from: number; readonly count: number},
		signal?: AbortSignal,
	) => Promise<{readonly bytes: Uint8Array; readonly sizeBytes: number}>;
	/** The tags of a version. */
	readonly getTags: (
		reference: BucketReference,
		version: {readonly key: string; readonly versionId: string},
		signal?: AbortSignal,
	) => Promise<ReadonlyArray<{readonly Key: string; readonly Value: string}>>;
	/** Versions and delete markers below a prefix, at most 1,000 a page. */
	readonly listVersions: (
		reference: BucketReference,
		page: {readonly prefix: string} & Partial<VersionMarker>,
		signal?: AbortSignal,
	) => Promise<VersionPage>;
	/** Whether there is a version or delete marker that is not below a prefix, which ends with a slash; or any at all. */
	readonly hasOthers: (
		reference: BucketReference,
		prefixes: readonly string[],
		signal?: AbortSignal,
	) => Promise<boolean>;
	/** Deletes these versions, at most 1,000. What is gone already, and be it the bucket, is no error. */
	readonly deleteVersions: (reference: BucketReference, versions: readonly VersionName[]) => Promise<void>;
};

/** A role without its policies. */
export type RoleSummary = {
	readonly arn: string;
	/** Its unique id (`AROA…`): a role that was made again has another. Source: IAM User Guide, "IAM identifiers". */
	readonly roleId: string;
	readonly description: string;
	readonly trust: PolicyDocument;
	/** The ARN of its permissions boundary. */
	readonly boundaryArn?: string;
	/** How long its sessions may last; absent: an hour, the default. */
	readonly maxSessionSeconds?: number;
	/** Absent where it has none. */
	readonly tags?: readonly Tag[];
};

export type Roles = {
	/** The role with its trust policy, or nothing. */
	readonly get: (roleName: string, signal?: AbortSignal) => Promise<RoleSummary | undefined>;
	readonly create: (role: {
		readonly roleName: string;
		readonly path: string;
		readonly description: string;
		readonly trust: PolicyDocument;
		readonly boundaryArn?: string;
	}) => Promise<{readonly roleId?: string}>;
	/** An inline policy, or nothing where role or policy are absent. */
	readonly getPolicy: (
		roleName: string,
		policyName: string,
		signal?: AbortSignal,
	) => Promise<PolicyDocument | undefined>;
	readonly putPolicy: (roleName: string, policyName: string, policy: PolicyDocument) => Promise<void>;
	/** The names of the inline policies; none where the role is absent. */
	readonly listPolicies: (roleName: string, signal?: AbortSignal) => Promise<readonly string[]>;
	/** The ARNs of the managed policies attached; none where the role is absent. */
	readonly listAttachedPolicies: (roleName: string, signal?: AbortSignal) => Promise<readonly string[]>;
	/** The document of a managed policy as it is in force, or nothing. */
	readonly getManagedPolicy: (policyArn: string, signal?: AbortSignal) => Promise<PolicyDocument | undefined>;
	/** What is deleted may be gone already: that is no error. The same in `delete`. */
	readonly deletePolicy: (roleName: string, policyName: string) => Promise<void>;
	/** Deletes the role; IAM refuses that while a policy is in it. */
	readonly delete: (roleName: string) => Promise<void>;
};

/** Where the jobs of an account are, in the region of their source bucket. */
export type JobsPlace = {readonly accountId: string; readonly region: string};

/** A job by its id. */
export type JobReference = JobsPlace & {readonly jobId: string};

/** Jobs of S3 Batch Operations. Source: S3 Control API Reference. */
export type Jobs = {
	/** Makes a job; the same request again, with its token, finds the same job. */
	readonly create: (place: JobsPlace, request: JobRequest) => Promise<{readonly jobId: string}>;
	/** `undefined`: there is no job of this id, or not yet. */
	readonly describe: (reference: JobReference, signal?: AbortSignal) => Promise<BatchJob | undefined>;
	/** The jobs of the account, newest first; only those that are in one of these states. */
	readonly list: (
		place: JobsPlace,
		statuses: readonly JobStatus[],
		signal?: AbortSignal,
	) => Promise<readonly JobSummary[]>;
	/** Confirms a job that waits for it, or cancels one. */
	readonly setStatus: (
		reference: JobReference,
		status: 'Ready' | 'Cancelled',
		reason: string,
	) => Promise<void>;
};

/** Does what the caller retries visibly: no refusal that `isRetried` takes is retried in silence first, by whichever connection. */
export type TellingRetries = <T>(
	isRetried: (answer: Pick<AwsErrorResponse, 'code' | 'httpStatus'>) => boolean,
	action: () => Promise<T>,
) => Promise<T>;

/** Everything that can be asked of AWS with one profile. */
export type Connection = {
	readonly profile: string;
	/** Where calls go that belong to no bucket yet. */
	readonly homeRegion: string;
	/** Where S3's calls go, if not to AWS. */
	readonly endpointUrl?: string;
	/** Where the calls to each service go. */
	readonly endpoints: ServiceEndpoints;
	/** What is odd about the settings behind it, for somebody to know before anything is written. */
	readonly settingRemarks: readonly Problem[];
	/** How somebody signs in for the profile. */
	readonly signInAdvice: SignInAdvice;
	/** Reads the credentials anew for the next call: they may have been renewed meanwhile. */
	readonly renewCredentials: () => void;
	readonly tellingRetries: TellingRetries;
	readonly identity: Identity;
	readonly buckets: Buckets;
	readonly settings: BucketSettings;
	readonly accounts: AccountSettings;
	readonly objects: Objects;
	readonly roles: Roles;
	readonly permissions: Permissions;
	readonly keys: Keys;
	readonly queues: Queues;
	readonly metrics: Metrics;
	readonly jobs: Jobs;
};
