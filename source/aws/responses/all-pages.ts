import {UnexpectedAnswer} from './unexpected-answer.js';

export type Page<T> = {readonly items: readonly T[]; readonly isTruncated?: boolean; readonly next?: string};

/** More than any listing of this program has: 1,000 pages hold the million buckets that an account may have. */
const maxPages = 2000;

/**
 * Everything that a listing has, a page after the other. A listing that would not end is an answer that does not fit the
 * API: one that goes on without saying where, comes to a marker again, or has more pages than there can be.
 */
export async function allPages<T>(
	read: (marker: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
	const all: T[] = [];
	const seen = new Set<string>();
	for (let marker: string | undefined; ;) {
		const {items, isTruncated, next} = await read(marker);
		for (const item of items) all.push(item);
		if (!isTruncated) return all;
		if (!next) throw new UnexpectedAnswer('The listing goes on, but the answer does not say where.');
		if (seen.has(next))
			throw new UnexpectedAnswer('The listing comes to the same place again and would not end.');
		if (seen.size >= maxPages) throw new UnexpectedAnswer(`The listing has more than ${maxPages} pages.`);
		seen.add(next);
		marker = next;
	}
}
