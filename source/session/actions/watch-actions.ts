import {setMaxListeners} from 'node:events';
import {type Answers, defaultChain} from '../../domain/answers/answers.js';
import {isOthers} from '../../domain/answers/others-profile.js';
import {failureEventsCheck, wayBackFilesCheck} from '../../domain/checks/watch-checks.js';
import {fileCount} from '../../domain/run-figures.js';
import {replicationIn} from '../../domain/operations/put-replication.js';
import type {Plan} from '../../domain/plan/plan.js';
import {type Problem, problemFrom} from '../../domain/problem.js';
import {bucketsOfFile, testFileRules} from '../../domain/rule/test-file-rules.js';
import {testFileFolder, testFileNumber} from '../../domain/watch/test-file.js';
import {referenceOf} from '../../engine/connections.js';
import {findReplication, reachDestinations} from '../../engine/watch/find-replication.js';
import {watch} from '../../engine/watch/watch.js';
import {followMetrics} from './follow-metrics.js';
import {followReasons} from './follow-reasons.js';
import {watchBothWays} from '../../engine/watch/watch-both-ways.js';
import type {FollowedDestination, WatchOptions} from '../../engine/watch/watch-options.js';
import {openObjects} from './earlier-watch.js';
import {createOwnFiles} from './own-files.js';
import {findLikelyConnections, recordedPlaces} from './likely-connections.js';
import {lookForCauses} from './look-for-causes.js';
import type {PlanActions} from './plan-actions.js';
import type {RunContext} from './run-context.js';
import {writeReport} from '../report/write-report.js';
import {failedIds} from '../watch/failed-objects.js';
import {tellKeptFiles} from './tell-kept-files.js';
import {createTestFiles} from './test-files.js';
import {createWatchControl, type WatchController} from './watch-control.js';
import type {WatchActions} from './watch-deeds.js';
import type {WatchRequest} from './watch-request.js';
import {othersOf, waysOf} from './watch-ways.js';

/** What a watch has to know of the rest of the run. */
type WatchParts = {
	/** The plan that was applied, and the connections it was made with. */
	readonly planned: PlanActions['planned'];
	/** What this run has set up: whether role or policy are new, and when the last of them was written. */
	readonly setup: () => {readonly isSetupNew: boolean; readonly changedAt: number | undefined};
};

