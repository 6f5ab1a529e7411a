import {execFileSync} from 'node:child_process';
import {mkdir, symlink, truncate, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {readSharedConfig} from '../../source/aws/transport/shared-config.js';
import {readFaults} from '../../source/commands/services/sandbox-pace.js';
import type {RunHeader} from '../../source/domain/record/run-record.js';
import {exportFiles} from '../../source/commands/files/export-files.js';
import {recordFiles} from '../../source/commands/files/record-files.js';
import {problemFrom} from '../../source/domain/problem.js';
import {runProgram, temporaryFolder} from '../support/program.js';

async function listen(file: string): Promise<void> {
	const server = createServer();
	onTestFinished(() => void server.close());
	await new Promise<void>((resolve) => void server.listen(file, resolve));
}

async function makeHuge(file: string): Promise<void> {
	await writeFile(file, '');
	await truncate(file, 2 ** 40);
}

const things: readonly {
	readonly what: string;
	readonly put: (file: string) => Promise<unknown>;
	readonly says: RegExp;
}[] = [
	{what: 'a FIFO', put: async (file) => execFileSync('mkfifo', [file]), says: /It is a FIFO/},
	{what: 'a socket', put: listen, says: /It is a socket/},
	{what: 'a device', put: async (file) => symlink('/dev/zero', file), says: /It is a device/},
	{what: 'a folder', put: async (file) => mkdir(file), says: /It is a folder/},
	{what: 'a file without end', put: makeHuge, says: /more than \d+ MiB/},
];

describe.each(things)('$what', ({put, says}) => {
	it('in the place of a record is named and passed over', async () => {
		const state = await temporaryFolder();
		await mkdir(path.join(state, 'runs'));
		await put(path.join(state, 'runs', 'odd.jsonl'));
		const records = recordFiles(state);
		const [found, ...others] = await records.list();
		expect(others).toEqual([]);
		expect(found).toMatchObject({ok: false, runId: 'odd', problem: {code: 'record-unreadable'}});
		expect(JSON.stringify(found)).toMatch(says);
		const problem = await records.extend('odd').then(() => undefined, problemFrom);
		expect(problem).toMatchObject({code: 'record-not-writable'});
	});

	it('in the place of a file of AWS settings is a problem', async () => {
		const folder = await temporaryFolder();
		const credentialsFile = path.join(folder, 'credentials');
		const configFile = path.join(folder, 'config');
		await put(configFile);
		const problem = await readSharedConfig({configFile, credentialsFile}).then(() => undefined, problemFrom);
		expect(problem).toMatchObject({code: 'config-file-unreadable'});
		expect(problem?.cause).toMatch(says);
	});

	it('in the place of faults is a problem', async () => {
		const file = path.join(await temporaryFolder(), 'faults.json');
		await put(file);
		const read = await readFaults(file, () => ({ok: true, rules: []}));
		expect(read).toMatchObject({ok: false});
		expect(JSON.stringify(read)).toMatch(says);
	});
});

it('no settings at all may be named as the null device', async () => {
	const {profiles} = await readSharedConfig({configFile: '/dev/null', credentialsFile: '/dev/null'});
	expect(profiles).toEqual({});
});

describe('a disk that takes no more', () => {
	/** Half of what is written fits, from the given line on. */
	const fullFrom = (state: string, first: number) => {
		let count = 0;
		return recordFiles(state, async (handle, text) => {
			count++;
			if (count !== first) return handle.appendFile(text);
			await handle.appendFile(text.slice(0, text.length / 2));
			throw Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'});
		});
	};
	const header: RunHeader = {
		type: 'run',
		schemaVersion: 1,
		runId: '20261128-143747-eed8',
		command: 'apply',
		at: 1,
		ends: [],
		endpointUrl: null,
		sandbox: false,
	};

	it('costs a record the line that did not fit, and no other', async () => {
		const records = fullFrom(await temporaryFolder(), 2);
		const writer = await records.create(header);
		await expect(writer.append({type: 'planned', at: 2, operations: ['a']})).rejects.toMatchObject({
			problem: {code: 'record-not-writable'},
		});
		await writer.append({type: 'ended', at: 3, outcome: 'failed'});

		expect(await records.read(header.runId)).toMatchObject({
			ok: true,
			record: {outcome: 'failed', plannedCount: 0, isCutOff: false},
		});
	});

	it.each([
		['EACCES', /^Make it writable for you, for example: chmod u\+rwX \S+jsonl$/],
		['EPERM', /^Make it writable for you/],
		['ENOSPC', /^Make room on the disk\.$/],
		['EDQUOT', /quota/],
		['EROFS', /^Its file system is read-only/],
	])('or that answers %s, says what lets it be written, and where else', async (code, step) => {
		const records = recordFiles(await temporaryFolder(), async () => {
			throw Object.assign(new Error(`${code}: no`), {code});
		});
		const problem = await records.create(header).then(() => expect.unreachable(), problemFrom);
		expect(problem).toMatchObject({code: 'record-not-writable', kind: 'fixable'});
		expect(problem.nextSteps[0]).toMatch(step);
		expect(problem.nextSteps[1]).toContain('S3_REPLICATE_STATE_DIR');
	});

	it('leaves no half of an export in the way of the next one', async () => {
		const folder = await temporaryFolder();
		const text = (async function* () {
			yield await Promise.resolve('half');
			throw new Error('ENOSPC: no space left on device, write');
		})() as unknown as string;
		const file = {name: 'main.tf', text, isProgram: false};

		await expect(exportFiles().save(folder, [file])).rejects.toMatchObject({
			problem: {code: 'export-not-writable'},
		});
		expect(await exportFiles().save(folder, [{...file, text: 'whole'}])).toEqual([`${folder}/main.tf`]);
	});

	it('leaves no record of a run that cannot begin', async () => {
		const records = fullFrom(await temporaryFolder(), 1);
		await expect(records.create(header)).rejects.toMatchObject({problem: {code: 'record-not-writable'}});
		expect(await records.read(header.runId)).toBeUndefined();
	});
});

it('runs ends where a FIFO is among the records, and names it', async () => {
	const state = await temporaryFolder();
	await mkdir(path.join(state, 'runs'));
	execFileSync('mkfifo', [path.join(state, 'runs', 'odd.jsonl')]);
	const {exitCode, stdout} = await runProgram(['runs'], {env: {S3_REPLICATE_STATE_DIR: state}});
	expect(exitCode).toBe(0);
	expect(stdout).toContain('It is a FIFO');
});

describe.runIf(process.platform === 'linux')('a folder below /proc, where nothing can be made', () => {
	it('ends a sandbox with a problem', async () => {
		const {exitCode, stdout, stderr} = await runProgram(['sandbox', '--directory', '/proc/no/such']);
		expect(exitCode).not.toBe(0);
		expect(stdout + stderr).toContain('/proc/no/such');
	});

	it('is no state directory', async () => {
		const problem = await recordFiles('/proc/no/such')
			.lock('a-run')
			.then(() => undefined, problemFrom);
		expect(problem).toMatchObject({code: 'record-not-writable'});
	});
});
