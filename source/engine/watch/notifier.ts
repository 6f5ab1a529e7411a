import type {Clock} from '../clock.js';

/** Wakes whoever waits when something has happened that may concern them. */
export type Notifier = {
	readonly notify: () => void;
	/** Calls back at the next notification. Gives the function that ends it. */
	readonly onNotify: (listener: () => void) => () => void;
};

export function createNotifier(): Notifier {
	const listeners = new Set<() => void>();
	return {
		notify() {
			for (const listener of listeners) listener();
		},
		onNotify(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

/** Files call waits off by the hundred a second, and without a reason each makes an error with its stack. */
const calledOff = 'called off';

/** Waits until a notifier notifies or the time is over, whichever comes first; without a time, until one notifies. Never throws: a signal ends it. */
export async function rest(
	clock: Clock,
	delayMs: number | undefined,
	notifiers: readonly Notifier[],
	signal: AbortSignal,
): Promise<void> {
	if (signal.aborted) return;
	// Files end by the hundred a second: without a time there is nothing to call off.
	const over = delayMs === undefined ? undefined : new AbortController();
	await new Promise<void>((resolve) => {
		const ends = notifiers.map((notifier) => notifier.onNotify(done));
		signal.addEventListener('abort', done, {once: true});
		if (delayMs !== undefined) clock.wait(delayMs, over?.signal).then(done, () => undefined);

		function done(): void {
			for (const end of ends) end();
			signal.removeEventListener('abort', done);
			over?.abort(calledOff);
			resolve();
		}
	});
}
