import {execFile} from 'node:child_process';
import {chmod, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, it} from 'vitest';
import {shells} from '../../source/commands/completion-scripts.js';
import {optionsOf} from '../../source/command-line/options.js';
import {regions} from '../../source/domain/region.js';
import {commandNames} from '../../source/program.js';
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

	it('completes in bash, names with spaces and quotes among them', async () => {
		const home = await temporaryFolder();
		await writeFile(path.join(home, 's3-replicate'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
		await chmod(path.join(home, 's3-replicate'), 0o755);
		const script = `eval "$(s3-replicate completion bash)"
COMP_WORDS=(s3-replicate apply --source-profile '') COMP_CWORD=3
_s3_replicate
printf '%s\\n' "\${COMPREPLY[@]}"
COMP_WORDS=(s3-replicate dia) COMP_CWORD=1
_s3_replicate
printf '%s\\n' "\${COMPREPLY[@]}"`;
		const {stdout} = await promisify(execFile)('bash', ['-c', script], {
			env: {...emptyEnvironment(home), ...(await awsFiles({config})), PATH: `${home}:${process.env.PATH}`},
		});
		expect(stdout.trim().split('\n')).toEqual(['default', String.raw`My\ Profile`, 'prod', 'diagnose']);
	});
});
