import {chmod, mkdir, readdir, readFile, stat, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, test} from 'vitest';
import {openDebugFile} from '../../source/commands/files/debug-file.js';
import {holdOutputs} from '../../source/commands/host/hold-outputs.js';
import {systemClock} from '../../source/commands/host/system-clock.js';
import {debugging} from '../../source/commands/debugging.js';
import type {Host} from '../../source/commands/host/host.js';
import {optionsOf} from '../../source/command-line/options.js';
import {commandNames} from '../../source/program.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {lyingProxy} from '../support/lying-proxy.js';
import {emptyEnvironment, runBuiltProgram, temporaryFolder} from '../support/program.js';
import {runHere} from '../support/run-here.js';
import {ssoWorld} from '../support/sso-world.js';

type Line = {readonly type: string; readonly [field: string]: unknown};

const linesOf = async (file: string): Promise<readonly Line[]> =>
	(await readFile(file, 'utf8'))
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Line);

/** Everything that lies below a folder, but for what was put there: names and texts. */
async function textsBelow(folder: string, besides: RegExp): Promise<Readonly<Record<string, string>>> {
	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.filter((name) => !besides.test(name));
	const texts = await Promise.all(
		files.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const),
	);
	return Object.fromEntries(texts);
}

const answers = [
	...['--mode', 'cross-region', '--source-bucket', 'my-debug-source', '--source-region', 'us-east-1'],
	...['--destination-bucket', 'my-debug-destination', '--destination-region', 'us-west-2'],
];

describe('--debug', () => {
	it('is taken by the wizard and by every command that asks AWS', () => {
		const takes = (['wizard', ...commandNames] as const).filter((name) =>
			optionsOf(name).some(([, {flag}]) => flag === 'debug'),
		);
		// The records of this machine are read without AWS; the served sandbox tells of its requests by itself.
		expect([...takes, 'runs', 'sandbox'].toSorted()).toEqual(['wizard', ...commandNames].toSorted());
	});

	it('notes what runs and each request with its answer, for its owner alone, behind what is there', async () => {
		const home = await temporaryFolder();
		const file = path.join(home, 'debug.jsonl');
		const run = async () => runHere(['plan', '--sandbox', '--debug', 'debug.jsonl'], {env: {}, home});
		expect((await run()).exitCode).toBe(0);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		const lines = await linesOf(file);
		expect(lines[0]).toEqual({
			...{type: 'started', at: expect.any(String) as string, command: 'plan', options: ['sandbox', 'debug']},
			...{
				version: expect.any(String) as string,
				node: process.versions.node,
				sdk: expect.any(String) as string,
			},
			system: `${process.platform} ${process.arch}`,
		});
		expect(lines.at(-1)).toMatchObject({type: 'ended', exitCode: 0});
		const requests = lines.slice(1, -1);
		expect(new Set(requests.map(({type}) => type))).toEqual(new Set(['request']));
		expect(new Set(requests.map(({service}) => service))).toEqual(new Set(['iam', 's3', 'sts']));
		expect(requests.find(({operation}) => operation === 'GetBucketVersioning')).toEqual({
			...{type: 'request', at: expect.any(String) as string, service: 's3', operation: 'GetBucketVersioning'},
			...{host: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string, status: 404, attempt: 1},
			...{durationMs: expect.any(Number) as number, requestId: expect.stringMatching(/^\w{16}$/) as string},
			errorCode: 'NoSuchBucket',
		});
		await run();
		expect((await linesOf(file)).filter(({type}) => type === 'started')).toHaveLength(2);
	});

	it('notes what is sent again, with its number and the code that it was refused with', async () => {
		const open = await openSandbox({
			faults: [{operation: 'GetCallerIdentity', nth: 1, fault: 'InternalError'}],
		});
		const home = await temporaryFolder();
		const env = {
			...{
				AWS_CONFIG_FILE: open.sandbox.configFile,
				AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
			},
			S3_REPLICATE_STATE_DIR: path.join(home, 'state'),
		};
		const args = [
			'plan',
			'--endpoint-url',
			open.sandbox.endpointUrl,
			'--source-profile',
			'source',
			...answers,
		];
		await runHere([...args, '--debug', 'debug'], {env, home});
		await open.close();
		const seen = (await linesOf(path.join(home, 'debug'))).filter(
			({operation}) => operation === 'GetCallerIdentity',
		);
		expect(seen).toContainEqual(
			expect.objectContaining({status: 500, errorCode: 'InternalFailure', attempt: 1}),
		);
		expect(seen).toContainEqual(expect.objectContaining({status: 200, attempt: 2}));
	});

	it('notes what never was answered', async () => {
		const home = await temporaryFolder();
		const env = {
			...{AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', AWS_MAX_ATTEMPTS: '1'},
			...emptyEnvironment(home),
		};
		await runHere(['plan', '--endpoint-url', 'http://127.0.0.1:9', ...answers, '--debug', 'debug'], {
			env,
			home,
		});
		const [request] = (await linesOf(path.join(home, 'debug'))).filter(({type}) => type === 'request');
		expect(request).toMatchObject({host: '127.0.0.1:9', errorCode: 'ECONNREFUSED'});
		expect(request).not.toHaveProperty('status');
	});

	it.each([
		['a folder', 'folder'],
		['below a file', 'file/debug'],
		['in a folder that is not there', 'nowhere/debug'],
		['in a place for nobody', '/proc/debug'],
	])('%s is refused before anything runs', async (_name, place) => {
		const home = await temporaryFolder();
		await mkdir(path.join(home, 'folder'));
		await writeFile(path.join(home, 'file'), '');
		const args = ['plan', '--sandbox', '--json', '--debug', place];
		const {exitCode, stdout, stderr} = await runHere(args, {env: {}, home});
		expect([exitCode, stderr]).toEqual([2, '']);
		const events = stdout
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as Line);
		expect(events).toEqual([
			expect.objectContaining({
				type: 'run-finished',
				problem: expect.objectContaining({code: 'debug-file'}) as object,
			}),
		]);
		expect(await readdir(home)).toEqual(['file', 'folder']);
		expect((await runHere([...args, '--detailed-exitcode'], {env: {}, home})).exitCode).toBe(1);
	});

	it('appends to no file that is something else, by its name or by a link', async () => {
		const home = await temporaryFolder();
		await writeFile(path.join(home, 'notes.txt'), 'mine\n');
		await symlink(path.join(home, 'notes.txt'), path.join(home, 'debug.jsonl'));
		for (const name of ['notes.txt', 'debug.jsonl']) {
			const {exitCode, stdout, stderr} = await runHere(['plan', '--sandbox', '--debug', name], {
				env: {},
				home,
			});
			expect([exitCode, stdout]).toEqual([2, '']);
			expect(stderr).toContain('It holds something else than a debug log. Nothing was started.');
		}

		expect(await readFile(path.join(home, 'notes.txt'), 'utf8')).toBe('mine\n');
		await writeFile(path.join(home, 'empty'), '');
		expect((await runHere(['plan', '--sandbox', '--debug', 'empty'], {env: {}, home})).exitCode).toBe(0);
	});

	it('ends no run where the disk is full, and tells that lines are missing', async () => {
		const file = path.join(await temporaryFolder(), 'debug');
		const debug = openDebugFile(file, Date.now, () => {
			throw new Error('ENOSPC: no space left on device, write');
		});
		debug.note('request', {});
		debug.note('request', {});
		expect(debug.close()).toBe('ENOSPC: no space left on device, write');
	});
});

