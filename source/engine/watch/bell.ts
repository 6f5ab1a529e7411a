import type {Clock} from '../clock.js';

/** Wakes whoever waits when something has happened that may concern them. */
export type Bell = {
	ring(): void;
	/** Calls back at the next ring. Gives the function that ends it. */
	onRing(listener: () => void): () => void;
};

export function createBell(): Bell {
	const listeners = new Set<() => void>();
	return {
		ring() {
			for (const listener of listeners) listener();
		},
		onRing(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

/** Waits until a bell rings or the time is over, whatever comes first; without a time, until a bell rings. Never throws: a signal ends it. */
export async function rest(
	clock: Clock,
	delayMs: number | undefined,
	bells: readonly Bell[],
	signal: AbortSignal,
): Promise<void> {
	if (signal.aborted) return;
	// Files end by the hundred a second: without a time there is nothing to call off.
	const over = delayMs === undefined ? undefined : new AbortController();
	await new Promise<void>((resolve) => {
		const ends = bells.map((bell) => bell.onRing(done));
		signal.addEventListener('abort', done, {once: true});
		if (delayMs !== undefined) clock.wait(delayMs, over?.signal).then(done, () => undefined);

		function done(): void {
			for (const end of ends) end();
			signal.removeEventListener('abort', done);
			over?.abort();
			resolve();
		}
	});
}
