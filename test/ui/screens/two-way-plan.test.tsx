import {expect, test} from 'vitest';
import {App} from '../../../source/ui/app/app.js';
import {renderScreen} from '../../support/render-screen.js';
import {sessionAtStep} from '../../support/session-at-step.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const size = {columns: 80, rows: 24};
const noLeave = (): void => undefined;

test('the rows of both ways on the Check and Plan screens at 80 × 24', async () => {
	const session = await sessionAtStep('check', {answers: {twoWay: true}});
	const screen = await renderScreen(<App session={session} onLeave={noLeave} />, size);
	await screen.waitFor('⏎ go on');
	screen.press('end');
	await screen.waitFor(/▸ ✓ {2}Back, rules {2}/);
	expectWithinFrame(screen, size);
	const back = screen.lines().filter((line) => /^.{3}✓ {2}Back, /.test(line));
	// Each title is whole, and what was seen begins at one column.
	expect(back.map((line) => line.slice(6, 39).trimEnd())).toEqual(
		expect.arrayContaining(['Back, destination, Policy', 'Back, role, Permissions', 'Back, rules']),
	);
	for (const line of back) expect(line.slice(39)).toMatch(/^ \S/);

	screen.press('enter');
	await screen.waitFor('⏎ apply');
	const heads = screen.lines().filter((line) => /^ {2}(there|back), /.test(line));
	expect(heads.map((line) => line.trim().split('  ')[0])).toEqual([
		'there, source',
		'there, destination',
		'back, destination',
	]);
	expect(screen.lines().join('\n')).toContain('S3 does not replicate replicas: nothing goes in circles.');
	expectWithinFrame(screen, size);
});
