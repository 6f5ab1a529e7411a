import {describe, expect, test} from 'vitest';
import {reportFilesIn, reportManifestKey, taskResultIn} from '../../source/domain/batch/completion-report.js';
import {csvReader} from '../../source/domain/batch/csv-rows.js';
import {countReport, failureReasonIn} from '../../source/domain/batch/failure-groups.js';
import {encodedKeyFault, ownManifestIn} from '../../source/domain/batch/own-manifest.js';
import {awsReasons} from '../../source/domain/diagnose/reason-codes.js';
import {textOf, readReport} from '../../source/engine/batch/read-report.js';
import {failedText} from '../../source/domain/operations/create-job.js';
import {reportReadingText} from '../../source/domain/batch/batch-text.js';
import {reportRead} from '../../source/engine/undo/observe-job.js';
import {decodedKey} from '../../source/domain/watch/failure-events.js';

/** As S3 wants keys in a manifest: a slash stays. Source: S3 User Guide, "Specifying a manifest". */
const encodedKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

const keys = [
	'a b',
	'a+b',
	'100%',
	'a,b',
	'say "hi"',
	'two\nlines',
	'é',
	'a/b/c',
	'%2B',
	"it's (1)*!",
	'日本.txt',
];

/** Quotes as RFC 4180 writes them. */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Every way to cut a text into two pieces. */
function rowsHoweverCut(text: string) {
	return Array.from({length: text.length + 1}, (_, at) => {
		const reader = csvReader();
		return [...reader.push(text.slice(0, at)), ...reader.push(text.slice(at)), ...reader.end()];
	});
}

