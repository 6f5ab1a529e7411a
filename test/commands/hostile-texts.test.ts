import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {inhabit, putRules, putStatements, theirStatement} from '../support/inhabited-world.js';
import {hostile, hostileFaults, shownHostile, steering} from '../support/hostile-texts.js';
import {awsFiles, type ProgramResult, runProgram, startProgram, temporaryFolder} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {sampled} from '../support/sampled.js';

/** Neither stream of a program holds anything raw, nor a forged line. */
function expectHarmless({stdout, stderr}: ProgramResult): void {
	expect(hostileFaults(stdout)).toEqual([]);
	expect(hostileFaults(stderr)).toEqual([]);
}

const outputs: ReadonlyArray<readonly [string, readonly string[], Readonly<Record<string, string>>]> = [
	['lines', [], {}],
	['lines for screen readers', [], {ACCESSIBLE: '1'}],
	['JSON lines', ['--json'], {}],
];

/** A tutorial's arguments with another value for one of them. */
function withValue(flag: string, value: string): readonly string[] {
	return tutorialArgs('cross-region').map((text, index, all) => (all[index - 1] === flag ? value : text));
}

describe.each(sampled('hostile outputs', outputs, 7))('as %s', (_, more, settings) => {
	it('a plan shows the Sid of a statement, and the id, prefix and tag of a rule, that steer a terminal', async () => {
		const world = await recordedWorld();
		const {destinationBucket: Bucket} = tutorialNames('cross-account');
		await inhabit(world.one, 'cross-account');
		await putStatements(world.one, 'cross-account', [theirStatement(Bucket, hostile)]);
		// S3 takes ASCII alone in a rule's id, and of these a line separator alone in tags.
		const tagged = {Prefix: hostile, Tags: [{Key: 'evil\u2028k', Value: 'evil\u2028v'}]};
		await putRules(world.one, 'cross-account', [
			ruleTo('third', {ID: 'evil\u001B[2J\u0007\r\nDone: forged\u007F', Priority: 4, Filter: {And: tagged}}),
		]);
		const result = await runProgram(['plan', ...tutorialArgs('cross-account'), ...more], {
			env: {...world.env, ...settings},
		});

		expect([0, result.stderr]).toEqual([result.exitCode, '']);
		expectHarmless(result);
		expect(result.stdout).toContain(String.raw`evil\u001b]52;c;`);
	});

	it('runs shows records that somebody edited, and files with names of others', async () => {
		const world = await recordedWorld();
		await world.apply('cross-region', '--files', '1');
		const file = await world.recordFile();
		const text = await readFile(file, 'utf8');
		const [head = '', ...lines] = text.split('\n');
		const header = JSON.parse(head) as {ends: Array<{bucket: string}>};
		const ends = header.ends.map((end) => ({...end, bucket: hostile}));
		await writeFile(file, [JSON.stringify({...header, ends, endpointUrl: hostile}), ...lines].join('\n'));
		await writeFile(path.join(world.runsFolder, `${steering}.jsonl`), hostile);
		await mkdir(path.join(world.runsFolder, `folder${steering}.jsonl`));
		const result = await runProgram(['runs', ...more], {env: {...world.env, ...settings}});

		expect(result.exitCode).toBe(0);
		expectHarmless(result);
		expect(result.stdout).toContain('evil');
	});

	it.each([
		['an option that there is not', [`--${steering}`]],
		['a command that there is not', [steering]],
		['a region', ['plan', '--source-region', steering]],
		['a bucket', ['plan', ...withValue('--source-bucket', steering)]],
		['a profile', ['plan', ...withValue('--source-profile', steering)]],
		['an endpoint', ['plan', ...tutorialArgs('cross-region'), '--endpoint-url', steering]],
		['a number', ['apply', '--files', steering]],
		['a run', ['undo', steering]],
		['faults', ['sandbox', '--faults', steering]],
		['a folder', ['sandbox', '--directory', `/dev/null/${steering}`]],
	])('an argument is refused without being obeyed: %s', async (_name, args) => {
		const world = await awsFiles({
			config: '[profile source]\nregion = us-east-1\n[profile destination]\nregion = us-west-2\n',
		});
		const result = await runProgram([...args, ...more], {env: {...world, ...settings}});

		expect([1, 2]).toContain(result.exitCode);
		expectHarmless(result);
		expect(result.stdout + result.stderr).toContain('evil');
	});

	it('an environment and its files are refused without being obeyed', async () => {
		const files = await awsFiles({
			config: `[profile ${steering}]\nregion = ${steering}\nnonsense ${steering}\n`,
		});
		const env = {
			...settings,
			...files,
			AWS_PROFILE: steering,
			AWS_REGION: steering,
			S3_REPLICATE_STATE_DIR: `/dev/null/${steering}`,
		};
		for (const args of [['plan', ...tutorialArgs('cross-region')], ['runs']])
			expectHarmless(await runProgram([...args, ...more], {env}));
	});

	it('an endpoint says what went wrong without being obeyed', async () => {
		const server = createServer((request, response) => {
			request.resume();
			const error = `<Code>${steering}</Code><Message>${hostile}</Message>`;
			response.writeHead(403, {'content-type': 'text/xml', 'x-amz-request-id': 'evil\u009B31m'});
			response.end(
				`<ErrorResponse><Error>${error}</Error><RequestId>${steering}</RequestId></ErrorResponse>`,
			);
		});
		await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void server.close());
		const {port} = server.address() as AddressInfo;
		const env = await awsFiles({
			config: '[profile source]\nregion = us-east-1\n',
			credentials: '[source]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = s\n',
		});
		const result = await runProgram(
			['plan', ...tutorialArgs('cross-region'), '--endpoint-url', `http://127.0.0.1:${port}`, ...more],
			{env: {...env, ...settings}},
		);

		expect(result.exitCode).toBe(1);
		expectHarmless(result);
		expect(result.stdout + result.stderr).toContain('evil');
	});
});

