import type {JobReference} from '../../engine/connections.js';
import {defaultChain} from '../../domain/answers/answers.js';
import {bucketOfArn} from '../../domain/arn.js';
import {earlierBatch} from '../../domain/batch/earlier-run.js';
import {describedRun} from '../../domain/batch/job-description.js';
import {planBatch, type WantedObjects} from '../../domain/batch/plan-batch.js';
import {diagnose} from '../../domain/diagnose/diagnose.js';
import {isWrong} from '../../domain/diagnose/finding.js';
import {type BatchJob, isJobOver, type JobRequest} from '../../domain/observed/batch-job.js';
import type {ObservedReplication, SeenBucket} from '../../domain/observed/observed-replication.js';
import {type CreateJob, createsJob} from '../../domain/operations/create-job.js';
import {reportFolderIn} from '../../domain/operations/report-folder.js';
import type {Plan} from '../../domain/plan/plan.js';
import {type Problem, ProblemError, problemFrom} from '../../domain/problem.js';
import type {Here} from '../../domain/record/recorded-place.js';
import {filterOf, filterText} from '../../domain/rule/rule-filter.js';
import type {PlannedEnd} from '../../domain/operations/plan-context.js';
import {followJob} from '../../engine/batch/follow-job.js';
import {referenceOf} from '../../engine/connections.js';
import {observeReplication} from '../../engine/diagnose/observe-replication.js';
import {apply} from '../../engine/run/apply.js';
import {causesNote, noJob, noRule, takenBy} from './batch-notes.js';
import {causeOf} from '../watch/cause-of.js';
import {
	endsOf,
	lifecycleNotes,
	openJobs,
	reportBucketKey,
	thingsThere,
	throwUnlessTrusting,
} from './batch-plan.js';
import {failuresOf, isNothingToCopy, jobProblem, withEvidence} from './batch-report.js';
import {createJobAgain} from './job-again.js';
import {type BatchSource, createVerifyActions, type VerifyActions} from './verify-actions.js';
import type {RunContext} from './run-context.js';

/** What a job is asked to do, and with what. */
export type JobWanted = BatchSource & {
	readonly wanted: WantedObjects;
	/** The manifest of one's own. */
	readonly manifest?: Uint8Array;
	readonly reportBucket?: string;
	readonly roleArn?: string;
	/** Tells no causes one by one, for a screen; the plan's notes name them in any case. */
	readonly isQuiet?: boolean;
};

export type BatchActions = VerifyActions & {
	/**
	 * Reads the rules of the source and tells what is wrong with them, looks for a job that runs already, and plans a new one otherwise.
	 * Changes nothing. Gives nothing where a job is followed. Throws what stands in the way.
	 */
	readonly planJob: (request: JobWanted) => Promise<Plan | undefined>;
	/** Does what that plan says: then there is a job, which waits to be confirmed. Gives the problem of what could not be done. */
	readonly makeJob: () => Promise<Problem | undefined>;
	/** Takes a job that exists, of this machine or another. Throws where there is none. */
	readonly openJob: (
		jobId: string,
		request: Pick<BatchSource, 'answers' | 'destinationProfiles'>,
	) => Promise<void>;
	/** Follows the job until it is over, or waits to be confirmed, or somebody leaves it. Gives it as it was last seen. */
	readonly followJob: (pollMs: number) => Promise<BatchJob>;
	/** Ends the following; the job runs on. */
	readonly leaveJob: () => void;
	/** Lets the job begin. */
	readonly confirmJob: () => Promise<void>;
	/** Has the job cancelled; what it has copied stays. */
	readonly cancelJob: () => Promise<void>;
	/** Reads the report of a job that is over, and tells what it has come to. Gives the problem of one that did not copy everything. */
	readonly endJob: (keepsReport: boolean) => Promise<Problem | undefined>;
};

