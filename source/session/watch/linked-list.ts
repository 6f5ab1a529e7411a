/** A place in a list; whoever keeps it can take the value out without looking for it. */
export type ListPlace<T> = {
	readonly value: T;
	before: ListPlace<T> | undefined;
	after: ListPlace<T> | undefined;
};

/** Values in the order in which they were added; adding and removing take the same time however many there are. */
export type LinkedList<T> = {
	readonly size: number;
	readonly first: ListPlace<T> | undefined;
	readonly last: ListPlace<T> | undefined;
	append(value: T): ListPlace<T>;
	remove(place: ListPlace<T>): void;
};

export function createLinkedList<T>(): LinkedList<T> {
	let first: ListPlace<T> | undefined;
	let last: ListPlace<T> | undefined;
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
			const place: ListPlace<T> = {value, before: last, after: undefined};
			if (last) last.after = place;
			first ??= place;
			last = place;
			size++;
			return place;
		},
		remove(place) {
			const {before, after} = place;
			if (before) before.after = after;
			else first = after;
			if (after) after.before = before;
			else last = before;
			size--;
		},
	};
}
