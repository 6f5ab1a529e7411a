import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFile, readlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import {promisify} from 'node:util';

/** What tells one process from every other: its number alone is given to another one some day. */
export type ProcessIdentity = {
	readonly pid: number;
	readonly host: string;
	/** Tells machines of the same name apart, where the machine has an id. */
	readonly machine?: string;
	/** Changes with every start of the machine. */
	readonly boot?: string;
	/** In which namespace the number counts: containers on one machine have their own. */
	readonly namespace?: string;
	/** When the process began, as the platform tells it. */
	readonly startedAt?: string;
};

/** `unknown`: it is of a place that nobody here can look into. */
export type Life = 'alive' | 'gone' | 'unknown';

/** Gives the identity of this process. */
export async function ownIdentity(): Promise<ProcessIdentity> {
	const {startedAt} = await lookAt(process.pid);
	return {pid: process.pid, ...(await place()), startedAt};
}

/**
 * Tells whether a process is still there. One that was stopped (SIGSTOP) is; a zombie, one from before the machine's last start and
 * one whose number another process has now are not. What cannot be told counts as there.
 * Source: proc_pid_stat(5) (state, starttime), pid_namespaces(7), random(4) (boot_id), machine-id(5).
 */
export async function lifeOf({pid, host, ...of}: ProcessIdentity): Promise<Life> {
	const here = await place();
	if (host !== here.host || differs(of.machine, here.machine)) return 'unknown';
	if (differs(of.boot, here.boot)) return 'gone';
	if (differs(of.namespace, here.namespace)) return 'unknown';
	if (!isThere(pid)) return 'gone';
	const {isZombie, startedAt} = await lookAt(pid);
	return isZombie || differs(of.startedAt, startedAt) ? 'gone' : 'alive';
}

/** What is not known differs from nothing. */
function differs(one: string | undefined, other: string | undefined): boolean {
	return one !== undefined && other !== undefined && one !== other;
}

/** A process of somebody else may not be signalled, and is there. */
function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code !== 'ESRCH';
	}
}

async function place(): Promise<Omit<ProcessIdentity, 'pid' | 'startedAt'>> {
	const [id, boot, namespace] = await Promise.all([
		textOf('/etc/machine-id'),
		textOf('/proc/sys/kernel/random/boot_id'),
		readlink('/proc/self/ns/pid').catch(() => undefined),
	]);
	// The id itself is not to be spread. Source: machine-id(5).
	const machine = id && createHash('sha256').update(`s3-replicate ${id}`).digest('hex').slice(0, 16);
	return {host: hostname(), machine, boot, namespace};
}

async function lookAt(pid: number): Promise<{readonly isZombie?: boolean; readonly startedAt?: string}> {
	if (process.platform === 'darwin') return {startedAt: await startOnMac(pid)};
	const text = await textOf(`/proc/${pid}/stat`);
	if (text === undefined) return {};
	// The program's name is in brackets and may hold anything, brackets as well.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [state] = fields;
	return {isZombie: state === 'Z' || state === 'X', startedAt: fields[19]};
}

async function startOnMac(pid: number): Promise<string | undefined> {
	const env = {...process.env, LC_ALL: 'C', TZ: 'UTC'};
	const asked = promisify(execFile)('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {env, timeout: 5000});
	return asked.then(({stdout}) => stdout.trim() || undefined).catch(() => undefined);
}

async function textOf(file: string): Promise<string | undefined> {
	return readFile(file, 'utf8').then(
		(text) => text.trim() || undefined,
		() => undefined,
	);
}