export function createWatchActions(context: RunContext, parts: WatchParts): WatchActions {
	const {core, play} = context;
	const {getState, dispatch, emit, options} = core;
	const {clock} = options.services;
	let watchEnd: AbortController | undefined;
	let staysOpen = false;
	/** Those of the watch that goes on: there, and back in a two-way one. */
	let controls: readonly WatchController[] = [];
	let homes: readonly string[] = [];
	let last: WatchRequest | undefined;
	/** How many files were added in each direction since the watch began. */
	let added = 0;
	let isHeld = false;
	/** How often a watch was stopped. */
	let stops = 0;
	const own = createOwnFiles(options.services.localFiles);
	/** How many files were sent there and on each way back. */
	const sent: number[] = [];
	/** The ways back that nothing may be written to. */
	const refused = new Set<number>();
	/** What mends the first cause of failures that a plan mends, as of the last look. */
	let mend: Answers | undefined;
	let folder = testFileFolder(core.runId);
	const files = createTestFiles(context);
	/** The destination that files of a way back come from. */
	const homeOf = (way: number): string | undefined => (way === 0 ? undefined : homes[way - 1]);
	core.onEvent((event) => {
		if (event.type === 'way-back-refused') {
			const way = homes.indexOf(event.bucket) + 1;
			dispatch({type: 'files-added', count: -(controls[way]?.allFilesWanted() ?? 0)});
			refused.add(way);
			emit({type: 'check-finished', ...wayBackFilesCheck(event.bucket, event.problem)});
			controls[way]?.wake();
		}

		// What is sent again has the number of the first time.
		if (event.type !== 'upload-started') return;
		const file = testFileNumber(event.key.slice(folder.length));
		if (file) sent[file.way] = Math.max(sent[file.way] ?? 0, file.number);
	});

	const actions: WatchActions = {
		async watchPlanned(wanted) {
			const {plan, connections} = parts.planned();
			const files = filesFor(plan);
			const {destination, operations, others} = plan;
			const reaching = others ? undefined : otherDestinations(context, parts.planned(), files);
			const stopsBefore = stops;
			const more = reaching ? await reaching : [];
			if (stops > stopsBefore) return true;
			return actions.watch({
				...wanted,
				...files,
				isChecked: true,
				homes: plan.back !== undefined && !others ? [destination.bucket] : [],
				before: replicationIn(operations)?.after,
				rulesBack: [
					replicationIn(operations.filter(({direction}) => direction === 'back'))?.after.Rules ?? [],
				],
				source: {reference: referenceOf(plan.source), connection: connections.source},
				destinations: [
					{
						bucket: destination.bucket,
						// Of somebody else's bucket the source's status is all that is known.
						...(isOthers(destination.profile)
							? {}
							: {
									watched: {
										reference: referenceOf(destination),
										connection: connections.destination,
									},
								}),
					},
					...more,
				],
			});
		},
		async findReplication(bucket, answers, destinationProfiles, rule = {}) {
			const {sourceProfile = defaultChain, sourceRegion: region} = answers;
			const source = await context.connection(sourceProfile);
			const forDestinations = await Promise.all(destinationProfiles.map(context.connection));
			const likely = await findLikelyConnections(context, source, await recordedPlaces(context));
			const {signal} = context;
			return findReplication(bucket, source, forDestinations, {region, ...rule, likely, signal});
		},
		async watch(request) {
			const end = new AbortController();
			const signal = AbortSignal.any([context.signal, end.signal]);
			// Every request under way listens to it; they are many on purpose.
			setMaxListeners(0, signal);
			watchEnd = end;
			staysOpen = request.staysOpen;
			last = request;
			folder = testFileFolder(core.runId, request.rulePrefix);
			const ways = waysOf(request);
			homes = ways.slice(1).map((way) => way.source.reference.bucket);
			const goesOn = core.watch.goesOnWith(
				request.source.reference.bucket,
				ways.flatMap(({destinations}) => destinations.map(({bucket}) => bucket)),
			);
			const known = goesOn ? fileCount(core.watch.objectCounts()) : 0;
			added = 0;
			dispatch({
				type: 'watch-requested',
				filesWanted: known + ways.reduce((sum, way) => sum + way.fileCount, 0),
				countsOthers: request.fileCount === 0 && request.followsOthers && !request.staysOpen,
				testFileFolder: folder,
			});
			refused.clear();
			controls = ways.map((way, index) =>
				createWatchControl({
					filesWanted: () => (refused.has(index) ? 0 : way.fileCount + added),
					staysOpen: () => staysOpen || isHeld,
					contentOf: own.contentOf,
					ratePerSecond: request.ratePerSecond,
					followMs: request.followMs,
					clock,
				}),
			);
			if (goesOn && request.resendsFailed) actions.resend(failedIds(core.watch));
			/** Another watch, or the end of the run, may have come first. */
			const ended = (problem?: Problem): void => {
				if (watchEnd === end) dispatch({type: 'watch-ended', problem});
			};

			const reasons =
				request.reasons &&
				followReasons({
					queue: request.reasons,
					source: request.source,
					play,
					emit,
					onEvent: core.onEvent,
					clock,
					signal,
				});
			const endMetrics = followMetrics(request, {play, clock, signal});
			try {
				const keptFiles = await tellKeptFiles(request, {emit, clock, signal});
				const {reasonsLeftOut} = request;
				if (reasonsLeftOut) emit({type: 'check-finished', ...failureEventsCheck(reasonsLeftOut)});
				let recorded: Promise<void> | undefined;
				const uploadNotes = files.notes(folder);
				const setup = parts.setup();
				const [there, ...back] = ways.map(({source, destinations}, index): WatchOptions => ({
					...setup,
					source,
					beforeFirstUpload: async () => (recorded ??= files.record(folder, request)),
					destinations,
					leftOut: request.leftOut,
					blindProfiles: request.blindProfiles,
					keptFiles,
					remarks: reasonsLeftOut ? [`${reasonsLeftOut.headline}: ${reasonsLeftOut.cause}`] : [],
					testFiles: {
						folder,
						way: index,
						tags: request.tags ?? {},
						sentBefore: sent[index] ?? 0,
						sizeBytes: request.fileSizeBytes,
					},
					uploadNotes,
					mayBeRefused: index > 0 && request.mayBeRefused,
					openObjects: goesOn ? openObjects(core.watch, homeOf(index)) : [],
					others: othersOf(request, index),
					staysForFailed: request.staysForFailed,
					timeoutMs: options.timeoutMs,
					lookForCauses: lookForCauses(
						context,
						{source, destinations, tags: request.tags, ...(index > 0 ? {} : {before: request.before})},
						folder,
						(answers) => {
							if (index === 0) mend = answers;
						},
					),
					clock,
					signal,
					control: controls[index] as WatchController,
				}));
				const watched = there as WatchOptions;
				await play(back.length > 0 ? watchBothWays(watched, back) : watch(watched));
				ended();
				return true;
			} catch (error) {
				ended(problemFrom(error));
				return false;
			} finally {
				await reasons?.settle();
				await endMetrics();
				await files.settle();
			}
		},
		openMend() {
			if (!mend) return false;
			actions.stopWatching();
			dispatch({type: 'mend-opened', answers: mend});
			return true;
		},
		async watchAgain(mended) {
			if (!last) throw new Error('Nothing was watched before.');
			const filesWanted = getState().filesWanted - own.count();
			const ways = controls.length - refused.size;
			const [there = 0, ...back] = core.watch.filesByWay();
			const rest = (known: number) => Math.max(0, filesWanted / Math.max(1, ways) - known);
			return actions.watch({
				...last,
				...mended,
				resendsFailed: mended !== undefined,
				fileCounts: [
					rest(there - own.count()),
					...controls
						.slice(1)
						.map((_control, index) => (refused.has(index + 1) ? 0 : rest(back[index] ?? 0))),
				],
			});
		},
		cleanUp: async (found) => files.remove(folder, found),
		async cleanUpWatched() {
			if (!last) throw new Error('Nothing was watched before.');
			return actions.cleanUp(last);
		},
		uploadMore(count) {
			added += count;
			dispatch({type: 'files-added', count: count * Math.max(1, controls.length - refused.size)});
			for (const control of controls) control.wake();
		},
		async uploadFile(typed) {
			const found = await own.find(typed, folder);
			if ('problem' in found) return found.problem;
			dispatch({type: 'files-added', count: 1});
			controls[0]?.upload(found);
			return undefined;
		},
		holdWatch(held) {
			isHeld = held;
			for (const control of controls) control.wake();
		},
		timeLeftMs: () => controls[0]?.leftMs(),
		pauseWatching() {
			for (const control of controls) control.setPaused(true);
		},
		resumeWatching() {
			for (const control of controls) control.setPaused(false);
		},
		resend(objectIds) {
			const now = clock.now();
			const failed = objectIds.flatMap((id) => core.watch.object(id, now) ?? []);
			const ours = failed.filter(({isOurs, state}) => isOurs && state === 'failed');
			for (const [index, control] of controls.entries())
				control.resend(ours.filter(({from}) => from === homeOf(index)));
		},
		async writeReport() {
			const {reports} = options.services;
			if (!reports) throw new Error('There is nowhere to write reports to.');
			const {watchProblem: problem} = getState();
			const result = await writeReport(reports, {
				runId: core.runId,
				nowMs: clock.now(),
				watch: core.watch,
				problem,
			});
			if (result.ok) emit({type: 'report-written', files: result.files});
			return result;
		},
		stopWatching() {
			staysOpen = false;
			stops++;
			dispatch({type: 'watch-stopped'});
			watchEnd?.abort();
			for (const control of controls) control.wake();
		},
	};
	return actions;
}

