import {expect, test} from 'vitest';
import type {RunEvent, Stamped} from '../../source/domain/event.js';
import {createWatchStore} from '../../source/session/watch/watch-store.js';
import type {Line} from '../../source/ui/components/text/line.js';
import {createTheme} from '../../source/ui/theme.js';
import {detailLines} from '../../source/ui/watch/object-details.js';
import {delayCell} from '../../source/ui/watch/watch-cells.js';
import {chartLines} from '../../source/ui/watch/watch-charts.js';
import {layoutWatch} from '../../source/ui/watch/watch-layout.js';
import {objectRows} from '../../source/ui/watch/object-rows.js';
import {watchNotices} from '../../source/ui/watch/watch-notices.js';
import {arrived, keyOf, replicationFailed, sent, versionOf, watchStarted} from '../support/watch-events.js';

const lineText = (line: Line): string => line.map(({text}) => text).join('');
const {glyphs} = createTheme({hasColour: false, hasUnicode: true});

const everyWidth = Array.from({length: 141}, (_, index) => 60 + index);

/** The heads of the columns that the list has beside its pane. */
const headsAt = (columns: number): readonly string[] => {
	const {detailsWidth} = layoutWatch({
		...{columns, rows: 35, destinationCount: 1, noticeRows: 0},
		panelRows: () => 0,
	});
	const [heads] = objectRows({
		...{objects: [], focusedIndex: 0, destinationCount: 1, nowMs: 0, glyphs},
		width: columns - detailsWidth,
	});
	return lineText(heads ?? [])
		.trim()
		.split(/\s+/);
};

test('a wider terminal never shows fewer columns, and 80 cells show all of them', () => {
	for (const columns of everyWidth)
		expect(headsAt(columns)).toEqual(expect.arrayContaining([...headsAt(columns - 1)]));
	expect(headsAt(80)).toEqual(['KEY', 'SIZE', 'SENT', 'SOURCE', 'REPLICA', 'DELAY']);
});

test('few files make one wide chart; many of different sizes one of files and one of bytes', () => {
	const textOf = (count: number, bytes: readonly number[]): string => {
		const store = createWatchStore();
		for (const event of [
			watchStarted(0),
			...Array.from({length: count}, (_, n) => [...sent(n + 1, 0), arrived(n + 1, 1000, 1000)]).flat(),
		])
			store.fold(event);
		const objects = bytes.map((_, second) => (second + 1) % 4);
		return chartLines(store.delays, {objects, bytes}, {glyphs, width: 120}).map(lineText).join('\n');
	};
	const uneven = [9, 1, 5, 0, 100, 3];
	expect(textOf(5, uneven)).toMatch(/done\/s, .*\/s, last 60 s/);
	expect(textOf(60, uneven)).toMatch(/done\/s, last 31 s +\S+ K?B\/s/);
});

/** A file that failed twice, was sent again twice, and arrived over a pause. */
const sentThrice = () => {
	const store = createWatchStore();
	const resent = (at: number, versionId: string, replaces: string): void => {
		store.fold({type: 'object-resent', key: keyOf(1), versionId, replaces, sizeBytes: 9, at});
	};

	const failed = (at: number, versionId: string, number: number): void => {
		const sendingAgain = {number, of: 3, delayMs: 12_000};
		store.fold({
			...(replicationFailed(1, at) as Extract<RunEvent, {type: 'object-failed'}>),
			versionId,
			sendingAgain,
			at,
		});
	};

	for (const event of [watchStarted(0), ...sent(1, 1000)]) store.fold(event);
	failed(3000, versionOf(1), 1);
	resent(15_000, 'second', versionOf(1));
	failed(18_000, 'second', 2);
	return {store, resent};
};

test('a file that was sent again keeps the times of its earlier tries', () => {
	const {store} = sentThrice();
	const details = store.object(keyOf(1), 20_000);
	const lines = details ? detailLines(details, store.ends, glyphs, 100).map(lineText) : [];
	const times = lines.flatMap((line) => /^\d+:\d\d\.\d/.exec(line) ?? []);
	expect(times).toEqual(['0:00.0', '0:00.0', '0:02.0', '0:14.0', '0:17.0']);
});

test('failed files that are sent again are told with the time and the try', () => {
	const {store} = sentThrice();
	expect(watchNotices(store, 20_000, true)).toEqual(['! 1 failed, sending again in 10 s (2 of 3)']);
	expect(watchNotices(store, 31_000, true)).toEqual(['! 1 failed, sending again now (2 of 3)']);
});

test('an arrival over a pause has no delay in its row', () => {
	const {store, resent} = sentThrice();
	resent(31_000, 'third', 'second');
	store.fold({
		...arrived(1, 931_000, 900_000),
		...{versionId: 'third', wasInterrupted: true},
	});
	const details = store.object(keyOf(1), 931_000);
	expect(details && delayCell(details, glyphs).text).toBe('over a pause');
});

test.each([
	[false, 'Test files and their replicas stay locked until 1970-01-31 00:00 UTC: '],
	[true, 'Replicas stay locked until 1970-01-31 00:00 UTC: '],
])('what a default retention keeps is among the notes of a watch, replicas alone: %s', (isReplica, words) => {
	const store = createWatchStore();
	const kept = {
		bucket: 'logs',
		defaultRetention: 'GOVERNANCE, days: 30',
		untilMs: 30 * 86_400_000,
		isReplica,
	};
	store.fold({...watchStarted(0), keptFiles: [kept]} as Stamped<RunEvent>);
	expect(store.notes).toEqual([`${words}logs has the default retention GOVERNANCE, days: 30.`]);
});
