import type {ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {askedYes, whenAgreed} from './ask/confirm.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {runLines} from './run-lines.js';
import {undoAll} from './undo-all.js';
import type {Problem} from '../domain/problem.js';
import {leftToUndo} from '../domain/record/run-record.js';
import type {Session} from '../session/session.js';

/** `s3-replicate undo [RUN]`: shows how a run is taken back with its whole set-up, and does it after a yes. */
export async function undoCommand(host: Host, given: ArgumentsOf<'undo'>): Promise<ExitCode> {
	const answers = {environment: 'aws' as const};
	const standIns = {source: given.sourceProfile, destination: given.destinationProfile};
	const isAgreed = Boolean(given.yes);
	return runLines(host, {command: 'undo', given, answers, showsDocuments: true}, async (session) => {
		const say = (lines: readonly string[]): void => {
			if (!given.json) writeLines(host.stdout, lines);
		};

		if (given.forget) return forgetRuns(host, session, {runId: given.run ?? '', isAgreed, say});
		if (given.all) return undoAll(host, session, {standIns, isAgreed, say});
		const result = await session.makeUndoPlan(given.run, standIns);
		if (!result.ok) return result.problem;
		if (!result.plan) {
			say(['No run at this endpoint has anything left to undo.']);
			return undefined;
		}

		return whenAgreed(host, session, {isAgreed, write: async () => void (await session.undo())});
	});
}

type ForgetOptions = {
	readonly runId: string;
	/** Whether `--yes` was given. */
	readonly isAgreed: boolean;
	readonly say: (lines: readonly string[]) => void;
};

/** `undo RUN --forget`: closes a run, and those that would be taken back with it, after a yes. Nothing is asked of AWS; the files stay. */
async function forgetRuns(
	host: Host,
	session: Session,
	{runId, isAgreed, say}: ForgetOptions,
): Promise<Problem | null> {
	const records = await session.runsWith(runId);
	const open = records.filter((record) => leftToUndo(record) > 0 || record.leftToDo > 0);
	if (open.length === 0) {
		say([`The run ${runId} has nothing left: it is closed already.`]);
		return null;
	}

	say([
		'Closes without taking anything back:',
		...open.map(({header, ...record}) => {
			const buckets = header.ends.map(({bucket}) => bucket).join(' → ');
			return `  ${header.runId}  ${buckets}  ${leftToUndo({header, ...record})} to undo`;
		}),
	]);
	const runs = open.length === 1 ? `the run ${runId}` : `${open.length} runs`;
	const refusal = isAgreed ? undefined : await askedYes(host, `Close ${runs}`);
	if (refusal) return refusal;
	await session.forget(open.map(({header}) => header.runId));
	say([`Closed. What is left of ${runs} stays as it is; the record is kept.`]);
	return null;
}
