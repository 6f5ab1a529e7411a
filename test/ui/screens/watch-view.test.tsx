import {describe, expect, it, vi} from 'vitest';
import {fixable} from '../../../source/domain/problem.js';
import {App} from '../../../source/ui/app/app.js';
import {SessionContext} from '../../../source/ui/hooks/use-session.js';
import {WatchPage} from '../../../source/ui/watch/watch-page.js';
import {createTheme} from '../../../source/ui/theme.js';
import {createHandClock} from '../../support/hand-clock.js';
import {playedFrom, playedUntil, playedWatch, threeDestinations} from '../../support/played-watch.js';
import {renderScreen, type RenderScreenOptions, screenSizes} from '../../support/render-screen.js';
import {reportPlace, simulateWatch, type SimulatedWatch} from '../../support/simulated-watch.js';
import {arrived, asked, keyOf, replicationFailed, sent, watchStarted} from '../../support/watch-events.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const noLeave = (): void => undefined;

const show = async (watch: SimulatedWatch, options: RenderScreenOptions = {}, onLeave = noLeave) => {
	const clock = createHandClock(playedUntil);
	const screen = await renderScreen(<App session={watch.session} onLeave={onLeave} />, {clock, ...options});
	await screen.waitFor('? help');
	return {...screen, clock};
};

describe.each(screenSizes)('at $columns × $rows', (size) => {
	it('shows both ends, progress, delays and what has failed first', async () => {
		const screen = await show(playedWatch(), size);
		const frame = screen.frame();
		expect(frame).toMatch(/acme-logs-prod(?: \(us-east-1\))? → acme-logs-dr(?: \(eu-west-1\))? .*live 35 s/);
		expect(frame).toContain('✓ 20 replicated   ◐ 8 pending   ✗ 2 failed of 40');
		expect(frame).toMatch(/p50 +5\.7 s.*p95 +11\.4 s.*p99 +11\.8 s.*max +11\.8 s/s);
		expect(frame).toMatch(/▸ …\/.*00018\.txt.*✗ FAILED +✗ none/);
		expect(frame).toContain('96 requests, under $0.01');
		expectWithinFrame(screen, size);
	});

	it.each([
		['unicode', true],
		['ASCII', false],
	])('keeps within its frame with several destinations in %s', async (_name, hasUnicode) => {
		const theme = createTheme({hasColour: false, hasUnicode});
		const screen = await show(playedWatch(threeDestinations), {...size, theme});
		expect(screen.frame()).toContain('3 destinations');
		expect(screen.frame()).toMatch(/\(eu-west-1\) +\S+ 20/);
		const rows = screen.lines();
		expect(rows.every((line) => line.length <= size.columns)).toBe(true);
		expect(rows[size.rows - 2]).toContain('? help');
		expect(rows.at(-1)).toBe('');
	});
});

it('draws nothing but ASCII where the terminal has nothing else', async () => {
	const theme = createTheme({hasColour: false, hasUnicode: false});
	const screen = await show(playedWatch(threeDestinations), {columns: 120, rows: 40, theme});
	expect(screen.frame()).toMatch(/^[\n -~]*$/);
});

