import {describe, expect, it} from 'vitest';
import type {RunEvent, Stamped} from '../../../source/domain/event.js';
import {App} from '../../../source/ui/app/app.js';
import {createTheme} from '../../../source/ui/theme.js';
import {createHandClock} from '../../support/hand-clock.js';
import {playedFrom, playedUntil} from '../../support/played-watch.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {simulateWatch, type SimulatedWatch} from '../../support/simulated-watch.js';
import {arrived, asked, keyOf, sent, watchStarted} from '../../support/watch-events.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const isOfBack = (key: string): boolean => key.includes('/back-');

/** The same events about the file of the way back with that number. */
const backwards = (...events: ReadonlyArray<Stamped<RunEvent>>): ReadonlyArray<Stamped<RunEvent>> =>
	events.map(
		(event) =>
			({
				...event,
				key: (event as unknown as {readonly key: string}).key.replace(/\d+\.txt$/, 'back-$&'),
				...{direction: 'back', from: 'acme-logs-dr'},
			}) as Stamped<RunEvent>,
	);

/** Two files each way: the first of each has arrived, the second is on its way. */
const played = (): SimulatedWatch => {
	const watch = simulateWatch(4);
	watch.play(
		{
			...watchStarted(playedFrom, [
				{bucket: 'acme-logs-dr', region: 'eu-west-1'},
				{bucket: 'acme-logs-prod', region: 'us-east-1'},
			]),
			homes: ['acme-logs-dr'],
		} as Stamped<RunEvent>,
		...sent(1, playedFrom + 1000),
		...backwards(...sent(1, playedFrom + 2000)),
		...sent(2, playedUntil - 1000),
		...backwards(...sent(2, playedUntil - 500)),
		asked(1, 'COMPLETED', playedFrom + 4000),
		arrived(1, playedFrom + 4000, 2900),
		...backwards(
			asked(1, 'COMPLETED', playedFrom + 6000),
			arrived(1, playedFrom + 6000, 3900, 'acme-logs-prod'),
		),
	);
	return watch;
};

describe.each(screenSizes)('a two-way watch at $columns × $rows', (size) => {
	it.each([
		['unicode', true, ['⇄', '→', '←', '─']],
		['ASCII', false, ['<->', '->', '<-', '-']],
	] as const)('shows which side each file came from in %s', async (_name, hasUnicode, signs) => {
		const [both, there, back, rule] = signs;
		const theme = createTheme({hasColour: false, hasUnicode});
		const clock = createHandClock(playedUntil);
		const watch = played();
		const screen = await renderScreen(<App session={watch.session} onLeave={() => undefined} />, {
			clock,
			theme,
			...size,
		});
		await screen.waitFor('? help');
		const frame = screen.frame();
		const rows = screen.lines();
		expect(rows.find((row) => row.includes(both))).toMatch(/acme-logs-prod.*acme-logs-dr/);
		// Each side has its own figures: one has arrived there, one is on its way.
		expect(frame).toMatch(new RegExp(`${there} ac\\S*-dr \\(eu-west-1\\) +\\S+ 1`));
		expect(frame).toMatch(new RegExp(`${back} ac\\S*-prod \\(us-east-1\\) +\\S+ 1`));
		// The keys are cut where there is no room; the sign before them is not.
		expect(frame).toMatch(new RegExp(`^ . ${there} \\S+1\\.txt .*COMPLETED`, 'm'));
		expect(frame).toMatch(new RegExp(`^ . ${back} \\S+1\\.txt .*COMPLETED`, 'm'));

		expect(frame).toMatch(/2 replicated +\S+ 2 pending.* of 4/);
		expectWithinFrame(screen, size, rule);
	});
});

it('counts an arrival on the other side alone: a file is at home in one of the two', () => {
	const {session} = played();
	const {watchView} = session;
	expect(watchView.destinations().map((one) => [one.bucket, one.replicated, one.pending])).toEqual([
		['acme-logs-dr', 1, 1],
		['acme-logs-prod', 1, 1],
	]);
	const {rows} = watchView.rows({offset: 0, limit: 10, sort: 'key'}, playedUntil);
	expect(rows.map(({key, state, direction}) => [isOfBack(key), state, direction])).toEqual([
		[false, 'replicated', undefined],
		[false, 'pending', undefined],
		[true, 'replicated', 'back'],
		[true, 'pending', 'back'],
	]);
	expect(rows[0]?.key).toBe(keyOf(1));
});
