/** All test files of all runs are below this prefix. */
export const testFilePrefix = 's3-replicate-test/';

/** What all test files of a run begin with. */
export function testFileFolder(runId: string): string {
	return `${testFilePrefix}${runId}/`;
}

/** The key of a run's test file, counted from 1: `s3-replicate-test/<run id>/00001.txt`. */
export function testFileKey(runId: string, number: number): string {
	return `${testFileFolder(runId)}${String(number).padStart(5, '0')}.txt`;
}

/** A test file's text, of exactly so many bytes: readable, and different for each file. */
export function testFileBody(key: string, sizeBytes: number): string {
	const line = `${key}: a test file of s3-replicate. It may be deleted.\n`;
	return line.repeat(Math.ceil(sizeBytes / line.length)).slice(0, sizeBytes);
}
