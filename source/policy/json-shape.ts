/** The value of a text that is JSON; `undefined` where it is none. */
export function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Says whether a value read from JSON is an object (no list, not null). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a value read from JSON; none where it is no object. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> {
	return isRecord(value) ? value : {};
}

/** Says whether a value read from JSON is a list of objects. */
export function areRecords(value: unknown): value is ReadonlyArray<Readonly<Record<string, unknown>>> {
	return Array.isArray(value) && value.every(isRecord);
}

/** Takes a value that should be a string or a list of strings; gives the list, or undefined where it is neither. */
export function stringsOf(value: unknown): readonly string[] | undefined {
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	return values.every((item) => typeof item === 'string') ? values : undefined;
}
