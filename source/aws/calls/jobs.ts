import type {
	JobDescriptor,
	JobListDescriptor,
	JobProgressSummary,
	JobStatus as SdkStatus,
	S3ControlClient,
} from '@aws-sdk/client-s3-control';
import {bucketOfArn} from '../../domain/arn.js';
import type {
	BatchJob,
	JobProgress,
	JobRequest,
	JobStatus,
	JobSummary,
} from '../../domain/observed/batch-job.js';
import type {Jobs} from '../ports.js';
import type {Caller} from '../problems/caller.js';
import {needed, neededText} from '../responses/needed.js';
import {absent, type ClientOf, serviceCaller} from './call-service.js';

/** As many as a page may have. Source: S3 Control API Reference, ListJobs. */
const perPage = 1000;

/** Jobs of S3 Batch Operations, over S3 Control; the client of a region is made when it is first asked. Source: S3 Control API Reference. */
export function jobsPort(client: ClientOf<S3ControlClient>, caller: () => Caller): Jobs {
	const {call, list} = serviceCaller(async () => import('@aws-sdk/client-s3-control'), client, caller);
	return {
		async create({region}, request) {
			const source = request.ManifestGenerator?.S3JobManifestGenerator.SourceBucket;
			const target = `a job for ${source === undefined ? 'a list' : bucketOfArn(source)}`;
			const about = {region, target, resources: {'iam:PassRole': request.RoleArn}};
			const {JobId: jobId} = await call('CreateJob', inputOf(request), about);
			return {jobId: neededText(jobId, 'JobId')};
		},
		async describe({accountId, region, jobId}, signal) {
			const about = {region, target: jobId, signal};
			return call('DescribeJob', {AccountId: accountId, JobId: jobId}, about, ({Job: job}) =>
				jobIn(needed(job, 'Job')),
			).catch(absent('NoSuchJob'));
		},
		async list({accountId, region}, statuses, signal) {
			const found = await list(
				'ListJobs',
				(marker) => ({
					AccountId: accountId,
					JobStatuses: [...statuses] as SdkStatus[],
					MaxResults: perPage,
					NextToken: marker,
				}),
				{region, target: `account ${accountId}`, signal},
				({Jobs: jobs = [], NextToken: next}) => ({
					items: jobs.map(summaryIn),
					isTruncated: next !== undefined,
					next,
				}),
			);
			return found.toSorted((left, right) => (right.createdAt ?? 0) - (left.createdAt ?? 0));
		},
		async setStatus({accountId, region, jobId}, status, reason) {
			const input = {
				AccountId: accountId,
				JobId: jobId,
				RequestedJobStatus: status,
				StatusUpdateReason: reason,
			};
			await call('UpdateJobStatus', input, {region, target: jobId});
		},
	};
}

/** The request as the SDK takes it: times are dates there, and lists its own. */
function inputOf({ManifestGenerator: generator, Manifest: manifest, ...request}: JobRequest) {
	const {Filter, ...source} = generator?.S3JobManifestGenerator ?? {Filter: undefined};
	return {
		...request,
		Report: {...request.Report},
		Manifest: manifest && {
			Spec: {
				Format: manifest.Spec.Format,
				Fields: [...manifest.Spec.Fields] as Array<'Bucket' | 'Key' | 'VersionId'>,
			},
			Location: manifest.Location,
		},
		ManifestGenerator:
			generator && Filter
				? {
						S3JobManifestGenerator: {
							...(source as Omit<typeof generator.S3JobManifestGenerator, 'Filter'>),
							Filter: {
								EligibleForReplication: Filter.EligibleForReplication,
								CreatedAfter: dateOf(Filter.CreatedAfter),
								CreatedBefore: dateOf(Filter.CreatedBefore),
								ObjectReplicationStatuses: listOf(Filter.ObjectReplicationStatuses),
								KeyNameConstraint: Filter.KeyNameConstraint && {
									MatchAnyPrefix: [...Filter.KeyNameConstraint.MatchAnyPrefix],
								},
								MatchAnyStorageClass: listOf(Filter.MatchAnyStorageClass) as never[] | undefined,
							},
						},
					}
				: undefined,
	};
}

const dateOf = (text: string | undefined): Date | undefined =>
	text === undefined ? undefined : new Date(text);

const listOf = <T>(list: readonly T[] | undefined): T[] | undefined => list && [...list];

type Described = Pick<
	JobListDescriptor,
	'JobId' | 'Description' | 'Status' | 'CreationTime' | 'ProgressSummary'
>;

function summaryIn({JobId, Description = '', Status, CreationTime, ProgressSummary}: Described): JobSummary {
	return {
		jobId: neededText(JobId, 'JobId'),
		description: Description,
		status: neededText(Status, 'Status') as JobStatus,
		...(CreationTime ? {createdAt: CreationTime.getTime()} : {}),
		progress: progressIn(ProgressSummary, Status),
	};
}

function jobIn(job: JobDescriptor): BatchJob {
	const {Report: report, RoleArn, TerminationDate, FailureReasons = [], StatusUpdateReason} = job;
	const source = job.ManifestGenerator?.S3JobManifestGenerator?.SourceBucket;
	return {
		...summaryIn(job),
		...(report?.Bucket ? {report: {bucket: bucketOfArn(report.Bucket), prefix: report.Prefix ?? ''}} : {}),
		...(source === undefined ? {} : {sourceBucket: bucketOfArn(source)}),
		...(RoleArn === undefined ? {} : {roleArn: RoleArn}),
		...(TerminationDate ? {endedAt: TerminationDate.getTime()} : {}),
		failures: FailureReasons.map(({FailureCode = '', FailureReason = ''}) => ({
			code: FailureCode,
			reason: FailureReason,
		})),
		...(StatusUpdateReason === undefined ? {} : {statusUpdateReason: StatusUpdateReason}),
	};
}

/** While a job is prepared AWS counts nothing yet, and may say 0. */
function progressIn(summary: JobProgressSummary | undefined, status: string | undefined): JobProgress {
	const {
		TotalNumberOfTasks: total,
		NumberOfTasksSucceeded: succeeded = 0,
		NumberOfTasksFailed: failed = 0,
	} = summary ?? {};
	const isKnown = total !== undefined && (total > 0 || (status !== 'New' && status !== 'Preparing'));
	const seconds = summary?.Timers?.ElapsedTimeInActiveSeconds;
	return {
		...(isKnown ? {total} : {}),
		succeeded,
		failed,
		...(seconds === undefined ? {} : {activeMs: seconds * 1000}),
	};
}
