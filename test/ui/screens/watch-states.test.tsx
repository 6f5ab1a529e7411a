import {expect, it} from 'vitest';
import type {RunEvent, Stamped} from '../../../source/domain/event.js';
import {fixable} from '../../../source/domain/problem.js';
import {App} from '../../../source/ui/app/app.js';
import {createTheme} from '../../../source/ui/theme.js';
import {createHandClock} from '../../support/hand-clock.js';
import {playedFrom, playedUntil, playedWatch, threeDestinations} from '../../support/played-watch.js';
import {renderScreen, screenSizes} from '../../support/render-screen.js';
import {sampled} from '../../support/sampled.js';
import {simulateWatch, type SimulatedWatch} from '../../support/simulated-watch.js';
import {arrived, asked, keyOf, sent, versionOf, watchStarted} from '../../support/watch-events.js';
import {expectWithinFrame} from '../../support/within-frame.js';

const noLeave = (): void => undefined;
const uploading = {type: 'upload-started', key: keyOf(31), sizeBytes: 4096, at: playedUntil} as const;
const busy = fixable('throttled', 'Cannot list acme-logs-dr: S3 asks to slow down', 'It is busy.', ['Wait.']);

/** A watch of one file that has arrived. */
const settled = (): SimulatedWatch => {
	const watch = simulateWatch(1);
	const at = playedFrom + 1000;
	watch.play(watchStarted(playedFrom, threeDestinations.slice(0, 1)), ...sent(1, at));
	watch.play(asked(1, 'COMPLETED', at + 3000), arrived(1, at + 3000, 2900));
	return watch;
};

const unseen = (): SimulatedWatch => {
	const watch = playedWatch();
	watch.play(asked(30, 'COMPLETED', playedUntil), {
		type: 'object-unseen',
		key: keyOf(30),
		versionId: versionOf(30),
		destination: 'acme-logs-dr',
		at: playedUntil,
	});
	return watch;
};

const playedOn = (...events: ReadonlyArray<Stamped<RunEvent>>): SimulatedWatch => {
	const watch = playedWatch();
	watch.play(...events);
	return watch;
};

/** Each state of a watch: what leads to it, keys, when it is looked at, and what a person reads then. */
const states: ReadonlyArray<readonly [string, () => SimulatedWatch, string, number, RegExp]> = [
	['a file on its way up', () => playedOn(uploading), '', playedUntil, /00031.*sending/],
	['a pending file', () => playedWatch(), '', playedUntil, /00030.*PENDING/],
	['a slow file', () => playedWatch(), '', playedUntil + 180_000, /PENDING +! slow/],
	['a replicated file', settled, '', playedUntil, /00001.*COMPLETED.*REPLICA +2\.9 s/],
	['a failed file', () => playedWatch(), '', playedUntil, /00018.*FAILED.*none/],
	['a file that is not seen', unseen, '', playedUntil, /00030.*COMPLETED +! not seen/],
	[
		'a pause',
		() => playedOn({type: 'watch-paused', at: playedUntil}),
		'',
		playedUntil,
		/paused[\s\S]*p go on/,
	],
	[
		'throttling',
		() =>
			playedOn({
				type: 'request-failed',
				bucket: 'acme-logs-dr',
				problem: busy,
				delayMs: 4000,
				isFirst: true,
				at: playedUntil,
			}),
		'',
		playedUntil,
		/! Cannot list acme-logs-dr: S3 asks to slow down/,
	],
	['everything at its end', settled, '', playedUntil, /all settled/],
	['a filter without result', () => playedWatch(), '/zzz', playedUntil, /has zzz in it; esc takes/],
	['no failed file', settled, 'f', playedUntil, /no file has failed; f shows all files/],
	['details', () => playedWatch(), '\r', playedUntil, /S3 says FAILED/],
	['help', () => playedWatch(), '?', playedUntil, /Keys that work here/],
];

const looks = sampled(
	'looks of the watch',
	screenSizes.flatMap((size) =>
		[true, false].flatMap((hasUnicode) => [true, false].map((hasColour) => ({size, hasUnicode, hasColour}))),
	),
	8,
);

it.each(states)(
	'shows %s in every size, in Unicode and ASCII, with and without colours',
	async (...state) => {
		const [, watch, keys, at, words] = state;
		for (const {size, hasUnicode, hasColour} of looks) {
			const theme = createTheme({hasColour, hasUnicode});
			const screen = await renderScreen(<App session={watch().session} onLeave={noLeave} />, {
				...size,
				theme,
				clock: createHandClock(at),
			});
			await screen.waitFor('? help');
			screen.type(keys);
			const frame = await screen.waitFor(words);
			expectWithinFrame(screen, size, theme.glyphs.rule);
			expect(/^[\n -~]*$/.test(frame)).toBe(!hasUnicode);
			expect(/\u001B\[[\d;]*3[1-6]m/.test(screen.output())).toBe(hasColour);
			screen.app.leave();
		}
	},
);

it('lets the age of CloudWatch’s figures go on while all else is settled', async () => {
	const watch = settled();
	const point = (value: number) => ({at: playedUntil - 60_000, value});
	watch.play({
		type: 'replication-metrics-read',
		...{ruleId: 'r', destination: 'acme-logs-dr', failed: null, at: playedUntil},
		...{pendingOperations: point(0), pendingBytes: point(0), latencySeconds: point(4)},
	});
	const clock = createHandClock(playedUntil);
	const screen = await renderScreen(<App session={watch.session} onLeave={noLeave} />, {
		...{columns: 80, rows: 24},
		clock,
	});
	await screen.waitFor(/all settled[\s\S]*– CloudWatch on rule r: 0 pending.*latency 4\.0 s \(1 min ago\)/);
	for (let seconds = 0; seconds < 60; seconds++) clock.tick();
	await screen.waitFor(/all settled[\s\S]*latency 4\.0 s \(2 min ago\)/);
	screen.app.leave();
});
