import {setMaxListeners} from 'node:events';
import {type Answers, defaultChain} from '../domain/answers.js';
import type {Outcome, RunEvent} from '../domain/event.js';
import {makePlan, type PlanResult} from '../domain/make-plan.js';
import {changeCount, type PlannedEnd} from '../domain/plan.js';
import type {Mode, Side} from '../domain/mode.js';
import {joined, type Problem, problemFrom} from '../domain/problem.js';
import {recordedEndpoint} from '../domain/recorded-endpoint.js';
import type {FileEnd} from '../domain/run-record.js';
import {testFileFolder} from '../domain/test-file.js';
import {requestFrom} from '../domain/request.js';
import {apply} from '../engine/apply.js';
import {cleanUp} from '../engine/clean-up.js';
import {type Connections, referenceOf} from '../engine/connections.js';
import {findReplication, type FoundReplication} from '../engine/find-replication.js';
import {observe} from '../engine/observe.js';
import {createRecorder, type Recorder} from '../engine/record/recorder.js';
import {watch} from '../engine/watch.js';
import type {WatchedDestination} from '../engine/watch/watch-options.js';
import {loading} from './loadable.js';
import {runEnd} from './run-end.js';
import type {SessionCore} from './session-core.js';
import type {SessionState} from './session-state.js';
import {createUndoActions, type UndoActions} from './undo-actions.js';
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
export type RunActions = UndoActions & {
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
	let recording: Promise<Recorder | undefined> | undefined;
	let recordEnd: Promise<void> | undefined;

	/** The run's record, begun when it is first needed. What happens on an embedded sandbox is gone with it: nothing is recorded. */
	async function recorder(
		ends: readonly PlannedEnd[],
		plan?: {readonly mode: Mode; readonly roleName: string; readonly ruleId: string},
	): Promise<Recorder | undefined> {
		const {records} = options.services;
		if (!records || core.environment?.kind === 'sandbox') return undefined;
		recording ??= records
			.create({
				type: 'run',
				schemaVersion: 1,
				runId: core.runId,
				command: options.command,
				at: clock.now(),
				endpointUrl: recordedEndpoint(core.environment?.endpointUrl ?? null),
				sandbox: false,
				mode: plan?.mode,
				roleName: plan?.roleName,
				ruleId: plan?.ruleId,
				ends,
			})
			.then((writer) => createRecorder(writer, clock));
		try {
			const begun = await recording;
			update(() => ({isRecorded: true}));
			return begun;
		} catch (error) {
			// The place may be put right: the next try begins anew.
			recording = undefined;
			throw error;
		}
	}

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

	/** The source of a watch, whose first file waits until the record says where the files are. */
	function recordedSource({source, destinations}: WatchRequest): WatchedDestination {
		const {connection, reference} = source;
		const ends = [
			fileEnd('source', source),
			...destinations.flatMap(({watched}) => (watched ? [fileEnd('destination', watched)] : [])),
		];
		let uploads: Promise<void> | undefined;
		const begin = async (): Promise<void> => {
			const written = await recorder(ends.map(({side: _side, ...end}) => end));
			await written?.uploads(testFileFolder(core.runId), ends);
		};

		const put: typeof connection.objects.put = async (...args) => {
			uploads ??= begin();
			await uploads;
			return connection.objects.put(...args);
		};

		return {reference, connection: {...connection, objects: {...connection.objects, put}}};
	}

	const actions: RunActions = {
		...createUndoActions(core, play, stop.signal),
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
			update(() => ({phase: 'applying', applyProblem: undefined}));
			try {
				const written =
					changeCount(plan) > 0 ? await recorder([plan.source, plan.destination], plan) : undefined;
				await written?.planned(plan.operations);
				await play(apply({plan, connections, clock, signal: stop.signal, recorder: written}));
			} catch (error) {
				update(() => ({applyProblem: problemFrom(error)}));
			}

			const {run, applyProblem} = getState();
			const isDone = !applyProblem && run.operations.every(({state}) => state === 'done');
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
						source: recordedSource(request),
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
			const written = await recording;
			for (const {operation, state} of getState().run.operations) {
				if (operation.kind === 'delete-objects' && state === 'done')
					await written?.filesDeleted(operation.target);
			}

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
			const {finished} = getState().run;
			if (finished) return finished.outcome;
			const end = runEnd(getState(), {...options, problem});
			recordEnd = recording?.then(async (written) => written?.ended(end.outcome)).catch(() => undefined);
			emit({type: 'run-finished', ...end});
			update(() => ({phase: 'over'}));
			return end.outcome;
		},
		async close() {
			core.isClosed = true;
			await recordEnd;
			const {environment} = core;
			core.environment = undefined;
			await environment?.close();
		},
	};
	return actions;
}

function fileEnd(side: Side, {connection, reference}: WatchedDestination): FileEnd {
	const {bucket, accountId, region} = reference;
	return {side, profile: connection.profile, accountId, region, bucket};
}
