/** Lets several tasks feed one async generator. What is sent before anybody reads is kept. */
type Channel<T> = {
	readonly send: (value: T) => void;
	/** Ends the reading after what has been sent; with an error, the reading throws it. */
	readonly close: (error?: unknown) => void;
	readonly read: () => AsyncGenerator<T, void>;
};

export function createChannel<T>(): Channel<T> {
	let waiting: T[] = [];
	let closed: {readonly error?: unknown} | undefined;
	let wake: (() => void) | undefined;
	return {
		send(value) {
			waiting.push(value);
			wake?.();
		},
		close(error) {
			closed ??= {error};
			wake?.();
		},
		async *read() {
			for (;;) {
				// All at once: taking thousands from the front, one by one, would move the rest each time.
				const batch = waiting;
				waiting = [];
				for (const value of batch) yield value;
				if (waiting.length > 0) continue;
				if (closed) {
					if (closed.error !== undefined) throw closed.error as Error;
					return;
				}

				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
		},
	};
}
