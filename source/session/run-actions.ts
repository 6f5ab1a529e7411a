import {setMaxListeners} from 'node:events';
import {type Answers, defaultChain} from '../domain/answers.js';
import type {Outcome, RunEvent} from '../domain/event.js';
import type {Side} from '../domain/mode.js';
import {type Problem, problemFrom} from '../domain/problem.js';
import type {FileEnd} from '../domain/run-record.js';
import {testFileFolder} from '../domain/test-file.js';
import {cleanUp} from '../engine/clean-up.js';
import {referenceOf} from '../engine/connections.js';
import {findReplication, type FoundReplication} from '../engine/find-replication.js';
import {watch} from '../engine/watch.js';
import type {WatchedDestination} from '../engine/watch/watch-options.js';
import {createPlanActions, type PlanActions} from './plan-actions.js';
import {createRunContext} from './run-context.js';
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
export type RunActions = UndoActions &
	Pick<PlanActions, 'makePlan' | 'apply'> & {
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
	let changedAt: number | undefined;
	let isSetupNew = false;
	let watchEnd: AbortController | undefined;
	let staysOpen = false;
	let wake: (() => void) | undefined;
	let recordEnd: Promise<void> | undefined;

	/** New permissions take their time: a file that fails soon after one is sent again. */
	function noteChange(event: RunEvent): void {
		if (event.type !== 'operation-finished' || event.change === 'keep') return;
		if (event.kind === 'create-bucket' || event.kind === 'put-replication') return;
		changedAt = clock.now();
		isSetupNew = true;
	}

	const context = createRunContext(core, stop.signal, noteChange);
	const {play, recorder} = context;
	const plans = createPlanActions(context);

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
		makePlan: plans.makePlan,
		apply: plans.apply,
		...createUndoActions(context),
		async watchPlanned(wanted) {
			const {plan, connections} = plans.planned();
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
			const found = await context.connect(sourceProfile, destinationProfile ?? sourceProfile);
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
			const written = await context.begunRecorder();
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
			recordEnd = context
				.begunRecorder()
				.then(async (written) => written?.ended(end.outcome))
				.catch(() => undefined);
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
