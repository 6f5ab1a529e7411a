import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdir, readdir, readFile, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {hostname} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {lockRecord} from '../../source/commands/lock/lock-record.js';
import {type ProcessIdentity, lifeOf, ownIdentity} from '../../source/commands/lock/process-identity.js';
import {takeLock} from '../../source/commands/lock/take-lock.js';
import {problemFrom} from '../../source/domain/problem.js';
import {type LockProcess, lockProcesses} from '../support/lock-processes.js';
import {temporaryFolder} from '../support/program.js';
import {sampled, sampledCount} from '../support/sampled.js';
import {until} from '../support/until.js';

const goneProcess = JSON.stringify({pid: 2 ** 30, host: hostname()});

/** A folder with a lock that a process has left that is no more. */
async function leftLock(text = goneProcess): Promise<string> {
	const file = path.join(await temporaryFolder(), 'run.lock');
	await writeFile(file, text);
	return file;
}

async function stopped(file: string): Promise<void> {
	await until(() => existsSync(`${file}-stopped`));
}

/** What of a lock is left in its folder. */
async function leftOf(file: string): Promise<readonly string[]> {
	const names = await readdir(path.dirname(file));
	return names.filter((name) => name.startsWith('run.lock') && !name.endsWith('-stopped'));
}

describe('five processes that take one lock together', () => {
	it.each([
		{there: 'none', rounds: 200, prepare: async () => undefined},
		{
			there: 'the lock of a process that is no more',
			rounds: 200,
			prepare: async (file: string) => writeFile(file, goneProcess),
		},
		{there: 'one that was cut off', rounds: 40, prepare: async (file: string) => writeFile(file, '{"pi')},
	])('never hold it at once where there is $there', async ({rounds, prepare}) => {
		const tries = sampledCount(rounds);
		const file = path.join(await temporaryFolder(), 'run.lock');
		const processes = await lockProcesses(5);
		const holders: number[] = [];
		for (let round = 0; round < tries; round++) {
			await prepare(file);
			const answers = await Promise.all(processes.map(async (one) => one.ask({do: 'take', file})));
			holders.push(answers.filter(({is}) => is === 'taken').length);
			await Promise.all(processes.map(async (one) => one.ask({do: 'release'})));
		}

		expect(holders).toEqual(Array.from({length: tries}, () => 1));
		expect(await leftOf(file)).toEqual([]);
	});

	it('are never inside at once while each lets go at once', async () => {
		const file = path.join(await temporaryFolder(), 'run.lock');
		const processes = await lockProcesses(5);
		const passed: number[] = [];
		const overlaps: boolean[] = [];
		const tries = sampledCount(60);
		for (let round = 0; round < tries; round++) {
			await writeFile(file, goneProcess);
			const answers = await Promise.all(processes.map(async (one) => one.ask({do: 'pass', file})));
			passed.push(answers.filter(({is}) => is === 'taken').length);
			overlaps.push(...answers.map((one) => one.overlaps));
		}

		expect(Math.min(...passed)).toBeGreaterThan(0);
		expect(overlaps.filter(Boolean)).toEqual([]);
		expect(await leftOf(file)).toEqual([]);
	});
});

const takingOver = [
	'written',
	'examined',
	'written',
	'linked',
	'claimed',
	'looked-again',
	'replaced',
	'unclaimed',
];
/** Whether one process, and only one, holds the lock after a first has stood still while a second came. */
async function holdersAround(
	[first, second]: readonly LockProcess[],
	file: string,
	stopAt: number,
): Promise<readonly string[]> {
	if (!first || !second) throw new Error('There are two.');
	const late = first.ask({do: 'take', file, stopAt});
	await stopped(file);
	const {is} = await second.ask({do: 'take', file});
	first.child.kill('SIGCONT');
	const answers = [(await late).is, is];
	await Promise.all([first, second].map(async (one) => one.ask({do: 'release'})));
	return answers.toSorted();
}

