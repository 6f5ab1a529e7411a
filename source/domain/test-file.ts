/** All test files of all runs have this in their keys. */
export const testFilePrefix = 's3-replicate-test/';

/** What all test files of a run begin with; behind the prefix of a rule, where it takes only what begins so. */
export function testFileFolder(runId: string, rulePrefix = ''): string {
	return `${rulePrefix}${testFilePrefix}${runId}/`;
}

/** The key of a run's test file, counted from 1: `s3-replicate-test/<run id>/00001.txt`. */
export function testFileKey(folder: string, number: number): string {
	return `${folder}${String(number).padStart(5, '0')}.txt`;
}

/** What a test file holds, of exactly so many bytes: readable, and the same for all files of a run, so that it is made once. */
export function testFileBody(folder: string, sizeBytes: number): Uint8Array {
	return Buffer.alloc(sizeBytes, `${folder}: a test file of s3-replicate. It may be deleted.\n`);
}
