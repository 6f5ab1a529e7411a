import {expect} from 'vitest';
import type {RenderedScreen, ScreenSize} from './render-screen.js';

/** A screen stays above the terminal's last row, has its two rules in place, and never wipes the scrollback. */
export const expectWithinFrame = (
	screen: RenderedScreen,
	{columns, rows}: ScreenSize,
	ruleSign = '─',
): void => {
	const lines = screen.lines();
	const rule = ruleSign.repeat(columns);
	expect([lines[1], lines[rows - 3], lines[rows - 1]]).toEqual([rule, rule, '']);
	// In a field that takes question marks the help has another key.
	expect(lines[rows - 2]).toMatch(/(?:\?|F1) help/);
	expect(screen.output()).not.toContain('\u001B[3J');
};