it('says every state in a word, and in a colour where there are colours', async () => {
	const coloured = await show(playedWatch(), {theme: createTheme({hasColour: true, hasUnicode: true})});
	expect(coloured.output()).toMatch(/\u001B\[(?:0;)?31m[^\u001B]*✗ FAILED/);
	expect(coloured.output()).toMatch(/\u001B\[(?:0;)?33m[^\u001B]*◐ PENDING/);
	expect(coloured.output()).toMatch(/\u001B\[(?:0;)?36m[^\u001B]*✓ COMPLETED/);
	const plain = await show(playedWatch());
	expect(plain.output()).not.toMatch(/\u001B\[[\d;]*3\dm/);
});

it('says of which destination the source’s status is all there is', async () => {
	const one = await show(playedWatch([{bucket: 'somebody-elses'}]));
	expect(one.frame()).toContain("! Only the source's status is known of somebody-elses");
});

describe('the list', () => {
	it('keeps the object in focus while others come before it', async () => {
		const watch = playedWatch();
		const screen = await show(watch);
		screen.press('down', 'down', 'down');
		await screen.waitFor(/▸ .*00029\.txt/);
		watch.play(replicationFailed(20, playedUntil), ...sent(31, playedUntil), ...sent(32, playedUntil));
		screen.clock.frame();
		await screen.waitFor('3 failed');
		expect(screen.frame()).toMatch(/▸ .*00029\.txt/);
	});

	it('filters while it is typed, and Esc takes the filter away before it goes back', async () => {
		const watch = playedWatch();
		const screen = await show(watch);
		screen.type('/0002');
		await screen.waitFor('11 files');
		expect(screen.frame()).toContain('filter › 0002▏');
		screen.type('9');
		await screen.waitFor('1 file ');
		expect(screen.frame()).toMatch(/▸ .*00029\.txt/);
		screen.press('enter', 'escape');
		await screen.waitFor('of 30 files');
		expect(watch.calls).not.toContain('back');
		// Eight are still on their way.
		screen.press('escape');
		await screen.waitFor('Leave the watch?');
		expect(screen.frame()).toContain('8 files are still on the way. Nothing follows them then.');
		screen.press('escape');
		await screen.waitFor('of 30 files');
		expect(watch.calls).not.toContain('stopWatching');
		screen.press('escape');
		await screen.waitFor('y leave the watch');
		screen.type('y');
		await vi.waitFor(() => expect(watch.calls).toContain('back'));
		expect(watch.calls).toContain('stopWatching');
	});

	it('sorts anew at each s, and shows only what has failed at f', async () => {
		const screen = await show(playedWatch());
		screen.type('s');
		await screen.waitFor('sort newest');
		expect(screen.frame()).toMatch(/▸ .*00030\.txt/);
		screen.type('s');
		await screen.waitFor('sort slowest');
		screen.type('s');
		await screen.waitFor('sort key');
		expect(screen.frame()).toMatch(/▸ .*00001\.txt/);
		screen.type('f');
		await screen.waitFor('2 failed files');
		expect(screen.frame()).not.toContain('PENDING');
		screen.type('f');
		await screen.waitFor('of 30 files');
	});
});

describe('the details', () => {
	it('have a page of their own at ⏎, with what happened in order', async () => {
		const screen = await show(playedWatch());
		screen.press('enter');
		await screen.waitFor(keyOf(18));
		expect(screen.frame()).toMatch(
			/0:00\.0 +upload began\n 0:00\.0 +uploaded as version \S+\n 0:00\.5 +source says PENDING\n 0:03\.0 +S3 says FAILED/,
		);
		screen.press('enter');
		await screen.waitFor('of 30 files');
	});

	it('stand beside the list where there is room', async () => {
		const screen = await show(playedWatch(), {columns: 120, rows: 40});
		expect(screen.frame()).toMatch(/▸ .*00018\.txt.*│/);
		expect(screen.frame()).toMatch(/│ 0:03\.0 +S3 says FAILED/);
		screen.press('down', 'down');
		await screen.waitFor((frame) => !/│ .*FAILED/.test(frame));
		expect(screen.frame()).toMatch(/▸ .*00030\.txt/);
	});
});

describe('the keys', () => {
	it.each<readonly [string, string, string]>([
		['u', 'uploads more', 'uploadMore 5'],
		['p', 'pauses', 'pauseWatching'],
		['t', 'sends all failed files again', 'resend 2'],
	])('%s %s', async (key, _what, call) => {
		const watch = playedWatch();
		const screen = await show(watch);
		screen.type(key);
		await vi.waitFor(() => expect(watch.calls).toContain(call));
	});

	it('p goes on after a pause, and says which it is', async () => {
		const watch = playedWatch();
		const screen = await show(watch, {columns: 120, rows: 40});
		watch.play({type: 'watch-paused', at: playedUntil});
		screen.clock.frame();
		await screen.waitFor('p go on');
		expect(screen.lines()[2]).toMatch(/paused$/);
		screen.type('p');
		await vi.waitFor(() => expect(watch.calls).toContain('resumeWatching'));
	});

	it.each(screenSizes)(
		'm writes a report and shows all its paths until Esc, at $columns×$rows',
		async (size) => {
			const watch = playedWatch();
			const screen = await show(watch, size);
			screen.type('m');
			await screen.waitFor('Report written');
			// Copied row by row, each path is whole.
			const copied = screen
				.lines()
				.map((line) => line.trim())
				.join('');
			for (const ending of ['md', 'json', 'csv']) expect(copied).toContain(`${reportPlace}.${ending}`);
			screen.press('escape');
			await screen.waitFor((frame) => !frame.includes('Report written'));
			expect(watch.calls).toEqual(['watchPlanned', 'writeReport']);
		},
	);

	it('S writes plain lines into the scrollback, each once, and gives the same view back', async () => {
		const watch = playedWatch();
		const screen = await show(watch);
		watch.play(arrived(23, playedUntil, 9000));
		screen.clock.frame();
		const before = await screen.waitFor('21 replicated');
		screen.type('S');
		await screen.waitFor('object-replicated');
		expect(screen.isAlternate()).toBe(false);
		watch.play({type: 'watch-paused', at: playedUntil});
		screen.clock.frame();
		screen.resize({columns: 100, rows: 30});
		screen.resize({columns: 80, rows: 24});
		await screen.waitFor('watch-paused');
		// Keys of the view mean nothing while it is not seen.
		screen.type('u');
		screen.press('escape');
		await screen.waitFor('p go on');
		expect(screen.lines().slice(3, -3)).toEqual(before.split('\n').slice(3, -2));
		expect(watch.calls).toEqual(['watchPlanned']);
		screen.type('S');
		const lines = (await screen.waitFor(/(?:^Plain lines[^]*){2}/m)).split('\n');
		expect(lines.filter((line) => line === 'object-replicated')).toHaveLength(1);
		expect(lines.filter((line) => line.startsWith('Plain lines'))).toHaveLength(2);
	});

	it('S survives Ctrl-Z: the lines go on where they were, and the view is still there', async () => {
		const watch = playedWatch();
		const screen = await show(watch);
		screen.type('S');
		await screen.waitFor('Plain lines');
		screen.press('ctrlZ');
		await vi.waitFor(() => expect([screen.suspends(), screen.isRaw()]).toEqual([1, false]));
		screen.app.resume();
		watch.play({type: 'watch-paused', at: playedUntil});
		await screen.waitFor('watch-paused');
		expect([screen.isRaw(), screen.isAlternate()]).toEqual([true, false]);
		screen.type('S');
		await screen.waitFor('of 30 files');
		expect(screen.isAlternate()).toBe(true);
	});

	it('the view comes back by itself when somebody has to answer', async () => {
		const watch = playedWatch();
		const screen = await show(watch);
		screen.type('S');
		await screen.waitFor('Plain lines');
		watch.update({
			phase: 'watch-failed',
			watchProblem: fixable('gone', 'Cannot go on', 'It is gone.', ['Look.']),
		});
		screen.clock.frame();
		await screen.waitFor('r watch again');
		expect(screen.isAlternate()).toBe(true);
	});

	it('q asks whether the test files stay where they outlive the program', async () => {
		const watch = playedWatch();
		const onLeave = vi.fn();
		const screen = await show(watch, {}, onLeave);
		screen.type('q');
		await screen.waitFor('Remove the 30 test files?');
		expect(onLeave).not.toHaveBeenCalled();
		screen.type('y');
		await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
		expect(watch.calls.slice(-2)).toEqual(['stopWatching', 'cleanUpWatched']);
	});

	it('q asks in a watch without a wizard, too: it goes on until the answer', async () => {
		const watch = playedWatch();
		const onLeave = vi.fn();
		const screen = await renderScreen(
			<SessionContext value={watch.session}>
				<WatchPage frame={{title: 'Watch'}} onLeave={onLeave} isWizard={false} />
			</SessionContext>,
			{clock: createHandClock(playedUntil)},
		);
		await screen.waitFor('q end');
		screen.type('q');
		await screen.waitFor('Remove the 30 test files?');
		expect(watch.calls).not.toContain('stopWatching');
		screen.press('escape');
		await screen.waitFor('of 30 files');
		expect(watch.calls).not.toContain('watchAgain');
		screen.type('qy');
		await vi.waitFor(() => expect(onLeave).toHaveBeenCalledExactlyOnceWith(true));
		expect(watch.calls).toContain('stopWatching');
	});

	it('one Enter too many after Apply does nothing; once something has arrived it opens a file', async () => {
		const watch = simulateWatch(3);
		watch.play(watchStarted(playedFrom), ...sent(1, playedFrom), ...sent(2, playedFrom));
		const screen = await show(watch);
		await screen.waitFor('2 pending');
		screen.press('enter');
		// The next key is heard on the list: the Enter before it has opened nothing.
		screen.type('s');
		await screen.waitFor('sort newest');
		expect(watch.calls).toEqual(['watchPlanned']);
		watch.play(arrived(1, playedUntil, 900));
		screen.clock.frame();
		await screen.waitFor('1 replicated');
		screen.press('enter');
		await screen.waitFor('esc ⏎ close');
	});

	it('n keeps them, and Esc leads back to the watch', async () => {
		const watch = playedWatch();
		const onLeave = vi.fn();
		const screen = await show(watch, {}, onLeave);
		screen.type('q');
		await screen.waitFor('Remove the 30 test files?');
		screen.press('escape');
		await screen.waitFor('of 30 files');
		expect(watch.calls.at(-1)).toBe('watchAgain');
		screen.type('qn');
		await vi.waitFor(() => expect(onLeave).toHaveBeenCalledOnce());
		expect(watch.calls).not.toContain('cleanUpWatched');
	});
});

describe('a watch that uploads nothing and lasts for a time', () => {
	const lasting = (leftMs: number): SimulatedWatch => {
		const watch = simulateWatch();
		watch.play(watchStarted(playedFrom));
		return {...watch, session: {...watch.session, timeLeftMs: () => leftMs}};
	};

	it('says in its first row how much is left', async () => {
		const screen = await show(lasting(83_000));
		expect(screen.lines()[2]).toMatch(/acme-logs-dr \(eu-west-1\) +1:23 left$/);
	});

	it('also while it is paused', async () => {
		const watch = lasting(9000);
		const screen = await show(watch);
		watch.play({type: 'watch-paused', at: playedUntil});
		screen.clock.frame();
		await screen.waitFor(/paused, 9 s left$/m);
	});
});

/** Every key of the foot and of what had no room there, with what it does. */
const keysOfTheWatch = [
	...['filter', 'failed', 'details', 'pause', 'end', 'upload', 'upload a file', 'sort', 'back'],
	...['plain lines', 'report', 'undo the run', 'resend failed', 'stop safely'],
];

it.each([
	{columns: 60, rows: 16},
	{columns: 80, rows: 24},
])(
	'every key of the foot is in the help at $columns × $rows, which scrolls by the keys it names',
	async (size) => {
		const screen = await show(playedWatch(), size);
		const foot = screen.lines().at(-2) ?? '';
		expect(foot).toMatch(/^ .*\? help$/);
		const hints = foot.slice(1, -7).trim().split(/ {3,}/);
		screen.type('?');
		const first = await screen.waitFor('Keys that work here');
		expect(screen.lines().at(-2)).toContain('↑↓ scroll   PgUp PgDn page   esc close');
		const rows = new Set(first.split('\n'));
		// By one row, then by pages until the end.
		screen.press('down');
		for (const line of (await screen.waitFor(/lines 2-\d+ of/)).split('\n')) rows.add(line);
		for (;;) {
			const before = screen.frame();
			const [, last = '', of = ''] = /lines \d+-(\d+) of (\d+)/.exec(before) ?? [];
			if (last === of) break;
			screen.press('pageDown');
			for (const line of (await screen.waitFor((frame) => frame !== before)).split('\n')) rows.add(line);
		}

		const help = [...rows].join('\n');
		for (const label of [...hints.map((hint) => hint.replace(/^\S+ /, '')), ...keysOfTheWatch])
			expect(help).toContain(label);
		expect(help).toContain('q ends the watch and leaves with the summary.');
	},
);

describe('the clock', () => {
	it('moves ages once a second while something is under way', async () => {
		const screen = await show(playedWatch());
		await screen.waitFor('live 35 s');
		screen.clock.tick();
		await screen.waitFor('live 36 s');
	});

	it.each<readonly [string, (watch: SimulatedWatch) => void]>([
		[
			'all is settled',
			(watch) => {
				watch.update({filesWanted: 30});
				for (let index = 1; index <= 30; index++)
					watch.play(asked(index, 'COMPLETED', playedUntil), arrived(index, playedUntil, 5000));
			},
		],
		['it is paused', (watch) => watch.play({type: 'watch-paused', at: playedUntil})],
	])('stands still, and nothing is written, when %s', async (_when, settle) => {
		const watch = playedWatch();
		const screen = await show(watch);
		settle(watch);
		screen.clock.frame();
		await vi.waitFor(() => expect(screen.clock.watchers()).toBe(0));
		// The keys at the foot are drawn by React, later than the picture: that frame is no part of what stands still.
		await screen.quiet();
		const before = screen.output().length;
		for (let second = 0; second < 60; second++) screen.clock.tick();
		await screen.quiet();
		expect(screen.frame()).toContain('of 30 files');
		expect([screen.output().length, screen.clock.waiting()]).toEqual([before, 0]);
	});
});

it('leaves the body to the help while that is open', async () => {
	const screen = await show(playedWatch());
	screen.type('?');
	await screen.waitFor('Keys that work here');
	expect(screen.frame()).toContain('resend failed');
	expect(screen.frame()).not.toContain('PENDING     …');
	screen.press('escape');
	await screen.waitFor('of 30 files');
});

it.each(screenSizes)(
	'explains every word in the help at $columns × $rows, with arrows where it is long',
	async (size) => {
		const screen = await show(playedWatch(), size);
		screen.type('?');
		await screen.waitFor(/PENDING, COMPLETED, FAILED and REPLICA|lines 1-/);
		screen.press('end');
		await screen.waitFor('q ends the watch and leaves with the summary.');
		expectWithinFrame(screen, size);
	},
);

it('keeps the list where it is while something has to be said', async () => {
	const watch = playedWatch();
	const screen = await show(watch);
	const rowOfList = screen.lines().findIndex((line) => line.includes('KEY'));
	watch.play({
		type: 'probe-waited',
		reason: 'Sending one file first: a new role needs time',
		limitMs: 30_000,
		at: playedUntil,
	});
	screen.clock.frame();
	await screen.waitFor('at most 30 s');
	expect(screen.lines()[rowOfList]).toContain('KEY');
});

it('follows the window while it changes, and draws the same again in the same window', async () => {
	const screen = await show(playedWatch());
	const before = screen.frame();
	for (const size of [...screenSizes, {columns: 200, rows: 60}, {columns: 71, rows: 19}]) {
		screen.resize(size);
		await screen.waitFor((frame) => frame.split('\n').length === size.rows - 1);
		expectWithinFrame(screen, size);
	}

	screen.resize({columns: 50, rows: 12});
	await screen.waitFor('needs 60x16, has 50x12');
	expect(screen.frame()).not.toContain('FAILED');
	screen.resize({columns: 80, rows: 24});
	expect(await screen.waitFor((frame) => frame === before)).toBe(before);
});

it.each([
	[60, 'while it goes on', false, /^ t resend failed {3}\/ filter {3}q end {3}esc back /],
	[60, 'while it is paused', true, /^ p go on {3}t resend failed/],
	[80, 'while it goes on', false, /^ t resend failed .* ⏎ details {3}q end {3}esc back /],
])('at %i columns the hints name what matters first %s', async (columns, _when, isPaused, hints) => {
	const watch = playedWatch();
	const screen = await show(watch, {columns, rows: 24});
	watch.play({type: isPaused ? 'watch-paused' : 'watch-resumed', at: playedUntil});
	screen.clock.frame();
	await screen.waitFor((frame) => hints.test(frame.split('\n').at(-1) ?? ''));
});
