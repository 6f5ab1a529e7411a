import {makeUndoPlan} from '../../../domain/undo/make-undo-plan.js';
import {changesBetween, isFresh} from '../../../domain/plan/plan-changes.js';
import {type Problem, ProblemError, problemFrom} from '../../../domain/problem.js';
import {isHere} from '../../../domain/record/recorded-place.js';
import {leftToUndo, type RunRecord, type StandIns, withProfiles} from '../../../domain/record/run-record.js';
import {isSameValue} from '../../../domain/same-value.js';
import {endpointsByProfile, endpointsText} from '../../../domain/endpoint/service-endpoints.js';
import {type JoinedRecord, joinedRecord} from '../../../domain/undo/joined-record.js';
import {leftOf, nameOf, type SetUp, setUpOf, setUpsOf} from '../../../domain/record/set-up.js';
import {undoChangeCount, type UndoPlan} from '../../../domain/undo/undo-plan.js';
import {alsoUndoable, undoableSetUps} from '../../../domain/record/resumable.js';
import {undo} from '../../../engine/run/undo.js';
import {joinedWriter} from '../../../engine/record/joined-writer.js';
import type {RecordStore, RecordWriter} from '../../../engine/record/record-store.js';
import {findRun, readNamed} from '../../../engine/undo/find-run.js';
import {isNothingFound, nothingFoundHere} from '../../../engine/undo/nothing-found.js';
import {type ConnectionOf, observeUndo} from '../../../engine/undo/observe-undo.js';
import {isPlanned, isPlanning, type UndoPlanning} from '../../state/planning.js';
import {recordedConnections, recordedEndpoints} from './recorded-connections.js';
import type {RunContext} from '../core/run-context.js';

export type UndoPlanResult =
	| {
			readonly ok: true;
			/** `undefined`: there is no run with something left. */ readonly plan: UndoPlan | undefined;
	  }
	| {readonly ok: false; readonly problem: Problem};

/** All that can be taken back where calls go now. */
export type UndoableRuns = {
	/** The latest first. */
	readonly setUps: readonly SetUp[];
	readonly unreadable: readonly Problem[];
	/** How many runs with something left were made elsewhere. */
	readonly elsewhereCount: number;
};

/** Taking back what a run did. */
export type UndoActions = {
	/**
	 * Finds the set-up of the run (without an id the latest where calls go now with something left), reads what is there and plans how
	 * to take it back.
	 * Changes nothing. Profiles given stand in for the recorded ones.
	 */
	readonly makeUndoPlan: (runId: string | undefined, profiles?: StandIns) => Promise<UndoPlanResult>;
	/** What `undo` would offer one after the other, by the run that stands for it; and the problems of records that cannot be read. */
	readonly listUndoable: (profiles?: StandIns) => Promise<UndoableRuns>;
	/** Closes the run, and those that would be taken back with it, as over. Changes nothing at AWS. Throws the problem of what cannot be written. */
	readonly forget: (runIds: readonly string[]) => Promise<void>;
	/** The runs that are taken back with one, itself among them. Throws the problem of a run that is not there or cannot be read. */
	readonly runsWith: (runId: string) => Promise<readonly RunRecord[]>;
	/** Begins to take a run back in the wizard: the one given, else the person chooses. Changes nothing. */
	readonly openUndo: (runId?: string) => Promise<void>;
	/** Reads what is there of a run, and plans how to take it back. */
	readonly chooseUndo: (runId: string) => Promise<void>;
	/** Goes back to where it was asked for: a run that had stopped is planned anew, a watch can go on. */
	readonly closeUndo: () => void;
	/**
	 * Does what the undo plan says. Gives whether all of it was done. As with a run, more than was shown is never written:
	 * the session has a new undo plan then, and `planChanges` says what somebody changed.
	 */
	readonly undo: () => Promise<boolean>;
};

