import {
	type CreateJobRequest,
	type JobFailure,
	type JobStatus,
	type S3GeneratedManifestDescriptor,
} from '@aws-sdk/client-s3-control';

/** A job of S3 Batch Operations. Times are milliseconds since 1970. */
export type BatchJob = {
	readonly jobId: string;
	readonly arn: string;
	readonly accountId: string;
	readonly region: string;
	/** What it was made with, as it was asked for. */
	readonly request: CreateJobRequest;
	readonly createdMs: number;
	/** DescribeJob does not know it before. */
	readonly seenFromMs: number;
	priority: number;
	status: JobStatus;
	statusUpdateReason: string | undefined;
	suspendedMs: number | undefined;
	terminatedMs: number | undefined;
	failures: readonly JobFailure[];
	/** Known once the manifest is read or made. */
	taskCount: number | undefined;
	succeededCount: number;
	failedCount: number;
	activeMs: number;
	generatedManifest: S3GeneratedManifestDescriptor | undefined;
};
