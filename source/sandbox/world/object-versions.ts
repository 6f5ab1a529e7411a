import {compareKeys, firstPlaceFrom} from './key-order.js';
import {type ObjectVersion} from './object-version.js';

/** The versions of every key of a bucket, newest first within a key. */
export class ObjectVersions {
	readonly #byKey = new Map<string, ObjectVersion[]>();
	#sortedKeys: string[] | undefined;

	get isEmpty(): boolean {
		return this.#byKey.size === 0;
	}

	/** Keys in the order of their UTF-8 bytes, as S3 lists them. */
	get keys(): readonly string[] {
		this.#sortedKeys ??= [...this.#byKey.keys()].sort(compareKeys);
		return this.#sortedKeys;
	}

	of(key: string): readonly ObjectVersion[] {
		return this.#byKey.get(key) ?? [];
	}

	current(key: string): ObjectVersion | undefined {
		return this.#byKey.get(key)?.[0];
	}

	find(key: string, versionId: string): ObjectVersion | undefined {
		return this.#byKey.get(key)?.find((version) => version.versionId === versionId);
	}

	/** Puts a version in at its place in time; one of the same id must have been removed before. */
	add(version: ObjectVersion): void {
		const versions = this.#byKey.get(version.key);
		if (versions === undefined) {
			this.#byKey.set(version.key, [version]);
			// Once they are in order they are kept so: sorting them again for every listing would take longer.
			this.#sortedKeys?.splice(firstPlaceFrom(this.#sortedKeys, version.key), 0, version.key);
			return;
		}
		const place = versions.findIndex((other) => !isNewer(other, version));
		versions.splice(place === -1 ? versions.length : place, 0, version);
	}

	/** Takes a version away and gives it back, if it was there. */
	remove(key: string, versionId: string): ObjectVersion | undefined {
		const versions = this.#byKey.get(key);
		const place = versions?.findIndex((version) => version.versionId === versionId) ?? -1;
		if (versions === undefined || place === -1) return undefined;
		const [removed] = versions.splice(place, 1);
		if (versions.length === 0) {
			this.#byKey.delete(key);
			this.#sortedKeys?.splice(firstPlaceFrom(this.#sortedKeys, key), 1);
		}
		return removed;
	}
}

function isNewer(left: ObjectVersion, right: ObjectVersion): boolean {
	return left.lastModifiedMs === right.lastModifiedMs
		? left.sequence > right.sequence
		: left.lastModifiedMs > right.lastModifiedMs;
}
