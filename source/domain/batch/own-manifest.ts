import {fixable, type Problem} from '../problem.js';
import {csvReader} from './csv-rows.js';

/** A list of objects that somebody made: whether its rows have a version, and how many there are. */
type OwnManifest = {
	readonly fields: readonly ['Bucket', 'Key'] | readonly ['Bucket', 'Key', 'VersionId'];
	readonly count: number;
};

/**
 * What a list is, read whole: bucket, URL-encoded key and, in every row or in none, a version. Gives the problem of the first row that S3
 * Batch Operations would not take: a job fails for one of them.
 * Source: S3 User Guide, "Specifying a manifest" (CSV without header, one bucket, URL-encoded keys).
 */
export function ownManifestIn(
	file: string,
	pieces: Iterable<string>,
	sourceBucket: string,
): {readonly ok: true; readonly manifest: OwnManifest} | {readonly ok: false; readonly problem: Problem} {
	const reader = csvReader();
	let count = 0;
	let columns: number | undefined;

	function faultOf(row: readonly string[]): string | undefined {
		const [bucket, key = '', versionId] = row;
		if (row.length < 2 || row.length > 3) return `has ${row.length} columns, not bucket, key and version`;
		columns ??= row.length;
		if (row.length !== columns)
			return `has ${row.length} columns, the rows before it ${columns}: all have a version, or none`;
		if (bucket !== sourceBucket) return `names the bucket “${bucket}”, not ${sourceBucket}`;
		if (versionId === '') return 'has an empty version';
		return encodedKeyFault(key);
	}

	function faultIn(rows: ReadonlyArray<readonly string[]>): string | undefined {
		for (const row of rows) {
			count++;
			const fault = faultOf(row);
			if (fault !== undefined) return `Row ${count} ${fault}.`;
		}

		return undefined;
	}

	for (const piece of pieces) {
		const fault = faultIn(reader.push(piece));
		if (fault !== undefined) return {ok: false, problem: unusable(file, fault)};
	}

	const fault = faultIn(reader.end()) ?? (count === 0 ? 'It has no rows.' : undefined);
	if (fault !== undefined) return {ok: false, problem: unusable(file, fault)};
	return {
		ok: true,
		manifest: {count, fields: columns === 3 ? ['Bucket', 'Key', 'VersionId'] : ['Bucket', 'Key']},
	};
}

function unusable(file: string, fault: string): Problem {
	return fixable('manifest', `Cannot use ${file} as a manifest`, fault, [
		'Write rows such as bucket,folder/key%20with%20blank,version, without a header; keys are URL-encoded.',
	]);
}

/** What is wrong with a text as a URL-encoded key, or nothing. */
export function encodedKeyFault(text: string): string | undefined {
	if (text === '') return 'has no key';
	const odd = /[^\w.~!'()*/%+:@&=$;?#[\]-]/u.exec(text);
	if (odd)
		return `has a key that is not URL-encoded: it has “${odd[0] === '\n' ? 'a line break' : odd[0]}” in it`;
	if (/%(?![\dA-Fa-f]{2})/.test(text))
		return 'has a key that is not URL-encoded: a percent sign is %25 there';
	try {
		decodeURIComponent(text);
		return undefined;
	} catch {
		return 'has a key that is not URL-encoded UTF-8';
	}
}
