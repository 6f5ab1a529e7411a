import type {PolicyDocument} from '../../policy/document.js';
import type {JobStatus} from '../observed/batch-job.js';
import type {BucketImage} from '../observed/bucket-image.js';
import type {NotificationConfiguration} from '../observed/notification-configuration.js';
import type {VersioningStatus} from '../observed/observed.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {RuleDestination} from '../rule/blocked-rules.js';

/** What is below the prefixes of a run's test files, as far as was looked. */
export type SurveyedFiles = {
	/** Whether there is one of the run's own versions, or may be. */
	readonly hasOwn: boolean;
	/** How many versions and delete markers are not provably the run's; and one of them. */
	readonly othersCount: number;
	readonly example?: string;
	/** Those of its own that Object Lock keeps: until when, and whether it is all of them. */
	readonly locked?: {readonly text: string; readonly isAll: boolean};
	/** Whether everything was looked at. */
	readonly isWhole: boolean;
};

/** What is there of a bucket of a recorded run. */
export type UndoBucket =
	/** Deleted, or somebody else's by now. */
	| {readonly state: 'gone'}
	| {
			readonly state: 'owned';
			/** Whether there is a version or delete marker that is not one of the run's test files. */
			readonly hasOthers: boolean;
			readonly files: SurveyedFiles;
			readonly versioning: VersioningStatus;
			readonly replication?: ReplicationConfiguration;
			readonly policy?: PolicyDocument;
			readonly notifications?: NotificationConfiguration;
			/** Of a bucket that the run created: what it is like now. */
			readonly image?: BucketImage;
			/** What could not be read of such a bucket, a phrase each, with the permission that it takes. */
			readonly unread?: readonly string[];
	  };

/** A bucket whose rules a run of this machine wrote with a role. */
export type RoleUser = {readonly bucket: string; readonly region: string; readonly accountId: string};

export type UndoRole = {
	readonly arn: string;
	readonly roleId: string;
	readonly trust: PolicyDocument;
	readonly description: string;
	/** The inline policies by name; only those of the record with their document. */
	readonly inline: Readonly<Record<string, PolicyDocument | null>>;
	/** How many managed policies are attached. */
	readonly attachedCount: number;
	/** Buckets whose rules this run or another of this machine wrote with the role. */
	readonly users?: readonly RoleUser[];
	/** Buckets of other runs of this machine whose rules name the role. */
	readonly usedBy: readonly string[];
	/** Those of them whose rules could not be read. */
	readonly unreadUsers: readonly string[];
};

/** What there is of a job of the run. */
export type UndoJob = {
	readonly jobId: string;
	readonly status: JobStatus;
	readonly succeeded: number;
	/** What its report tells of what failed, a reason each: `12 DstObjectHardDeleted`. Absent where nothing failed, or there is no report. */
	readonly failures?: readonly string[];
	/** Why its report cannot be read. */
	readonly unreadReport?: string;
};

/** A job of whomever that is not over: it needs its role and its bucket. */
export type RunningJob = {
	readonly jobId: string;
	readonly roleArn: string | undefined;
	readonly reportBucket: string | undefined;
};

/** Everything an undo is planned from, read in one parallel step. */
export type UndoObserved = {
	readonly buckets: Readonly<Record<string, UndoBucket>>;
	readonly roles: Readonly<Record<string, UndoRole | undefined>>;
	/** Whether the queues that the run made are there, by their names. */
	readonly queues?: Readonly<Record<string, boolean>>;
	/** The jobs that the run made, by their tokens. */
	readonly jobs?: Readonly<Record<string, UndoJob | undefined>>;
	/** The jobs of others that are not over, where the run made one. */
	readonly runningJobs?: readonly RunningJob[];
	/** Where rules replicate to that the run disabled. */
	readonly destinations?: readonly RuleDestination[];
	/** The policies of keys by their ARNs; nothing where a key is gone. */
	readonly keys?: Readonly<Record<string, PolicyDocument | undefined>>;
};
