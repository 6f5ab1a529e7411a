import type {Clock} from '../engine/clock.js';
import type {WatchControl} from '../engine/watch/watch-options.js';

export type WatchWishes = {
	/** How many files are wanted in all, as of now. */
	readonly filesWanted: () => number;
	/** Whether the watch goes on when every file has come to its end. */
	readonly staysOpen: () => boolean;
	/** How many files a second; absent: as quickly as they go. */
	readonly ratePerSecond?: number;
	/** When a watch that uploads nothing ends by itself, in milliseconds since 1970. */
	readonly endsAt?: number;
	readonly clock: Clock;
};

/** A watch's control, and what to call when a wish has changed. Files at a rate become due one after the other. */
export function createWatchControl(wishes: WatchWishes): WatchControl & {readonly wake: () => void} {
	const {clock, ratePerSecond, endsAt} = wishes;
	const startedAt = clock.now();
	let wakeUp: (() => void) | undefined;

	function due(): number {
		const wanted = wishes.filesWanted();
		if (ratePerSecond === undefined) return wanted;
		return Math.min(wanted, Math.floor(((clock.now() - startedAt) / 1000) * ratePerSecond) + 1);
	}

	/** How long until the next file is due, or the end has come. */
	function nextMs(): number | undefined {
		const now = clock.now();
		if (ratePerSecond !== undefined && due() < wishes.filesWanted()) {
			return Math.max(1, startedAt + (due() / ratePerSecond) * 1000 - now);
		}

		return endsAt === undefined || now >= endsAt ? undefined : endsAt - now;
	}

	return {
		filesWanted: due,
		staysOpen: () =>
			wishes.staysOpen() || due() < wishes.filesWanted() || (endsAt !== undefined && clock.now() < endsAt),
		async changed(signal) {
			const next = nextMs();
			const ended = new AbortController();
			await Promise.race([
				new Promise<void>((resolve) => {
					wakeUp = resolve;
					signal.addEventListener('abort', () => resolve(), {once: true, signal: ended.signal});
				}),
				...(next === undefined
					? []
					: [clock.wait(next, AbortSignal.any([signal, ended.signal])).catch(() => undefined)]),
			]);
			ended.abort();
		},
		wake: () => wakeUp?.(),
	};
}