export function createBatchActions(context: RunContext): BatchActions {
	const {core, play, signal} = context;
	const {emit, dispatch, getState, options} = core;
	const {clock} = options.services;
	let observed: ObservedReplication | undefined;
	let manifest: Uint8Array | undefined;
	let followed: (JobReference & {readonly profile: string}) | undefined;
	let last: BatchJob | undefined;
	let isConfirmed = false;
	let following = new AbortController();
	const again = createJobAgain(context);

	const here: Here = {
		get endpointUrl() {
			return core.environment?.endpointUrl ?? null;
		},
		endpointsOf: (profile) => core.environment?.endpointsOf(profile),
	};

	/** The rules of the source, with what they need and where they go. */
	async function observe({
		sourceBucket,
		answers,
		destinationProfiles,
	}: BatchSource): Promise<ObservedReplication> {
		const {sourceProfile = defaultChain, sourceRegion: region} = answers;
		const source = await context.connection(sourceProfile);
		const others = await Promise.all(destinationProfiles.map(context.connection));
		const found = await observeReplication(sourceBucket, source, others, {region, signal});
		const rules = found.replication?.Rules ?? [];
		if (!rules.some(({Status}) => Status === 'Enabled')) throw new ProblemError(noRule(sourceBucket));
		return found;
	}

	const endOf = async ({bucket, region, accountId, profile}: SeenBucket) => ({
		connection: await context.connection(profile),
		reference: {bucket, region, accountId},
	});

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
		const listed = await context.records()?.list();
		const records = (listed ?? []).flatMap((one) => (one.ok ? [one.record] : []));
		return earlierBatch(records, here, {bucket, accountId});
	}

	function follow(reference: JobReference & {readonly profile: string}): void {
		followed = reference;
		isConfirmed = false;
	}

	/** The id that AWS answered with, as it is recorded; where nothing is recorded, that of the job with the run's description. */
	async function jobMade({Description}: JobRequest, source: PlannedEnd): Promise<string | undefined> {
		const {operations} = getState().run;
		if (!operations.some(({operation, state}) => createsJob(operation) && state === 'done')) return undefined;
		const read = await context.records()?.read(getState().recordedAs ?? core.runId);
		const steps = read?.ok ? read.record.steps : [];
		const made = steps.findLast((step) => step.kind === 'operation' && createsJob(step.operation));
		if (made?.kind === 'operation' && made.answer?.jobId !== undefined) return made.answer.jobId;
		const connection = await context.connection(source.profile);
		const open = await openJobs(connection, referenceOf(source), signal);
		return open.find(({description}) => description === Description)?.jobId;
	}

	function theJob(): NonNullable<typeof followed> {
		if (!followed) throw new Error('There is no job.');
		return followed;
	}

	/** Does what a plan says, and follows the job that is made. */
	async function carryOut(plan: Plan, job: CreateJob): Promise<void> {
		const {source} = plan;
		const recorder = await context.recorder([source]);
		const connection = await context.connection(source.profile);
		const key = reportFolderIn(plan.operations)?.after.Manifest?.Key;
		const manifests = new Map(key !== undefined && manifest ? [[key, manifest]] : []);
		const connections = {source: connection, destination: connection};
		await play(apply({plan, connections, clock, signal, recorder, manifests}));
		const jobId = await jobMade(job.after, source);
		if (jobId === undefined) return;
		const {accountId, region, profile} = source;
		follow({jobId, accountId, region, profile});
		emit({
			type: 'job-created',
			jobId,
			sourceBucket: source.bucket,
			account: accountId,
			region,
			madeBy: getState().recordedAs ?? core.runId,
			isNew: true,
		});
	}

	/** Makes a job again that failed for its new role. Gives whether there is another one now. Throws the problem of one that cannot be made. */
	async function madeAgain(failed: BatchJob): Promise<boolean> {
		const plan = await again.planAgain(failed);
		const job = plan?.operations.find(createsJob);
		if (!plan || !job) return false;
		await carryOut(plan, job);
		const problem = problemOfRun();
		if (problem) throw new ProblemError(problem);
		return true;
	}

	const problemOfRun = (): Problem | undefined =>
		getState().run.operations.find(({state}) => state === 'failed')?.problem;

	return {
		...createVerifyActions(context, observe, endOf),
		async planJob(request) {
			const found = await observe(request);
			observed = found;
			const source = await endOf(found.source);
			const {profile, ...place} = found.source;
			const [open] = await openJobs(source.connection, source.reference, signal);
			if (open) {
				const {accountId, region} = place;
				follow({jobId: open.jobId, accountId, region, profile});
				emit({
					type: 'job-created',
					jobId: open.jobId,
					sourceBucket: request.sourceBucket,
					account: accountId,
					region,
					madeBy: describedRun(open)?.runId ?? null,
					isNew: false,
				});
				return undefined;
			}

			const causes = causesIn(found, request.isQuiet === true);
			const earlier = await earlierRun(found.source);
			if (earlier) await context.goOnWith(earlier.record);
			const runId = earlier?.record.header.runId ?? core.runId;
			const {roleArn, reportBucket, wanted} = request;
			if (roleArn !== undefined) await throwUnlessTrusting(roleArn, source.connection, signal);
			const reportKeyArn =
				reportBucket === undefined
					? undefined
					: await reportBucketKey(reportBucket, source.connection, found, signal);
			const seen = Object.values(found.destinations).flatMap((one) =>
				one.state === 'here' ? [one.seen] : [],
			);
			const ends = await Promise.all([found.source, ...seen].map(endOf));
			const [first, destination] = endsOf(found);
			manifest = request.manifest;
			const plan = planBatch({
				runId,
				partition: found.partition,
				source: first,
				destination,
				wanted,
				...(reportBucket === undefined ? {} : {reportBucket}),
				...(reportKeyArn === undefined ? {} : {reportKeyArn}),
				...(roleArn === undefined ? {} : {roleArn}),
				there: await thingsThere(source.connection, source.reference, runId, signal),
				...(earlier?.request ? {earlier: earlier.request} : {}),
				notes: [
					...(causes.length > 0 ? [causesNote(causes, request.sourceBucket)] : []),
					...(await lifecycleNotes(ends, takenBy(found, wanted.prefix), signal)),
				],
			});
			emit({type: 'plan-made', plan});
			return plan;
		},
		async makeJob() {
			const {plan} = getState().run;
			const job = plan?.operations.find(createsJob);
			if (!plan || !job) throw new Error('There is no plan to make a job.');
			dispatch({type: 'apply-started'});
			again.noteMade(plan);
			try {
				await (await context.recorder([plan.source]))?.planned(plan.operations);
				await carryOut(plan, job);
			} catch (error) {
				dispatch({type: 'apply-prevented', problem: problemFrom(error)});
			}

			dispatch({type: 'apply-ended'});
			return getState().applyProblem ?? problemOfRun();
		},
		async openJob(jobId, {answers, destinationProfiles}) {
			const {sourceProfile = defaultChain, sourceRegion} = answers;
			const connection = await context.connection(sourceProfile);
			const {accountId} = await connection.identity.getCaller(signal);
			const region = sourceRegion ?? connection.homeRegion;
			const reference = {jobId, accountId, region};
			const job = await connection.jobs.describe(reference, signal);
			if (!job) throw new ProblemError(noJob(jobId, region));
			follow({...reference, profile: sourceProfile});
			const sourceBucket = job.sourceBucket ?? describedRun(job)?.sourceBucket ?? '';
			// What cannot be looked at keeps nobody from following the job.
			observed = await observe({sourceBucket, answers, destinationProfiles}).catch(() => undefined);
			emit({
				type: 'job-created',
				jobId,
				sourceBucket,
				account: accountId,
				region,
				madeBy: describedRun(job)?.runId ?? null,
				isNew: false,
			});
		},
		async followJob(pollMs) {
			for (;;) {
				const {profile, ...reference} = theJob();
				const {jobs} = await context.connection(profile);
				following = new AbortController();
				const {signal: leaving} = following;
				try {
					await play(
						followJob({
							...{jobs, reference, pollMs, isConfirmed, clock},
							signal: AbortSignal.any([signal, leaving]),
							onSeen(job) {
								last = job;
							},
						}),
					);
				} catch (error) {
					if (!leaving.aborted) throw error;
				}

				signal.throwIfAborted();
				if (!last) throw new Error('The job was not seen.');
				if (leaving.aborted || !(await madeAgain(last))) return last;
			}
		},
		leaveJob() {
			following.abort();
		},
		async confirmJob() {
			const {profile, ...reference} = theJob();
			const {jobs} = await context.connection(profile);
			await jobs.setStatus(reference, 'Ready', 's3-replicate: confirmed');
			isConfirmed = true;
		},
		async cancelJob() {
			const {profile, ...reference} = theJob();
			const {jobs} = await context.connection(profile);
			await jobs.setStatus(reference, 'Cancelled', 's3-replicate: cancelled');
			isConfirmed = true;
		},
		async endJob(keepsReport) {
			const {profile, accountId, region, jobId} = theJob();
			if (!last || !isJobOver(last.status)) throw new Error('The job is not over.');
			const job = last;
			const {status, progress, report} = job;
			const isNothing = isNothingToCopy(job);
			const isReportWanted = report !== undefined && progress.failed > 0;
			let unread: Problem | undefined;
			const groups = isReportWanted
				? await failuresOf(
						context,
						{
							connection: await context.connection(profile),
							reference: {bucket: report.bucket, accountId, region},
							prefix: report.prefix,
							jobId,
						},
						keepsReport,
					).catch((error: unknown) => {
						signal.throwIfAborted();
						unread = problemFrom(error);
						return [];
					})
				: [];
			const failures = withEvidence(groups, observed);
			emit({
				type: 'job-finished',
				jobId,
				status,
				total: progress.total ?? null,
				succeeded: progress.succeeded,
				failed: progress.failed,
				isNothingToCopy: isNothing,
				failures,
			});
			if (isNothing) return undefined;
			return unread ?? jobProblem(job, failures, observed?.source.bucket);
		},
	};
}
