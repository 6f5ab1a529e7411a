/** How something ended, as a value. */
export type Settled<T> =
	| {readonly ok: true; readonly value: T}
	| {readonly ok: false; readonly error: unknown};

/** Keeps a failure for later, so that the answers can be looked at in the order that says most. */
export async function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
	try {
		return {ok: true, value: await promise};
	} catch (error) {
		return {ok: false, error};
	}
}

/** The value, or its failure thrown now. */
export async function opened<T>(promise: Promise<Settled<T>>): Promise<T> {
	const result = await promise;
	if (!result.ok) throw result.error;
	return result.value;
}
