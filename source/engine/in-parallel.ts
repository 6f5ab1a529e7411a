/** Runs a task for every item, at most so many at once. Throws the first failure. */
export async function inParallel<T>(
	items: readonly T[],
	limit: number,
	task: (item: T) => Promise<void>,
): Promise<void> {
	const waiting = [...items];
	const worker = async (): Promise<void> => {
		for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
	};

	await Promise.all(Array.from({length: Math.min(limit, items.length)}, worker));
}
