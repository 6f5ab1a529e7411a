import {runsCommand, undoCommandOf} from '../domain/answers/command-line.js';
import {fixable, type Problem} from '../domain/problem.js';
import type {StandIns} from '../domain/record/run-record.js';
import {runEndpointOf} from '../domain/record/recorded-place.js';
import {nameOf, type SetUp} from '../domain/record/set-up.js';
import {undoChangeCount} from '../domain/undo/undo-plan.js';
import type {Session} from '../session/session.js';
import {askedYes} from './ask/confirm.js';
import type {Host} from './host/host.js';
import {whenNoSignInIsAsked} from './ask/sign-in-lines.js';

type UndoAllOptions = {
	readonly standIns: StandIns;
	/** Whether `--yes` was given. */
	readonly isAgreed: boolean;
	readonly say: (lines: readonly string[]) => void;
};

/** What was not taken back, and why. */
type Failure = {readonly runId: string; readonly problem: Problem};

/**
 * `undo --all`: takes back every run where calls go now, the newest first, after one yes. Each is planned anew right before, because
 * what went before it may have changed what there is. One that cannot be taken back does not keep the others.
 */
export async function undoAll(
	host: Host,
	session: Session,
	{standIns, isAgreed, say}: UndoAllOptions,
): Promise<Problem | undefined> {
	const {setUps, unreadable, elsewhereCount} = await session.listUndoable(standIns);
	if (elsewhereCount > 0) say([`${countOf(elsewhereCount)} made at other endpoints: left alone.`]);
	for (const problem of unreadable) say([`! ${problem.headline}: left alone.`]);
	if (setUps.length === 0) say(['No run at this endpoint has anything left to undo.']);
	else say([`To undo, newest first:`, ...setUps.map((runs) => `  ${setUpText(runs)}`)]);
	const refusal = isAgreed || setUps.length === 0 ? undefined : await agreed(host, session, setUps, standIns);
	if (refusal) return refusal;
	const failures: Failure[] = [];
	let takenCount = 0;
	for (const runs of setUps) {
		const runId = nameOf(runs);
		const problem = await takenBack(session, runId, standIns);
		if (session.getState().interrupts > 0) return problem;
		if (problem) failures.push({runId, problem});
		else takenCount++;
	}

	return incomplete(takenCount, failures, unreadable, (runId) => {
		const header = setUps.flat().find((run) => run.header.runId === runId)?.header;
		return undoCommandOf(runId, (header && runEndpointOf(header)) ?? null, standIns);
	});
}

/** Shows what would be done of each, and asks once; gives the problem of a no. */
async function agreed(
	host: Host,
	session: Session,
	setUps: readonly SetUp[],
	standIns: StandIns,
): Promise<Problem | undefined> {
	let changeCount = 0;
	for (const runs of setUps) {
		const result = await session.makeUndoPlan(nameOf(runs), standIns);
		if (result.ok && result.plan) changeCount += undoChangeCount(result.plan);
	}

	await whenNoSignInIsAsked(session);
	const changes = `${changeCount} ${changeCount === 1 ? 'change' : 'changes'}`;
	const what = setUps.length === 1 ? nameOf(setUps[0] ?? []) : `all ${setUps.length} of them`;
	return askedYes(host, `Undo ${what} with ${changes}`);
}

/** Takes one back; gives what kept it. */
async function takenBack(session: Session, runId: string, standIns: StandIns): Promise<Problem | undefined> {
	const result = await session.makeUndoPlan(runId, standIns);
	if (!result.ok) return result.problem;
	if (!result.plan || (await session.undo())) return undefined;
	const {applyProblem, run, planChanges} = session.getState();
	const failed = run.operations.find(({state}) => state === 'failed')?.problem;
	return (
		applyProblem ??
		failed ??
		fixable('plan-outdated', `Cannot undo run ${runId}`, planChanges.join(' '), [
			`See what it would do now: ${undoCommandOf(runId, run.endpointUrl, standIns)}`,
		])
	);
}

/** The problem that names everything that was not taken back; `undefined`: there is nothing. */
function incomplete(
	takenCount: number,
	failures: readonly Failure[],
	unreadable: readonly Problem[],
	commandOf: (runId: string) => string,
): Problem | undefined {
	if (failures.length === 0 && unreadable.length === 0) return undefined;
	return {
		...fixable(
			'undo-all-incomplete',
			`Cannot undo all runs: ${failures.length + unreadable.length} ${failures.length + unreadable.length === 1 ? 'is' : 'are'} left`,
			[
				`${takenCount} ${takenCount === 1 ? 'is' : 'are'} undone.`,
				...failures.map(({runId, problem}) => `${runId}: ${problem.headline}.`),
				...unreadable.map(({headline}) => `${headline}.`),
			].join(' '),
			[
				...failures.slice(0, 3).map(({runId}) => `See what keeps it: ${commandOf(runId)}`),
				...(unreadable.length > 0
					? [`Move the records that cannot be read out of the folder. List them: ${runsCommand}`]
					: []),
			],
		),
	};
}

function setUpText(runs: SetUp): string {
	const runId = nameOf(runs);
	const named = runs.find(({header}) => header.runId === runId);
	const others = runs.filter((run) => run !== named).map(({header}) => header.runId);
	const buckets = named?.header.ends.map(({bucket}) => bucket).join(' → ') ?? '';
	return `${runId}  ${buckets}${others.length === 0 ? '' : `  with ${others.join(', ')}`}`;
}

const countOf = (count: number): string => (count === 1 ? '1 run was' : `${count} runs were`);