test('what others write while something is drawn is noted whole, without escapes and secrets', async () => {
	const home = await temporaryFolder();
	const [stdout, stderr] = [{write: () => true}, {write: () => true}];
	const host = {
		clock: systemClock,
		holdOutputs: (onLine?: (line: string) => void) => holdOutputs(stdout, stderr, onLine),
	};
	const file = path.join(home, 'debug');
	const debug = debugging(host as unknown as Host, {command: 'watch', versions: {}}, {debug: file});
	expect(debug).toMatchObject({ok: true});
	const release = (debug as {host: Host}).host.holdOutputs();
	for (let index = 0; index < 1000; index++)
		(stdout.write as (text: string) => void)(`\u001B[2Jline ${index}\n`);
	(stderr.write as (text: string) => void)('(node) Warning: --token s3cr3t\n');
	release();
	(debug as {end: (code: number) => void}).end(0);
	const remarks = (await linesOf(file)).filter(({type}) => type === 'remark').map(({text}) => text);
	expect(remarks).toHaveLength(1001);
	expect(remarks[999]).toBe(String.raw`\x1b[2Jline 999`);
	expect(remarks.at(-1)).toBe('(node) Warning: --token …');
});

const bucket = ['--source-bucket', 'my-debug-source'];

/** Commands that write every kind of file, one after the other, each noted in one file; gives how they ended. */
async function walk(
	commands: ReadonlyArray<readonly string[]>,
	{env, home}: {readonly env: Readonly<Record<string, string>>; readonly home: string},
): Promise<readonly number[]> {
	const codes: number[] = [];
	for (const args of commands) {
		const {exitCode} = await runHere([...args, '--debug', path.join(home, 'debug.jsonl')], {env, home});
		codes.push(exitCode);
	}

	return codes;
}

