import {invalidArgument} from '../errors/errors.js';
import {compareKeys, firstPlaceFrom} from '../../world/key-order.js';

/** A line of a listing: a key, or the common prefix of several. */
type ListItem =
	| {readonly kind: 'key'; readonly key: string}
	| {readonly kind: 'prefix'; readonly prefix: string};

type ListPage = {
	readonly items: readonly ListItem[];
	readonly isTruncated: boolean;
	/** The last key or common prefix of the page. */
	readonly last: string | undefined;
};

/**
 * Takes sorted keys, gives one page of them: those with the prefix after `after`, keys that share what is before the
 * delimiter taken together (S3 User Guide, using-prefixes).
 */
export function listPage(
	keys: readonly string[],
	wanted: {
		readonly prefix: string;
		readonly delimiter: string | undefined;
		readonly after: string;
		readonly maxItems: number;
		/** Leaves keys out. */
		readonly isShown?: (key: string) => boolean;
	},
): ListPage {
	const items: ListItem[] = [];
	let last: string | undefined;
	const start = compareKeys(wanted.prefix, wanted.after) > 0 ? wanted.prefix : wanted.after;
	let index = firstPlaceFrom(keys, start);
	while (index < keys.length) {
		const key = keys[index]!;
		index += 1;
		// The keys with the prefix stand together.
		if (!key.startsWith(wanted.prefix)) {
			if (compareKeys(key, wanted.prefix) > 0) break;
			continue;
		}
		if (wanted.isShown?.(key) === false) continue;
		const group = groupOf(key, wanted);
		const name = group ?? key;
		if (compareKeys(name, wanted.after) <= 0 || compareKeys(key, wanted.after) <= 0 || name === last)
			continue;
		if (items.length === wanted.maxItems) return {items, isTruncated: wanted.maxItems > 0, last};
		items.push(group === undefined ? {kind: 'key', key} : {kind: 'prefix', prefix: group});
		last = name;
		// All keys of the group are this one line.
		if (group !== undefined) index = firstPlaceFrom(keys, `${group}\u{10FFFF}`);
	}
	return {items, isTruncated: false, last};
}

function groupOf(
	key: string,
	{prefix, delimiter}: {readonly prefix: string; readonly delimiter: string | undefined},
): string | undefined {
	if (delimiter === undefined || delimiter === '') return undefined;
	const end = key.indexOf(delimiter, prefix.length);
	return end === -1 ? undefined : key.slice(0, end + delimiter.length);
}

/**
 * Gives keys as a listing shows them: encoded where the caller asked for `url`, since XML cannot hold every key. Throws
 * InvalidArgument for another encoding (words: third-party); an empty one is none.
 */
export function keyEncoder(encodingType: string | undefined): (key: string) => string {
	if (encodingType && encodingType !== 'url') {
		throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
	}
	return encodingType === 'url' ? (key) => encodeURIComponent(key).replaceAll('%2F', '/') : (key) => key;
}

/** How many lines a page has at the most: what was asked for, but no more than 1,000 (S3 API reference, ListObjectsV2). */
export function maxItemsOf(asked = 1000): number {
	return Math.min(asked, 1000);
}

/** What a listing repeats of its question, where that was asked. */
export function shownQuestion<EncodingType>(
	{
		Delimiter,
		EncodingType,
	}: {
		readonly Delimiter?: string | undefined;
		readonly EncodingType?: EncodingType | undefined;
	},
	encode: (key: string) => string,
): {Delimiter: string | undefined; EncodingType: EncodingType | undefined} {
	return {Delimiter: Delimiter && encode(Delimiter), EncodingType};
}
