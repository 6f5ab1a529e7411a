import {iamError} from './errors.js';

const usualItems = 100;
const maxItems = 1000;

export type PageInput = {readonly Marker?: string | undefined; readonly MaxItems?: number | undefined};

/**
 * Takes items in the order of their names, gives those after the marker, at most MaxItems (IAM API reference,
 * "Marker", "MaxItems": 1 to 1000, usually 100). What was deleted between two pages does no harm: the marker is a name.
 */
export function pageOf<Item>(
	items: readonly Item[],
	nameOf: (item: Item) => string,
	{Marker, MaxItems = usualItems}: PageInput,
): {readonly page: Item[]; readonly more: {readonly IsTruncated: boolean; readonly Marker?: string}} {
	if (MaxItems < 1 || MaxItems > maxItems) {
		throw iamError(
			'ValidationError',
			`1 validation error detected: Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value ${MaxItems < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxItems}`}`,
		);
	}
	const rest = items.filter((item) => Marker === undefined || nameOf(item) > Marker);
	const page = rest.slice(0, MaxItems);
	const last = page[page.length - 1];
	const isTruncated = page.length < rest.length && last !== undefined;
	return {page, more: {IsTruncated: isTruncated, ...(isTruncated ? {Marker: nameOf(last)} : {})}};
}

/** Orders by name, as a page wants it. */
export function byName<Item>(nameOf: (item: Item) => string): (left: Item, right: Item) => number {
	return (left, right) => (nameOf(left) < nameOf(right) ? -1 : 1);
}
