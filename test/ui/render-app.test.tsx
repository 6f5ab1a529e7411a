import {Text} from 'ink';
import {expect, test, vi} from 'vitest';
import {Frame} from '../../source/ui/components/frame/frame.js';
import {renderScreen} from '../support/render-screen.js';

const Screen = () => (
	<Frame title="Watch" bindings={[]}>
		<Text>the body</Text>
	</Frame>
);

test('Ctrl-Z gives the terminal back, and the program comes back with the whole screen', async () => {
	const screen = await renderScreen(<Screen />);
	const before = await screen.waitFor('? help');
	screen.press('ctrlZ');
	await vi.waitFor(() => expect(screen.isAlternate()).toBe(false));
	expect([screen.suspends(), screen.isRaw()]).toEqual([1, false]);
	screen.app.resume();
	expect(await screen.waitFor('? help')).toBe(before);
	expect([screen.isRaw(), screen.isAlternate()]).toEqual([true, true]);
});

test('a repaint draws the same screen again without touching the scrollback', async () => {
	const screen = await renderScreen(<Screen />);
	const before = await screen.waitFor('? help');
	screen.app.repaint();
	expect(await screen.waitFor('? help')).toBe(before);
	expect(screen.output()).not.toContain('\u001B[3J');
});

test('resizes there and back leave a whole screen', async () => {
	const screen = await renderScreen(<Screen />);
	const before = await screen.waitFor('? help');
	const output = screen.output().length;
	for (const columns of [70, 100, 61, 80]) screen.resize({columns, rows: columns === 80 ? 24 : 20});
	await screen.waitFor((frame) => frame === before && screen.output().length > output);
	expect(screen.output()).not.toContain('\u001B[3J');
});

test('what a component throws ends the program with that error and a restored terminal', async () => {
	const Broken = (): never => {
		throw new Error('broken on purpose');
	};
	const screen = await renderScreen(<Broken />);
	await expect(screen.app.waitUntilExit()).rejects.toThrow('broken on purpose');
	await vi.waitFor(() => expect(screen.isAlternate()).toBe(false));
	expect(screen.isRaw()).toBe(false);
});
