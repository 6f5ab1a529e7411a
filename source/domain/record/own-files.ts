/** One version of an object, or a delete marker. */
export type VersionName = {readonly key: string; readonly versionId: string};

/** The test files of a run below one prefix: what tells the versions that it uploaded from all others. */
export type OwnFiles = {
	readonly prefix: string;
	/** The versions that are written down, as `recordedVersion` names them. */
	readonly recorded: ReadonlySet<string>;
	/** Whether every version that the run can have uploaded is written down. */
	readonly isComplete: boolean;
	/** Whether the run marked its files in their metadata; runs of earlier versions of this program did not. */
	readonly isMarked: boolean;
	/** Everything below the prefix is the run's: it has the run's id, and S3 writes there for it. */
	readonly isFolder?: true;
};

/** A folder of the run's own. */
export function ownFolder(prefix: string): OwnFiles {
	return {prefix, recorded: new Set(), isComplete: true, isMarked: true, isFolder: true};
}

/** A bucket without versioning gives every object this version; who writes next has the same. */
const sharedVersion = 'null';

/** A version as it is written down: the name below the prefix and the id that S3 gave. */
export function recordedVersion(name: string, versionId: string): string {
	return `${name} ${versionId}`;
}

/** Whether a version's id alone tells it from what others write on its key. */
export function isRecordable(versionId: string): boolean {
	return versionId !== sharedVersion;
}

/**
 * Whether a version is one that the run uploaded, or the replica of one: both have the same key and version id.
 * `unknown`: the mark in its metadata decides.
 * Source: S3 User Guide, "What does Amazon S3 replicate?" (replicas keep key name, version id and metadata).
 */
export function isOwn({key, versionId}: VersionName, files: OwnFiles): boolean | 'unknown' {
	if (files.isFolder) return key.startsWith(files.prefix);
	const name = key.slice(files.prefix.length);
	if (!key.startsWith(files.prefix)) return false;
	if (isRecordable(versionId)) {
		if (files.recorded.has(recordedVersion(name, versionId))) return true;
		if (files.isComplete) return false;
	}

	return files.isMarked ? 'unknown' : false;
}
