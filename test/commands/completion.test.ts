import {execFile} from 'node:child_process';
import {access, chmod, readFile, writeFile} from 'node:fs/promises';
import {type AddressInfo, createServer, type Socket} from 'node:net';
import path from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, it, onTestFinished, test} from 'vitest';
import {shells} from '../../source/commands/completion-scripts.js';
import {optionsOf} from '../../source/command-line/options.js';
import {unquoted} from '../../source/domain/text/shell-word.js';
import {regions} from '../../source/domain/region.js';
import {commandNames} from '../../source/program.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {CreateBucketCommand} from '@aws-sdk/client-s3';
import {awsFiles, cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {runHere} from '../support/run-here.js';

const config =
	"[default]\nregion = us-east-1\n[profile prod]\nregion = us-east-1\n[profile 'My Profile']\nregion = us-east-1\n";
const flagsOf = (command: 'apply' | 'diagnose') => optionsOf(command).map(([, {flag}]) => `--${flag}`);

describe('complete', () => {
	it.each<{readonly words: readonly string[]; readonly found: readonly string[]}>([
		{words: [''], found: [...commandNames, 'help', 'completion']},
		{words: ['ap'], found: ['apply']},
		{words: ['nothing'], found: []},
		{words: ['help', ''], found: commandNames},
		{words: ['completion', ''], found: shells},
		{words: ['apply', ''], found: []},
		{words: ['apply', '--'], found: [...flagsOf('apply'), '--help', '--version']},
		{words: ['diagnose', '--so'], found: flagsOf('diagnose').filter((flag) => flag.startsWith('--so'))},
		{words: ['plan', '--yes', '--js'], found: ['--json']},
		// What is given once is not offered again; a list is.
		{words: ['plan', '--json', '--js'], found: []},
		{words: ['plan', '--tag', 'a=b', '--tag'], found: ['--tag']},
		{words: ['watch', '--destination-profile', 'prod', '--destination-p'], found: ['--destination-profile']},
		{words: ['export', '--format', ''], found: ['terraform', 'aws-cli']},
		{words: ['apply', '--mode', 'cross-a'], found: ['cross-account']},
		{words: ['apply', '--source-profile', ''], found: ['default', 'prod', 'My Profile']},
		{
			words: ['apply', '--source-region', 'eu-'],
			found: regions.map(({name}) => name).filter((name) => name.startsWith('eu-')),
		},
		{words: ['--sandbox', '--mode', ''], found: ['cross-region', 'cross-account']},
		// One word with its option, or three as bash parts them, which replaces the value alone.
		{words: ['apply', '--mode=cross-a'], found: ['--mode=cross-account']},
		{words: ['apply', '--mode', '=', 'cross-a'], found: ['cross-account']},
		{words: ['export', '--format', '='], found: ['terraform', 'aws-cli']},
		{words: ['apply', '--mode=cross-region', '--mod'], found: []},
		// The shell completes files.
		{words: ['plan', '--plan-file', ''], found: []},
		// PowerShell's empty word.
		{words: ['export', '--format', '--empty'], found: ['terraform', 'aws-cli']},
	])('$words can become $found', async ({words, found}) => {
		const env = await awsFiles({config});
		const ran = await runHere(['complete', '--', ...words], {env, home: await temporaryFolder()});
		expect(ran.exitCode).toBe(0);
		const lines = ran.stdout.split('\n').filter((line) => line !== '');
		expect(lines.toSorted()).toEqual(found.toSorted());
	});
});

test.each([
	['plain', 'plain'],
	[String.raw`My\ Profile`, 'My Profile'],
	["'My Pr", 'My Pr'],
	['"My Pr', 'My Pr'],
	[String.raw`"a\"b\c"'d\'e`, String.raw`a"b\cd\e`],
	[String.raw`'it'\''s'`, "it's"],
	['\\', ''],
	['', ''],
])('%s on a line is the word %s', (word, expected) => {
	expect(unquoted(word)).toBe(expected);
});

describe('complete of buckets', () => {
	/** A sandbox that stands for AWS with buckets in two accounts and two regions, and profiles nobody may start. */
	async function world() {
		const open = await openSandbox();
		onTestFinished(async () => open.close());
		for (const [who, region, Bucket] of [
			['source', 'us-east-1', 'logs-a'],
			['source', 'us-west-2', 'logs-b'],
			['source', 'us-east-1', 'other'],
			['destination', 'us-west-2', 'logs-there'],
		] as const)
			await open.s3(who, region).send(new CreateBucketCommand({Bucket}));
		const home = await temporaryFolder();
		const started = path.join(home, 'started');
		const more = `[profile process]\ncredential_process = touch ${started}\nregion = us-east-1\n[profile over]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = process\n[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = source\nmfa_serial = arn:aws:iam::111122223333:mfa/ana\n[profile nowhere]\nregion = us-east-1\nendpoint_url = http://127.0.0.1:9\n`;
		const {configFile, credentialsFile, endpointUrl} = open.sandbox;
		const files = await awsFiles({config: `${await readFile(configFile, 'utf8')}\n${more}`});
		const env = {
			...emptyEnvironment(home),
			...files,
			AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
			AWS_MAX_ATTEMPTS: '1',
		};
		const asked = () => open.sandbox.requests.length;
		const complete = async (words: readonly string[], given: Record<string, string> = {}) => {
			const ran = await runHere(['complete', '--', ...words], {env: {...env, ...given}, home});
			expect([ran.exitCode, ran.stderr]).toEqual([0, '']);
			return ran.stdout.split('\n').filter((line) => line !== '');
		};
		return {complete, asked, started, endpointUrl, env, home};
	}

	it('are those that the profile, region and endpoint on the line see', async () => {
		const {complete, endpointUrl} = await world();
		const source = ['--source-profile', 'source'];
		for (const [words, found] of [
			[
				['apply', ...source, '--source-bucket', ''],
				['logs-a', 'logs-b', 'other'],
			],
			[
				['apply', ...source, '--source-bucket', 'log'],
				['logs-a', 'logs-b'],
			],
			[['watch', '--source-profile=source', '--source-bucket', 'ot'], ['other']],
			[['apply', ...source, '--source-region', 'us-west-2', '--source-bucket', ''], ['logs-b']],
			[
				['apply', ...source, '--destination-bucket', 'logs'],
				['logs-a', 'logs-b'],
			],
			[
				['apply', ...source, '--destination-profile', 'destination', '--destination-bucket', ''],
				['logs-there'],
			],
			[['batch', ...source, '--report-bucket', 'o'], ['other']],
			[['diagnose', ...source, '--endpoint-url', endpointUrl, '--source-bucket', 'o'], ['other']],
			[['diagnose', ...source, '--endpoint-url', 'http://127.0.0.1:9', '--source-bucket', 'o'], []],
		] as const)
			expect([words, await complete(words)]).toEqual([words, found]);
		expect(await complete(['apply', '--source-bucket', 'log'], {AWS_PROFILE: 'destination'})).toEqual([
			'logs-there',
		]);
	});

	it.each([
		['whose process would be started', ['--source-profile', 'process']],
		['that comes to a process by its source', ['--source-profile', 'over']],
		['whose role takes a code', ['--source-profile', 'mfa']],
		['that is not there', ['--source-profile', 'nobody']],
		['of a sandbox that is not there yet', ['--sandbox', '--source-profile', 'source']],
	])('are none, without a word and without a call, of a profile %s', async (_what, profile) => {
		const {complete, asked, started} = await world();
		const before = asked();
		expect(await complete(['apply', ...profile, '--source-bucket', ''])).toEqual([]);
		expect(await complete(['apply', ...profile, '--destination-bucket', ''])).toEqual([]);
		expect(asked()).toBe(before);
		await expect(access(started)).rejects.toThrow();
	});

	it('are none where nobody answers there, and the program ends', async () => {
		const {complete, env, home} = await world();
		expect(await complete(['apply', '--source-profile', 'nowhere', '--source-bucket', ''])).toEqual([]);
		// It takes the connection, and never says anything.
		const silent = createServer();
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => void silent.close());
		const sockets = new Set<Socket>();
		silent.on('connection', (socket) => sockets.add(socket));
		onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
		const {port} = silent.address() as AddressInfo;
		const {stdout, stderr} = await promisify(execFile)(
			process.execPath,
			[cli, 'complete', '--', 'apply', '--source-bucket', ''],
			{cwd: home, env: {...env, AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/`}},
		);
		expect([stdout, stderr, sockets.size]).toEqual(['', '', 1]);
	});
});

describe('completion', () => {
	it.each(shells)('%s asks the program itself', async (shell) => {
		const ran = await runHere(['completion', shell], {env: {}, home: await temporaryFolder()});
		expect(ran.exitCode).toBe(0);
		expect(ran.stdout).toContain('s3-replicate complete ');
	});

	it.each([[], ['tcsh']])('refuses another shell: %j', async (...words) => {
		const ran = await runHere(['completion', ...words], {env: {}, home: await temporaryFolder()});
		expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining('bash, zsh, fish, powershell')]);
	});

	it('has a script for PowerShell that takes quotes off, puts them on, and sends no empty word', async () => {
		// There is no PowerShell here: what its documentation asks for is held (Register-ArgumentCompleter, about_Quoting_Rules, about_Parsing).
		const {stdout} = await runHere(['completion', 'powershell'], {env: {}, home: await temporaryFolder()});
		for (const part of [
			'Register-ArgumentCompleter -Native -CommandName s3-replicate, s3-replicate.cmd, s3-replicate.ps1',
			'param($wordToComplete, $commandAst, $cursorPosition)',
			'$_.Extent.StartOffset -lt $cursorPosition',
			'if ($_.PSObject.Properties[\'Value\']) { "$($_.Value)" } else { $_.ToString() }',
			"if ($wordToComplete -eq '') { $words += '--empty' }",
			"s3-replicate complete '--' @words",
			"if ($_ -match '^[A-Za-z0-9_:./=+-]+$') { $_ }",
			`"'" + $_.Replace("'", "''") + "'"`,
		])
			expect(stdout).toContain(part);
		expect(stdout).not.toMatch(/\$\{|\\[wd]\\|undefined/);
	});

	it('completes in bash, names with spaces and quotes among them', async () => {
		const home = await temporaryFolder();
		await writeFile(path.join(home, 's3-replicate'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
		await chmod(path.join(home, 's3-replicate'), 0o755);
		const script = `eval "$(s3-replicate completion bash)"
COMP_WORDS=(s3-replicate apply --source-profile '') COMP_CWORD=3
_s3_replicate
printf '%s\\n' "\${COMPREPLY[@]}"
COMP_WORDS=(s3-replicate apply --source-profile 'My\\ P') COMP_CWORD=3
_s3_replicate
printf '%s\\n' "\${COMPREPLY[@]}"
COMP_WORDS=(s3-replicate apply --source-profile '"My P') COMP_CWORD=3
_s3_replicate
printf '%s\\n' "\${COMPREPLY[@]}"
COMP_WORDS=(s3-replicate dia) COMP_CWORD=1
_s3_replicate
printf '%s\\n' "\${COMPREPLY[@]}"`;
		const {stdout} = await promisify(execFile)('bash', ['-c', script], {
			env: {...emptyEnvironment(home), ...(await awsFiles({config})), PATH: `${home}:${process.env.PATH}`},
		});
		expect(stdout.trim().split('\n')).toEqual([
			...['default', String.raw`My\ Profile`, 'prod'],
			...[String.raw`My\ Profile`, 'My Profile', 'diagnose'],
		]);
	});
});
