import {isOfObject, type RunEvent} from '../domain/event.js';
import type {Session} from '../session/session.js';
import {progressLine} from './progress-line.js';

const usualHeartbeatMs = 10_000;
/** More objects than this have no line each: nobody reads ten thousand of them. */
const maxObjects = 100;

/** The time and the waiting, as the program has them. */
export type WriterClock = {
	readonly now: () => number;
	readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>;
};

/** Says now and then how far a watch is, in the place of too many lines, and so that a long silence is not taken for a standstill. */
type WatchHeartbeat = {
	/** Takes notice of an event; gives whether it goes without lines of its own. */
	readonly isQuiet: (event: RunEvent) => boolean;
	/** A line was written. */
	readonly wrote: () => void;
	readonly stop: () => void;
};

export function createWatchHeartbeat(
	session: Session,
	clock: WriterClock,
	write: (line: string) => void,
	heartbeatMs = usualHeartbeatMs,
): WatchHeartbeat {
	const stop = new AbortController();
	let isBeating = false;
	let hasWritten = false;
	let isSilenced = false;

	async function beat(): Promise<void> {
		while (!stop.signal.aborted) {
			await clock.wait(heartbeatMs, stop.signal);
			const {watchView} = session;
			if (watchView.isAnyOpen && !watchView.isPaused && (isSilenced || !hasWritten))
				write(progressLine(watchView, session.getState().filesWanted, clock.now()));
			hasWritten = false;
		}
	}

	return {
		isQuiet(event) {
			if (event.type === 'watch-started' && !isBeating) {
				isBeating = true;
				beat().catch(() => undefined);
			}

			if (event.type === 'run-finished') stop.abort();
			if (!isOfObject(event)) return false;
			const {watchView} = session;
			const {filesWanted} = session.getState();
			if (!isSilenced && Math.max(filesWanted, watchView.counts(clock.now()).total) > maxObjects) {
				isSilenced = true;
				write(`  More than ${maxObjects} objects: how far they are is said every ${heartbeatMs / 1000} s.`);
			}

			return isSilenced;
		},
		wrote() {
			hasWritten = true;
		},
		stop: () => stop.abort(),
	};
}
