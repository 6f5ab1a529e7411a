import {expect, test} from 'vitest';
import {bundledFixture} from '../support/bundled-fixture.js';
import {keyCodes} from '../support/key-codes.js';
import {openTerminal, restoredTerminal} from '../support/terminal.js';

const app = bundledFixture('keys-app.tsx');
const openApp = (options = {}) => openTerminal(process.execPath, [app], options);

const {enter, down, backspace, left, escape} = keyCodes;

test.each<[string, string, readonly string[]]>([
	[
		'a whole wizard',
		`my-bucket${enter}${down}${down}${enter}${down}${down}${down}${enter}`,
		['my-bucket', 'region-2', 'sour'],
	],
	['filtering and choosing', `a${enter}region-17${enter}${enter}`, ['a', 'region-17', 'plain']],
	['three Backspaces', `abcd${backspace.repeat(3)}x${enter}${enter}${enter}`, ['ax', 'region-0', 'plain']],
	['caret edits', `ac${left}b${enter}${enter}${enter}`, ['abc', 'region-0', 'plain']],
	[
		'Ctrl+F1, mouse and focus reports among the keys',
		`a${keyCodes.ctrlF1}\u001B[<0;1;1M\u001B[Ib${enter}${enter}${enter}`,
		['ab', 'region-0', 'plain'],
	],
	[
		'Ctrl and Alt keys that mean nothing',
		`a\u0007\u0018\u001Bfb${enter}${enter}${enter}`,
		['ab', 'region-0', 'plain'],
	],
	[
		'Ctrl+U, which clears the field',
		`abc${keyCodes.ctrlU}d${enter}${enter}${enter}`,
		['d', 'region-0', 'plain'],
	],
	[
		'a paste in the middle',
		`x${keyCodes.pasteStart}my\nbucket\n${keyCodes.pasteEnd}y${enter}${enter}${enter}`,
		['xmy buckety', 'region-0', 'plain'],
	],
])('typed ahead in one write, no key is lost: %s', async (_name, text, answers) => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.type(text);
	expect(await terminal.waitForText('answers')).toContain(`answers ${JSON.stringify(answers)}`);
	expect(terminal.scrollbackWipes()).toBe(0);
});

test('a paste that ends with a newline does not submit', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.paste('my bucket\n');
	expect(await terminal.waitForText('my bucket')).toContain('s3-replicate  Name');
});

test('Escape goes back once a press', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.press('escape', 'escape');
	await terminal.waitForText('backs 2');
});

test('forty keys a millisecond apart all arrive', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	const name = 'abcdefghij'.repeat(4);
	await terminal.typeApart(name, 1);

	terminal.press('enter', 'enter', 'enter');
	expect(await terminal.waitForText('answers')).toContain(name);
});

// Escape counts as a key of its own after 50 ms, and this process may be kept waiting for longer than that between two writes.
test('arrow keys split across reads by a slow line are arrow keys', {retry: 5}, async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.type(`a${enter}`);
	await terminal.waitForText('200 regions');
	await terminal.typeApart([escape, '[B', `${escape}[`, 'B'], 15);

	terminal.press('enter', 'enter');
	expect(await terminal.waitForText('answers')).toContain('"region-2"');
});

test('what is typed before the first frame is not lost', async () => {
	const terminal = openApp();
	terminal.type('early');
	await terminal.waitForText('early');
	terminal.press('enter');
	expect(await terminal.waitForText('200 regions')).toContain('region-0');
});

test.each([
	{columns: 60, rows: 16},
	{columns: 120, rows: 40},
])('a resize from 80x24 to $columns x $rows repaints everything and wipes no scrollback', async (size) => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.type(`a${enter}`);
	await terminal.waitForText('200 regions');
	terminal.resize(size.columns, size.rows);
	await terminal.waitFor(
		(frame) => /^ s3-replicate/.test(frame) && frame.split('\n').length === size.rows - 1,
	);
	const lines = terminal.lines();
	expect(lines[0]).toMatch(/^ s3-replicate {2}Region/);
	expect(lines[1]).toBe('─'.repeat(size.columns));
	expect(lines[size.rows - 3]).toBe('─'.repeat(size.columns));
	expect(lines[size.rows - 2]).toMatch(/\? help$/);
	expect(lines[size.rows - 1]).toBe('');
	expect(terminal.scrollbackWipes()).toBe(0);
});

test('a window dragged there and back at once is painted whole again', async () => {
	const terminal = openApp();
	const before = await terminal.waitForText('? help');
	terminal.resize(100, 30);
	terminal.resize(60, 16);
	terminal.resize(80, 24);
	await terminal.waitFor((frame) => frame === before);
	expect(terminal.scrollbackWipes()).toBe(0);
});

test('a terminal that is too small asks for room and goes on when there is room again', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.type('abc');
	await terminal.waitForText('abc');
	terminal.resize(52, 14);
	await terminal.waitForText('needs 60x16, has 52x14');
	terminal.resize(80, 24);
	expect(await terminal.waitForText('? help')).toContain('abc');
	expect(terminal.scrollbackWipes()).toBe(0);
});

test('Ctrl-C is never lost and the terminal is left as it was', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.type(`abc${keyCodes.ctrlC}`);
	expect(await terminal.waitForEnd()).toEqual({exitCode: 130, state: restoredTerminal});
	expect(terminal.frame()).toBe('');
});

test('a signal leaves the terminal as it was', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.signal('SIGTERM');
	expect(await terminal.waitForEnd()).toEqual({exitCode: 143, state: restoredTerminal});
});

test('quitting leaves the terminal as it was', async () => {
	const terminal = openApp();
	await terminal.waitForText('? help');
	terminal.type(`a${enter}${enter}${enter}q`);
	expect(await terminal.waitForEnd()).toEqual({exitCode: 0, state: restoredTerminal});
	expect(terminal.scrollbackWipes()).toBe(0);
});

test('with NO_COLOR nothing is coloured', async () => {
	const terminal = openApp({env: {NO_COLOR: '1', FORCE_COLOR: '0'}});
	await terminal.waitForText('? help');
	expect(terminal.output()).not.toMatch(/\u001B\[[0-9;]*[1-9][0-9;]*m/);
});
