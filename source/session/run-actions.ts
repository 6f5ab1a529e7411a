import {setMaxListeners} from 'node:events';
import {type Answers, defaultChain} from '../domain/answers.js';
import type {Outcome, RunEvent} from '../domain/event.js';
import {makePlan, type PlanResult} from '../domain/make-plan.js';
import {changeCount} from '../domain/plan.js';
import {cancelled, fixable, type Problem, problemFrom} from '../domain/problem.js';
import {requestFrom} from '../domain/request.js';
import {apply} from '../engine/apply.js';
import {cleanUp} from '../engine/clean-up.js';
import {type Connections, referenceOf} from '../engine/connections.js';
import {findReplication, type FoundReplication} from '../engine/find-replication.js';
import {observe} from '../engine/observe.js';
import {watch} from '../engine/watch.js';
import type {WatchedDestination} from '../engine/watch/watch-options.js';
import {loading} from './loadable.js';
import {objectCounts, operationCounts, runDelays, type RunState} from './run-state.js';
import type {SessionCore} from './session-core.js';
import type {SessionState} from './session-state.js';
import {createWatchControl} from './watch-control.js';

export type WatchRequest = {
	/** Whether the watch goes on when every file has come to its end, until `stopWatching`. */
	readonly staysOpen: boolean;
	readonly followsOthers: boolean;
	/** Only others' files below this prefix appear; all by default. */
	readonly followPrefix?: string;
	/** How long others' files are waited for where nothing is uploaded. */
	readonly followMs?: number;
	readonly fileCount: number;
	readonly ratePerSecond?: number;
	readonly fileSizeBytes: number;
	readonly source: WatchedDestination;
	readonly destinations: ReadonlyArray<{readonly bucket: string; readonly watched?: WatchedDestination}>;
};

/** What a run does, whoever answers the questions. */
export type RunActions = {
	/** Reads what is there and makes the plan. Changes nothing. */
	makePlan(answers: Answers): Promise<PlanResult>;
	/** Does what the plan says. Gives whether all of it was done. */
	apply(): Promise<boolean>;
	/** Uploads test files to the planned buckets and follows them. Gives whether it ended without a problem of its own. */
	watchPlanned(options: {
		readonly staysOpen: boolean;
		readonly followsOthers: boolean;
		readonly fileCount: number;
		readonly fileSizeBytes: number;
	}): Promise<boolean>;
	/** Finds where a bucket is replicated to, by its own rules. Throws what stands in the way. */
	findReplication(bucket: string, answers: Answers): Promise<FoundReplication>;
	/** The same for buckets that were replicated before. */
	watch(request: WatchRequest): Promise<boolean>;
	uploadMore(count: number): void;
	/** Deletes the test files of this run with all their versions and replicas. Gives whether all of it was done. */
	cleanUp(found: FoundReplication): Promise<boolean>;
	/** Ends a watch at once; another one can be started after it. */
	stopWatching(): void;
	/** Ctrl-C: the first stops safely, whatever goes on. */
	interrupt(): void;
	/** Says how the run ended, once; a problem given outweighs what can be derived, and `null` says that there is none. */
	finish(problem?: Problem | null): Outcome;
	/** Ends what was started for the session. */
	close(): Promise<void>;
};

