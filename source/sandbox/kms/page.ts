import {pageAfter} from '../wire/name-page.js';
import {checkRange, kmsError} from './errors.js';

const maxItems = 1000;

type PageInput = {readonly Marker?: string | undefined; readonly Limit?: number | undefined};

/**
 * Takes items, gives those after the marker in the order of their names, at most Limit (KMS API reference, ListKeys,
 * ListAliases: 1 to 1000).
 */
export function pageOf<Item>(
	items: readonly Item[],
	nameOf: (item: Item) => string,
	{Marker, Limit}: PageInput,
	usualItems: number,
): {readonly page: Item[]; readonly more: {readonly Truncated: boolean; readonly NextMarker?: string}} {
	if (Limit !== undefined) checkRange('limit', Limit, 1, maxItems);
	const after = Marker === undefined ? undefined : nameIn(Marker);
	const {page, next} = pageAfter(items, nameOf, after, Limit ?? usualItems);
	return {
		page,
		more: next === undefined ? {Truncated: false} : {Truncated: true, NextMarker: markerOf(next)},
	};
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
