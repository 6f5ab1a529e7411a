import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, expect, it} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {commandNames} from '../../source/program.js';
import {everything} from '../support/inhabited-world.js';
import {runBuiltProgram} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';

const mode = 'cross-region';
const {sourceBucket} = tutorialNames(mode);

const exportFolder = await mkdtemp(path.join(tmpdir(), 's3-replicate-export-'));
afterAll(async () => rm(exportFolder, {recursive: true}));

/** Each command once, as people run it; what they do with other arguments is tried in process. `test/end-to-end` has the wizard. */
const lines: ReadonlyArray<{
	readonly args: readonly string[];
	readonly exitCode: number;
	readonly last: object;
}> = [
	{
		args: ['plan', ...tutorialArgs(mode), '--detailed-exitcode'],
		exitCode: 2,
		last: {type: 'run-finished', outcome: 'succeeded'},
	},
	{
		args: ['apply', ...tutorialArgs(mode), '--yes', '--files', '1'],
		exitCode: 0,
		last: {outcome: 'succeeded', objects: {uploaded: 1, replicated: 1, failed: 0, pending: 0}},
	},
	{
		args: ['watch', '--source-bucket', sourceBucket, '--source-profile', 'source', '--files', '1'],
		exitCode: 0,
		last: {outcome: 'succeeded', objects: {uploaded: 1, replicated: 1, failed: 0, pending: 0}},
	},
	{
		args: ['diagnose', '--source-bucket', sourceBucket, '--source-profile', 'source'],
		exitCode: 0,
		last: {type: 'run-finished', outcome: 'succeeded', causes: {certain: 0}},
	},
	{
		args: [
			...['batch', '--source-bucket', sourceBucket, '--source-profile', 'source'],
			...['--status', 'completed', '--yes'],
		],
		exitCode: 0,
		last: {type: 'run-finished', outcome: 'succeeded', problem: null},
	},
	{
		args: [
			...['export', '--source-bucket', sourceBucket, '--source-profile', 'source'],
			...['--format', 'terraform', '--directory', exportFolder],
		],
		exitCode: 0,
		last: {type: 'run-finished', outcome: 'succeeded'},
	},
	{args: ['runs'], exitCode: 0, last: {type: 'run-listed', command: 'apply'}},
	{args: ['undo', '--yes'], exitCode: 0, last: {type: 'run-finished', outcome: 'succeeded'}},
	{
		args: ['sandbox', '--directory', '/dev/null/none'],
		exitCode: 1,
		last: {type: 'run-finished', outcome: 'failed'},
	},
];

it('carries a tutorial from the plan to the undo, each command in a process of its own', async () => {
	const {one, env} = await recordedWorld();
	const before = await everything(one, mode);
	for (const {args, exitCode, last} of lines) {
		const ended = await runBuiltProgram([...args, '--json'], {env});
		expect([args[0], ended.exitCode, ended.stderr]).toEqual([args[0], exitCode, '']);
		expect(ended.events().at(-1), args[0]).toMatchObject(last);
	}

	expect(await everything(one, mode)).toEqual(before);
	expect(new Set(lines.map(({args}) => args[0]))).toEqual(new Set(commandNames));
});

it.each([
	{
		args: ['--version'],
		exitCode: 0,
		stdout: /^\d+\.\d+\.\d+ \(Node \d+\.\d+\.\d+, AWS SDK 3\.\d+\.\d+\)$/m,
		stderr: /^$/,
	},
	{args: ['help', 'watch'], exitCode: 0, stdout: /s3-replicate watch/, stderr: /^$/},
	{args: ['plan', '--nonsense'], exitCode: 2, stdout: /^$/, stderr: /There is no option --nonsense/},
])('answers at once: $args', async ({args, exitCode, stdout, stderr}) => {
	// What is still open (a proxy that never answers, a process behind a credential_process) keeps nobody waiting.
	const open = '--import=data:text/javascript,setInterval(()=>{},1e6)';
	const ended = await runBuiltProgram(args, {env: {NODE_OPTIONS: open}});

	expect(ended.exitCode).toBe(exitCode);
	expect(ended.stdout).toMatch(stdout);
	expect(ended.stderr).toMatch(stderr);
});