export function createRunActions(core: SessionCore): RunActions {
	const {getState, update, emit, options} = core;
	const {clock} = options.services;
	const stop = new AbortController();
	// Every request under way listens to it; they are many on purpose.
	setMaxListeners(0, stop.signal);
	let connections: Connections | undefined;
	let changedAt: number | undefined;
	let isSetupNew = false;
	let planning = 0;
	let watchEnd: AbortController | undefined;
	let staysOpen = false;
	let wake: (() => void) | undefined;

	/** The one place where a generator is started: its events go to the state and to every listener. */
	async function play(events: AsyncGenerator<RunEvent, void>): Promise<void> {
		for await (const event of events) {
			noteChange(event);
			emit(event);
		}
	}

	/** New permissions take their time: a file that fails soon after one is sent again. */
	function noteChange(event: RunEvent): void {
		if (event.type !== 'operation-finished' || event.change === 'keep') return;
		if (event.kind === 'create-bucket' || event.kind === 'put-replication') return;
		changedAt = clock.now();
		isSetupNew = true;
	}

	async function connectionsOf(sourceProfile: string, destinationProfile: string): Promise<Connections> {
		const {environment} = core;
		if (!environment) throw new Error('No environment is open.');
		const source = await environment.connect(sourceProfile);
		const destination =
			destinationProfile === sourceProfile ? source : await environment.connect(destinationProfile);
		return {source, destination};
	}

	async function observedPlan(answers: Answers): Promise<PlanResult> {
		const checked = requestFrom(answers);
		if (!checked.ok) return checked;
		const {request} = checked;
		try {
			connections = await connectionsOf(request.source.profile, request.destination.profile);
			const observed = await observe(request, connections, stop.signal);
			for (const side of ['source', 'destination'] as const) {
				emit({
					type: 'caller-identified',
					side,
					profile: request[side].profile,
					caller: observed[side].caller,
				});
			}

			return makePlan(request, observed);
		} catch (error) {
			return {ok: false, problems: [problemFrom(error)]};
		}
	}

	const actions: RunActions = {
		async makePlan(answers) {
			const current = ++planning;
			update(() => ({plan: loading, planProblems: [], phase: 'asking', watchProblem: undefined}));
			const result = await observedPlan(answers);
			// The answers have changed meanwhile, or another plan is being made: nobody may apply this one.
			if (current !== planning || getState().plan.state !== 'loading') return result;
			if (result.ok) {
				emit({type: 'plan-made', plan: result.plan});
				update(() => ({plan: {state: 'ready', value: result.plan}}));
			} else {
				const problem = joined(result.problems);
				update(() => ({plan: {state: 'failed', problem}, planProblems: result.problems}));
			}

			return result;
		},
		async apply() {
			const {plan} = getState().run;
			if (!plan || !connections) throw new Error('There is no plan to apply.');
			update(() => ({phase: 'applying'}));
			await play(apply({plan, connections, clock, signal: stop.signal}));
			const isDone = getState().run.operations.every(({state}) => state === 'done');
			update(() => ({phase: isDone ? 'applied' : 'apply-failed'}));
			return isDone;
		},
		async watchPlanned(wanted) {
			const {plan} = getState().run;
			if (!plan || !connections) throw new Error('There is no plan to watch.');
			return actions.watch({
				...wanted,
				source: {reference: referenceOf(plan.source), connection: connections.source},
				destinations: [
					{
						bucket: plan.destination.bucket,
						watched: {reference: referenceOf(plan.destination), connection: connections.destination},
					},
				],
			});
		},
		async findReplication(bucket, answers) {
			const {sourceProfile = defaultChain, destinationProfile, sourceRegion: region} = answers;
			const found = await connectionsOf(sourceProfile, destinationProfile ?? sourceProfile);
			const destination = destinationProfile === undefined ? undefined : found.destination;
			return findReplication(bucket, found.source, destination, {region, signal: stop.signal});
		},
		async watch(request) {
			const end = new AbortController();
			// Every request under way listens to it; they are many on purpose.
			setMaxListeners(0, end.signal);
			if (stop.signal.aborted) end.abort();
			watchEnd = end;
			staysOpen = request.staysOpen;
			update(() => ({
				phase: 'watching',
				watchProblem: undefined,
				filesWanted: request.fileCount,
				countsOthers: request.fileCount === 0 && request.followsOthers && !request.staysOpen,
			}));
			const control = createWatchControl({
				filesWanted: () => getState().filesWanted,
				staysOpen: () => staysOpen,
				ratePerSecond: request.ratePerSecond,
				endsAt: request.followMs === undefined ? undefined : clock.now() + request.followMs,
				clock,
			});
			wake = control.wake;
			/** Another watch, or the end of the run, may have come first. */
			const leaveWatching = (change: Partial<SessionState>): void => {
				if (watchEnd === end) update(({phase}) => (phase === 'watching' ? change : {}));
			};

			try {
				await play(
					watch({
						...request,
						runId: core.runId,
						isSetupNew,
						changedAt,
						timeoutMs: options.timeoutMs,
						clock,
						signal: end.signal,
						control,
					}),
				);
				leaveWatching({phase: 'watched'});
				return true;
			} catch (error) {
				leaveWatching({phase: 'watch-failed', watchProblem: problemFrom(error)});
				return false;
			}
		},
		async cleanUp(found) {
			await play(cleanUp(core.runId, found, {clock, signal: stop.signal}));
			return getState().run.operations.every(({state}) => state === 'done');
		},
		uploadMore(count) {
			update(({filesWanted}) => ({filesWanted: filesWanted + count}));
			wake?.();
		},
		stopWatching() {
			staysOpen = false;
			watchEnd?.abort();
			wake?.();
		},
		interrupt() {
			update(({interrupts}) => ({interrupts: interrupts + 1}));
			stop.abort();
			watchEnd?.abort();
			wake?.();
		},
		finish(problem) {
			const {run, answers, interrupts, plan, watchProblem} = getState();
			if (run.finished) return run.finished.outcome;
			const left = options.command === 'wizard' && isLeftEarly(getState()) ? leftProblem : undefined;
			const planned = plan.state === 'failed' ? plan.problem : undefined;
			const failed = run.operations.find(({state}) => state === 'failed')?.problem;
			const derived = planned ?? failed ?? watchProblem ?? left ?? shortfall(core, options.timeoutMs);
			const found = problem === null ? undefined : (problem ?? derived);
			const isCancelled = interrupts > 0 || found?.kind === 'cancelled';
			const outcome: Outcome = isCancelled ? 'cancelled' : found ? 'failed' : 'succeeded';
			emit({
				type: 'run-finished',
				outcome,
				operations: operationCounts(run),
				objects: objectCounts(run, getState().countsOthers),
				delayMs: runDelays(run),
				problem: isCancelled
					? cancelledProblem(run, found, answers.environment === 'sandbox')
					: (found ?? null),
			});
			update(() => ({phase: 'over'}));
			return outcome;
		},
		async close() {
			core.isClosed = true;
			const {environment} = core;
			core.environment = undefined;
			await environment?.close();
		},
	};
	return actions;
}

