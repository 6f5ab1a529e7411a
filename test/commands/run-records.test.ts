import {appendFile, mkdir, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {everything, orName} from '../support/inhabited-world.js';
import {runProgram, temporaryFolder} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';

let world: RecordedWorld;

beforeEach(async () => {
	world = await recordedWorld();
});

describe('the record', () => {
	it('is readable by its owner alone, and holds no credential', async () => {
		await world.apply('cross-account', '--files', '1');
		const file = await world.recordFile();

		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect((await stat(world.runsFolder)).mode & 0o777).toBe(0o700);
		const credentials = await readFile(world.one.sandbox.credentialsFile, 'utf8');
		const secrets = [...credentials.matchAll(/= *(\S+)/g)].map(([, value = '']) => value);
		expect(secrets.length).toBeGreaterThan(3);
		const text = await readFile(file, 'utf8');
		expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
		await world.run('undo', '--yes');
		const afterwards = await readFile(file, 'utf8');
		expect(secrets.filter((secret) => afterwards.includes(secret))).toEqual([]);
	});

	it('has each write before it is made', async () => {
		await world.apply('cross-region');
		const lines = (await readFile(await world.recordFile(), 'utf8')).trimEnd().split('\n');
		const parsed = lines.map((line) => JSON.parse(line) as {type: string; step?: number});

		const writes = parsed.filter(({type}) => type === 'before');
		expect(writes).toHaveLength(7);
		for (const {step} of writes) {
			const order = parsed.filter((line) => line.step === step).map(({type}) => type);
			// What a created bucket was like after the run's last write to it comes later.
			expect(order.slice(0, 2)).toEqual(['before', 'after']);
			expect(order.slice(2).every((type) => type === 'image')).toBe(true);
		}
	});

	it('is not written by what changes nothing', async () => {
		await world.run('plan', ...tutorialArgs('cross-region'));
		await world.run('runs');
		const sandbox = await runProgram(
			['apply', '--sandbox', '--replication-delay', '60', '--yes', '--json', '--files', '1'],
			{
				env: world.env,
			},
		);

		expect(sandbox.exitCode).toBe(0);
		expect(await orName(readdir(world.runsFolder))).toBe('Error');
	});

	it('that cannot be written stops a run before its first change, and no plan', async () => {
		const file = path.join(await temporaryFolder(), 'file');
		await writeFile(file, '');
		world.env.S3_REPLICATE_STATE_DIR = path.join(file, 'state');

		const applied = await world.apply('cross-region');
		const planned = await world.run('plan', ...tutorialArgs('cross-region'));

		expect(applied.exitCode).toBe(1);
		expect(applied.events().at(-1)).toMatchObject({problem: {code: 'record-not-writable'}});
		expect(world.one.sandbox.requests.filter(({operation}) => /^(Create|Put)/.test(operation))).toEqual([]);
		expect(planned.exitCode).toBe(0);
	});

	it('that ends in a partial line is taken back by the lines before it, and that is said', async () => {
		const before = await everything(world.one, 'cross-region');
		await world.apply('cross-region');
		const file = await world.recordFile();
		await appendFile(file, '{"type":"before","at":1,"st');

		const listed = await world.run('runs');
		const undone = await world.run('undo', '--yes');

		expect(listed.events()).toMatchObject([{leftToUndo: 5, problem: {code: 'record-cut-off'}}]);
		expect(undone.exitCode).toBe(0);
		expect(undone.events().find(({type}) => type === 'plan-made')?.notes).toEqual(
			expect.arrayContaining([expect.stringContaining('cut off')]),
		);
		expect(await everything(world.one, 'cross-region')).toEqual(before);
		const afterwards = await world.run('runs');
		expect(afterwards.events()).toMatchObject([{leftToUndo: 0, problem: null}]);
	});

	it('of a run that was killed before its first line keeps nobody', async () => {
		await mkdir(world.runsFolder, {recursive: true});
		await writeFile(path.join(world.runsFolder, '20990101-000000-beef.jsonl'), '{"type":"ru');

		const listed = await world.run('runs');
		const refused = await world.run('undo', '--yes', '20990101-000000-beef');
		const undone = await world.run('undo', '--all', '--yes');

		expect(listed).toMatchObject({exitCode: 0, stdout: ''});
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'record-empty'}});
		expect(undone.exitCode).toBe(0);
	});

	it.each([
		['corrupt', 'no JSON at all\n', 'record-unreadable'],
		['of unknown lines', '{"type":"run","schemaVersion":1}\n', 'record-unreadable'],
		[
			'of a kind of operation that nobody knows',
			`{"type":"run","schemaVersion":1,"runId":"20990101-000000-beef","command":"apply","at":1,"ends":[],"endpointUrl":null}
{"type":"before","at":1,"step":1,"profile":"source","operation":{"id":"x","kind":"constructor","side":"source","target":"x","change":"create","account":"x","region":"x","requires":[],"after":{}}}
`,
			'record-unreadable',
		],
		['of a newer version', '{"type":"run","schemaVersion":2}\n', 'record-too-new'],
	])('that is %s is a problem of that run alone', async (_what, text, code) => {
		await world.apply('cross-region');
		await mkdir(world.runsFolder, {recursive: true});
		await writeFile(path.join(world.runsFolder, '20990101-000000-beef.jsonl'), text);

		const listed = await world.run('runs');
		const refused = await world.run('undo', '--yes', '20990101-000000-beef');
		const undone = await world.run('undo', '--yes');

		expect(listed.exitCode).toBe(0);
		expect(listed.events()).toMatchObject([{outcome: 'unreadable', problem: {code}}, {leftToUndo: 5}]);
		expect(refused.exitCode).toBe(1);
		expect(refused.events().at(-1)).toMatchObject({problem: {code}});
		expect(undone.exitCode).toBe(0);
	});
});