export function createUndoActions(context: RunContext): UndoActions {
	const {core, here, signal} = context;
	const {getState, dispatch, emit, options} = core;
	const {clock} = options.services;
	let connectionOf: ConnectionOf | undefined;
	let shown: {readonly profiles: StandIns; readonly readAt: number; readonly found: SetUp} | undefined;
	let origins: JoinedRecord['origins'] = new Map();

	/** The records that can be read, newest first. */
	const readable = async (): Promise<readonly RunRecord[]> => context.recordedRuns().catch(() => []);

	/** Throws the problem of what cannot be found or read; `undefined`: there is no run with something left. */
	async function observedPlan(runId: string | undefined, profiles: StandIns): Promise<UndoPlan | undefined> {
		const records = context.records();
		const found = records && (await findRun(records, {runId, here, standIns: profiles}));
		if (!found) return undefined;
		const joined = joinedRecord(found.runs, found.runId);
		const record = withProfiles(joined.record, profiles);
		const connections = await recordedConnections(context, record);
		const taken = new Set(found.runs.map(({header}) => header.runId));
		const others = (await readable()).filter(
			(one) => !taken.has(one.header.runId) && isHere(one, here, profiles),
		);
		const observed = await observeUndo(record, connections, signal, others, clock.now(), (reading) =>
			emit({type: 'report-reading', ...reading}),
		);
		if (isNothingFound(record, observed)) {
			throw new ProblemError(
				nothingFoundHere(
					found.runId,
					endpointsText(recordedEndpoints(record, connections)),
					'Neither its buckets nor its role are there.',
				),
			);
		}

		connectionOf = connections;
		origins = joined.origins;
		shown = {profiles, readAt: clock.now(), found: found.runs};
		return {...makeUndoPlan(record, observed, found.runs, others), standIns: profiles};
	}

	function announce(plan: UndoPlan): void {
		const endpoints =
			connectionOf && endpointsByProfile(plan.steps.map(({profile}) => profile).map(connectionOf));
		emit({type: 'undo-planned', plan, ...(plan.steps.length > 0 ? {endpoints} : {})});
	}

	const runIdsOf = ({runs}: UndoPlan): readonly string[] => runs.map(({runId}) => runId);

	/** The plan that may be carried out: the one that was shown, or one that writes nothing else. `undefined`: somebody has to look again. */
	async function currentPlan(plan: UndoPlan): Promise<UndoPlan | undefined> {
		if (!shown || undoChangeCount(plan) === 0) return plan;
		// Another undo may have had the lock before this one: what it has done is not done again.
		const {found} = shown;
		const recorded = await Promise.all(found.map(async ({header}) => context.records()?.read(header.runId)));
		const isAsRead = recorded.every(
			(one, index) => one?.ok === true && isSameValue(one.record, found[index]),
		);
		if (isAsRead && isFresh(shown.readAt, clock.now())) return plan;
		const again = await observedPlan(plan.runId, shown.profiles);
		if (!again) return plan;
		const changes = changesBetween(operationsOf(plan), operationsOf(again));
		const before = operationsOf(plan);
		const isAsShown =
			changes.length === 0 &&
			again.steps.length === before.length &&
			operationsOf(again).every(({change}, index) => change === before[index]?.change);
		if (isAsShown) return plan;
		if (changes.length > 0) emit({type: 'plan-outdated', changes});
		announce(again);
		return changes.length > 0 ? undefined : again;
	}

	const actions: UndoActions = {
		async makeUndoPlan(runId, profiles = {}) {
			try {
				const plan = await observedPlan(runId, profiles);
				if (plan) announce(plan);
				return {ok: true, plan};
			} catch (error) {
				return {ok: false, problem: problemFrom(error)};
			}
		},
		async listUndoable(profiles = {}) {
			const found = (await context.records()?.list()) ?? [];
			const records = found.flatMap((one) => (one.ok ? [one.record] : []));
			const near = records.filter((record) => isHere(record, here, profiles));
			return {
				setUps: setUpsOf(near).filter((runs) => leftOf(runs) > 0),
				unreadable: found.flatMap((one) => (one.ok ? [] : [one.problem])),
				elsewhereCount: records.filter((record) => leftToUndo(record) > 0 && !near.includes(record)).length,
			};
		},
		async runsWith(runId) {
			const records = context.records();
			if (!records) return [];
			const named = await readNamed(records, runId);
			return setUpOf(named, await readable()).filter(
				(record) => record === named || record.header.runId === runId || leftToUndo(record) > 0,
			);
		},
		async forget(runIds) {
			const records = context.records();
			if (!records) return;
			const unlock = await lockRuns(records, runIds);
			try {
				for (const runId of runIds) {
					const writer = await records.extend(runId);
					await writer.append({type: 'forgotten', at: clock.now()});
				}
			} finally {
				await unlock();
			}
		},
		async undo() {
			const plan = getState().run.undo;
			const records = context.records();
			if (!plan || !connectionOf || !records) throw new Error('There is no plan to undo a run.');
			dispatch({type: 'apply-started'});
			let unlock: (() => Promise<void>) | undefined;
			try {
				// What this session has written itself it holds already.
				await context.unlock();
				unlock = await lockRuns(records, runIdsOf(plan));
				const current = await currentPlan(plan);
				if (!current) {
					await unlock();
					dispatch({type: 'apply-withheld'});
					return false;
				}

				const writers = new Map<string, RecordWriter>();
				for (const runId of runIdsOf(current)) writers.set(runId, await records.extend(runId));
				const writer = joinedWriter(writers, origins);
				await context.play(undo({plan: current, writer, connectionOf, clock, signal}));
			} catch (error) {
				dispatch({type: 'apply-prevented', problem: problemFrom(error)});
			}

			await unlock?.();
			const recorded = await readable();
			// An embedded sandbox has records of its own, which the first screen knows nothing of.
			const isOwn = core.environment?.kind === 'sandbox';
			dispatch({
				type: 'undo-ended',
				alsoUndoable: alsoUndoable(recorded, plan.runId, here),
				recordedRuns: isOwn ? undefined : recorded,
			});
			return getState().phase === 'applied';
		},
		async openUndo(runId) {
			dispatch({type: 'undo-opened'});
			if (runId !== undefined) {
				await actions.chooseUndo(runId);
				return;
			}

			const choices = undoableSetUps(await readable(), here);
			const [only, ...others] = choices;
			dispatch({type: 'undo-choices-found', choices});
			if (only && others.length === 0) await actions.chooseUndo(nameOf(only));
		},
		async chooseUndo(runId) {
			dispatch({type: 'undo-planning-changed', planning: isPlanning});
			const result = await actions.makeUndoPlan(runId);
			if (result.ok && result.plan && undoChangeCount(result.plan) === 0) {
				// That is all there is to do: the record says so, and the run is not offered again.
				await actions.undo();
			}

			const planning: UndoPlanning = !result.ok
				? {state: 'failed', problems: [result.problem]}
				: result.plan
					? isPlanned
					: {state: 'nothing-left'};
			dispatch({type: 'undo-planning-changed', planning});
		},
		closeUndo() {
			dispatch({type: 'undo-closed'});
		},
	};
	return actions;
}

const operationsOf = ({steps}: UndoPlan) => steps.map(({operation}) => operation);

/** Keeps others from every run that is taken back. */
async function lockRuns(records: RecordStore, runIds: readonly string[]): Promise<() => Promise<void>> {
	const held: Array<() => Promise<void>> = [];
	const unlockAll = async (): Promise<void> => {
		await Promise.all(held.map(async (unlock) => unlock()));
	};

	try {
		for (const runId of runIds) held.push(await records.lock(runId));
	} catch (error) {
		await unlockAll();
		throw error;
	}

	return unlockAll;
}
