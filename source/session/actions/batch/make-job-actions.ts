import {diagnoseCommandOf} from '../../../domain/answers/command-line.js';
import {bucketOfArn} from '../../../domain/arn.js';
import {earlierBatch} from '../../../domain/batch/earlier-run.js';
import {describedRun} from '../../../domain/batch/job-description.js';
import {planBatch, type WantedObjects} from '../../../domain/batch/plan-batch.js';
import {diagnose} from '../../../domain/diagnose/diagnose.js';
import {isWrong} from '../../../domain/diagnose/finding.js';
import type {BatchJob, JobRequest} from '../../../domain/observed/batch-job.js';
import type {ObservedReplication, SeenBucket} from '../../../domain/observed/observed-replication.js';
import {type CreateJob, createsJob} from '../../../domain/operations/create-job.js';
import type {PlannedEnd} from '../../../domain/operations/plan-context.js';
import {reportFolderIn} from '../../../domain/operations/report-folder.js';
import type {Plan} from '../../../domain/plan/plan.js';
import {type Problem, ProblemError} from '../../../domain/problem.js';
import {filterOf, filterText} from '../../../domain/rule/rule-filter.js';
import {referenceOf} from '../../../engine/connections.js';
import {sampleExisting} from '../../../engine/batch/existing-objects.js';
import type {Recorder} from '../../../engine/record/recorder.js';
import {apply} from '../../../engine/run/apply.js';
import {causesNote, leftOutNotes, takenBy} from './batch-notes.js';
import {
	endsOf,
	lifecycleNotes,
	openJobs,
	reportBucketKey,
	thingsThere,
	throwUnlessTrusting,
} from './batch-plan.js';
import {causeOf} from '../../watch/cause-of.js';
import {createJobAgain} from './job-again.js';
import type {JobInHand} from './job-in-hand.js';
import type {RunContext, SourceRequest} from '../core/run-context.js';
import {type End, replicatedOf} from './verify-actions.js';

/** What a job is asked to do, and with what. */
export type JobWanted = SourceRequest & {
	readonly wanted: WantedObjects;
	/** The manifest of one's own. */
	readonly manifest?: Uint8Array;
	readonly reportBucket?: string;
	readonly roleArn?: string;
	/** Tells no causes one by one, for a screen; the plan's notes name them in any case. */
	readonly isQuiet?: boolean;
};

export type MakeJobActions = {
	/**
	 * Reads the rules of the source and tells what is wrong with them, looks for a job that runs already, and plans a new one otherwise.
	 * Changes nothing. Gives nothing where a job is followed. Throws what stands in the way.
	 */
	readonly planJob: (request: JobWanted) => Promise<Plan | undefined>;
	/** Does what that plan says: then there is a job, which waits to be confirmed. Gives the problem of what could not be done. */
	readonly makeJob: () => Promise<Problem | undefined>;
};

/** What a job is made from, or made again: until it is there it has to do with nothing else. */
type JobMaking = MakeJobActions & {
	/** Makes a job again that failed for its new role. Gives whether there is another one now. Throws the problem of one that cannot be made. */
	readonly madeAgain: (failed: BatchJob) => Promise<boolean>;
};

/** The run in whose record a job is written, and that record, where there is one. */
type Writing = {readonly runId: string; readonly recorder: () => Promise<Recorder | undefined>};

