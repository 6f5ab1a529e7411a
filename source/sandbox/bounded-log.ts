const maxEntries = 10_000;
/** The oldest go together: to take one away would move all the others, at every request. */
const spareEntries = 1000;

/** Keeps the last entries of a log, and some more. */
export class BoundedLog<Entry> {
	readonly entries: Entry[] = [];

	add(entry: Entry): void {
		this.entries.push(entry);
		if (this.entries.length >= maxEntries + spareEntries) this.entries.splice(0, spareEntries);
	}
}
