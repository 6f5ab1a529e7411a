import {chmod, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {setUpPair} from '../sandbox/support/replicated-pair.js';
import {createHeadlessScreen} from '../support/headless-screen.js';
import {cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {openTerminal, restoredTerminal} from '../support/terminal.js';
import {until} from '../support/until.js';
import {openWizard} from './support/open-wizard.js';

/** Loaded before the program: writes on SIGUSR2 what libraries write, each way 1,000 lines. */
const noise = `process.on('SIGUSR2', () => {
	for (let index = 0; index < 1000; index++) {
		console.log('NOISE of a library', index);
		process.emitWarning('NOISE of a warning ' + index);
		process.stdout.write('NOISE straight ' + index + '\\n');
		process.stderr.write('NOISE as an error ' + index + '\\n');
	}
});`;

/** A bucket with a rule in a sandbox that stands for AWS; keys of a process that writes 1,000 lines beside them. */
async function noisyWorld() {
	const open = await openSandbox();
	onTestFinished(async () => open.close());
	const pair = await setUpPair(open);
	const home = await temporaryFolder();
	const credentials = await readFile(open.sandbox.credentialsFile, 'utf8');
	const [, id = '', key = ''] =
		/\[source\][^[]*?aws_access_key_id\s*=\s*(\S+)[^[]*?aws_secret_access_key\s*=\s*(\S+)/.exec(
			credentials,
		) ?? [];
	const script = path.join(home, 'helper');
	const log = path.join(home, 'started');
	// Good for less than they are renewed ahead: the process runs again and again while files are watched.
	const Expiration = new Date(Date.now() + 240_000).toISOString();
	const keys = JSON.stringify({Version: 1, AccessKeyId: id, SecretAccessKey: key, Expiration});
	await writeFile(
		script,
		`#!/bin/sh\necho run >> ${log}\ni=0\nwhile [ $i -lt 1000 ]; do echo "NOISE of a process $i" >&2; i=$((i+1)); done\necho '${keys}'\n`,
	);
	await chmod(script, 0o755);
	const files = {config: path.join(home, 'config'), noise: path.join(home, 'noise.mjs')};
	await writeFile(
		files.config,
		`[profile loud]\ncredential_process = ${script}\nregion = us-east-1\nendpoint_url = ${open.sandbox.endpointUrl}\n`,
	);
	await writeFile(files.noise, noise);
	return {
		profile: 'loud',
		bucket: pair.source,
		started: async () => (await readFile(log, 'utf8')).length,
		env: {
			...emptyEnvironment(home),
			...{AWS_CONFIG_FILE: files.config, AWS_SHARED_CREDENTIALS_FILE: '/dev/null'},
			...{S3_REPLICATE_STATE_DIR: path.join(home, 'state'), NODE_OPTIONS: `--import=${files.noise}`},
		} as Readonly<Record<string, string>>,
	};
}

describe('while something is drawn', () => {
	it('nothing else writes into the frame; it is told as one remark', async () => {
		const folder = await temporaryFolder();
		const file = path.join(folder, 'noise.mjs');
		await writeFile(file, noise);
		const wizard = await openWizard({args: ['--sandbox'], env: {NODE_OPTIONS: `--import=${file}`}});
		await wizard.waitForStep('Mode');
		const before = wizard.frame();
		wizard.signal('SIGUSR2');
		// A key is answered after it: what was written came before.
		wizard.type('?');
		await wizard.waitForText('esc close');
		wizard.press('escape');
		await wizard.waitForText('What should be replicated?');
		expect(wizard.frame()).toBe(before);
		wizard.press('ctrlC');
		const {state} = await wizard.waitForEnd();
		expect(state).toEqual(restoredTerminal);
		const left = wizard.history().join('\n');
		expect(left).toMatch(/While the screen was drawn, others wrote 4000 lines:/);
		expect(left.split('NOISE').length - 1).toBe(5);
	});

	it('a process for credentials and a warning, 1,000 lines each in the middle of a watch, leave it as it is without them', async () => {
		const {env, profile, bucket, started} = await noisyWorld();
		const args = ['watch', '--source-profile', profile, '--source-bucket', bucket, '--follow', ''];
		const watch = openTerminal(process.execPath, [cli, ...args, '--debug', 'debug.jsonl'], {
			...{columns: 80, rows: 24, env, cwd: env['HOME']},
		});
		await watch.waitForText('q end');
		// Figures that go on by themselves: time, requests.
		const still = (): string =>
			watch
				.frame()
				.replaceAll(/\d[\d:.,]*/g, '#')
				.replaceAll(/ +/g, ' ');
		await watch.waitForText('requests');
		const before = still();
		const runs = await started();
		await until(async () => (await started()) > runs);
		watch.signal('SIGUSR2');
		watch.type('?');
		await watch.waitForText('esc close');
		watch.press('escape');
		await watch.waitForText('q end');
		expect(still()).toBe(before);
		expect(watch.output()).not.toContain('NOISE');
		watch.press('ctrlC');
		await watch.waitForEnd();
		const left = watch.history().join('\n');
		expect(left.split('While the screen was drawn, others wrote').length - 1).toBe(1);
		expect(left).not.toContain('NOISE of a process');
		const debug = await readFile(path.join(env['HOME'] ?? '', 'debug.jsonl'), 'utf8');
		expect(debug.split('NOISE of a warning').length - 1).toBe(1000);
		expect(debug).not.toContain('NOISE of a process');
	});

	it('SIGTSTP from outside gives the terminal back as Ctrl-Z does, and SIGCONT takes it again', async () => {
		const wizard = await openWizard({args: ['--sandbox']});
		await wizard.waitForStep('Mode');
		const before = wizard.frame();
		wizard.signal('SIGTSTP');
		await wizard.waitFor((frame) => !frame.includes('Mode'), {what: 'the screen to be given back'});
		// The screen is given back before the process stops: what came in between would be lost.
		await wizard.waitFor((frame) => {
			if (frame.includes('What should be replicated?')) return true;
			wizard.signal('SIGCONT');
			return false;
		});
		expect(wizard.frame()).toBe(before);
		wizard.press('ctrlC');
		expect((await wizard.waitForEnd()).state).toEqual(restoredTerminal);
	});
});

describe('a terminal that shows less', () => {
	it('is asked with lines by the wizard where it cannot move its cursor', async () => {
		const home = await temporaryFolder();
		// A pseudo-terminal says itself what it is.
		const terminal = openTerminal('/usr/bin/env', ['TERM=dumb', process.execPath, cli], {
			cwd: home,
			env: {...emptyEnvironment(home)},
		});
		await terminal.waitForText('Lines only: nothing is drawn over.');
		expect(terminal.output()).not.toContain('\u001B[?1049h');
		terminal.press('ctrlC');
		await terminal.waitForEnd();
	});

	it('is shown ASCII everywhere with LANG=C: every screen, and the summary', async () => {
		const wizard = await openWizard({args: ['--sandbox', '--latency', '1'], env: {LANG: 'C'}});
		for (const title of ['Mode', 'Accounts', 'Buckets', 'Buckets', 'Options', 'Check', 'Plan']) {
			await wizard.waitForStep(title);
			wizard.press('enter');
		}

		await wizard.waitForStep('Watch');
		wizard.press('ctrlC');
		await wizard.waitForEnd();

		// GNU screen has no alternate screen unless it is told to (`altscreen on`): nothing of the last frame is under the summary.
		const plain = createHeadlessScreen(80, 24);
		plain.write(wizard.output().replaceAll(/\u001B\[\?1049[hl]/g, ''));
		await plain.settle();
		const left = plain.lines().join('\n').trimEnd();
		plain.dispose();
		expect(left.replaceAll(/\s+/g, ' ')).toMatch(/Again s3-replicate apply --sandbox .*--latency 1 --yes/);
		expect(left).toContain(' -> ');
		expect(left).not.toMatch(/help|\/9 /);
		expect(wizard.output().match(/[^\0-\u007F]+/g) ?? []).toEqual([]);
		expect(wizard.history().join('\n')).toContain('my-us-east-1');
	});
});
