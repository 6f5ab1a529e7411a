import {describe, expect, test} from 'vitest';
import {renderAsking} from '../../support/render-asking.js';
import {screenSizes} from '../../support/render-screen.js';
import {displayWidth} from '../../../source/ui/components/text/truncate.js';

const titles = ['Env', 'Mode', 'Accounts', 'Accounts', 'Buckets', 'Buckets', 'Options'];
const marks = [
	'Where should it happen?',
	'What should be replicated?',
	'source bucket?',
	'destination bucket?',
	'+ create my-source-account',
	'▸ + create my-destination-account',
	'Rule name',
];

describe.each(screenSizes)('at $columns × $rows', ({columns, rows}) => {
	test('every asking screen is within its frame, from the first to the checks with Enter alone', async () => {
		const screen = await renderAsking({answers: {}}, {columns, rows});
		const checkFrame = async (index: number) => {
			await screen.waitFor((frame) => frame.includes(marks[index] ?? '') && /(\?|F1) help/.test(frame));
			const lines = screen.lines();
			expect(lines[0]).toContain(titles[index]);
			expect(lines[rows - 1]).toBe('');
			expect(lines[rows - 2]).toMatch(/(\?|F1) help$/);
			expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
		};
		await checkFrame(0);
		screen.press('enter');
		await checkFrame(1);
		screen.press('down', 'enter');
		for (const index of [2, 3, 4, 5, 6]) {
			await checkFrame(index);
			screen.press('enter');
		}

		await screen.waitFor('Check');
		await screen.waitFor((frame) => !frame.includes('Rule name '));
		expect(screen.session.getState().stepId).toBe('check');
		expect(screen.output()).not.toContain('\u001B[3J');
	});
});

test('flags that answer the mode mark it as done, and Back passes over it', async () => {
	const screen = await renderAsking({answers: {mode: 'cross-account'}}, {columns: 120, rows: 40});
	await screen.waitFor('● Env  ✓ Mode');
	screen.press('enter');
	await screen.waitFor('✓ Env  ✓ Mode  ● Accounts');
	screen.press('escape');
	await screen.waitFor('● Env  ✓ Mode');
});
