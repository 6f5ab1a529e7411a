const maxEntries = 10_000;

/** Keeps the last 10,000 entries of a log. */
export class BoundedLog<Entry> {
	readonly entries: Entry[] = [];

	add(entry: Entry): void {
		this.entries.push(entry);
		if (this.entries.length > maxEntries) this.entries.shift();
	}
}
