import type {RunEvent} from '../../../domain/event.js';
import {type Answers, defaultChain, recordedAnswers} from '../../../domain/answers/answers.js';
import {isOthers, othersAccount} from '../../../domain/answers/others-profile.js';
import type {OthersEnd} from '../../../domain/hand-over/others-end.js';
import type {PlannedEnd} from '../../../domain/operations/plan-context.js';
import type {Plan} from '../../../domain/plan/plan.js';
import {recordedEndpoint} from '../../../domain/endpoint/recorded-endpoint.js';
import {endpointsByProfile} from '../../../domain/endpoint/service-endpoints.js';
import {problemFrom} from '../../../domain/problem.js';
import type {Here} from '../../../domain/record/recorded-place.js';
import type {RunRecord} from '../../../domain/record/run-record.js';
import type {Connection, Connections} from '../../../engine/connections.js';
import {standInFor} from '../../../engine/hand-over/stand-in.js';
import type {Environment} from '../../../engine/run/environment.js';
import {createRecorder, type Recorder} from '../../../engine/record/recorder.js';
import type {RecordStore} from '../../../engine/record/record-store.js';
import type {SessionCore} from './session-core.js';

/** What the parts of a run share: its signal, its record, its connections, and the one place where generators are started. */
export type RunContext = {
	readonly core: SessionCore;
	/** Stops safely, whatever goes on. */
	readonly signal: AbortSignal;
	/** Starts a generator: its events go to the state and to every listener. */
	readonly play: (events: AsyncGenerator<RunEvent, void>) => Promise<void>;
	/** Where calls go now. */
	readonly here: Here;
	/** Where runs of this environment are recorded; `undefined`: nowhere. */
	readonly records: () => RecordStore | undefined;
	/** The records that can be read, newest first. Throws the problem of a place that cannot be read. */
	readonly recordedRuns: () => Promise<readonly RunRecord[]>;
	/** The run's record, begun when it is first needed. Throws the problem of one that cannot be written. */
	readonly recorder: (ends: readonly PlannedEnd[], plan?: PlannedNames) => Promise<Recorder | undefined>;
	/**
	 * Goes on with the record of an earlier run: in the place of one of its own, or beside that where it is begun already. Throws the problem
	 * of one that others work on.
	 */
	readonly goOnWith: (record: RunRecord) => Promise<Recorder | undefined>;
	/** The record, if it was begun. */
	readonly begunRecorder: () => Promise<Recorder | undefined>;
	/** Lets others work on the run, once it is over, and on the one that it went on with. */
	readonly unlock: () => Promise<void>;
	/** The connection of a profile, the same for the same one. Throws the problem of one that does not exist. */
	readonly connection: Environment['connect'];
	/** Those that see a source, and destinations of its rules. */
	readonly connectionsFor: (
		request: SourceRequest,
	) => Promise<{readonly source: Connection; readonly others: readonly Connection[]}>;
	/** Makes changes: how far that is, and what kept it from being begun, is in the state. Where they are withheld somebody looks at the plan again. */
	readonly applying: (change: () => Promise<'withheld' | void>) => Promise<void>;
	/** The connections of both ends. For one that is somebody else's something stands in that knows no more than it is told. */
	readonly connect: (
		sourceProfile: string,
		destinationProfile: string,
		known?: Partial<OthersEnd>,
	) => Promise<Connections>;
};

/** A bucket that is replicated, and the profiles that see it and its destinations. */
export type SourceRequest = {
	readonly sourceBucket: string;
	readonly answers: Pick<Answers, 'sourceProfile' | 'sourceRegion'>;
	readonly destinationProfiles: readonly string[];
};

/** What a plan calls things: a role or a rule that nobody named is recorded by the name that it got. */
type PlannedNames = Pick<Plan, 'mode' | 'roleName' | 'ruleId'>;

const namesIn = ({mode, roleName, ruleId}: PlannedNames): PlannedNames => ({mode, roleName, ruleId});

