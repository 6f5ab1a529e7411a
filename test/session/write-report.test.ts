import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {reportFiles} from '../../source/commands/files/report-files.js';
import {openSettledFile} from '../../source/commands/files/settled-file.js';
import type {Cause, RunEvent} from '../../source/domain/event.js';
import {fixable} from '../../source/domain/problem.js';
import {writeReport} from '../../source/session/report/write-report.js';
import {createWatchStore} from '../../source/session/watch/watch-store.js';

const problem = fixable('replication-failed', 'Cannot replicate', 'S3 gives no reason.', [
	'Look at the role.',
]);

async function folder(): Promise<string> {
	const directory = await mkdtemp(path.join(tmpdir(), 'report-test-'));
	onTestFinished(async () => rm(directory, {recursive: true}));
	return directory;
}

/** A watch of four objects of which one stays in memory: the settled ones are in their file. */
function watched() {
	const store = createWatchStore({openSettledFile, settledInMemory: 1});
	onTestFinished(store.close);
	const events: readonly RunEvent[] = [
		{
			type: 'watch-started',
			sourceBucket: 's',
			sourceRegion: 'us-east-1',
			sourceProfile: 'p',
			destinations: [{bucket: 'd', region: 'us-west-2'}, {bucket: 'e'}],
		},
		...['a', 'b', 'c,"`', 'bad'].flatMap((key): RunEvent[] => [
			{type: 'object-uploaded', key, versionId: 'v', sizeBytes: 1024, isOurs: true},
		]),
		...['a', 'b', 'c,"`'].flatMap((key): RunEvent[] => [
			{type: 'object-replicated', key, versionId: 'v', destination: 'd', delayMs: 1500, uncertaintyMs: 500},
			{type: 'object-replicated', key, versionId: 'v', destination: null, delayMs: 2500, uncertaintyMs: 700},
		]),
		{type: 'object-failed', key: 'bad', versionId: 'v', destination: 'd', problem},
	];
	for (const [index, event] of events.entries()) store.fold({...event, at: index * 1000});
	return {runId: 'run-1', nowMs: 60_000, watch: store, problem: undefined};
}

test('a report has every object, in memory or not, in three files for their owner alone', async () => {
	const directory = path.join(await folder(), 'new');
	const result = await writeReport(reportFiles(directory), watched());
	const names = ['s3-replicate-run-1.md', 's3-replicate-run-1.json', 's3-replicate-run-1.csv'];
	expect(result).toEqual({ok: true, files: names.map((name) => path.join(directory, name))});
	const [markdown = '', json = '', csv = ''] = await Promise.all(
		names.map(async (name) => readFile(path.join(directory, name), 'utf8')),
	);
	const modes = await Promise.all(
		names.map(async (name) => (await stat(path.join(directory, name))).mode & 0o777),
	);
	expect(modes).toEqual([0o600, 0o600, 0o600]);

	const parsed = JSON.parse(json) as {readonly objects: ReadonlyArray<{readonly key: string}>};
	expect(parsed).toMatchObject({
		runId: 'run-1',
		source: {bucket: 's', region: 'us-east-1'},
		counts: {objects: {replicated: 3, failed: 1}},
		destinations: [
			{bucket: 'd', replicated: 3, failed: 1, delayMs: {max: 1500}},
			{bucket: 'e', region: null, replicated: 3, delayMs: {max: 2500}},
		],
		lostObjects: 0,
	});
	expect(parsed.objects.map(({key}) => key).toSorted()).toEqual(['a', 'b', 'bad', 'c,"`']);

	expect(csv.split('\r\n')).toHaveLength(6);
	expect(csv).toContain('\r\na,v,1024,replicated,true,');
	expect(csv).toContain('"c,""`",v,');
	expect(csv.split('\r\n')[0]).toMatch(/,d delayMs,d uncertaintyMs,e delayMs,.*,source status delayMs/);
	expect(csv).toMatch(/,1500,500,,,2500,700/);

	expect(markdown).toMatch(/\| d \| us-west-2 \| 3 \| 0 \| 1 \| .* \| 1\.5 s \|/);
	expect(markdown).toContain('## 1 failed: replication-failed');
	expect(markdown).toContain('1. Look at the role.');
	expect(markdown).toMatch(/2s {2}█+ 3/);
});

test('a report that cannot be written says why', async () => {
	const file = path.join(await folder(), 'file');
	await writeFile(file, '');
	expect(await writeReport(reportFiles(path.join(file, 'below')), watched())).toMatchObject({
		ok: false,
		problem: {code: 'report-not-writable'},
	});
});

test.each(['report', 'report.md', 'report.JSON', 'report.csv'])(
	'a report that is to be called %s has that name, with the ending of each kind',
	async (name) => {
		const directory = await folder();
		const elsewhere = path.join(directory, 'state');
		const result = await writeReport(reportFiles(elsewhere, path.join(directory, 'new', name)), watched());
		const files = ['md', 'json', 'csv'].map((ending) => path.join(directory, 'new', `report.${ending}`));
		expect(result).toEqual({ok: true, files});
		expect(await readdir(directory)).toEqual(['new']);
	},
);

test('a report is not written into what is no regular file: a pipe would wait for its reader', async () => {
	const directory = await folder();
	await mkdir(path.join(directory, 's3-replicate-run-1.md'));
	expect(await writeReport(reportFiles(directory), watched())).toMatchObject({
		ok: false,
		problem: {code: 'report-not-writable', cause: expect.stringContaining('no regular file') as string},
	});
});

test('all three files carry the cause that was found, and what CloudWatch said with its age', async () => {
	const directory = await folder();
	const input = watched();
	const cause: Cause = {
		...{ruleId: 'r', destination: 'd', key: null, versionId: null},
		...({reason: 'DstBucketUnversioned', certainty: 'certain'} as const),
		...{
			certainty: 'certain',
			headline: 'Versioning of d is suspended',
			evidence: 'GetBucketVersioning says so.',
		},
		...{mend: 'Enable it.', document: null, fix: null},
	};
	input.watch.fold({type: 'causes-seen', sourceBucket: 's', causes: [cause], at: 20_000});
	input.watch.fold({
		type: 'replication-metrics-read',
		...{ruleId: 'r', destination: 'd', failed: {at: 0, value: 1}, at: 30_000},
		...{pendingOperations: null, pendingBytes: null, latencySeconds: null},
	});
	await writeReport(reportFiles(directory), {...input, nowMs: 180_000});
	const read = async (extension: string) =>
		readFile(path.join(directory, `s3-replicate-run-1.${extension}`), 'utf8');
	const [markdown, json, csv] = await Promise.all(['md', 'json', 'csv'].map(read));
	expect(markdown).toMatch(/## DstBucketUnversioned: Versioning of d is suspended/);
	expect(markdown).toMatch(/## 1 failed: DstBucketUnversioned/);
	expect(markdown).toContain('CloudWatch on rule r: 1 failed (3 min ago).');
	expect(JSON.parse(json ?? '')).toMatchObject({
		causes: [cause],
		objects: expect.arrayContaining([
			expect.objectContaining({key: 'bad', reason: 'DstBucketUnversioned'}),
		]) as unknown[],
	});
	expect(csv).toMatch(/^bad,v,.*DstBucketUnversioned/m);
});
