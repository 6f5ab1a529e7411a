import {isRecord} from '../../policy/json-shape.js';
/** The replication statuses that a job chooses by. Source: S3 Control API Reference, JobManifestGeneratorFilter. */
export const batchStatuses = ['NONE', 'FAILED', 'COMPLETED', 'REPLICA'] as const;

export type BatchStatus = (typeof batchStatuses)[number];

/** Those that were never tried, and those that failed. */
export const usualStatuses = ['NONE', 'FAILED'] as const satisfies readonly BatchStatus[];

/** What a job does, as AWS is asked for it: recorded whole before it is sent, and repeated as it is. Source: S3 Control API Reference, CreateJob. */
export type JobRequest = {
	readonly AccountId: string;
	readonly Operation: {readonly S3ReplicateObject: Record<string, never>};
	readonly Report: {
		readonly Enabled: true;
		/** An ARN. */
		readonly Bucket: string;
		readonly Format: 'Report_CSV_20180820';
		readonly Prefix: string;
		readonly ReportScope: 'AllTasks' | 'FailedTasksOnly';
	};
	readonly Priority: number;
	readonly RoleArn: string;
	readonly ConfirmationRequired: true;
	readonly ClientRequestToken: string;
	readonly Description: string;
	readonly ManifestGenerator?: {readonly S3JobManifestGenerator: ManifestGenerator};
	readonly Manifest?: {
		readonly Spec: {
			readonly Format: 'S3BatchOperations_CSV_20180820';
			readonly Fields: readonly string[];
		};
		readonly Location: {readonly ObjectArn: string; readonly ETag: string};
	};
};

/** What S3 lists by itself. */
export type ManifestGenerator = {
	/** An ARN. */
	readonly SourceBucket: string;
	readonly ExpectedBucketOwner: string;
	readonly EnableManifestOutput: false;
	readonly Filter: JobFilter;
};

/** Which objects a job takes. Times are in ISO form. */
export type JobFilter = {
	readonly EligibleForReplication: true;
	readonly ObjectReplicationStatuses?: readonly BatchStatus[];
	readonly CreatedAfter?: string;
	readonly CreatedBefore?: string;
	readonly KeyNameConstraint?: {readonly MatchAnyPrefix: readonly string[]};
	readonly MatchAnyStorageClass?: readonly string[];
};

/** Every state of a job. Source: S3 User Guide, "Tracking job status and completion reports". */
export type JobStatus =
	| 'New'
	| 'Preparing'
	| 'Suspended'
	| 'Ready'
	| 'Active'
	| 'Pausing'
	| 'Paused'
	| 'Completing'
	| 'Complete'
	| 'Cancelling'
	| 'Cancelled'
	| 'Failing'
	| 'Failed';

/** How many objects a job has, as far as AWS tells. */
export type JobProgress = {
	/** `undefined`: AWS does not say yet. */
	readonly total?: number;
	readonly succeeded: number;
	readonly failed: number;
	/** How long it was active, in milliseconds. */
	readonly activeMs?: number;
};

/** A job as a list of jobs tells of it. */
export type JobSummary = {
	readonly jobId: string;
	readonly description: string;
	readonly status: JobStatus;
	/** In milliseconds since 1970. */
	readonly createdAt?: number;
	readonly progress: JobProgress;
};

/** A job as AWS tells of it. */
export type BatchJob = JobSummary & {
	/** Where its report goes. */
	readonly report?: {readonly bucket: string; readonly prefix: string};
	readonly sourceBucket?: string;
	readonly roleArn?: string;
	readonly endedAt?: number;
	/** Why it failed. */
	readonly failures: ReadonlyArray<{readonly code: string; readonly reason: string}>;
	readonly statusUpdateReason?: string;
};

const over: ReadonlySet<JobStatus> = new Set(['Complete', 'Cancelled', 'Failed']);

/** Whether a job never changes any more. */
export function isJobOver(status: JobStatus): boolean {
	return over.has(status);
}

/** The states of jobs that are not over. */
export const openJobStatuses: readonly JobStatus[] = [
	'New',
	'Preparing',
	'Suspended',
	'Ready',
	'Active',
	'Pausing',
	'Paused',
	'Completing',
	'Cancelling',
	'Failing',
];

/** Whether a recorded value is the request for a job. */
export function isJobRequest(value: unknown): value is JobRequest {
	return isRecord(value) && 'ClientRequestToken' in value && 'RoleArn' in value;
}
