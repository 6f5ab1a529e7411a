/** Says whether a value read from JSON is an object (no list, not null). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes a value that should be a string or a list of strings; gives the list, or undefined where it is neither. */
export function stringsOf(value: unknown): readonly string[] | undefined {
	const values: readonly unknown[] = Array.isArray(value) ? value : [value];
	return values.every((item) => typeof item === 'string') ? values : undefined;
}
