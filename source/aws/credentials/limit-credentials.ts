/** A limit on getting credentials that stands still while a person is asked for something. */
export type CredentialsLimit = {
	/** Ends with an error that the SDK would have for a source that gives none, once the limit is over. */
	readonly within: <T>(get: () => Promise<T>) => Promise<T>;
	/** Nothing is counted while this is under way; after it the limit begins anew. */
	readonly asking: <T>(ask: () => Promise<T>) => Promise<T>;
};

/**
 * The SDK asks a container's endpoint and a process for credentials without any limit of its own: it warns, and goes on
 * waiting. Source: @aws-sdk/credential-provider-http and -process.
 */
export function limitCredentials(limitMs: number): CredentialsLimit {
	const tooLong = `Nothing came from where its credentials come from within ${limitMs / 1000} s`;
	const restarts = new Set<() => void>();
	let questions = 0;
	const restartAll = (): void => {
		for (const restart of restarts) restart();
	};

	return {
		async within(get) {
			let timer: NodeJS.Timeout | undefined;
			let fail: (error: Error) => void = () => undefined;
			const isOver = new Promise<never>((_resolve, reject) => {
				fail = reject;
			});
			const restart = (): void => {
				clearTimeout(timer);
				if (questions > 0) return;
				timer = setTimeout(() => fail(noCredentials(tooLong)), limitMs);
			};
			restarts.add(restart);
			restart();
			try {
				return await Promise.race([get(), isOver]);
			} finally {
				restarts.delete(restart);
				clearTimeout(timer);
			}
		},
		async asking(ask) {
			questions++;
			restartAll();
			try {
				return await ask();
			} finally {
				questions--;
				restartAll();
			}
		},
	};
}

/** What the SDK throws where a source gives none. */
export function noCredentials(message: string): Error {
	return Object.assign(new Error(message), {name: 'CredentialsProviderError'});
}
