/**
 * Gives a record for names that others choose, with what is given: without what every object has by itself, so that a
 * profile or a bucket named `constructor` is there only where it was put.
 */
export function openRecord<Value>(given: Readonly<Record<string, Value>> = {}): Record<string, Value> {
	return Object.assign(Object.create(null) as Record<string, Value>, given);
}

/** Gives what a record has of its own under a name that others chose. */
export function ownOf<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
	return Object.hasOwn(record, name) ? record[name] : undefined;
}