/** Several problems as one: the first in full, the others named. */
export function joined(problems: readonly Problem[]): Problem {
	const [first, ...others] = problems;
	if (!first) throw new Error('There is no problem.');
	if (others.length === 0) return first;
	return {
		...first,
		cause: `${first.cause} Also: ${others.map(({headline, cause}) => `${headline}. ${cause}`).join(' ')}`,
		nextSteps: [...new Set([...first.nextSteps, ...others.flatMap(({nextSteps}) => nextSteps)])],
	};
}

/** What is missing to a success where nothing failed outright: files that did not arrive. */
function shortfall(core: SessionCore, timeoutMs: number | undefined): Problem | undefined {
	const {run, countsOthers, filesWanted} = core.getState();
	const counts = objectCounts(run, countsOthers);
	if (counts.failed > 0) {
		return fixable(
			'files-failed',
			`Cannot replicate ${counts.failed} of ${counts.uploaded} test files`,
			'S3 says FAILED for them, and gives no reason with the status.',
			[
				'Run s3-replicate plan: it shows what differs from what replication needs.',
				'Then send files again: S3 does not try a FAILED object again.',
			],
		);
	}

	const wanted = Math.max(filesWanted, counts.uploaded);
	const arrived = counts.replicated;
	if (arrived >= wanted) return undefined;
	const limit = timeoutMs === undefined ? 'when the watch ended' : `after ${Math.round(timeoutMs / 1000)} s`;
	return fixable(
		'files-pending',
		`Cannot confirm that every test file was replicated: ${wanted - arrived} of ${wanted} had not arrived ${limit}`,
		'Pending is no failure: without replication time control S3 promises no time, and most objects take less than 15 minutes.',
		['Watch again, or wait longer: --timeout SECONDS.', 'Look at the files in the destination bucket later.'],
	);
}

/** Somebody left the wizard before anything was applied: that is neither a success nor a failure. */
const leftProblem: Problem = {
	...cancelled,
	cause: 'It was left before anything was changed.',
	nextSteps: ['Start s3-replicate again: it changes nothing before you have seen the plan.'],
};

/** Whether the plan has something left to change, or there is none. */
function isLeftEarly({phase, run, plan}: SessionState): boolean {
	if (phase !== 'asking') return false;
	return plan.state !== 'ready' || run.plan === undefined || changeCount(run.plan) > 0;
}

function cancelledProblem(run: RunState, found: Problem | undefined, isSandbox: boolean): Problem {
	const {created, updated, deleted} = operationCounts(run);
	if (created + updated + deleted === 0) return found?.kind === 'cancelled' ? found : cancelled;
	const isUnfinished = run.operations.some(({state}) => state !== 'done');
	const when = isUnfinished
		? 'It was stopped while changes were made.'
		: 'It was stopped after all changes were made.';
	return {...cancelled, cause: isSandbox ? when : `${when} What has been done stays.`};
}
