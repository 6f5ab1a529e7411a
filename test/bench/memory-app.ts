// A session's watch without a screen: its events come from a simulated source. Bundled as the program is, started by
// `memory-bench.ts`; prints what memory it took.
import {openSettledFile} from '../../source/commands/settled-file.js';
import {createSessionCore} from '../../source/session/session-core.js';
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
		openSettledFile,
	},
});

/** What is in use when everything that can go is gone. */
const usedBytes = (): number => {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
};

core.emit(watchStarted(now));
const emptyBytes = usedBytes();
let openBytes = 0;
for (let index = 0; index < objects + openAtOnce; index++) {
	now += 1000 / perSecond;
	if (index < objects) for (const event of sent(index, now)) core.emit(event);
	if (index === openAtOnce - 1) openBytes = usedBytes() - emptyBytes;
	const back = index - openAtOnce;
	if (back >= 0) {
		core.emit(arrived(back, now, (openAtOnce * 1000) / perSecond - (back % 100) * 60));
		core.emit(asked(back, 'COMPLETED', now));
	}

	if (index % perSecond === 0) {
		core.emit(requestsMade(100, 1, 100, now));
		// Other things have their turn, as they have while requests are waited for.
		await new Promise((resolve) => setImmediate(resolve));
	}
}

const {replicated} = core.watch.objectCounts();
const peakBytes = process.resourceUsage().maxRSS * 1024;
core.watch.close();
console.log(JSON.stringify({replicated, peakBytes, bytesPerOpen: openBytes / openAtOnce}));
