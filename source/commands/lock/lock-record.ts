import {fixable, type Problem, ProblemError} from '../../domain/problem.js';
import {type LockResult, takeLock} from './take-lock.js';

/**
 * Holds a run's record for this process alone, by a file beside it that names the process. One that a process has left behind that is no
 * more, as a killed one does, is taken over. Gives the function that lets go of it.
 * Throws the problem of a record that another process holds, and node's errors of a folder that cannot be written.
 */
export async function lockRecord(file: string, runId: string): Promise<() => Promise<void>> {
	const result = await takeLock(file);
	if (result.is === 'taken') return result.release;
	throw new ProblemError(busy(runId, file, result));
}

function busy(runId: string, file: string, {found, life}: Extract<LockResult, {is: 'held'}>): Problem {
	if (found.is === 'unreadable') {
		return fixable(
			'run-busy',
			`Cannot work on run ${runId}: its holder is unknown`,
			`${file} is not a lock that this program can read. ${found.reason}. Nothing was changed.`,
			[
				'Make sure that no other s3-replicate works on this run.',
				'Then move that file away, and run this again.',
			],
		);
	}

	const {pid, host} = found.holder;
	const isElsewhere = life === 'unknown';
	return fixable(
		'run-busy',
		isElsewhere
			? `Run ${runId} may be held on another host`
			: `Cannot work on run ${runId}: another process holds it`,
		isElsewhere
			? `The process ${pid} on ${host} holds ${file}. From here nobody can tell whether it still runs. Nothing was changed.`
			: `The process ${pid} on ${host} holds ${file}. Nothing was changed.`,
		isElsewhere
			? [
					`Look for it on ${host}. If it is there, wait until it has ended.`,
					'If no such process is there, delete that file, and run this again.',
				]
			: [
					'Wait until it has ended, or stop it with Ctrl-C, then run this again.',
					'If no such process is there, delete that file.',
				],
	);
}
