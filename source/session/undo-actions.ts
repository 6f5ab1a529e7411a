import {makeUndoPlan} from '../domain/undo/make-undo-plan.js';
import {changesBetween, isFresh} from '../domain/plan-changes.js';
import {fixable, type Problem, ProblemError, problemFrom} from '../domain/problem.js';
import {type RunRecord, withProfiles} from '../domain/run-record.js';
import {isSameValue} from '../domain/same-value.js';
import {undoChangeCount, type UndoPlan} from '../domain/undo-plan.js';
import {alsoUndoable, undoableRuns} from '../domain/resumable.js';
import {undo} from '../engine/undo.js';
import {findRun} from '../engine/undo/find-run.js';
import {type ConnectionOf, observeUndo} from '../engine/undo/observe-undo.js';
import {idle, type Loadable, loading} from './loadable.js';
import type {RunContext} from './run-context.js';

/** The profiles that stand in for the recorded ones. */
export type UndoProfiles = {readonly source?: string; readonly destination?: string};

export type UndoPlanResult =
	| {
			readonly ok: true;
			/** `undefined`: there is no run with something left. */ readonly plan: UndoPlan | undefined;
	  }
	| {readonly ok: false; readonly problem: Problem};

/** Taking back what a run did. */
export type UndoActions = {
	/**
	 * Finds the run (without an id the latest at this endpoint with something left), reads what is there and plans how to take it back.
	 * Changes nothing. Profiles given stand in for the recorded ones.
	 */
	makeUndoPlan(runId: string | undefined, profiles?: UndoProfiles): Promise<UndoPlanResult>;
	/** Begins to take a run back in the wizard: the one given, else the person chooses. Changes nothing. */
	openUndo(runId?: string): Promise<void>;
	/** Reads what is there of a run, and plans how to take it back. */
	chooseUndo(runId: string): Promise<void>;
	/** Goes back to where it was asked for: a run that had stopped is planned anew, a watch can go on. */
	closeUndo(): void;
	/**
	 * Does what the undo plan says. Gives whether all of it was done. As with a run, more than was shown is never written:
	 * the session has a new undo plan then, and `planChanges` says what somebody changed.
	 */
	undo(): Promise<boolean>;
};

