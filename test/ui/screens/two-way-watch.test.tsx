import {describe, expect, it} from 'vitest';
import type {RunEvent, Stamped} from '../../../source/domain/event.js';
import {reportCsv} from '../../../source/session/report/report-csv.js';
import {reportJson} from '../../../source/session/report/report-json.js';
import {reportMarkdown} from '../../../source/session/report/report-markdown.js';
import {App} from '../../../source/ui/app/app.js';
import {createTheme} from '../../../source/ui/theme.js';
import {detailLines} from '../../../source/ui/watch/object-details.js';
import {createHandClock} from '../../support/hand-clock.js';
import {playedFrom, playedUntil} from '../../support/played-watch.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {simulateWatch, type SimulatedWatch} from '../../support/simulated-watch.js';
import {arrived, asked, keyOf, sent, watchStarted} from '../../support/watch-events.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const isOfBack = (key: string): boolean => key.includes('/back-');

/** The same events about the file of a way back with that number. */
const backFrom = (
	from: string,
	name: string,
	...events: ReadonlyArray<Stamped<RunEvent>>
): ReadonlyArray<Stamped<RunEvent>> =>
	events.map(
		(event) =>
			({
				...event,
				key: (event as unknown as {readonly key: string}).key.replace(/\d+\.txt$/, `${name}-$&`),
				...{direction: 'back', from},
			}) as Stamped<RunEvent>,
	);

const backwards = (...events: ReadonlyArray<Stamped<RunEvent>>): ReadonlyArray<Stamped<RunEvent>> =>
	backFrom('acme-logs-dr', 'back', ...events);

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

/** A file there, which has arrived at both destinations; and one back from each, of which that from the second is on its way. */
const star = (): SimulatedWatch => {
	const watch = simulateWatch(3);
	watch.play(
		{
			...watchStarted(playedFrom, [
				{bucket: 'acme-logs-dr', region: 'eu-west-1'},
				{bucket: 'acme-logs-eu', region: 'eu-north-1'},
				{bucket: 'acme-logs-prod', region: 'us-east-1'},
			]),
			homes: ['acme-logs-dr', 'acme-logs-eu'],
		} as Stamped<RunEvent>,
		...sent(1, playedFrom + 1000),
		asked(1, 'COMPLETED', playedFrom + 4000),
		arrived(1, playedFrom + 4000, 2900),
		arrived(1, playedFrom + 4500, 3400, 'acme-logs-eu'),
		...backwards(...sent(1, playedFrom + 2000), arrived(1, playedFrom + 6000, 3900, 'acme-logs-prod')),
		...backFrom('acme-logs-eu', 'back-2', ...sent(1, playedUntil - 500)),
	);
	return watch;
};

describe.each(screenSizes)('a watch with two ways back at $columns × $rows', (size) => {
	const shown = async () => {
		const {session} = star();
		const clock = createHandClock(playedUntil);
		const theme = createTheme({hasColour: false, hasUnicode: true});
		const screen = await renderScreen(<App session={session} onLeave={() => undefined} />, {
			...{clock, theme},
			...size,
		});
		await screen.waitFor('? help');
		return screen;
	};

	it('shows each file with its way, and how many arrived where', async () => {
		const screen = await shown();
		const frame = screen.frame();
		expect(frame).toMatch(/→ ac\S*-dr \(eu-west-1\) +\S+ 1/);
		// The smallest screen has no room for all of them.
		if (size.rows > 16) {
			expect(frame).toMatch(/→ ac\S*-eu \(eu-north-1\) +\S+ 1/);
			expect(frame).toMatch(/← ac\S*-prod \(us-east-1\) +\S+ 1/);
		} else expect(frame).toContain('…and 2 more');
		expect(frame.match(/^ . ← \S+1\.txt /gm)).toHaveLength(2);
		expect(frame).toMatch(/2 replicated +\S+ 1 pending.* of 3/);
		expectWithinFrame(screen, size, '─');
	});

	it('names every bucket that test files are removed from', async () => {
		const screen = await shown();
		screen.type('q');
		await screen.waitFor('Remove the 3 test files?');
		const text = screen.frame().replaceAll(/\s+/g, ' ');
		for (const bucket of ['acme-logs-prod', 'acme-logs-dr', 'acme-logs-eu'])
			expect(text).toContain(`s3://${bucket}/`);
		expect(text).toContain('and the replicas in acme-logs-dr, acme-logs-eu, acme-logs-prod');
		expectWithinFrame(screen, size, '─');
	});
});

it('tells in details and reports which bucket a file of several ways back came from', async () => {
	const {store: watch} = star();
	const {rows} = watch.rows({offset: 0, limit: 10, sort: 'key'}, playedUntil);
	const {glyphs} = createTheme({hasColour: false, hasUnicode: true});
	const detailsOf = (key: string) => {
		const details = watch.object(key, playedUntil);
		if (!details) throw new Error(`No ${key}.`);
		return detailLines(details, watch.ends, glyphs, 80)
			.map((line) => line.map(({text}) => text).join(''))
			.join('\n');
	};
	const [there = '', back = '', second = ''] = rows.map(({key}) => detailsOf(key));
	expect(there).toMatch(/bucket +acme-logs-prod\n/);
	expect(there).toMatch(/acme-logs-dr\n.*acme-logs-eu\n/);
	expect(back).toMatch(/bucket +acme-logs-dr\n/);
	expect(second).toMatch(/bucket +acme-logs-eu\n/);
	for (const one of [back, second]) expect(one).toMatch(/replica .*acme-logs-prod\n/);

	const input = {runId: 'run', nowMs: playedUntil, watch, problem: undefined};
	const textOf = async (lines: AsyncGenerator<string>) => {
		let text = '';
		for await (const line of lines) text += line;
		return text;
	};
	expect(await textOf(reportMarkdown(input))).toContain(
		'# Replication of acme-logs-prod, both ways with acme-logs-dr, acme-logs-eu\n',
	);
	expect(JSON.parse(await textOf(reportJson(input)))).toMatchObject({
		...{isTwoWay: true, homes: ['acme-logs-dr', 'acme-logs-eu']},
	});
	const csv = (await textOf(reportCsv(input))).split('\r\n');
	const fromOf = (name: string) =>
		csv
			.find((line) => line.includes(name))
			?.split(',')
			.slice(-2);
	expect(csv[0]).toMatch(/,direction,from$/);
	expect(fromOf('/back-00001')).toEqual(['back', 'acme-logs-dr']);
	expect(fromOf('/back-2-00001')).toEqual(['back', 'acme-logs-eu']);
	expect(fromOf('/00001')?.[0]).not.toBe('back');
});