/** Where other rules of the source replicate the test files of a run to, besides its own destination; nothing where none does. */
function otherDestinations(
	context: RunContext,
	{plan, connections}: ReturnType<PlanActions['planned']>,
	{rulePrefix, tags = {}}: Pick<WatchRequest, 'rulePrefix' | 'tags'>,
): Promise<readonly FollowedDestination[]> | undefined {
	const rules = replicationIn(plan.operations)?.after.Rules ?? [];
	const buckets = bucketsOfFile(rules, testFileFolder(context.core.runId, rulePrefix), tags);
	const others = buckets.filter((bucket) => bucket !== plan.destination.bucket);
	if (others.length === 0) return undefined;
	const {source, destination} = connections;
	const reach = async (): Promise<readonly FollowedDestination[]> =>
		reachDestinations(others, {
			...{source, rules, forDestinations: [destination]},
			likely: await findLikelyConnections(context, source, await recordedPlaces(context)),
			signal: context.signal,
		});
	// The run was about another destination: the source's status is enough where these cannot be looked at.
	return reach().catch(() => others.map((bucket) => ({bucket})));
}

/** What the test files of a run begin with, and their tags, for its rule to take them. */
function filesFor({operations, ruleId}: Plan): Pick<WatchRequest, 'rulePrefix' | 'tags'> {
	const rule = replicationIn(operations)?.after.Rules.find(({ID: id}) => id === ruleId);
	const taken = rule ? testFileRules([rule]) : undefined;
	return taken ? {rulePrefix: taken.rulePrefix, tags: taken.tags} : {};
}
