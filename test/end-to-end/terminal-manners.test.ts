import {describe, expect, it} from 'vitest';
import {sampled} from '../support/sampled.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {restoredTerminal} from '../support/terminal.js';
import {openWizard, type OpenedWizard, quickSandbox} from './support/open-wizard.js';

const walk = ['Mode', 'Accounts', 'Buckets', 'Buckets', 'Options', 'Check', 'Plan'] as const;

/** Presses Enter on so many screens of the sandbox's road. */
async function enterThrough(wizard: OpenedWizard, count: number): Promise<void> {
	for (const title of walk.slice(0, count)) {
		await wizard.waitForStep(title);
		wizard.press('enter');
	}
}

/** Whether a frame is drawn whole for a window: both rules as wide as it is, and nothing wider or lower. */
function isWithin(frame: string, columns: number, rows: number): boolean {
	const lines = frame.split('\n').map((line) => line.trimEnd());
	const rules = lines.filter((line) => line === '─'.repeat(columns));
	const hasRoom = lines.every((line) => line.length <= columns) && lines.length < rows;
	return rules.length === 2 && hasRoom && /(\?|F1) help$/.test(lines.at(-1) ?? '');
}

describe('Ctrl-C', () => {
	// A watch that has not begun yet is none that could be stopped: its first row names both ends once it has.
	const screens: ReadonlyArray<readonly [title: string, enters: number, shown: string]> = [
		['Mode', 0, 'Mode'],
		['Accounts', 1, 'Accounts'],
		['Buckets', 2, 'Buckets'],
		['Options', 4, 'Options'],
		['Check', 5, 'Check'],
		['Plan', 6, 'Plan'],
		['Watch', 7, 'my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)'],
	];
	it.each(sampled('Ctrl-C on a screen', screens))(
		'on the screen %s leaves with 130, a summary, and the terminal as it was',
		async (title, enters, shown) => {
			const wizard = await openWizard({args: quickSandbox});
			await enterThrough(wizard, enters);
			await wizard.waitForStep(title);
			await wizard.waitForText(shown);
			wizard.press('ctrlC');
			const {exitCode, state} = await wizard.waitForEnd();

			expect(exitCode).toBe(130);
			expect(state).toEqual(restoredTerminal);
			expect(wizard.history().join('\n')).toMatch(title === 'Watch' ? /– Stopped the watch/ : /– Cancelled/);
			expect(wizard.scrollbackWipes()).toBe(0);
		},
	);

	it('on the first screen and under the help leaves as well', async () => {
		const wizard = await openWizard();
		await wizard.waitForStep('Env');
		wizard.type('?');
		await wizard.waitForText('esc close');
		wizard.press('ctrlC');
		const {exitCode, state} = await wizard.waitForEnd();

		expect([exitCode, state]).toEqual([130, restoredTerminal]);
	});

	it('while changes are made finishes the calls under way, and says what stays', async () => {
		const one = await openSandbox({latencyMs: 300});
		const {configFile, credentialsFile, endpointUrl} = one.sandbox;
		const wizard = await openWizard({
			args: [
				'--mode',
				'cross-region',
				'--source-profile',
				'source',
				'--source-bucket',
				'stop-a',
				'--source-region',
				'us-east-1',
				'--destination-bucket',
				'stop-b',
				'--destination-region',
				'us-west-2',
				'--endpoint-url',
				endpointUrl,
			],
			env: {AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile},
		});
		await wizard.waitForStep('Options');
		wizard.press('enter');
		await wizard.waitForText('⏎ go on');
		wizard.press('enter');
		await wizard.waitForText('+ 7 create');
		wizard.type('a');
		await wizard.waitForStep('Apply');
		wizard.press('ctrlC');
		const {exitCode, state} = await wizard.waitForEnd();

		expect([exitCode, state]).toEqual([130, restoredTerminal]);
		const created = one.sandbox.requests.filter(({operation}) => /^Create/.test(operation));
		expect(created.every(({status}) => status === 200)).toBe(true);
		expect(one.sandbox.requests.map(({operation}) => operation)).not.toContain('PutBucketReplication');
		await one.close();
	});

	it.each(sampled('signals from elsewhere', ['SIGTERM', 'SIGHUP'] as const))(
		'and %s from elsewhere are the same, in a terminal without colours too, which gets none',
		async (signal) => {
			const wizard = await openWizard({args: quickSandbox, env: {NO_COLOR: '1'}});
			await wizard.waitForStep('Mode');
			expect(wizard.output()).not.toMatch(/\u001B\[(?:3\d|9\d|1|2)m/);
			wizard.signal(signal);
			const {exitCode, state} = await wizard.waitForEnd();

			expect([exitCode, state]).toEqual([130, restoredTerminal]);
		},
	);
});

describe('a window that changes its size', () => {
	it('gets every frame within it, asks for room where it is too small, and goes on, files on their way too', async () => {
		const wizard = await openWizard({args: quickSandbox});
		await enterThrough(wizard, 6);
		await wizard.waitForText('+ 7 create');
		for (const [columns, rows] of [
			[120, 40],
			[60, 16],
			[100, 20],
			[80, 24],
		] as const) {
			wizard.resize(columns, rows);
			await wizard.waitFor((frame) => isWithin(frame, columns, rows), {
				what: `a frame of ${columns}x${rows}`,
			});
		}

		wizard.resize(50, 12);
		await wizard.waitForText('needs 60x16, has 50x12');
		wizard.resize(80, 24);
		await wizard.waitForText('+ 7 create');
		wizard.press('enter');
		await wizard.waitForStep('Watch');
		wizard.resize(120, 40);
		await wizard.waitFor((frame) => (frame.match(/✓ REPLICA/g) ?? []).length === 5);
		wizard.resize(60, 16);
		await wizard.waitFor((frame) => isWithin(frame, 60, 16), {what: 'a frame of 60x16'});
		wizard.type('q');
		expect((await wizard.waitForEnd()).exitCode).toBe(0);
		expect(wizard.scrollbackWipes()).toBe(0);
	});
});

describe('what is typed faster than it is drawn', () => {
	it('loses no key: the whole wizard in one write', async () => {
		const wizard = await openWizard({args: quickSandbox});
		await wizard.waitForStep('Mode');
		wizard.type('\r\rtyped-ahead-a\rtyped-ahead-b\r\r\r\r');
		await wizard.waitForStep('Watch');
		await wizard.waitForText('typed-ahead-a (us-east-1) → typed-ahead-b (us-west-2)');
	});

	it('takes a paste as one text, and never as Enter; a broken rule is named while it is typed', async () => {
		const wizard = await openWizard({args: quickSandbox});
		await enterThrough(wizard, 2);
		await wizard.waitForStep('Buckets');
		wizard.type('Wrong');
		await wizard.waitForText('A bucket name has no capital letters.');
		wizard.press('enter');
		wizard.press('backspace', 'backspace', 'backspace', 'backspace', 'backspace');
		wizard.paste('pasted-bucket\n');
		await wizard.waitForText('+ create pasted-bucket');
		expect(wizard.frame()).toContain('Buckets');
		wizard.press('enter');
		await wizard.waitForText('pasted-bucket in us-east-1');
	});
});

describe('an option that the wizard has no use for', () => {
	it('is refused rather than ignored', async () => {
		const wizard = await openWizard({args: ['--sandbox', '--timeout', '5']});

		expect((await wizard.waitForEnd()).exitCode).toBe(2);
		expect(wizard.history().join('\n')).toContain('--timeout is for runs without questions');
	});
});
