import {jobCommandOf} from '../answers/command-line.js';
import {type JobRequest, isJobOver, isJobRequest} from '../observed/batch-job.js';
import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {gone, type TakeBackContext, type TakenBack} from '../take-back/take-back-context.js';
import type {RunningJob, UndoJob} from '../take-back/undo-observed.js';
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
	words: {plan: 'Cancel job', keep: 'Keep job', doing: 'Cancelling job', done: 'Job cancelled'},
	noun: 'the job for',
	detail: ({jobId}) => `${jobId}; what it copied stays`,
};

export const createJob: PlannedKind<CreateJob, CancelJob> = {
	kind: 'create-job',
	words: {plan: 'Create job', keep: 'Keep job', doing: 'Creating job', done: 'Job created'},
	noun: 'the job for',
	detail: ({after}) => jobText(after),
	on: 'job',
	remaining: {noun: 'job', remark: 'what it copied stays'},
	needs: {job: ['s3:CreateJob', 's3:ListJobs'], role: ['iam:PassRole']},
	// To follow it, and to confirm it.
	alsoNeeds: () => ({job: ['s3:DescribeJob', 's3:UpdateJobStatus']}),
	undoNeeds: {job: ['s3:DescribeJob', 's3:ListJobs', 's3:UpdateJobStatus']},
	// No replication takes one: `batch` plans it, see `batch/plan-batch.ts`.
	plan: () => [],
	mayBeAt: () => false,
	takesEffectLate: false,
	recorded: {after: isJobRequest},
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

/** Cancels the job that is not over; what its jobs have copied is the person's data and stays. */
function takeBack(
	group: Group<CreateJob>,
	{observed: {jobs = {}}, endpointUrl}: TakeBackContext,
): TakenBack<CancelJob> {
	// One that failed for its new role was made again, with a token of its own.
	const made = group.all.flatMap(({operation}) => jobs[operation.after.ClientRequestToken] ?? []);
	const job = made.find(({status}) => !isJobOver(status)) ?? made.at(-1);
	const isOpen = job !== undefined && !isJobOver(job.status);
	const operation = {
		...undoOf(group, cancelJob.kind, []),
		jobId: job?.jobId ?? '',
		change: isOpen ? ('delete' as const) : ('keep' as const),
		after: null,
	};
	const over = gone(job ? `it is over (${job.status})` : 'there is none');
	const step = stepFor(group, operation, isOpen ? undefined : over);
	const {profile} = group.first;
	const place = {region: group.first.operation.region, profile};
	return {step, notes: made.flatMap((one) => notesOn(one, place, endpointUrl))};
}

function notesOn(
	{jobId, succeeded, failures = []}: UndoJob,
	place: Parameters<typeof jobCommandOf>[1],
	endpointUrl: string | null,
): readonly string[] {
	return [
		...(succeeded > 0
			? [`The job ${jobId} copied ${succeeded} objects: the replicas are your data and stay.`]
			: []),
		...(failures.length > 0
			? [
					`${failedText(jobId, failures)} Its report goes with this undo; keep it before: ${jobCommandOf(jobId, place, endpointUrl)} --report-file FILE`,
				]
			: []),
	];
}

/** What the report of a job tells of its failures, in a sentence. */
export function failedText(jobId: string, failures: readonly string[]): string {
	return `The job ${jobId} did not copy everything: ${failures.join(', ')}.`;
}

/** Why something stays that a job of others which runs needs; nothing where none does. */
export function neededByJob(
	{observed: {runningJobs = []}}: TakeBackContext,
	needs: (job: RunningJob) => boolean,
): string | undefined {
	const ids = runningJobs.filter(needs).map(({jobId}) => jobId);
	return ids.length === 0 ? undefined : `the job ${ids.join(', ')} still runs with it`;
}
