import type {VersionMarker, VersionPage} from '../../aws/ports.js';
import {compareKeys} from '../../domain/compare-keys.js';
import type {AtDestination, ListedVersion} from '../../domain/batch/compare-current.js';

/** Gives a page of versions. */
export type ListPage = (from: Partial<VersionMarker>) => Promise<VersionPage>;

/** Goes through a listing of versions key by key; keeps one page, however many versions a key has. */
type VersionCursor = {
	/** The key that comes next; `undefined`: there is none any more. */
	readonly nextKey: () => Promise<string | undefined>;
	/** What there is of the next key: its latest version, and one that is looked for by its id. Goes behind it. */
	readonly readKey: (versionId?: string) => Promise<AtDestination>;
	readonly counts: () => {readonly pages: number; readonly versions: number};
};

/** Opens a listing; each page is asked for while the one before it is compared. */
export function versionCursor(list: ListPage): VersionCursor {
	let entries: readonly ListedVersion[] = [];
	let index = 0;
	let pages = 0;
	let versions = 0;
	let ahead: Promise<VersionPage> | undefined = request({});

	function request(from: Partial<VersionMarker>): Promise<VersionPage> {
		const page = list(from);
		// It is awaited when its turn comes, if at all.
		page.catch(() => undefined);
		return page;
	}

	async function fill(): Promise<boolean> {
		while (index >= entries.length) {
			if (!ahead) return false;
			const page = await ahead;
			ahead = page.next && request(page.next);
			pages++;
			entries = inOrder(page);
			versions += entries.length;
			index = 0;
		}

		return true;
	}

	return {
		async nextKey() {
			if (index >= entries.length && !(await fill())) return undefined;
			return entries[index]?.key;
		},
		async readKey(versionId) {
			const first = entries[index] as ListedVersion;
			let latest = first;
			let found: ListedVersion | undefined;
			for (;;) {
				if (index >= entries.length && !(await fill())) break;
				const entry = entries[index] as ListedVersion;
				if (entry.key !== first.key) break;
				index++;
				if (entry.isLatest) latest = entry;
				if (entry.versionId === versionId && entry.sizeBytes !== undefined) found = entry;
			}

			return {latest, ...(found ? {found} : {})};
		},
		counts: () => ({pages, versions}),
	};
}

/** The versions and the delete markers of a page, by key: S3 tells of them apart. */
function inOrder({versions, markers}: VersionPage): readonly ListedVersion[] {
	if (markers.length === 0) return versions;
	const merged: ListedVersion[] = [];
	let at = 0;
	for (const version of versions) {
		for (; at < markers.length; at++) {
			const marker = markers[at];
			if (!marker || compareKeys(marker.key, version.key) >= 0) break;
			merged.push(marked(marker));
		}

		merged.push(version);
	}

	for (; at < markers.length; at++) {
		const marker = markers[at];
		if (marker) merged.push(marked(marker));
	}

	return merged;
}

const marked = ({key, versionId, isLatest = false}: VersionPage['markers'][number]): ListedVersion => ({
	key,
	versionId,
	isLatest,
});
