import type {Problem} from '../domain/problem.js';
import {leftToUndo} from '../domain/record/run-record.js';
import type {Session} from '../session/session.js';
import {askedYes} from './ask/confirm.js';
import type {Host} from './host/host.js';

type ForgetOptions = {
	readonly runId: string;
	/** Whether `--yes` was given. */
	readonly isAgreed: boolean;
	readonly say: (lines: readonly string[]) => void;
};

/** `undo RUN --forget`: closes a run, and those that would be taken back with it, after a yes. Nothing is asked of AWS; the files stay. */
export async function forgetRuns(
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
