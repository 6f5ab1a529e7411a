import {describe, expect, it, vi} from 'vitest';
import {obey} from '../../source/commands/accessible/watch-commands.js';
import {playedUntil, playedWatch} from '../support/played-watch.js';
import {reportPlace} from '../support/simulated-watch.js';

const noLater = (): void => undefined;

describe('a line that is typed while a watch is read by a screen reader', () => {
	it.each([
		['p', 'pauseWatching', []],
		['u', 'uploadMore 5', ['5 more files.']],
		['u 1', 'uploadMore 1', ['1 more file.']],
		['  T ', 'resend 2', ['2 files are sent again.']],
		['q', 'stopWatching', ['Ending the watch.']],
	])('%j does what the key does', (line, call, said) => {
		const watch = playedWatch();
		expect(obey(watch.session, line, playedUntil, noLater)).toEqual(said);
		expect(watch.calls).toEqual([call]);
	});

	it.each(['s', 'status', ''])('%j tells how far it is', (line) => {
		expect(obey(playedWatch().session, line, playedUntil, noLater)).toEqual([
			expect.stringMatching(/20 of 40 replicated, .*2 failed, p50 /),
		]);
	});

	it('p goes on after a pause', () => {
		const watch = playedWatch();
		watch.play({type: 'watch-paused', at: playedUntil});
		obey(watch.session, 'p', playedUntil, noLater);
		expect(watch.calls).toEqual(['resumeWatching']);
	});

	it('f names the files that have failed, and why', () => {
		const said = obey(playedWatch().session, 'f', playedUntil, noLater);
		expect(said[0]).toBe('2 files have failed.');
		expect(said[1]).toMatch(/✗ .*00018\.txt {2}S3 says FAILED/);
	});

	it('m says where the report is once it is written', async () => {
		const later = vi.fn();
		expect(obey(playedWatch().session, 'm', playedUntil, later)).toEqual([]);
		await vi.waitFor(() =>
			expect(later).toHaveBeenCalledWith([
				'Report written:',
				...['md', 'json', 'csv'].map((ending) => `  ${reportPlace}.${ending}`),
			]),
		);
	});

	it.each(['u none', 'u 0', 'u -3', 'undo'])('%j does nothing and says what would', (line) => {
		const watch = playedWatch();
		expect(obey(watch.session, line, playedUntil, noLater).join()).toMatch(/Type (?:u, or|a question mark)/);
		expect(watch.calls).toEqual([]);
	});

	it('? says every command', () => {
		const help = obey(playedWatch().session, '?', playedUntil, noLater).join('\n');
		for (const word of ['status', 'p:', 'u:', 'f:', 't:', 'm:', 'q:']) expect(help).toContain(word);
	});
});
