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
import {errorOf} from '../problems/problem-of.js';
import {needed, neededText} from '../responses/needed.js';
import {UnexpectedAnswer} from '../responses/unexpected-answer.js';
import {absent} from './call-bucket.js';

type Sdk = typeof import('@aws-sdk/client-s3-control');

/** As many as a page may have. Source: S3 Control API Reference, ListJobs. */
const perPage = 1000;

/** Jobs of S3 Batch Operations, over S3 Control; the client of a region is made when it is first asked. Source: S3 Control API Reference. */
export function jobsPort(client: (region: string) => Promise<S3ControlClient>, caller: () => Caller): Jobs {
	async function call<T>(
		operation: string,
		{region, target}: {readonly region: string; readonly target: string},
		send: (control: S3ControlClient, sdk: Sdk) => Promise<T>,
		resources?: Readonly<Record<string, string>>,
	): Promise<T> {
		try {
			return await send(await client(region), await import('@aws-sdk/client-s3-control'));
		} catch (error) {
			throw errorOf(error, {...caller(), operation, target, ...(resources ? {resources} : {})});
		}
	}

	return {
		async create({region}, request) {
			const target = `a job for ${sourceOf(request)}`;
			const {JobId: jobId} = await call(
				'CreateJob',
				{region, target},
				async (control, {CreateJobCommand}) => control.send(new CreateJobCommand(inputOf(request))),
				{'iam:PassRole': request.RoleArn},
			);
			return {jobId: neededText(jobId, 'JobId')};
		},
		async describe({accountId, region, jobId}, signal) {
			return call('DescribeJob', {region, target: jobId}, async (control, {DescribeJobCommand}) => {
				const answer = await control.send(new DescribeJobCommand({AccountId: accountId, JobId: jobId}), {
					abortSignal: signal,
				});
				return jobIn(needed(answer.Job, 'Job'));
			}).catch(absent('NoSuchJob'));
		},
		async list({accountId, region}, statuses, signal) {
			const found: JobSummary[] = [];
			let next: string | undefined;
			do {
				const from = next;
				const {Jobs: page = [], NextToken: token} = await call(
					'ListJobs',
					{region, target: `account ${accountId}`},
					async (control, {ListJobsCommand}) =>
						control.send(
							new ListJobsCommand({
								AccountId: accountId,
								JobStatuses: [...statuses] as SdkStatus[],
								MaxResults: perPage,
								NextToken: from,
							}),
							{abortSignal: signal},
						),
				);
				found.push(...page.map(summaryIn));
				if (token !== undefined && token === from)
					throw new UnexpectedAnswer('The list of jobs comes to the same place again and would not end.');
				next = token;
			} while (next !== undefined);
			return found.toSorted((left, right) => (right.createdAt ?? 0) - (left.createdAt ?? 0));
		},
		async setStatus({accountId, region, jobId}, status, reason) {
			await call('UpdateJobStatus', {region, target: jobId}, async (control, {UpdateJobStatusCommand}) =>
				control.send(
					new UpdateJobStatusCommand({
						AccountId: accountId,
						JobId: jobId,
						RequestedJobStatus: status,
						StatusUpdateReason: reason,
					}),
				),
			);
		},
	};
}

function sourceOf({ManifestGenerator: generator}: JobRequest): string {
	return generator ? bucketOfArn(generator.S3JobManifestGenerator.SourceBucket) : 'a list';
}

/** The request as the SDK takes it: times are dates there. */
function inputOf({ManifestGenerator: generator, Manifest: manifest, ...request}: JobRequest) {
	const {Filter, ...source} = generator?.S3JobManifestGenerator ?? {Filter: undefined};
	return {
		...request,
		Report: {...request.Report},
		...(manifest
			? {
					Manifest: {
						Spec: {
							Format: manifest.Spec.Format,
							Fields: [...manifest.Spec.Fields] as Array<'Bucket' | 'Key' | 'VersionId'>,
						},
						Location: manifest.Location,
					},
				}
			: {}),
		...(generator && Filter
			? {
					ManifestGenerator: {
						S3JobManifestGenerator: {
							...(source as Omit<typeof generator.S3JobManifestGenerator, 'Filter'>),
							Filter: {
								EligibleForReplication: Filter.EligibleForReplication,
								...(Filter.CreatedAfter === undefined ? {} : {CreatedAfter: new Date(Filter.CreatedAfter)}),
								...(Filter.CreatedBefore === undefined
									? {}
									: {CreatedBefore: new Date(Filter.CreatedBefore)}),
								...(Filter.ObjectReplicationStatuses
									? {ObjectReplicationStatuses: [...Filter.ObjectReplicationStatuses]}
									: {}),
								...(Filter.KeyNameConstraint
									? {KeyNameConstraint: {MatchAnyPrefix: [...Filter.KeyNameConstraint.MatchAnyPrefix]}}
									: {}),
								...(Filter.MatchAnyStorageClass
									? {MatchAnyStorageClass: [...Filter.MatchAnyStorageClass] as never[]}
									: {}),
							},
						},
					},
				}
			: {}),
	};
}

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
