import {
	type CompareTerms,
	compareKey,
	type KeyVerdict,
	type ListedVersion,
} from '../../domain/batch/compare-current.js';
import {compareKeys} from '../../domain/compare-keys.js';
import {type ListPage, versionCursor} from './version-cursor.js';

/** How far a comparison is. */
export type Comparison = {
	readonly counts: Readonly<Record<KeyVerdict, number>>;
	/** Keys that only the destination has: other sources and people write there, too. */
	readonly onlyThere: number;
	/** Versions and delete markers read, of both sides. */
	readonly versions: number;
	readonly pages: {readonly source: number; readonly destination: number};
	/** Whether it ended before its end: there is more than was to be looked at. */
	readonly isCut: boolean;
};

export type CompareOptions = {
	readonly source: ListPage;
	readonly destination: ListPage;
	readonly terms: CompareTerms;
	/** So many objects of the source are compared at most. */
	readonly maxObjects: number;
	/** A key whose current version is not as it should be. */
	readonly onOdd: (verdict: 'missing' | 'different' | 'not-known', version: ListedVersion) => void;
	/** How far it is, after each page. */
	readonly onPage: (comparison: Comparison) => void;
	readonly signal: AbortSignal;
};

/**
 * Walks two listings of versions side by side and compares the current version of each key. Keeps a page of each side and nothing else,
 * however large the buckets are. Source: S3 API Reference, ListObjectVersions (in the order of the keys' bytes).
 */
export async function compareBuckets(options: CompareOptions): Promise<Comparison> {
	const {source, destination, terms, maxObjects, onOdd, onPage, signal} = options;
	const here = versionCursor(source);
	const there = versionCursor(destination);
	const counts: Record<KeyVerdict, number> = {
		same: 0,
		missing: 0,
		different: 0,
		'not-known': 0,
		young: 0,
		'left-out': 0,
	};
	let onlyThere = 0;
	let objects = 0;
	let pagesTold = 0;

	function comparison(isCut: boolean): Comparison {
		const [left, right] = [here.counts(), there.counts()];
		return {
			counts: {...counts},
			onlyThere,
			versions: left.versions + right.versions,
			pages: {source: left.pages, destination: right.pages},
			isCut,
		};
	}

	for (;;) {
		signal.throwIfAborted();
		const key = await here.nextKey();
		let other = await there.nextKey();
		while (other !== undefined && (key === undefined || compareKeys(other, key) < 0)) {
			const {latest} = await there.readKey();
			if (latest.sizeBytes !== undefined) onlyThere++;
			other = await there.nextKey();
		}

		const pages = here.counts().pages + there.counts().pages;
		if (pages > pagesTold) {
			pagesTold = pages;
			onPage(comparison(false));
		}

		if (key === undefined) return comparison(false);
		if (objects >= maxObjects) return comparison(true);
		const {latest} = await here.readKey();
		const found = other === key ? await there.readKey(latest.versionId) : undefined;
		const verdict = compareKey(latest, found, terms);
		counts[verdict]++;
		if (latest.sizeBytes !== undefined) objects++;
		if (verdict === 'missing' || verdict === 'different' || verdict === 'not-known') onOdd(verdict, latest);
	}
}
