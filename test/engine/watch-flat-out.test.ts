import {expect, test} from 'vitest';
import {askSource} from '../../source/engine/watch/ask-source.js';
import {createRequestGate} from '../../source/engine/watch/request-gate.js';
import {createTracker} from '../../source/engine/watch/tracker.js';
import {createTestClock} from '../support/test-clock.js';

const reference = {bucket: 'acme-logs-prod', region: 'us-east-1', accountId: '111122223333'};

/** Files that have arrived at once are followed for ten seconds; gives the keys that the source was asked about by then, and ten seconds later. */
async function askedWhile(files: number, isSendingFlatOut: (seconds: number) => boolean) {
	const clock = createTestClock();
	const startedAt = clock.now();
	const stop = new AbortController();
	const emit = (): void => undefined;
	const watched = {reference, connection: {} as never};
	const tracker = createTracker(
		{source: watched, destinations: [{bucket: 'acme-logs-dr', watched}]},
		emit,
		() => undefined,
	);
	for (let index = 0; index < files; index++) {
		tracker.track({
			key: `test/${index}`,
			versionId: 'v',
			sizeBytes: 1,
			isOurs: true,
			uploadedAt: startedAt,
			resends: 0,
		});
	}

	for (const object of [...tracker.open()]) tracker.arrive(object, 0, startedAt);
	let asked = 0;
	const asking = askSource({
		tracker,
		clock,
		emit,
		signal: stop.signal,
		whilePaused: async () => undefined,
		isSendingFlatOut: () => isSendingFlatOut((clock.now() - startedAt) / 1000),
		source: {
			reference,
			gate: createRequestGate({...reference, clock, emit, renewCredentials: emit}),
			objects: {
				async headVersion() {
					asked++;
					return {state: 'existing', status: 'COMPLETED', metadata: {}};
				},
			},
		},
	}).catch((error: unknown) => error);
	await clock.runUntil(clock.wait(10_000));
	const during = asked;
	await clock.runUntil(clock.wait(10_000));
	stop.abort();
	await asking;
	return {during, after: asked};
}

test('what has arrived is not asked about while as many files are sent as may be at once', async () => {
	expect(await askedWhile(30, (seconds) => seconds < 11)).toEqual({during: 0, after: 30});
});

test('it is asked about at once while fewer are sent', async () => {
	expect(await askedWhile(30, () => false)).toEqual({during: 30, after: 30});
});

test('it is asked about all the same when ten thousand are open', async () => {
	const {during} = await askedWhile(10_000, () => true);
	expect(during).toBeGreaterThan(0);
});
