/** What stands in a list: it is its own place there, so that a list takes no memory of its own for it. In one list at most. */
type Linked<T> = {before: T | undefined; after: T | undefined};

/** Values in the order in which they were added; adding and removing take the same time however many there are. */
export type LinkedList<T> = {
	readonly size: number;
	readonly first: T | undefined;
	readonly last: T | undefined;
	readonly append: (value: T) => void;
	/** Takes a value out that is in it. */
	readonly remove: (value: T) => void;
};

export function createLinkedList<T extends Linked<T>>(): LinkedList<T> {
	let first: T | undefined;
	let last: T | undefined;
	let size = 0;
	return {
		get size() {
			return size;
		},
		get first() {
			return first;
		},
		get last() {
			return last;
		},
		append(value) {
			value.before = last;
			value.after = undefined;
			if (last) last.after = value;
			first ??= value;
			last = value;
			size++;
		},
		remove(value) {
			const {before, after} = value;
			if (before) before.after = after;
			else first = after;
			if (after) after.before = before;
			else last = before;
			// What has left keeps nothing of the list alive.
			value.before = undefined;
			value.after = undefined;
			size--;
		},
	};
}
