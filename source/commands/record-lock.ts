import {open, readFile, unlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import {fixable, type Problem, ProblemError} from '../domain/problem.js';

type Holder = {readonly pid: number; readonly host: string};

/**
 * Holds a run's record for this process alone, by a private file beside it that names the process. One that a process has left behind
 * that is no more, as a killed one does, is taken over. Gives the function that lets go of it.
 * Throws the problem of a record that another process holds.
 */
export async function lockRecord(file: string, runId: string): Promise<() => Promise<void>> {
	const own: Holder = {pid: process.pid, host: hostname()};
	for (let isFirst = true; ; isFirst = false) {
		try {
			const handle = await open(file, 'wx', 0o600);
			try {
				await handle.writeFile(JSON.stringify(own));
			} finally {
				await handle.close();
			}

			return async () => unlink(file).catch(() => undefined);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			const holder = await holderOf(file);
			if (!isFirst || (holder && isAlive(holder))) throw new ProblemError(busy(runId, file, holder));
			await unlink(file).catch(() => undefined);
		}
	}
}

/** `undefined`: whoever made it was stopped before it could say who it is. */
async function holderOf(file: string): Promise<Holder | undefined> {
	try {
		const {pid, host} = JSON.parse(await readFile(file, 'utf8')) as Partial<Holder>;
		return typeof pid === 'number' && typeof host === 'string' ? {pid, host} : undefined;
	} catch {
		return undefined;
	}
}

/** Of another machine nobody here can tell: it counts as alive. A process of somebody else may not be signalled, and is. */
function isAlive({pid, host}: Holder): boolean {
	if (host !== hostname()) return true;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function busy(runId: string, file: string, holder: Holder | undefined): Problem {
	const who = holder ? `The process ${holder.pid} on ${holder.host}` : 'Another process';
	return fixable(
		'run-busy',
		`Cannot work on the run ${runId}: another s3-replicate does`,
		`${who} holds ${file}. Nothing was changed.`,
		[
			'Wait until it has ended, or stop it with Ctrl-C, then run this again.',
			'If no such process is there, delete that file.',
		],
	);
}
