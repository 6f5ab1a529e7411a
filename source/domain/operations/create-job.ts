import type {JobRequest, JobStatus} from '../observed/batch-job.js';
import {isJobOver} from '../observed/batch-job.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import type {TakeBackContext, TakenBack} from '../take-back/take-back-context.js';
import {gone} from '../take-back/undo-reason.js';
import type {Kind, PlannedKind} from './kind.js';

export type CreateJob = OperationBase & {
	readonly kind: 'create-job';
	/** The whole request: a rerun repeats it as it is, with its token. */
	readonly after: JobRequest;
};

export type CancelJob = OperationBase & {
	readonly kind: 'cancel-job';
	readonly jobId: string;
	readonly after: null;
};

const cancelJob: Kind<CancelJob> = {
	kind: 'cancel-job',
	words: {plan: 'Cancel job', doing: 'Cancelling job', done: 'Job cancelled'},
	noun: 'the job for',
	detail: ({jobId}) => `${jobId}; what it copied stays`,
};

export const createJob: PlannedKind<CreateJob, CancelJob> = {
	kind: 'create-job',
	words: {plan: 'Create job', doing: 'Creating job', done: 'Job created'},
	noun: 'the job for',
	detail: ({after}) => jobText(after),
	on: 'job',
	remaining: {noun: 'job', remark: 'what it copied stays'},
	needs: {
		job: ['s3:CreateJob', 's3:DescribeJob', 's3:ListJobs', 's3:UpdateJobStatus'],
		role: ['iam:PassRole'],
	},
	undoNeeds: {job: ['s3:DescribeJob', 's3:ListJobs', 's3:UpdateJobStatus']},
	// No replication takes one: `batch` plans it, see `batch/plan-batch.ts`.
	plan: () => [],
	mayBeAt: () => false,
	takesEffectLate: false,
	undoReadings: [],
	undoKinds: {'cancel-job': cancelJob},
	takeBack,
};

/** Whether an operation makes a job. */
export function createsJob(operation: AnyOperation): operation is CreateJob {
	return operation.kind === createJob.kind;
}

/** The job for the objects of a bucket. */
export function jobFor(
	place: Pick<CreateJob, 'side' | 'target' | 'account' | 'region' | 'requires'>,
	after: JobRequest,
	notes: readonly string[],
): CreateJob {
	return {...place, id: 'create-job', kind: 'create-job', change: 'create', after, notes};
}

/** Which objects a job takes, in a few words. */
function jobText({ManifestGenerator: generator, Manifest: manifest}: JobRequest): string {
	if (!generator) return `S3 Batch Replication of the list ${manifest?.Location.ObjectArn ?? ''}`;
	const {ObjectReplicationStatuses: statuses = [], ...filter} = generator.S3JobManifestGenerator.Filter;
	const parts = [
		statuses.length === 0 ? 'objects' : `objects with status ${statuses.join(' or ').toLowerCase()}`,
		...(filter.KeyNameConstraint
			? [`that begin with “${filter.KeyNameConstraint.MatchAnyPrefix.join('”, “')}”`]
			: []),
		...(filter.CreatedAfter === undefined ? [] : [`written after ${filter.CreatedAfter}`]),
		...(filter.CreatedBefore === undefined ? [] : [`written before ${filter.CreatedBefore}`]),
		...(filter.MatchAnyStorageClass ? [`in ${filter.MatchAnyStorageClass.join(' or ')}`] : []),
	];
	return `S3 Batch Replication of ${parts.join(', ')}`;
}

/** Cancels a job that is not over; what it has copied is the person's data and stays. */
function takeBack(group: Group<CreateJob>, {observed: {jobs = {}}}: TakeBackContext): TakenBack<CancelJob> {
	const {ClientRequestToken: token} = group.first.operation.after;
	const job = jobs[token];
	const isOpen = job !== undefined && !isJobOver(job.status);
	const operation = {
		...undoOf(group, cancelJob.kind, []),
		jobId: job?.jobId ?? '',
		change: isOpen ? ('delete' as const) : ('keep' as const),
		after: null,
	};
	const hasCopied = job !== undefined && job.succeeded > 0;
	const notes = hasCopied
		? [`The job ${job.jobId} copied ${job.succeeded} objects: the replicas are your data and stay.`]
		: [];
	return {step: stepFor(group, operation, isOpen ? undefined : gone(overText(job))), notes};
}

function overText(job: {readonly status: JobStatus} | undefined): string {
	return job ? `it is over (${job.status})` : 'there is none';
}
