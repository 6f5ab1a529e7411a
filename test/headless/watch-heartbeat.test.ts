import {expect, test} from 'vitest';
import type {RunEvent} from '../../source/domain/event.js';
import {createWatchHeartbeat} from '../../source/headless/watch-heartbeat.js';
import type {Session} from '../../source/session/session.js';
import {createWatchStore} from '../../source/session/watch/watch-store.js';
import {createTestClock} from '../support/test-clock.js';

const started: RunEvent = {
	type: 'watch-started',
	sourceBucket: 's',
	sourceRegion: 'us-east-1',
	sourceProfile: 'p',
	destinations: [{bucket: 'd', region: 'us-west-2'}],
};

/** A watch of so many files that are sent at once, of which some arrive after 1.5 s; the lines of half a minute. */
async function linesOf(count: number, arrived: number): Promise<readonly string[]> {
	const clock = createTestClock();
	const lines: string[] = [];
	const watchView = createWatchStore();
	const getState = () => ({filesWanted: count});
	const heartbeat = createWatchHeartbeat({watchView, getState} as unknown as Session, clock, (line) =>
		lines.push(line),
	);
	const tell = (event: RunEvent): void => {
		watchView.fold({...event, at: clock.now()});
		if (heartbeat.isQuiet(event) || !event.type.startsWith('object')) return;
		lines.push(event.type);
		heartbeat.wrote();
	};

	tell(started);
	for (let number = 0; number < count; number++)
		tell({type: 'object-uploaded', key: `k${number}`, versionId: 'v', sizeBytes: 1, isOurs: true});
	await clock.runUntil(clock.wait(1500));
	for (let number = 0; number < arrived; number++) {
		const key = `k${number}`;
		tell({type: 'object-replicated', key, versionId: 'v', destination: 'd', delayMs: 1500, uncertaintyMs: 0});
	}

	await clock.runUntil(clock.wait(29_000));
	heartbeat.stop();
	return lines;
}

test('a few objects have a line each, and a long silence is broken every ten seconds', async () => {
	expect(await linesOf(2, 1)).toEqual([
		'object-uploaded',
		'object-uploaded',
		'object-replicated',
		'  … 1 of 2 replicated, 1 pending, p50 1.5 s, p95 1.5 s',
		'  … 1 of 2 replicated, 1 pending, p50 1.5 s, p95 1.5 s',
	]);
});

test('many have no line each, but how far they are is said', async () => {
	expect(await linesOf(300, 200)).toEqual([
		'  More than 100 objects: how far they are is said every 10 s.',
		'  … 200 of 300 replicated, 100 pending, p50 1.5 s, p95 1.5 s, 20/s',
		'  … 200 of 300 replicated, 100 pending, p50 1.5 s, p95 1.5 s',
		'  … 200 of 300 replicated, 100 pending, p50 1.5 s, p95 1.5 s',
	]);
});

test('nothing is said when all have come to their end', async () => {
	expect(await linesOf(1, 1)).toEqual(['object-uploaded', 'object-replicated']);
});