describe('no secret is in any file', () => {
	it('of a profile whose keys a process gives: keys, session token, signatures, what the process wrote', async () => {
		const open = await openSandbox();
		const proxy = await lyingProxy(open.sandbox.endpointUrl);
		const home = await temporaryFolder();
		const given = await readFile(open.sandbox.credentialsFile, 'utf8');
		const [, accessKeyId = '', secretAccessKey = ''] =
			/\[source\][^[]*?aws_access_key_id\s*=\s*(\S+)[^[]*?aws_secret_access_key\s*=\s*(\S+)/.exec(given) ??
			[];
		const script = path.join(home, 'given', 'helper');
		await mkdir(path.dirname(script));
		const keys = {Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Note: 'c4n4ry-out'};
		await writeFile(script, `#!/bin/sh\necho c4n4ry-err >&2\necho '${JSON.stringify(keys)}'\n`);
		await chmod(script, 0o755);
		await writeFile(
			path.join(home, 'given', 'config'),
			`[profile acme]\ncredential_process = ${script} --token c4n4ry-argument\nregion = us-east-1\nendpoint_url = ${proxy.url}\n[profile bad]\ncredential_process = sh -c 'echo c4n4ry-fault >&2; exit 4'\nregion = us-east-1\n`,
		);
		const env = {
			...emptyEnvironment(home),
			...{AWS_CONFIG_FILE: path.join(home, 'given', 'config'), AWS_SHARED_CREDENTIALS_FILE: '/dev/null'},
			S3_REPLICATE_STATE_DIR: path.join(home, 'state'),
		};
		const profile = ['--source-profile', 'acme'];
		const codes = await walk(
			[
				['plan', ...profile, ...answers, '--plan-file', 'plan.json'],
				['apply', '--plan-file', 'plan.json', '--yes'],
				['watch', ...profile, ...bucket, '--files', '1', '--report-file', 'report', '--timeout', '20'],
				['export', ...profile, ...bucket, '--format', 'aws-cli', '--directory', 'cli'],
				['export', ...profile, ...bucket, '--format', 'terraform', '--directory', 'terraform'],
				['plan', '--source-profile', 'bad', ...answers],
			],
			{env, home},
		);
		expect(codes).toEqual([0, 0, 0, 0, 0, 1]);
		await open.close();

		const signatures = proxy.headers.flatMap(
			({authorization}) => /Signature=(\w+)/.exec(authorization ?? '')?.[1] ?? [],
		);
		expect(signatures.length).toBeGreaterThan(50);
		const texts = await textsBelow(home, /^given\//);
		expect(Object.keys(texts)).toEqual(
			expect.arrayContaining(['debug.jsonl', 'plan.json', 'report.json', 'report.md']),
		);
		const all = Object.values(texts).join('\n');
		expect(all).toContain('"operation":"PutBucketReplication"');
		for (const secret of [accessKeyId, secretAccessKey, ...signatures])
			expect(all.includes(secret)).toBe(false);
		expect(all).not.toMatch(/c4n4ry|Signature|Authorization|X-Amz-Security-Token/i);
	});

	it('of a fault of ours: neither what it says nor a file holds one', async () => {
		const home = await temporaryFolder();
		const file = path.join(home, 'fault.mjs');
		const words =
			'broken at https://b.example.com/k?X-Amz-Signature=c4n4ry00c4n4ry00c4n4ry00 --token c4n4ry-token';
		// As soon as the program listens for faults.
		await writeFile(
			file,
			`process.on('newListener', (event) => event === 'unhandledRejection' && setImmediate(() => { throw new Error('${words}'); }));`,
		);
		const env = {NODE_OPTIONS: `--import=${file}`, S3_REPLICATE_STATE_DIR: path.join(home, 'state')};
		const args = ['plan', '--sandbox', '--debug', path.join(home, 'debug.jsonl')];
		const {exitCode, stderr} = await runBuiltProgram(args, {env});
		expect([exitCode, stderr]).toEqual([
			1,
			expect.stringContaining('✗ Cannot go on: s3-replicate has a fault'),
		]);
		expect(stderr).toContain('X-Amz-Signature=… --token …');
		expect(stderr).not.toMatch(/\n {4}at /);
		expect(Object.values(await textsBelow(home, /^fault/)).join('\n') + stderr).not.toContain('c4n4ry');
	});

	it('of SSO: the token, and the session that it is good for', async () => {
		const {env, home, tokens, session, signIn} = await ssoWorld();
		await signIn();
		expect(await walk([['apply', '--source-profile', 'alpha', ...answers, '--yes']], {env, home})).toEqual([
			0,
		]);
		expect(tokens).toContain('good-token');
		const texts = await textsBelow(home, /^(?:\.aws|bin)\/|^token\.json$|^aws\.log$/);
		const all = Object.values(texts).join('\n');
		expect(all).toContain('"service":"sso","operation":"GET /federation/credentials"');
		expect(all).not.toMatch(/good-token/);
		expect(session).toHaveLength(3);
		for (const secret of session) expect(all.includes(secret)).toBe(false);
	});
});