export function createUndoActions(context: RunContext): UndoActions {
	const {core, signal} = context;
	const {getState, update, emit, options} = core;
	const {clock} = options.services;
	let connectionOf: ConnectionOf | undefined;
	let shown:
		{readonly profiles: UndoProfiles; readonly readAt: number; readonly found: RunRecord} | undefined;

	async function connected(record: RunRecord): Promise<ConnectionOf> {
		const {environment} = core;
		if (!environment) throw new Error('No environment is open.');
		core.mfa.begin();
		const accounts = new Map<string, string>();
		for (const step of record.steps) {
			if (step.kind === 'operation') accounts.set(step.profile, step.operation.account);
			else for (const {profile, accountId} of step.ends) accounts.set(profile, accountId);
		}

		const connections = new Map<string, ReturnType<ConnectionOf>>();
		await Promise.all(
			[...accounts].map(async ([profile, accountId]) => {
				const connection = await environment.connect(profile);
				connections.set(profile, connection);
				const caller = await connection.identity.getCaller(signal);
				if (caller.accountId !== accountId) {
					throw new ProblemError(anotherAccount(record.header.runId, profile, accountId, caller.accountId));
				}
			}),
		);
		return (profile) => connections.get(profile) as ReturnType<ConnectionOf>;
	}

	const endpointUrl = (): string | null => core.environment?.endpointUrl ?? null;

	/** The records that can be read, newest first. */
	async function readable(): Promise<readonly RunRecord[]> {
		const found = await context
			.records()
			?.list()
			.catch(() => []);
		return (found ?? []).flatMap((one) => (one.ok ? [one.record] : []));
	}

	/** Throws the problem of what cannot be found or read; `undefined`: there is no run with something left. */
	async function observedPlan(
		runId: string | undefined,
		profiles: UndoProfiles,
	): Promise<UndoPlan | undefined> {
		const records = context.records();
		const found = records && (await findRun(records, runId, endpointUrl()));
		if (!found) return undefined;
		const record = withProfiles(found, profiles);
		connectionOf = await connected(record);
		const observed = await observeUndo(record, connectionOf, signal);
		shown = {profiles, readAt: clock.now(), found};
		return makeUndoPlan(record, observed);
	}

	/** The plan that may be carried out: the one that was shown, or one that writes nothing else. `undefined`: somebody has to look again. */
	async function currentPlan(plan: UndoPlan): Promise<UndoPlan | undefined> {
		if (!shown || undoChangeCount(plan) === 0) return plan;
		// Another undo may have had the lock before this one: what it has done is not done again.
		const recorded = await context.records()?.read(plan.runId);
		const isAsRead = recorded?.ok === true && isSameValue(recorded.record, shown.found);
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
		emit({type: 'undo-planned', plan: again});
		update(() => ({planChanges: changes}));
		return changes.length > 0 ? undefined : again;
	}

	const actions: UndoActions = {
		async makeUndoPlan(runId, profiles = {}) {
			try {
				const plan = await observedPlan(runId, profiles);
				if (plan) emit({type: 'undo-planned', plan});
				return {ok: true, plan};
			} catch (error) {
				return {ok: false, problem: problemFrom(error)};
			}
		},
		async undo() {
			const plan = getState().run.undo;
			const records = context.records();
			if (!plan || !connectionOf || !records) throw new Error('There is no plan to take a run back.');
			update(() => ({phase: 'applying', applyProblem: undefined, planChanges: []}));
			let unlock: (() => Promise<void>) | undefined;
			try {
				// What this session has written itself it holds already.
				await context.unlock();
				unlock = await records.lock(plan.runId);
				const current = await currentPlan(plan);
				if (!current) {
					await unlock();
					update(() => ({phase: 'asking'}));
					return false;
				}

				const writer = await records.extend(current.runId);
				await context.play(undo({plan: current, writer, connectionOf, clock, signal}));
			} catch (error) {
				update(() => ({applyProblem: problemFrom(error)}));
			}

			await unlock?.();
			const {run, applyProblem} = getState();
			const isDone = !applyProblem && run.operations.every(({state}) => state === 'done');
			const recorded = await readable();
			update(({recordedRuns}) => ({
				phase: isDone ? 'applied' : 'apply-failed',
				alsoUndoable: isDone ? alsoUndoable(recorded, plan.runId, endpointUrl()) : undefined,
				// An embedded sandbox has records of its own, which the first screen knows nothing of.
				recordedRuns: core.environment?.kind === 'sandbox' ? recordedRuns : recorded,
			}));
			return isDone;
		},
		async openUndo(runId) {
			const {phase, stepId, run: before} = getState();
			const origin = phase === 'apply-failed' ? 'apply' : stepId === 'watch' ? 'watch' : 'environment';
			update(() => ({undoing: {choices: [], plan: loading, origin, before}, planChanges: []}));
			if (runId !== undefined) {
				await actions.chooseUndo(runId);
				return;
			}

			const choices = undoableRuns(await readable(), endpointUrl());
			const [only, ...others] = choices;
			update(() => ({undoing: {choices, plan: idle, origin, before}}));
			if (only && others.length === 0) await actions.chooseUndo(only.header.runId);
		},
		async chooseUndo(runId) {
			const planned = (plan: Loadable<UndoPlan | undefined>): void =>
				update(({undoing}) => (undoing ? {undoing: {...undoing, plan}, phase: 'asking'} : {}));
			planned(loading);
			const result = await actions.makeUndoPlan(runId);
			if (result.ok && result.plan && undoChangeCount(result.plan) === 0) {
				// That is all there is to do: the record says so, and the run is not offered again.
				await actions.undo();
				update(() => ({applyProblem: undefined}));
			}

			planned(result.ok ? {state: 'ready', value: result.plan} : {state: 'failed', problem: result.problem});
		},
		closeUndo() {
			update(({undoing, run, stepId, plan}) => {
				const isFromWatch = undoing?.origin === 'watch';
				return {
					undoing: undefined,
					phase: isFromWatch ? 'watched' : 'asking',
					plan: isFromWatch ? plan : idle,
					planChanges: [],
					applyProblem: undefined,
					stepId: undoing?.origin === 'apply' ? 'plan' : stepId,
					run: isFromWatch ? undoing.before : {...run, undo: undefined, operations: []},
				};
			});
		},
	};
	return actions;
}

const operationsOf = ({steps}: UndoPlan) => steps.map(({operation}) => operation);

function anotherAccount(runId: string, profile: string, recorded: string, now: string): Problem {
	return fixable(
		'another-account',
		`Cannot take back the run ${runId} with the profile ${profile}: it is of another account`,
		`The run was made in the account ${recorded}; the profile ${profile} is of the account ${now}. Nothing was changed.`,
		[`Choose a profile of ${recorded}: --source-profile NAME or --destination-profile NAME.`],
	);
}
