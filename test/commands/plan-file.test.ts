import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {PutBucketVersioningCommand} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {createVersioned} from '../sandbox/support/replicated-pair.js';
import {runHere} from '../support/run-here.js';
import {tutorialArgs} from '../support/tutorial-args.js';

const mode = 'cross-account';
const {sourceBucket} = tutorialNames(mode);

let one: OpenSandbox;
let home: string;
let env: Record<string, string>;
beforeEach(async () => {
	one = await openSandbox();
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-plan-'));
	env = {
		AWS_ENDPOINT_URL: one.sandbox.endpointUrl,
		AWS_CONFIG_FILE: one.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: one.sandbox.credentialsFile,
		S3_REPLICATE_STATE_DIR: path.join(home, 'state'),
	};
});
afterEach(async () => {
	await one.close();
	await rm(home, {recursive: true});
});

const run = async (...args: readonly string[]) => {
	const {exitCode, stdout} = await runHere([...args, '--json'], {env, home});
	const events = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	return {exitCode, events, last: events.at(-1)};
};
const writtenBy = ({events}: Awaited<ReturnType<typeof run>>) =>
	events.filter(({type, change}) => type === 'operation-finished' && change !== 'keep').map(({id}) => id);
const planned = async () => run('plan', ...tutorialArgs(mode), '--prefix', 'logs/', '--plan-file', 'p.json');

describe('a plan as a file', () => {
	it('is applied as it was looked at, with its answers', async () => {
		expect((await planned()).exitCode).toBe(0);
		const file = path.join(home, 'p.json');
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		const {operations} = JSON.parse(await readFile(file, 'utf8')) as {operations: Array<{id: string}>};

		const applied = await run('apply', '--plan-file', 'p.json', '--yes');
		expect(applied.exitCode).toBe(0);
		expect(new Set(writtenBy(applied))).toEqual(new Set(operations.map(({id}) => id)));
		const after = await run('plan', ...tutorialArgs(mode), '--prefix', 'logs/', '--detailed-exitcode');
		expect(after.exitCode).toBe(0);
	});

	it.each([
		{
			what: 'somebody made a bucket of it',
			change: async () => createVersioned(one.source, sourceBucket),
			cause: `As planned by now: the bucket ${sourceBucket}.`,
		},
		{
			what: 'it was applied before',
			change: async () => run('apply', '--plan-file', 'p.json', '--yes'),
			cause: 'As planned by now: the role ',
		},
		{
			what: 'somebody edited what it writes',
			async change() {
				const file = path.join(home, 'p.json');
				const text = await readFile(file, 'utf8');
				await writeFile(file, text.replace('"s3:ReplicateDelete"', '"s3:*"'));
			},
			cause: 'has changed',
		},
		{
			what: 'calls go elsewhere',
			async change() {
				env = {...env, AWS_ENDPOINT_URL: env['AWS_ENDPOINT_URL']!.replace('127.0.0.1', 'localhost')};
			},
			cause: 'and now go to http://localhost',
		},
	])('stops before the first write where $what', async ({change, cause}) => {
		await planned();
		await change();
		const {exitCode, events, last} = await run('apply', '--plan-file', 'p.json', '--yes');
		expect(exitCode).toBe(1);
		expect(last).toMatchObject({
			problem: {code: 'plan-file-outdated', cause: expect.stringContaining(cause)},
		});
		expect(events.filter(({type}) => type === 'operation-started')).toEqual([]);
	});

	it('stops where a bucket has changed that was only kept', async () => {
		await createVersioned(one.source, sourceBucket);
		await planned();
		await one.source.send(
			new PutBucketVersioningCommand({
				Bucket: sourceBucket,
				VersioningConfiguration: {Status: 'Suspended'},
			}),
		);
		const {last} = await run('apply', '--plan-file', 'p.json', '--yes');
		expect(last).toMatchObject({problem: {code: 'plan-file-outdated'}});
	});

	it.each([
		{args: ['--plan-file', 'none.json'], code: 'plan-file'},
		{args: ['--plan-file', '.'], code: 'plan-file'},
		{args: ['--plan-file', 'p.json', '--prefix', 'other/'], code: 'usage'},
		{args: ['--plan-file', 'p.json', '--sandbox'], code: 'usage'},
	])('refuses apply $args: $code', async ({args, code}) => {
		await planned();
		const {exitCode, last} = await run('apply', ...args, '--yes');
		expect([exitCode, last]).toEqual([
			2,
			expect.objectContaining({problem: expect.objectContaining({code})}),
		]);
	});

	it.each([
		['no JSON', () => 'x'],
		['another document', () => '{}'],
		['another version', (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
		['an answer that is none', (text: string) => text.replace('"cross-account"', '"sideways"')],
		['an answer nobody asks', (text: string) => text.replace('"mode"', '"__proto__"')],
		['no operations', (text: string) => text.replace('"operations"', '"others"')],
	])('refuses %s as a plan', async (_what, edit) => {
		await planned();
		const file = path.join(home, 'p.json');
		await writeFile(file, edit(await readFile(file, 'utf8')));
		const {last} = await run('apply', '--plan-file', 'p.json', '--yes');
		expect(last).toMatchObject({problem: {code: 'plan-file'}});
	});

	it('is not written over a file that is none', async () => {
		await writeFile(path.join(home, 'p.json'), 'mine');
		expect((await planned()).last).toMatchObject({problem: {code: 'plan-file'}});
		expect(await readFile(path.join(home, 'p.json'), 'utf8')).toBe('mine');
	});
});
