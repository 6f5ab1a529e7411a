/**
 * Takes items, gives those after a name in the order of their names, at most so many; and where there are more the name of
 * the last. What was deleted between two pages does no harm: the next one begins behind a name.
 */
export function pageAfter<Item>(
	items: Iterable<Item>,
	nameOf: (item: Item) => string,
	after: string | undefined,
	maxItems: number,
): {readonly page: Item[]; readonly next: string | undefined} {
	const rest = [...items]
		.filter((item) => after === undefined || nameOf(item) > after)
		.sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
	const page = rest.slice(0, maxItems);
	const last = page.at(-1);
	return {page, next: last !== undefined && page.length < rest.length ? nameOf(last) : undefined};
}