describe('what is written beside a run', () => {
	it('the log of the sandbox names keys of others', async () => {
		const sandbox = await startProgram(['sandbox', '--json']);
		await sandbox.waitForLines(/sandbox-started/);
		const started = sandbox.stdout().split('\n')[1] ?? '';
		const {endpointUrl} = JSON.parse(started) as {endpointUrl: string};
		await fetch(`${endpointUrl}/bucket/${encodeURIComponent(hostile)}`);
		await sandbox.waitForLines(/sandbox-started/);
		sandbox.child.kill('SIGINT');
		const result = await sandbox.ended;

		expectHarmless(result);
		expect(result.stderr).toContain(shownHostile);
	});

	it('a file of faults is refused without being obeyed', async () => {
		const faults = path.join(await temporaryFolder(), 'faults');
		await writeFile(faults, hostile);
		const result = await runProgram(['sandbox', '--faults', faults]);

		expect(result.exitCode).toBe(1);
		expectHarmless(result);
		expect(result.stderr).toContain('Cannot read the faults');
	});

	it.each([
		['a fault of ours', `throw new Error(${JSON.stringify(hostile)})`, 'has a fault'],
		['a refusal that nobody caught', `void Promise.reject(${JSON.stringify(hostile)})`, 'has a fault'],
		[
			'a warning of Node',
			`process.emitWarning(${JSON.stringify(hostile)}); process.kill(process.pid, 'SIGINT')`,
			'(node) Warning',
		],
		[
			'a library on the console',
			`console.warn(${JSON.stringify(hostile)}); process.kill(process.pid, 'SIGINT')`,
			'',
		],
	])('%s is told without being obeyed', async (_, statement, said) => {
		const script = `process.on('SIGUSR2', () => {${statement}})`;
		const sandbox = await startProgram(['sandbox'], {
			env: {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}`},
		});
		await sandbox.waitForLines(/127[.]0[.]0[.]1/);
		sandbox.child.kill('SIGUSR2');
		const result = await sandbox.ended;

		expectHarmless(result);
		expect(result.stderr).toContain(said);
		expect(result.stderr).toContain(String.raw`evil\x1b]52;c;`);
	});
});