describe('rows of comma-separated values', () => {
	// Documented: RFC 4180.
	test.each([
		[
			'plain',
			'a,b\nc,d\n',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		['without an end', 'a,b', [['a', 'b']]],
		[
			'with CR LF',
			'a,b\r\nc,d\r\n',
			[
				['a', 'b'],
				['c', 'd'],
			],
		],
		['with empty fields', 'a,,\n', [['a', '', '']]],
		['with a comma in quotes', '"a,b",c\n', [['a,b', 'c']]],
		['with doubled quotes', '"say ""hi""",c\n', [['say "hi"', 'c']]],
		['with a line break in quotes', '"two\nlines",c\n', [['two\nlines', 'c']]],
		['with an empty quoted field', '"",c\n', [['', 'c']]],
	])('%s, wherever a piece ends', (_name, text, rows) => {
		const all = rowsHoweverCut(text);
		expect(all).toEqual(all.map(() => rows));
	});
});

describe('keys of manifests and reports', () => {
	test.each(keys)('%j is the same behind its URL-encoded form, and needs no quotes in it', (key) => {
		expect(decodedKey(encodedKey(key))).toBe(key);
		expect(encodedKey(key)).not.toMatch(/[",\s]/);
		expect(encodedKeyFault(encodedKey(key))).toBeUndefined();
	});

	// Recorded: S3's listings with encoding-type=url and its events write a blank as a plus.
	test('a blank may be a plus', () => {
		expect(decodedKey('a+b%2Bc')).toBe('a b+c');
	});

	test.each([['100%'], ['a b'], ['a,b'], ['é'], ['say "hi"'], [''], ['%ff']])(
		'%j is no encoded key',
		(text) => {
			expect(encodedKeyFault(text)).toBeDefined();
		},
	);

	test('what is no encoded form is taken as it stands', () => {
		expect(decodedKey('100%')).toBe('100%');
	});
});

describe('a row of a report', () => {
	const failed = {
		key: 'a',
		versionId: 'v1',
		isFailed: true,
		errorCode: 'AccessDenied',
		httpStatus: 403,
		message: 'm',
	};

	// Documented: S3 User Guide, completion reports; the schema has one order, the sample rows the other.
	test.each([
		['in the order of the schema', ['b', 'a', 'v1', 'failed', 'AccessDenied', '403', 'm'], failed],
		['in the order of the sample', ['b', 'a', 'v1', 'failed', '403', 'AccessDenied', 'm'], failed],
		['without a code', ['b', 'a', 'v1', 'failed', '', '403', 'm'], {...failed, errorCode: ''}],
		['without a status', ['b', 'a', 'v1', 'failed', 'AccessDenied', '', 'm'], {...failed, httpStatus: null}],
		[
			'without a status, last',
			['b', 'a', 'v1', 'failed', '', 'AccessDenied', 'm'],
			{...failed, httpStatus: null},
		],
		['without a version', ['b', 'a', '', 'failed', '403', 'AccessDenied', 'm'], {...failed, versionId: null}],
		[
			'that went well',
			['b', 'a', 'v1', 'succeeded', '200', '', ''],
			{...failed, isFailed: false, errorCode: '', httpStatus: 200, message: ''},
		],
	])('%s', (_name, row, result) => {
		expect(taskResultIn(row)).toEqual(result);
	});

	test.each([[['']], [['b', 'a', 'v', 'maybe']], [['b', '', 'v', 'failed']]])('%j is none', (row) => {
		expect(taskResultIn(row)).toBeUndefined();
	});

	test.each(awsReasons)('names %s in whichever column', (reason) => {
		const [inCode, inMessage] = [
			{errorCode: reason, message: ''},
			{errorCode: '403', message: `Replication: ${reason}.`},
		];
		expect(failureReasonIn({...inCode, httpStatus: 403})).toBe(reason);
		expect(failureReasonIn({...inMessage, httpStatus: 403})).toBe(reason);
	});
});

test('failures are grouped by reason, the most frequent first, with a few examples and what mends them', () => {
	const report = countReport();
	const add = (count: number, errorCode: string, isFailed = true): void => {
		for (let number = 1; number <= count; number++)
			report.add({
				key: `${errorCode}-${number}`,
				versionId: 'v',
				isFailed,
				errorCode,
				httpStatus: 403,
				message: 'm',
			});
	};

	add(2, 'DstObjectHardDeleted');
	add(5, 'InitiateReplicationNotPermitted');
	add(9, '', false);
	add(1, 'SrcNewReasonOfS3');
	expect(report.counts()).toEqual({succeeded: 9, failed: 8});
	const groups = report.groups();
	expect(groups.map(({reason, count, examples}) => [reason, count, examples.length])).toEqual([
		['InitiateReplicationNotPermitted', 5, 3],
		['DstObjectHardDeleted', 2, 2],
		['SrcNewReasonOfS3', 1, 1],
	]);
	expect(groups[0]?.mend).toContain('s3:InitiateReplication');
	expect(groups[2]?.means).toContain('SrcNewReasonOfS3');
});

test('a report whose messages are all different takes constant memory', () => {
	const report = countReport();
	for (let number = 0; number < 10_000; number++)
		report.add({
			key: 'k',
			versionId: null,
			isFailed: true,
			errorCode: `Odd${number}`,
			httpStatus: 500,
			message: '',
		});
	expect(report.groups().length).toBeLessThanOrEqual(201);
	expect(report.groups().reduce((sum, {count}) => sum + count, 0)).toBe(10_000);
});

test('the manifest of a report is where AWS documents it', () => {
	expect(reportManifestKey('reports/', 'abc')).toBe('reports/job-abc/manifest.json');
	expect(reportManifestKey('', 'abc')).toBe('job-abc/manifest.json');
});

test.each(['{', '{}', '{"Results":[{}]}'])('%j is the manifest of no report', (text) => {
	expect(() => reportFilesIn(text)).toThrow('Cannot read the completion report');
});

/** Objects in the memory of the test, given in pieces of a few bytes. */
function objectsWith(texts: Readonly<Record<string, string>>, pieceBytes: number) {
	return {
		async read(_reference: unknown, {key, from, count}: {key: string; from: number; count: number}) {
			const all = Buffer.from(texts[key] ?? '');
			return {bytes: all.subarray(from, from + Math.min(count, pieceBytes)), sizeBytes: all.length};
		},
	};
}

const place = {bucket: 'reports', region: 'eu-west-1', accountId: '111122223333'};

test('what failed is read, whatever the pieces, in both orders of columns and with every key', async () => {
	const schema = keys.map((key) => `b,${encodedKey(key)},v,failed,AccessDenied,403,${quoted(`for ${key}`)}`);
	const sample = keys.map((key) => `b,${encodedKey(key)},v,failed,403,AccessDenied,${quoted(`and ${key}`)}`);
	const results = ['failed', 'failed-2', 'succeeded'].map((name) => ({
		TaskExecutionStatus: name.replace('-2', ''),
		Bucket: 'reports',
		Key: `p/job-1/results/${name}.csv`,
	}));
	const objects = objectsWith(
		{
			'p/job-1/manifest.json': JSON.stringify({Results: results}),
			'p/job-1/results/failed.csv': `${schema.join('\n')}\n`,
			'p/job-1/results/failed-2.csv': sample.join('\r\n'),
			'p/job-1/results/succeeded.csv': 'nobody reads this',
		},
		5,
	);
	const seen: string[] = [];
	for await (const rows of readReport(objects, place, {prefix: 'p', jobId: '1'}))
		seen.push(...rows.map(({key, errorCode, message}) => `${errorCode} ${key} ${message}`));
	expect(seen).toEqual([
		...keys.map((key) => `AccessDenied ${key} for ${key}`),
		...keys.map((key) => `AccessDenied ${key} and ${key}`),
	]);
});

test.each([
	['names another bucket', 'other', 'b,k,v,failed,403,AccessDenied,m'],
	['has a row that is none', 'reports', '<html>'],
])('a report that %s is refused', async (_name, bucket, text) => {
	const results = [{TaskExecutionStatus: 'failed', Bucket: bucket, Key: 'f.csv'}];
	const objects = objectsWith(
		{'job-1/manifest.json': JSON.stringify({Results: results}), 'f.csv': text},
		1000,
	);
	const reading = async (): Promise<void> => {
		for await (const _rows of readReport(objects, place, {prefix: '', jobId: '1'})) continue;
	};

	await expect(reading()).rejects.toThrow('Cannot read the completion report');
});

test('an undo tells that it reads a report, and where it has more failures than are read', async () => {
	const row = 'b,k,v,failed,403,AccessDenied,"DstObjectHardDeleted"\n';
	const results = [{TaskExecutionStatus: 'failed', Bucket: 'reports', Key: 'f.csv'}];
	const objects = objectsWith(
		{'p/job-1/manifest.json': JSON.stringify({Results: results}), 'f.csv': row.repeat(100_001)},
		1_000_000,
	);
	const job = {
		...{jobId: '1', report: {bucket: 'reports', prefix: 'p'}},
		progress: {total: 200_001, succeeded: 100_000, failed: 100_001},
	};
	const told: string[] = [];
	const {failures = []} = await reportRead(job, {objects}, place, (reading) =>
		told.push(reportReadingText(reading)),
	);
	expect(told).toEqual([
		'Reading the report of the job 1: 100,001 objects failed, the first 100,000 of them',
	]);
	expect(failedText('1', failures)).toBe(
		'The job 1 did not copy everything: 100,000 DstObjectHardDeleted, of 100,001 in all.',
	);
});

test('an object of nothing has no text', async () => {
	const texts: string[] = [];
	for await (const text of textOf(objectsWith({}, 5), place, 'none')) texts.push(text);
	expect(texts.join('')).toBe('');
});

describe('a manifest of one’s own', () => {
	const rowsOf = (rows: readonly string[]) => ownManifestIn('list.csv', [`${rows.join('\n')}\n`], 'src');

	test('is taken with every key, with versions or without', () => {
		const withVersions = rowsOf(keys.map((key) => `src,${encodedKey(key)},v`));
		expect(withVersions).toEqual({
			ok: true,
			manifest: {count: keys.length, fields: ['Bucket', 'Key', 'VersionId']},
		});
		expect(rowsOf(['src,a', 'src,b'])).toMatchObject({manifest: {count: 2, fields: ['Bucket', 'Key']}});
	});

	test.each([
		['another bucket', ['src,a', 'other,b'], 'Row 2 names the bucket “other”, not src.'],
		['a header', ['Bucket,Key'], 'Row 1 names the bucket “Bucket”, not src.'],
		['a key that is not encoded', ['src,a b'], 'Row 1 has a key that is not URL-encoded'],
		['versions in some rows', ['src,a,v', 'src,b'], 'Row 2 has 2 columns, the rows before it 3'],
		['too many columns', ['src,a,v,x'], 'Row 1 has 4 columns'],
		['an empty version', ['src,a,'], 'Row 1 has an empty version.'],
		['nothing', [], 'It has no rows.'],
	])('is refused with %s', (_name, rows, cause) => {
		expect(rowsOf(rows)).toMatchObject({
			ok: false,
			problem: {cause: expect.stringContaining(cause) as string},
		});
	});
});