export function createRunContext(
	core: SessionCore,
	signal: AbortSignal,
	onEvent: (event: RunEvent) => void,
): RunContext {
	const {options, dispatch, emit} = core;
	const {clock} = options.services;
	let recording: Promise<Recorder> | undefined;
	const locked = new Map<string, () => Promise<void>>();

	/** An embedded sandbox keeps its own records: they are gone with it. */
	const records = (): RecordStore | undefined => core.environment?.records ?? options.services.records;

	const connection: RunContext['connection'] = async (profile) => {
		const {environment} = core;
		if (!environment) throw new Error('No environment is open.');
		core.signIn.begin();
		return environment.connect(profile);
	};

	const endpointsOf = (ends: readonly PlannedEnd[]) =>
		endpointsByProfile(
			ends.flatMap(({profile}) => {
				const endpoints = core.environment?.endpointsOf(profile);
				return endpoints ? [{profile, endpoints}] : [];
			}),
		);
	const s3EndpointOf = (ends: readonly PlannedEnd[]): string | null => {
		// Of an end that is somebody else's nothing is known.
		const source = ends.find(({profile}) => !isOthers(profile));
		const endpoints = source && core.environment?.endpointsOf(source.profile);
		return endpoints ? endpoints.s3 : (core.environment?.endpointUrl ?? null);
	};

	/** Keeps others from working on a run, once. */
	async function lock(store: RecordStore, runId: string): Promise<void> {
		if (!locked.has(runId)) locked.set(runId, await store.lock(runId));
	}

	return {
		core,
		signal,
		here: {
			get endpointUrl() {
				return core.environment?.endpointUrl ?? null;
			},
			endpointsOf: (profile) => core.environment?.endpointsOf(profile),
		},
		records,
		async recordedRuns() {
			const found = (await records()?.list()) ?? [];
			return found.flatMap((one) => (one.ok ? [one.record] : []));
		},
		async connectionsFor({answers: {sourceProfile = defaultChain}, destinationProfiles}) {
			const source = await connection(sourceProfile);
			return {source, others: await Promise.all(destinationProfiles.map(connection))};
		},
		async applying(change) {
			dispatch({type: 'apply-started'});
			try {
				if ((await change()) === 'withheld') {
					dispatch({type: 'apply-withheld'});
					return;
				}
			} catch (error) {
				dispatch({type: 'apply-prevented', problem: problemFrom(error)});
			}

			dispatch({type: 'apply-ended'});
		},
		async play(events) {
			core.signIn.begin();
			for await (const event of events) {
				onEvent(event);
				emit(event);
			}
		},
		async recorder(ends, plan) {
			const store = records();
			if (!store) return undefined;
			if (recording) return recording;
			await lock(store, core.runId);
			recording ??= store
				.create({
					type: 'run',
					schemaVersion: 1,
					runId: core.runId,
					command: options.command,
					at: clock.now(),
					endpointUrl: recordedEndpoint(s3EndpointOf(ends)),
					endpoints: endpointsOf(ends),
					sandbox: core.environment?.kind === 'sandbox',
					...(plan ? recordedAnswers({...core.getState().answers, ...namesIn(plan)}) : {}),
					ends,
				})
				.then((writer) => createRecorder(writer, clock));
			try {
				const begun = await recording;
				dispatch({type: 'record-begun'});
				return begun;
			} catch (error) {
				// The place may be put right: the next try begins anew.
				recording = undefined;
				throw error;
			}
		},
		async goOnWith({header: {runId}, steps}) {
			const store = records();
			if (!store) return undefined;
			const own = core.getState().recordedAs ?? core.runId;
			if (recording && runId === own) return recording;
			await lock(store, runId);
			const last = Math.max(0, ...steps.map(({step}) => step));
			const extended = createRecorder(await store.extend(runId), clock, last);
			// What this run has written goes on in its own.
			if (recording) return extended;
			recording = Promise.resolve(extended);
			dispatch({type: 'record-begun', runId});
			return extended;
		},
		begunRecorder: async () => recording,
		async unlock() {
			for (const unlock of locked.values()) await unlock();
			locked.clear();
			await core.letGo?.();
			core.letGo = undefined;
		},
		connection,
		async connect(sourceProfile, destinationProfile, known = {}) {
			const standIn = async (accountId: string, through: Connection) => {
				const {partition} = await through.identity.getCaller(signal);
				return standInFor(accountId, through, {partition, ...known});
			};
			const [othersSource, othersDestination] = [sourceProfile, destinationProfile].map(othersAccount);
			if (othersSource !== undefined) {
				const destination = await connection(destinationProfile);
				return {source: await standIn(othersSource, destination), destination};
			}

			const source = await connection(sourceProfile);
			const destination =
				othersDestination === undefined
					? await connection(destinationProfile)
					: await standIn(othersDestination, source);
			return {source, destination};
		},
	};
}
