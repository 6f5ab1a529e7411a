import {setMaxListeners} from 'node:events';
import {type Answers, defaultChain} from '../domain/answers.js';
import type {Side} from '../domain/mode.js';
import {problemFrom} from '../domain/problem.js';
import type {FileEnd} from '../domain/run-record.js';
import {testFileFolder} from '../domain/test-file.js';
import {cleanUp} from '../engine/clean-up.js';
import {referenceOf} from '../engine/connections.js';
import {findReplication, type FoundReplication} from '../engine/find-replication.js';
import {watch} from '../engine/watch.js';
import type {WatchedDestination} from '../engine/watch/watch-options.js';
import type {PlanActions} from './plan-actions.js';
import type {RunContext} from './run-context.js';
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

/** Sending test files, and following them and others'. */
export type WatchActions = {
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
};

/** What a watch has to know of the rest of the run. */
export type WatchParts = {
	/** The plan that was applied, and the connections it was made with. */
	readonly planned: PlanActions['planned'];
	/** What this run has set up: whether role or policy are new, and when the last of them was written. */
	readonly setup: () => {readonly isSetupNew: boolean; readonly changedAt: number | undefined};
};

export function createWatchActions(context: RunContext, parts: WatchParts): WatchActions {
	const {core, play} = context;
	const {getState, update, options} = core;
	const {clock} = options.services;
	let watchEnd: AbortController | undefined;
	let staysOpen = false;
	let wake: (() => void) | undefined;

	/** The source of a watch, whose first file waits until the record says where the files are. */
	function recordedSource({source, destinations}: WatchRequest): WatchedDestination {
		const {connection, reference} = source;
		const ends = [
			fileEnd('source', source),
			...destinations.flatMap(({watched}) => (watched ? [fileEnd('destination', watched)] : [])),
		];
		let uploads: Promise<void> | undefined;
		const begin = async (): Promise<void> => {
			const written = await context.recorder(ends.map(({side: _side, ...end}) => end));
			await written?.uploads(testFileFolder(core.runId), ends);
		};

		const put: typeof connection.objects.put = async (...args) => {
			uploads ??= begin();
			await uploads;
			return connection.objects.put(...args);
		};

		return {reference, connection: {...connection, objects: {...connection.objects, put}}};
	}

	const actions: WatchActions = {
		async watchPlanned(wanted) {
			const {plan, connections} = parts.planned();
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
			return findReplication(bucket, found.source, destination, {region, signal: context.signal});
		},
		async watch(request) {
			const end = new AbortController();
			const signal = AbortSignal.any([context.signal, end.signal]);
			// Every request under way listens to it; they are many on purpose.
			setMaxListeners(0, signal);
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
						...parts.setup(),
						source: recordedSource(request),
						runId: core.runId,
						timeoutMs: options.timeoutMs,
						clock,
						signal,
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
			await play(cleanUp(core.runId, found, {clock, signal: context.signal}));
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
	};
	return actions;
}

function fileEnd(side: Side, {connection, reference}: WatchedDestination): FileEnd {
	const {bucket, accountId, region} = reference;
	return {side, profile: connection.profile, accountId, region, bucket};
}
