import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {temporaryFolder} from '../support/program.js';
import {restoredTerminal} from '../support/terminal.js';
import {openWizard} from './support/open-wizard.js';

/** The command on a pair of buckets that is replicated already. */
async function openWatch(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
	const one = await openSandbox();
	onTestFinished(async () => one.close());
	const {configFile, credentialsFile, endpointUrl} = one.sandbox;
	const answers = {...tutorialAnswers('cross-region'), sourceBucket: 'w-a', destinationBucket: 'w-b'};
	const session = sandboxSession(one.sandbox, {answers});
	await session.openEnvironment('aws');
	await session.makePlan(answers);
	expect(await session.apply()).toBe(true);
	return openWizard({
		args: ['watch', '--source-bucket', 'w-a', '--source-profile', 'source', ...args],
		env: {
			AWS_CONFIG_FILE: configFile,
			AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
			AWS_ENDPOINT_URL: endpointUrl,
			...environment,
		},
	});
}

describe('watch on a terminal', () => {
	it('draws its view while files are on their way, and leaves the summary and the terminal as it was', async () => {
		const watch = await openWatch(['--files', '6', '--rate', '2']);
		await watch.waitForText('? help');
		await watch.waitForText('w-a (us-east-1) → w-b (us-west-2)');
		watch.resize(120, 40);
		await watch.waitForText('took up to');
		const {exitCode, state} = await watch.waitForEnd();

		expect([exitCode, state]).toEqual([0, restoredTerminal]);
		expect(watch.history().join('\n')).toContain('6 files: 6 replicated');
		expect(watch.scrollbackWipes()).toBe(0);
	});

	it('ends at Ctrl-C as cancelled, also while it writes plain lines into the scrollback', async () => {
		const watch = await openWatch(['--files', '600', '--rate', '2']);
		await watch.waitForText('q end');
		watch.type('S');
		await watch.waitForText('REPLICA in w-b');
		watch.type('S');
		await watch.waitForText('q end');
		watch.type('S');
		await watch.waitFor((frame) => !frame.includes('q end'));
		watch.press('ctrlC');
		const {exitCode, state} = await watch.waitForEnd();

		expect([exitCode, state]).toEqual([130, restoredTerminal]);
		const lines = watch.history();
		expect(lines.filter((line) => /↑ .*00001\.txt/.test(line))).toHaveLength(1);
		expect(lines.join('\n')).toMatch(/Plain lines.*REPLICA in w-b.*Plain lines.*Stopped the watch/s);
		expect(watch.scrollbackWipes()).toBe(0);
	});

	it('writes its report into the state directory, shows every path whole, and names them in the summary', async () => {
		const state = path.join(await temporaryFolder(), 'a-folder-with-a-name-that-is-longer-than-half-a-row');
		const watch = await openWatch(['--files', '600', '--rate', '1'], {S3_REPLICATE_STATE_DIR: state});
		// Without a file `q` has nothing to ask.
		await watch.waitForText('00001.txt');
		watch.type('m');
		const shown = await watch.waitForText('Report written');
		const files = (await readdir(path.join(state, 'reports'))).map((name) =>
			path.join(state, 'reports', name),
		);
		expect(files.map((file) => path.extname(file)).toSorted()).toEqual(['.csv', '.json', '.md']);
		const rows = shown.split('\n').map((row) => row.trim());
		for (const file of files) expect(rows.join('')).toContain(file);
		watch.press('escape');
		await watch.waitFor((frame) => !frame.includes('Report written'));
		watch.type('q');
		await watch.waitForText('keep them');
		watch.type('n');
		await watch.waitForEnd();
		for (const file of files) expect(watch.history().join('').replaceAll(/\s+/g, '')).toContain(file);
		expect(await readdir(watch.home)).toEqual([]);
	});

	it('draws nothing for a screen reader', async () => {
		const watch = await openWatch(['--files', '1', '--accessible']);
		expect((await watch.waitForEnd()).exitCode).toBe(0);
		expect(watch.output()).not.toContain('\u001B[?1049h');
		expect(watch.history().join('\n')).toContain('1 file: 1 replicated');
	});

	it('obeys words for a screen reader', async () => {
		const watch = await openWatch(['--files', '600', '--rate', '1', '--accessible']);
		await watch.waitForText('Type a question mark');
		watch.type('p\r');
		await watch.waitForText('Note: Paused');
		watch.type('status\r');
		await watch.waitForText('Waiting: ');
		watch.type('q\r');
		expect((await watch.waitForEnd()).exitCode).toBe(130);
		expect(watch.history().join('')).toMatch(/Stopped the watch|Cancelled/);
	});
});
