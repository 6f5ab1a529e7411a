import {arrived, asked, replicationFailed, requestsMade, sent, watchStarted} from './watch-events.js';
import {simulateWatch, type SimulatedWatch} from './simulated-watch.js';

/** When the played watch began, and when its clock stands still: 35 s later. */
export const playedFrom = Date.UTC(2026, 10, 22, 10, 15);
export const playedUntil = playedFrom + 35_000;

export const threeDestinations = [
	{bucket: 'acme-logs-dr', region: 'eu-west-1'},
	{bucket: 'acme-logs-ap', region: 'ap-southeast-2'},
	{bucket: 'somebody-elses'},
] as const;

/** A watch of 40 files: 30 are sent, 20 have arrived at the first destination, files 9 and 18 have failed. */
export const playedWatch = (
	destinations: ReadonlyArray<{readonly bucket: string; readonly region?: string}> = threeDestinations.slice(
		0,
		1,
	),
): SimulatedWatch => {
	const watch = simulateWatch(40);
	watch.play(watchStarted(playedFrom, destinations));
	for (let index = 1; index <= 30; index++) {
		const at = playedFrom + index * 1000;
		watch.play(...sent(index, at), asked(index, 'PENDING', at + 500));
	}

	for (const index of Array.from({length: 22}, (_, at) => at + 1).filter((each) => each % 9 !== 0)) {
		const delayMs = 2960 + ((index * index * 70) % 9000);
		const at = playedFrom + index * 1000 + 40 + delayMs;
		watch.play(asked(index, 'COMPLETED', at), arrived(index, at, delayMs));
	}

	for (const index of [9, 18]) watch.play(replicationFailed(index, playedFrom + index * 1000 + 3000));
	watch.play(requestsMade(30, 22, 44, playedUntil));
	return watch;
};
