import type {RunEvent} from '../domain/event.js';
import {makeUndoPlan} from '../domain/make-undo-plan.js';
import {fixable, type Problem, ProblemError, problemFrom} from '../domain/problem.js';
import {type RunRecord, withProfiles} from '../domain/run-record.js';
import type {UndoPlan} from '../domain/undo-plan.js';
import {undo} from '../engine/undo.js';
import {findRun} from '../engine/undo/find-run.js';
import {type ConnectionOf, observeUndo} from '../engine/undo/observe-undo.js';
import type {SessionCore} from './session-core.js';

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
	makeUndoPlan(
		runId: string | undefined,
		profiles?: {readonly source?: string; readonly destination?: string},
	): Promise<UndoPlanResult>;
	/** Does what the undo plan says. Gives whether all of it was done. */
	undo(): Promise<boolean>;
};

export function createUndoActions(
	core: SessionCore,
	play: (events: AsyncGenerator<RunEvent, void>) => Promise<void>,
	signal: AbortSignal,
): UndoActions {
	const {getState, update, emit, options} = core;
	const {clock, records} = options.services;
	let connectionOf: ConnectionOf | undefined;

	async function connected(record: RunRecord): Promise<ConnectionOf> {
		const {environment} = core;
		if (!environment) throw new Error('No environment is open.');
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

	return {
		async makeUndoPlan(runId, profiles = {}) {
			try {
				if (!records) return {ok: true, plan: undefined};
				const found = await findRun(records, runId, core.environment?.endpointUrl ?? null);
				if (!found) return {ok: true, plan: undefined};
				const record = withProfiles(found, profiles);
				connectionOf = await connected(record);
				const plan = makeUndoPlan(record, await observeUndo(record, connectionOf, signal));
				emit({type: 'undo-planned', plan});
				return {ok: true, plan};
			} catch (error) {
				return {ok: false, problem: problemFrom(error)};
			}
		},
		async undo() {
			const plan = getState().run.undo;
			if (!plan || !connectionOf || !records) throw new Error('There is no plan to take a run back.');
			update(() => ({phase: 'applying', applyProblem: undefined}));
			try {
				const writer = await records.extend(plan.runId);
				await play(undo({plan, writer, connectionOf, clock, signal}));
			} catch (error) {
				update(() => ({applyProblem: problemFrom(error)}));
			}

			const {run, applyProblem} = getState();
			const isDone = !applyProblem && run.operations.every(({state}) => state === 'done');
			update(() => ({phase: isDone ? 'applied' : 'apply-failed'}));
			return isDone;
		},
	};
}

function anotherAccount(runId: string, profile: string, recorded: string, now: string): Problem {
	return fixable(
		'another-account',
		`Cannot take back the run ${runId} with the profile ${profile}: it is of another account`,
		`The run was made in the account ${recorded}; the profile ${profile} is of the account ${now}. Nothing was changed.`,
		[`Choose a profile of ${recorded}: --source-profile NAME or --destination-profile NAME.`],
	);
}
