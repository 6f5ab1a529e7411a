// A session's watch without a screen: its events come from a simulated source. Bundled as the program is, started by
// `memory-bench.ts`; prints what memory it took.
import {setImmediate as nextTurn} from 'node:timers/promises';
import {openSettledFile} from '../../source/commands/files/settled-file.js';
import type {RunEvent, Stamped} from '../../source/domain/event.js';
import {createTracker, type Tracker} from '../../source/engine/watch/tracker.js';
import {createSessionCore} from '../../source/session/actions/core/session-core.js';
import {arrived, asked, requestsMade, sent, watchStarted} from '../support/watch-events.js';

const objects = Number(process.argv[2]);
const openAtOnce = Number(process.argv[3]);
const perSecond = 100;

const never = async (): Promise<never> => {
	throw new Error('A simulated watch asks nobody.');
};
let now = Date.UTC(2026, 10, 22);
const core = createSessionCore({
	command: 'watch',
	answers: {environment: 'aws'},
	services: {
		openEnvironment: never,
		findProfiles: never,
		clock: {now: () => now, wait: never},
		newRunId: () => '20261122-101500-1a2b',
		newSuffix: () => 'abc123',
		openSettledFile: () => openSettledFile(),
	},
});

/** What is in use when everything that can go is gone: some of it goes only in a later turn. */
const usedBytes = async (): Promise<number> => {
	for (let turns = 0; turns < 5; turns++) {
		await nextTurn();
		globalThis.gc?.();
	}

	return process.memoryUsage().heapUsed;
};

/** The open objects as the engine follows them besides; their texts are the same. */
const followed = (): Tracker => {
	const destinations = [{bucket: 'acme-logs-dr', watched: {} as never}];
	const tracker = createTracker(
		{
			destinations,
			source: {reference: {bucket: 'acme-logs', region: 'us-east-1', accountId: '111122223333'}} as never,
		},
		() => undefined,
		() => undefined,
	);
	for (const {key, versionId = '', sizeBytes, isOurs, uploadedAt = 0, resends} of core.watch.openObjects())
		tracker.track({key, versionId, sizeBytes, isOurs, uploadedAt, resends});
	return tracker;
};

/** A version's id as S3's are: 32 characters, read in one piece. */
const asRead = (id: string): string => Buffer.from(id.padEnd(32, 'x'), 'latin1').toString('latin1');
/** What is told of one object, with such an id. */
const emit = (event: Stamped<RunEvent>): void =>
	core.emit(
		'versionId' in event && event.versionId !== null ? {...event, versionId: asRead(event.versionId)} : event,
	);

// What is compiled and kept once is no object's: another watch comes first, which the one that counts lets go.
core.emit(watchStarted(now, [{bucket: 'acme-logs-first', region: 'eu-west-1'}]));
for (let index = 0; index < 2000; index++) {
	for (const event of sent(index, now)) emit(event);
	emit(arrived(index, now, 1000, 'acme-logs-first'));
	emit(asked(index, 'COMPLETED', now));
}

core.emit(watchStarted(now));
const emptyBytes = await usedBytes();
let openBytes = 0;
let trackedBytes = 0;
for (let index = 0; index < objects + openAtOnce; index++) {
	now += 1000 / perSecond;
	if (index < objects) for (const event of sent(index, now)) emit(event);
	if (index === openAtOnce - 1) {
		const keptBytes = await usedBytes();
		openBytes = keptBytes - emptyBytes;
		const tracker = followed();
		trackedBytes = (await usedBytes()) - keptBytes;
		if (tracker.openCount !== openAtOnce) throw new Error(`${tracker.openCount} are followed.`);
	}

	const back = index - openAtOnce;
	if (back >= 0) {
		emit(arrived(back, now, (openAtOnce * 1000) / perSecond - (back % 100) * 60));
		emit(asked(back, 'COMPLETED', now));
	}

	if (index % perSecond === 0) {
		core.emit(requestsMade(100, 1, 100, now));
		// Other things have their turn, as they have while requests are waited for.
		await nextTurn();
	}
}

const {replicated} = core.watch.objectCounts();
const peakBytes = process.resourceUsage().maxRSS * 1024;
core.watch.close();
const [bytesPerOpen, bytesPerTracked] = [openBytes / openAtOnce, trackedBytes / openAtOnce];
console.log(JSON.stringify({replicated, peakBytes, bytesPerOpen, bytesPerTracked}));