describe('a process that stands still while it takes a lock over', () => {
	it('goes through the steps that are tried here', async () => {
		const [one] = await lockProcesses(1);
		expect(await one?.ask({do: 'take', file: await leftLock()})).toMatchObject({steps: takingOver});
	});

	it('shares it with nobody at any step', async () => {
		const processes = await lockProcesses(2);
		for (const [index, step] of takingOver.entries()) {
			const file = await leftLock();
			expect(await holdersAround(processes, file, index + 1), step).toEqual(['held', 'taken']);
			expect(await leftOf(file), step).toEqual([]);
		}
	});

	it.each(
		sampled(
			'dies taking a lock over',
			takingOver.map((step, index) => ({step, stopAt: index + 1})),
		),
	)('leaves it to the next one when it dies at step $stopAt ($step)', async ({stopAt}) => {
		const file = await leftLock();
		const [first, second] = await lockProcesses(2);
		const dying = first?.ask({do: 'take', file, stopAt}).catch(() => undefined);
		await stopped(file);
		first?.child.kill('SIGKILL');
		await dying;

		expect(await second?.ask({do: 'take', file})).toMatchObject({is: 'taken'});
		await second?.ask({do: 'release'});
		expect(await leftOf(file)).toEqual([]);
	});

	it('shares it with nobody at any step where another one has died while taking it over', async () => {
		const left = await leftLock();
		const [dying, ...processes] = await lockProcesses(3);
		const over = dying?.ask({do: 'take', file: left, stopAt: takingOver.indexOf('claimed') + 1});
		const ended = over?.catch(() => undefined);
		await stopped(left);
		dying?.child.kill('SIGKILL');
		await ended;
		const copied = async (): Promise<string> => {
			const folder = await temporaryFolder();
			const filter = (name: string): boolean => !name.endsWith('-stopped');
			await cp(path.dirname(left), folder, {recursive: true, filter});
			return path.join(folder, 'run.lock');
		};

		const tried = await processes[0]?.ask({do: 'take', file: await copied()});
		await processes[0]?.ask({do: 'release'});
		const steps = tried?.steps ?? [];
		expect(steps.filter((step) => step === 'claimed').length).toBeGreaterThan(1);
		for (const [index, step] of steps.entries()) {
			const file = await copied();
			expect(await holdersAround(processes, file, index + 1), `${index} ${step}`).toEqual(['held', 'taken']);
			expect(await leftOf(file), step).toEqual([]);
		}
	});

	it('keeps a lock that it has, however long it stands still', async () => {
		const file = path.join(await temporaryFolder(), 'run.lock');
		const [holder, other] = await lockProcesses(2);
		await holder?.ask({do: 'take', file});
		holder?.child.kill('SIGSTOP');
		expect(await other?.ask({do: 'take', file})).toMatchObject({is: 'held'});
		holder?.child.kill('SIGCONT');
	});
});

/** Puts something at a path. */
const things: readonly {
	readonly what: string;
	readonly put: (file: string) => Promise<unknown>;
	readonly says: RegExp;
}[] = [
	{what: 'a folder', put: async (file) => mkdir(file), says: /directory|folder/},
	{what: 'a FIFO', put: async (file) => execFileSync('mkfifo', [file]), says: /It is a FIFO/},
	{what: 'a socket', put: listen, says: /It is a socket/},
	{what: 'a device', put: async (file) => symlink('/dev/zero', file), says: /It is a device/},
	{what: 'another text', put: async (file) => writeFile(file, 'hello'), says: /It names no process/},
	{
		what: 'JSON of something else',
		put: async (file) => writeFile(file, '{"pid": -1}'),
		says: /names no process/,
	},
	{what: 'a huge file', put: async (file) => writeFile(file, '{'.repeat(70_000)), says: /more than/},
	{
		what: 'the lock of another machine',
		put: async (file) => writeFile(file, JSON.stringify({pid: 2 ** 30, host: 'elsewhere.example'})),
		says: /2?\d+ on elsewhere\.example .* nobody can tell/,
	},
	{
		what: 'the lock of a machine of the same name',
		put: async (file) =>
			writeFile(file, JSON.stringify({pid: 2 ** 30, host: hostname(), machine: 'another'})),
		says: /nobody can tell/,
	},
];

async function listen(file: string): Promise<void> {
	const server = createServer();
	onTestFinished(() => void server.close());
	await new Promise<void>((resolve) => void server.listen(file, resolve));
}

describe('what stands where a lock should be', () => {
	it.each(things)('is named and left alone, and hangs nothing: $what', async ({put, says}) => {
		const file = path.join(await temporaryFolder(), 'run.lock');
		await put(file);
		const problem = await lockRecord(file, 'a-run').then(() => undefined, problemFrom);
		expect(problem).toMatchObject({code: 'run-busy', kind: 'fixable'});
		expect(problem?.cause).toMatch(says);
		expect(problem?.cause).toContain(file);
		expect(await leftOf(file)).toEqual(['run.lock']);
	});
});

describe('a process that may hold a lock', async () => {
	const own = await ownIdentity();
	const table: readonly {
		readonly of: string;
		readonly is: string;
		readonly change: Partial<ProcessIdentity>;
	}[] = [
		{of: 'this one', is: 'alive', change: {}},
		{of: 'one that nobody told more of', is: 'alive', change: {startedAt: undefined, boot: undefined}},
		{of: 'an earlier one with this number', is: 'gone', change: {startedAt: '1'}},
		{of: 'one with a number that nobody has', is: 'gone', change: {pid: 2 ** 30}},
		{of: 'one from before the machine was started', is: 'gone', change: {boot: 'before'}},
		{of: 'one of another host', is: 'unknown', change: {host: 'elsewhere.example'}},
		{of: 'one of a container on this machine', is: 'unknown', change: {namespace: 'pid:[1]'}},
	];
	it.runIf(process.platform === 'linux').each(table)('is $is where it is $of', async ({is, change}) => {
		expect(await lifeOf({...own, ...change})).toBe(is);
	});

	it('is told by its lock', async () => {
		const file = path.join(await temporaryFolder(), 'run.lock');
		const taken = await takeLock(file);
		expect(taken).toMatchObject({is: 'taken'});
		expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({pid: process.pid, host: hostname()});
	});
});
