/** All test files of all runs have this in their keys. */
const testFilePrefix = 's3-replicate-test/';

/** What all test files of a run begin with; behind the prefix of a rule, where it takes only what begins so. */
export function testFileFolder(runId: string, rulePrefix = ''): string {
	return `${rulePrefix}${testFilePrefix}${runId}/`;
}

/**
 * The key of a run's test file, counted from 1: `s3-replicate-test/<run id>/00001.txt`; `back-00001.txt` for one that goes the other way
 * in a two-way run, `back-2-00001.txt` for one from the second destination that leads back: all come into one bucket, so that no two may
 * have one name.
 *
 * @param way 0 there, 1 the first way back
 */
export function testFileKey(folder: string, number: number, way = 0): string {
	const mark = way === 0 ? '' : way === 1 ? 'back-' : `back-${way}-`;
	return `${folder}${mark}${String(number).padStart(5, '0')}.txt`;
}

/** The number of a test file, and which way it goes; nothing for names that are none. */
export function testFileNumber(name: string): {readonly number: number; readonly way: number} | undefined {
	const [, mark, way = '1', digits] = /^(back-(?:(\d+)-)?)?(\d{5,})\.txt$/.exec(name) ?? [];
	if (digits === undefined) return undefined;
	return {number: Number(digits), way: mark === undefined ? 0 : Number(way)};
}

/** The key of a file that a person uploads beside the test files: its own name, unless that is one of theirs. */
export function ownFileKey(folder: string, name: string): string {
	const isTaken = testFileNumber(name) !== undefined;
	return `${folder}${isTaken ? 'file-' : ''}${name.replaceAll(/\p{Surrogate}/gu, '\uFFFD')}`;
}

/** What a test file holds, of exactly so many bytes: readable, and the same for all files of a run, so that it is made once. */
export function testFileBody(folder: string, sizeBytes: number): Uint8Array {
	return Buffer.alloc(sizeBytes, `${folder}: a test file of s3-replicate. It may be deleted.\n`);
}

/** The name of the user metadata that tells a test file of a run from what others write on the same key. */
const markName = 's3-replicate-test-file';

/**
 * The user metadata of a test file: its run and its own name, so that a copy of it under another name is known as one.
 * Replicas carry it as well. Source: S3 User Guide, "What does Amazon S3 replicate?", object metadata.
 */
export function testFileMark(key: string): Readonly<Record<string, string>> {
	// A header takes ASCII alone; the names of test files are as they were.
	return {[markName]: encodeURI(key.slice(key.lastIndexOf(testFilePrefix) + testFilePrefix.length))};
}

/** Whether an object's user metadata say that it was written as the test file that its key names. */
export function hasTestFileMark(key: string, metadata: Readonly<Record<string, string>>): boolean {
	return metadata[markName] === testFileMark(key)[markName];
}