export function createJobMaking(
	context: RunContext,
	inHand: JobInHand,
	observe: (source: SourceRequest) => Promise<ObservedReplication>,
	endOf: (seen: SeenBucket) => Promise<End>,
): JobMaking {
	const {core, here, play, signal} = context;
	const {emit, getState, options} = core;
	const {clock} = options.services;
	const again = createJobAgain(context);
	let manifest: Uint8Array | undefined;
	let writing: Writing | undefined;
	/** The last request of which this session has made a job, by the run that it is of. */
	const made = new Map<string, JobRequest>();

	/** A job runs every rule of the source, broken ones too: what is wrong is told before. Gives what that is, a text each. */
	function causesIn(found: ObservedReplication, isQuiet: boolean): readonly string[] {
		const causes: string[] = [];
		for (const rule of found.replication?.Rules ?? []) {
			if (rule.Status !== 'Enabled') continue;
			const findings = diagnose(found, rule).filter(isWrong);
			causes.push(...findings.map(({headline}) => headline));
			if (isQuiet) continue;
			emit({
				type: 'rule-diagnosed',
				ruleId: rule.ID ?? null,
				takes: filterText(filterOf(rule)),
				destination: bucketOfArn(rule.Destination.Bucket),
				isEnabled: true,
				isWrong: findings.length > 0,
			});
			for (const finding of findings) emit({type: 'cause-found', ...causeOf(rule, finding)});
		}

		return [...new Set(causes)];
	}

	/** The run that was stopped before it knew its job, if there is one. */
	async function earlierRun({bucket, accountId}: SeenBucket) {
		return earlierBatch(await context.recordedRuns(), here, {bucket, accountId});
	}

	/** The id that AWS answered with, as it is recorded; where nothing is recorded, that of the job with the run's description. */
	async function jobMade(
		{Description}: JobRequest,
		source: PlannedEnd,
		runId: string,
	): Promise<string | undefined> {
		const {operations} = getState().run;
		if (!operations.some(({operation, state}) => createsJob(operation) && state === 'done')) return undefined;
		const read = await context.records()?.read(runId);
		const steps = read?.ok ? read.record.steps : [];
		const last = steps.findLast((step) => step.kind === 'operation' && createsJob(step.operation));
		if (last?.kind === 'operation' && last.answer?.jobId !== undefined) return last.answer.jobId;
		const connection = await context.connection(source.profile);
		const open = await openJobs(connection, referenceOf(source), signal);
		return open.find(({description}) => description === Description)?.jobId;
	}

	/** Does what a plan says, and takes the job that is made. */
	async function carryOut(plan: Plan, job: CreateJob, {runId, recorder}: Writing): Promise<void> {
		const {source} = plan;
		const connection = await context.connection(source.profile);
		const key = reportFolderIn(plan.operations)?.after.Manifest?.Key;
		const manifests = new Map(key !== undefined && manifest ? [[key, manifest]] : []);
		const connections = {source: connection, destination: connection};
		await play(apply({plan, connections, clock, signal, recorder: await recorder(), manifests}));
		const jobId = await jobMade(job.after, source, runId);
		if (jobId === undefined) return;
		made.set(runId, job.after);
		const {accountId, region, profile} = source;
		inHand.take({jobId, accountId, region, profile});
		emit(inHand.seenAs({sourceBucket: source.bucket, madeBy: runId, isNew: true}));
	}

	const problemOfRun = (): Problem | undefined =>
		getState().run.operations.find(({state}) => state === 'failed')?.problem;

	return {
		async planJob(request) {
			const found = await observe(request);
			inHand.observed = found;
			const of = replicatedOf(request);
			inHand.replicated = of;
			const source = await endOf(found.source);
			const {profile, ...place} = found.source;
			const [open] = await openJobs(source.connection, source.reference, signal);
			if (open) {
				const {accountId, region} = place;
				inHand.take({jobId: open.jobId, accountId, region, profile});
				const madeBy = describedRun(open)?.runId ?? null;
				emit(inHand.seenAs({sourceBucket: request.sourceBucket, madeBy, isNew: false}));
				return undefined;
			}

			const causes = causesIn(found, request.isQuiet === true);
			const earlier = await earlierRun(found.source);
			const extended = earlier && (await context.goOnWith(earlier.record));
			const runId = earlier?.record.header.runId ?? getState().recordedAs ?? core.runId;
			const [first, destination] = endsOf(found);
			writing = {runId, recorder: async () => extended ?? context.recorder([first])};
			const {roleArn, reportBucket, wanted} = request;
			if (roleArn !== undefined) await throwUnlessTrusting(roleArn, source.connection, signal);
			const reportKeyArn =
				reportBucket === undefined
					? undefined
					: await reportBucketKey(reportBucket, source.connection, found, signal);
			const seen = Object.values(found.destinations).flatMap((one) =>
				one.state === 'existing' ? [one.seen] : [],
			);
			const ends = await Promise.all([found.source, ...seen].map(endOf));
			const filters = takenBy(found, wanted.prefix);
			const sample = await sampleExisting(source.connection.objects, source.reference, filters, signal);
			const diagnosing = diagnoseCommandOf(of, here.endpointUrl);
			manifest = request.manifest;
			const plan = planBatch({
				runId,
				partition: found.partition,
				source: first,
				destination,
				wanted,
				...{reportBucket, reportKeyArn, roleArn},
				there: await thingsThere(source.connection, source.reference, runId, signal),
				earlier: earlier?.request,
				made: made.get(runId),
				notes: [
					...(causes.length > 0 ? [causesNote(causes, diagnosing)] : []),
					...leftOutNotes(found, sample?.looked ?? [], wanted, diagnosing),
					...(await lifecycleNotes(ends, filters, signal)),
				],
			});
			emit({type: 'plan-made', plan});
			return plan;
		},
		async makeJob() {
			const {plan} = getState().run;
			const job = plan?.operations.find(createsJob);
			if (!plan || !job || !writing) throw new Error('There is no plan to make a job.');
			again.noteMade(plan);
			const by = writing;
			await context.applying(async () => {
				await (await by.recorder())?.planned(plan.operations);
				await carryOut(plan, job, by);
			});
			return getState().applyProblem ?? problemOfRun();
		},
		async madeAgain(failed) {
			const plan = await again.planAgain(failed);
			const job = plan?.operations.find(createsJob);
			if (!plan || !job || !writing) return false;
			await carryOut(plan, job, writing);
			const problem = problemOfRun();
			if (problem) throw new ProblemError(problem);
			return true;
		},
	};
}
