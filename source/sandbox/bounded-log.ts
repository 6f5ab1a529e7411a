const maxEntries = 10_000;

/** Keeps the last entries of a log. */
export class BoundedLog<Entry> {
	readonly entries: Entry[] = [];

	add(entry: Entry): void {
		this.entries.push(entry);
		if (this.entries.length > maxEntries) this.entries.splice(0, this.entries.length - maxEntries);
	}
}
