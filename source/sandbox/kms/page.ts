import {invalidMember, kmsError} from './errors.js';

const maxItems = 1000;

type PageInput = {readonly Marker?: string | undefined; readonly Limit?: number | undefined};

/**
 * Takes items, gives those after the marker in the order of their names, at most Limit (KMS API reference, ListKeys,
 * ListAliases: 1 to 1000). What was deleted between two pages does no harm: the marker holds a name.
 */
export function pageOf<Item>(
	items: readonly Item[],
	nameOf: (item: Item) => string,
	{Marker, Limit}: PageInput,
	usualItems: number,
): {readonly page: Item[]; readonly more: {readonly Truncated: boolean; readonly NextMarker?: string}} {
	if (Limit !== undefined && (Limit < 1 || Limit > maxItems)) {
		const rule = Limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${maxItems}`;
		throw invalidMember('limit', `have value ${rule}`, String(Limit));
	}
	const after = Marker === undefined ? undefined : nameIn(Marker);
	const rest = items
		.filter((item) => after === undefined || nameOf(item) > after)
		.sort((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1));
	const page = rest.slice(0, Limit ?? usualItems);
	const last = page[page.length - 1];
	const isTruncated = page.length < rest.length && last !== undefined;
	return {page, more: {Truncated: isTruncated, ...(isTruncated ? {NextMarker: markerOf(nameOf(last))} : {})}};
}

const markerStart = 'after:';

function markerOf(name: string): string {
	return Buffer.from(markerStart + name).toString('base64');
}

function nameIn(marker: string): string {
	const text = Buffer.from(marker, 'base64').toString('utf8');
	if (!text.startsWith(markerStart)) throw kmsError('InvalidMarkerException');
	return text.slice(markerStart.length);
}
