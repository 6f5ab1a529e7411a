import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {createHeadlessScreen} from '../support/headless-screen.js';
import {cli, emptyEnvironment, temporaryFolder} from '../support/program.js';
import {openTerminal, restoredTerminal} from '../support/terminal.js';
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

	it('SIGTSTP from outside gives the terminal back as Ctrl-Z does, and SIGCONT takes it again', async () => {
		const wizard = await openWizard({args: ['--sandbox']});
		await wizard.waitForStep('Mode');
		const before = wizard.frame();
		wizard.signal('SIGTSTP');
		await wizard.waitFor((frame) => !frame.includes('Mode'), {what: 'the screen to be given back'});
		wizard.signal('SIGCONT');
		await wizard.waitForText('What should be replicated?');
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
		const wizard = await openWizard({args: ['--sandbox'], env: {LANG: 'C'}});
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
		expect(left).toContain('Again');
		expect(left).not.toMatch(/help|\/9 /);
		// eslint-disable-next-line no-control-regex
		expect(wizard.output().match(/[^\0-\u007F]+/g) ?? []).toEqual([]);
		expect(wizard.history().join('\n')).toContain('my-us-east-1');
	});
});
