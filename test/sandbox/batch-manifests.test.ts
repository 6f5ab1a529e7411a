import {afterAll, beforeAll, expect, it} from 'vitest';
import {jobInput, putManifest, rowsOf, runJob, setUpBatch, setUpOld} from './support/batch-world.js';
import {openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {setUpPair} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({
		replicationDelayMs: 5,
		batchObjectsPerSecond: 100_000,
		batchReportColumns: 'as-schema',
	});
});
afterAll(() => open.close());

const control = () => open.s3Control('source', 'us-east-1');

// Documented: S3 User Guide, batch-ops-create-job (keys are URL-encoded); that a plus is a space and slashes stay: guessed, after
// `unquote_plus` of batch-ops-invoke-lambda.
const keys = ['a b', 'a+b', '50%', 'a,b', 'a"b', 'a\nb', 'é/ü', "it's (1)!*"];
const encoded = ['a+b', 'a%2Bb', '50%25', 'a%2Cb', 'a%22b', 'a%0Ab', '%C3%A9/%C3%BC', 'it%27s+%281%29%21%2A'];

// Documented, and at odds: S3 User Guide, batch-ops-examples-reports, its schema and its sample.
it.each([
	{hasVersions: true, columns: 'as-schema' as const, end: 'succeeded,,200,Successful'},
	{hasVersions: false, columns: 'as-sample' as const, end: 'succeeded,200,,Successful'},
])(
	'manifests and reports encode keys alike (with versions: $hasVersions, columns $columns)',
	async ({hasVersions, columns, end}) => {
		const place = await openSandbox({
			...{replicationDelayMs: 5, batchObjectsPerSecond: 100_000},
			batchReportColumns: columns,
		});
		const {pair, versionIds} = await setUpOld(place, keys);
		const files = await setUpBatch(place, pair.source);
		const lines = encoded.map((key, index) => [pair.source, key, versionIds[index]] as const);
		const manifest = await putManifest(
			place,
			files,
			lines.map(([bucket, key, versionId]) => (hasVersions ? [bucket, key, versionId] : [bucket, key])),
			hasVersions,
		);
		const job = await runJob(place.s3Control('source', 'us-east-1'), jobInput(pair, files, manifest));
		expect(job).toMatchObject({Status: 'Complete', ProgressSummary: {NumberOfTasksFailed: 0}});
		expect(await rowsOf(place, files, job.JobId)).toEqual(lines.map((line) => `${line.join(',')},${end}`));
		await place.close();
	},
);

// Documented: S3 Control API reference, JobManifestLocation, ETag; the words: guessed.
it('a manifest that was changed since is not read', async () => {
	const {pair, versionIds} = await setUpOld(open, ['a']);
	const place = await setUpBatch(open, pair.source);
	const before = await putManifest(open, place, [[pair.source, 'a', versionIds[0]!]], true);
	await putManifest(open, place, [[pair.source, 'b', versionIds[0]!]], true);
	const job = await runJob(control(), jobInput(pair, place, before));
	expect(job).toMatchObject({Status: 'Failed'});
	expect(job.FailureReasons?.[0]?.FailureReason).toContain('ETag');
});

// Documented: S3 User Guide, batch-ops-job-status, "Job failure"; that the report tells of what was tried: batch-ops-examples-reports.
it('a job ends where more than half of at least 1,000 tasks failed', async () => {
	const pair = await setUpPair(open);
	const place = await setUpBatch(open, pair.source);
	const text = Array.from({length: 6000}, (_, index) => `${pair.source},gone-${index}\n`).join('');
	const manifest = await putManifest(open, place, text, false);
	const job = await runJob(control(), jobInput(pair, place, manifest));
	const failedCount = job.ProgressSummary?.NumberOfTasksFailed ?? 0;
	expect(job).toMatchObject({Status: 'Failed', ProgressSummary: {TotalNumberOfTasks: 6000}});
	expect(failedCount).toBeGreaterThanOrEqual(1000);
	expect(failedCount).toBeLessThan(3000);
	expect((await rowsOf(open, place, job.JobId)).length).toBe(failedCount);
});

// Documented: S3 Control API reference, JobManifestGeneratorFilter.
it.each([
	{filter: {KeyNameConstraint: {MatchAnyPrefix: ['logs/']}}, count: 2},
	{filter: {KeyNameConstraint: {MatchAnyPrefix: ['logs/'], MatchAnySuffix: ['.gz']}}, count: 1},
	{filter: {ObjectReplicationStatuses: ['NONE' as const]}, count: 3},
	{filter: {MatchAnyStorageClass: ['STANDARD' as const]}, count: 3},
	{filter: {CreatedBefore: new Date('2100-01-01')}, count: 3},
	{filter: {ObjectSizeGreaterThanBytes: 1}, count: 3},
])('a generator takes $count versions by $filter', async ({filter, count}) => {
	const {pair} = await setUpOld(open, ['logs/a.gz', 'logs/b', 'c']);
	const place = await setUpBatch(open, pair.source);
	const job = await runJob(
		control(),
		jobInput(pair, place, {
			ManifestGenerator: {
				S3JobManifestGenerator: {
					SourceBucket: `arn:aws:s3:::${pair.source}`,
					EnableManifestOutput: false,
					Filter: {EligibleForReplication: true, ...filter},
				},
			},
		}),
	);
	expect(job).toMatchObject({Status: 'Complete', ProgressSummary: {TotalNumberOfTasks: count}});
});
