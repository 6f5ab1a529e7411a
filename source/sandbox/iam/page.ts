import {pageAfter} from '../wire/name-page.js';
import {checkRange} from './errors.js';

const usualItems = 100;
const maxItems = 1000;

export type PageInput = {readonly Marker?: string | undefined; readonly MaxItems?: number | undefined};

/**
 * Takes items, gives those after the marker in the order of their names, at most MaxItems (IAM API reference, "Marker",
 * "MaxItems": 1 to 1000, usually 100).
 */
export function pageOf<Item>(
	items: Iterable<Item>,
	nameOf: (item: Item) => string,
	{Marker, MaxItems = usualItems}: PageInput,
): {readonly page: Item[]; readonly more: {readonly IsTruncated: boolean; readonly Marker?: string}} {
	checkRange('maxItems', MaxItems, 1, maxItems);
	const {page, next} = pageAfter(items, nameOf, Marker, MaxItems);
	return {page, more: next === undefined ? {IsTruncated: false} : {IsTruncated: true, Marker: next}};
}
