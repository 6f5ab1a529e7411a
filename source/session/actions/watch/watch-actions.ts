import {setMaxListeners} from 'node:events';
import type {Answers} from '../../../domain/answers/answers.js';
import {prefixRemark} from '../../../domain/answers/rule-values.js';
import {isOthers} from '../../../domain/answers/others-profile.js';
import {failureEventsCheck, wayBackFilesCheck} from '../../../domain/checks/watch-checks.js';
import {fileCount} from '../../../domain/run-figures.js';
import {replicationIn} from '../../../domain/operations/put-replication.js';
import type {ReplicationRule} from '../../../domain/rule/replication-configuration.js';
import {type Problem, problemFrom} from '../../../domain/problem.js';
import {bucketsOfFile, type TestFileRules, testFileRules} from '../../../domain/rule/test-file-rules.js';
import {testFileFolder, testFileNumber} from '../../../domain/watch/test-file.js';
import {referenceOf} from '../../../engine/connections.js';
import {
	findReplication,
	followedBack,
	type FoundReplication,
	reachDestinations,
} from '../../../engine/watch/find-replication.js';
import {watch} from '../../../engine/watch/watch.js';
import {followMetrics} from './follow-metrics.js';
import {followReasons} from './follow-reasons.js';
import {watchBothWays} from '../../../engine/watch/watch-both-ways.js';
import type {FollowedDestination, WatchOptions} from '../../../engine/watch/watch-options.js';
import {openObjects, othersOf, waysOf} from './watch-ways.js';
import {createOwnFiles} from './own-files.js';
import {findLikelyConnections, recordedPlaces} from '../core/likely-connections.js';
import {lookForCauses} from './look-for-causes.js';
import type {PlanActions} from '../plan/plan-actions.js';
import type {RunContext} from '../core/run-context.js';
import {writeReport} from '../../report/write-report.js';
import {failedIds} from '../../watch/watch-view.js';
import {tellKeptFiles} from './tell-kept-files.js';
import {createTestFiles} from './test-files.js';
import {createWatchControl, type WatchController} from './watch-control.js';
import type {WatchActions} from './watch-deeds.js';
import type {WatchRequest} from './watch-request.js';

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
	/** Begins a watch that ended before it was known what it follows. */
	let tryAgain: (() => Promise<boolean>) | undefined;
	const own = createOwnFiles(options.services.localFiles);
	/** How many files were sent there and on each way back. */
	const sent: number[] = [];
	/** The destinations that lead back and that nothing may be written to, for all watches that go on with one another. */
	const refused = new Set<string>();
	/** What mends the first cause of failures that a plan mends, as of the last look. */
	let mend: Answers | undefined;
	let folder = testFileFolder(core.runId);
	const files = createTestFiles(context);
	/** The destination that files of a way back come from. */
	const homeOf = (way: number): string | undefined => (way === 0 ? undefined : homes[way - 1]);
	const isRefused = (way: number): boolean => refused.has(homeOf(way) ?? '');
	/** How many ways files are sent on. */
	const sendingWays = (): number => controls.filter((_control, way) => !isRefused(way)).length;
	core.onEvent((event) => {
		if (event.type === 'way-back-refused') {
			const way = homes.indexOf(event.bucket) + 1;
			dispatch({type: 'files-added', count: -(controls[way]?.allFilesWanted() ?? 0)});
			refused.add(event.bucket);
			emit({type: 'check-finished', ...wayBackFilesCheck(event.bucket, event.problem)});
			controls[way]?.wake();
		}

		// What is sent again has the number of the first time.
		if (event.type !== 'upload-started') return;
		const file = testFileNumber(event.key.slice(folder.length));
		if (file) sent[file.way] = Math.max(sent[file.way] ?? 0, file.number);
	});

	async function begin(request: WatchRequest): Promise<boolean> {
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
			// All ways back lead to the source.
			[...new Set(ways.flatMap(({destinations}) => destinations.map(({bucket}) => bucket)))],
		);
		const known = goesOn ? fileCount(core.watch.objectCounts()) : 0;
		added = 0;
		dispatch({
			type: 'watch-requested',
			filesWanted: known + ways.reduce((sum, way) => sum + way.fileCount, 0),
			countsOthers: request.fileCount === 0 && request.followsOthers && !request.staysOpen,
			testFileFolder: folder,
		});
		controls = ways.map((way, index) =>
			createWatchControl({
				filesWanted: () => (isRefused(index) ? 0 : way.fileCount + added),
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
				remarks: [
					...(reasonsLeftOut ? [`${reasonsLeftOut.headline}: ${reasonsLeftOut.cause}`] : []),
					...unlikelyPrefixTexts(request.rulePrefix),
				],
				testFiles: {
					folder,
					way: index,
					tags: request.tags ?? {},
					sentBefore: sent[index] ?? 0,
					sizeBytes: request.fileSizeBytes,
				},
				uploadNotes,
				mayBeRefused: index > 0 && !request.askedHomes?.includes(homeOf(index) ?? ''),
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
	}

	const actions: WatchActions = {
		async watchPlanned(wanted) {
			const {plan, connections} = parts.planned();
			const end = new AbortController();
			watchEnd = end;
			tryAgain = undefined;
			staysOpen = wanted.staysOpen;
			core.signIn.begin();
			dispatch({
				...({type: 'watch-requested', filesWanted: wanted.fileCount, countsOthers: false} as const),
				testFileFolder: folder,
			});
			try {
				const signal = AbortSignal.any([context.signal, end.signal]);
				const found = await followedOfPlan(context, {plan, connections}, signal);
				signal.throwIfAborted();
				return await actions.watch({
					...wanted,
					...found,
					isChecked: true,
					askedHomes: plan.back === undefined ? [] : [plan.destination.bucket],
				});
			} catch (error) {
				const isStopped = end.signal.aborted && !context.signal.aborted;
				// Another watch, or the end of the run, may have come first.
				if (watchEnd !== end) return isStopped;
				tryAgain = async () => actions.watchPlanned(wanted);
				dispatch({type: 'watch-ended', problem: isStopped ? undefined : problemFrom(error)});
				return isStopped;
			}
		},
		async findReplication(bucket, answers, destinationProfiles, rule = {}) {
			const request = {sourceBucket: bucket, answers, destinationProfiles};
			const {source, others: forDestinations} = await context.connectionsFor(request);
			const likely = await findLikelyConnections(context, source, await recordedPlaces(context));
			const {signal} = context;
			const region = answers.sourceRegion;
			return findReplication(bucket, source, forDestinations, {region, ...rule, likely, signal});
		},
		async watch(request) {
			tryAgain = undefined;
			refused.clear();
			return begin(request);
		},
		openMend() {
			if (!mend) return false;
			actions.stopWatching();
			dispatch({type: 'mend-opened', answers: mend});
			return true;
		},
		async watchAgain(mended) {
			if (tryAgain && !mended) return tryAgain();
			if (!last) throw new Error('Nothing was watched before.');
			const next = {...last, ...(mended ? inOrder(mended, homes) : {})};
			const filesWanted = getState().filesWanted - own.count();
			const [there = 0, ...back] = core.watch.filesByWay();
			const wanted = filesWanted / Math.max(1, sendingWays());
			const rest = (known: number) => Math.max(0, wanted - known);
			const restBack = (home: string) => (refused.has(home) ? 0 : rest(back[homes.indexOf(home)] ?? 0));
			return begin({
				...next,
				resendsFailed: mended !== undefined,
				fileCounts: [rest(there - own.count()), ...(next.homes ?? []).map(restBack)],
			});
		},
		cleanUp: async (found) => files.remove(folder, found),
		async cleanUpWatched() {
			if (!last) throw new Error('Nothing was watched before.');
			return actions.cleanUp(last);
		},
		uploadMore(count) {
			added += count;
			dispatch({type: 'files-added', count: count * Math.max(1, sendingWays())});
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
			dispatch({type: 'watch-stopped'});
			watchEnd?.abort();
			for (const control of controls) control.wake();
		},
	};
	return actions;
}

/** The ways back in the order of a watch before, as far as that had them: each goes on with its numbers of files. */
function inOrder<Found extends Pick<FoundReplication, 'homes' | 'rulesBack'>>(
	found: Found,
	before: readonly string[],
): Found {
	const homes = [
		...before.filter((home) => found.homes.includes(home)),
		...found.homes.filter((home) => !before.includes(home)),
	];
	return {...found, homes, rulesBack: homes.map((home) => found.rulesBack[found.homes.indexOf(home)] ?? [])};
}

/** Test files arrive by a prefix that hardly any other key has. */
function unlikelyPrefixTexts(prefix = ''): readonly string[] {
	const remark = prefixRemark(prefix);
	return remark
		? [`Test files begin with “${prefix}”, as the rule asks; other keys may not. ${remark.cause}`]
		: [];
}

/** What the watch of a run follows: where its source's rules replicate its test files to, and from where they lead back. */
async function followedOfPlan(
	context: RunContext,
	{plan, connections}: Pick<ReturnType<PlanActions['planned']>, 'plan' | 'connections'>,
	signal: AbortSignal,
): Promise<
	Pick<WatchRequest, 'source' | 'destinations' | 'rulePrefix' | 'tags' | 'homes' | 'rulesBack' | 'before'>
> {
	const {destination, operations, ruleId, others} = plan;
	const source = {reference: referenceOf(plan.source), connection: connections.source};
	const before = replicationIn(operations)?.after;
	const rules = before?.Rules ?? [];
	const rule = rules.find(({ID: id}) => id === ruleId);
	const asked = rule ? [rule] : [];
	const own: FollowedDestination = {
		bucket: destination.bucket,
		// Of somebody else's bucket the source's status is all that is known.
		...(isOthers(destination.profile)
			? {}
			: {watched: {reference: referenceOf(destination), connection: connections.destination}}),
	};
	const files = testFileRules(asked) ?? {rulePrefix: '', tags: {}, destinations: []};
	if (others) return {...files, source, before, destinations: [own]};
	const more = await otherDestinations(context, {plan, connections}, {rules, files, signal});
	const destinations = [own, ...more];
	const back = operations.filter(({direction}) => direction === 'back');
	const taken = {...files, destinations: destinations.map(({bucket}) => bucket)};
	const followed = await followedBack(
		{bucket: plan.source.bucket, rules, asked, taken, wantedRuleId: ruleId},
		destinations,
		{
			known: plan.back === undefined ? {} : {[destination.bucket]: replicationIn(back)?.after.Rules ?? []},
			signal,
		},
	);
	return {...followed, source, before};
}

/** Where other rules of the source replicate the test files of a run to, besides its own destination. */
async function otherDestinations(
	context: RunContext,
	{plan, connections}: Pick<ReturnType<PlanActions['planned']>, 'plan' | 'connections'>,
	{
		rules,
		files: {rulePrefix, tags},
		signal,
	}: {
		readonly rules: readonly ReplicationRule[];
		readonly files: TestFileRules;
		readonly signal: AbortSignal;
	},
): Promise<readonly FollowedDestination[]> {
	const buckets = bucketsOfFile(rules, testFileFolder(context.core.runId, rulePrefix), tags);
	const others = buckets.filter((bucket) => bucket !== plan.destination.bucket);
	if (others.length === 0) return [];
	const {source, destination} = connections;
	const reach = async (): Promise<readonly FollowedDestination[]> =>
		reachDestinations(others, {
			...{source, rules, forDestinations: [destination]},
			likely: await findLikelyConnections(context, source, await recordedPlaces(context)),
			signal,
		});
	// The run was about another destination: the source's status is enough where these cannot be looked at.
	return reach().catch(() => others.map((bucket) => ({bucket})));
}
