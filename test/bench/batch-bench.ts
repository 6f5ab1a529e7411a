import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {bundleApp} from './bundle-app.js';
import {followedJob} from './followed-job.js';
import type {Row, Say} from './row.js';

const reportLines = 100_000;
const jobObjects = 100_000;
const perPage = 1000;

/** What a piece of work has taken: the most that was in use after a collection of garbage, and the most that the process had. */
type Took = {readonly keptBytes: number; readonly peakBytes: number; readonly cpuMs: number};

/** Runs a piece of work in a process of its own: what others keep is none of it. */
async function took<More>(app: string, what: string, count: number): Promise<Took & More> {
	const {stdout} = await promisify(execFile)(process.execPath, ['--expose-gc', app, what, String(count)]);
	return JSON.parse(stdout) as Took & More;
}

const megabytes = (bytes: number): number => bytes / 1024 / 1024;
const text = (bytes: number): string => `${megabytes(bytes).toFixed(1)} MB`;

/** What comparing buckets, reading reports and following a job takes of this machine. */
export async function* batchRows(say: Say): AsyncIterable<Row> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-bench-'));
	try {
		const app = await bundleApp('test/bench/batch-app.ts', folder);
		yield* compareRows(app, say);
		say(`reading a report of ${reportLines} failures`);
		const report = await took<{readonly failed: number}>(app, 'report', reportLines);
		if (report.failed !== reportLines) throw new Error(`${report.failed} failures were read.`);
		yield {
			what: `report of ${reportLines} failures read: most resident memory`,
			measured: `${text(report.peakBytes)}, in use ${text(report.keptBytes)}, ${report.cpuMs.toFixed(0)} ms of CPU`,
			against: '150 MB',
			figure: megabytes(report.peakBytes),
			target: 150,
		};
	} finally {
		await rm(folder, {recursive: true});
	}

	say(`following a job of ${jobObjects} objects`);
	const job = await followedJob(jobObjects, say);
	yield {
		what: `job of ${jobObjects} objects followed to its end: most resident memory`,
		measured: `${text(job.peakBytes)}, ${job.seconds.toFixed(0)} s, looked ${job.looks} times`,
		against: '160 MB',
		figure: megabytes(job.peakBytes),
		target: 160,
	};
}

async function* compareRows(app: string, say: Say): AsyncIterable<Row> {
	say('comparing two simulated buckets of 10,000 and of 1,000,000');
	type Pages = {readonly pages: number};
	const [small, large] = [
		await took<Pages>(app, 'compare', 10_000),
		await took<Pages>(app, 'compare', 1_000_000),
	];
	const perSecond = 1_000_000 / (large.cpuMs / 1000);
	const grown = large.keptBytes - small.keptBytes;
	yield* [
		{
			what: 'batch --verify, 1,000,000 versions and delete markers a side: own time',
			measured: `${Math.round(perSecond)} a second of CPU`,
			against: '20,000',
			figure: 20_000 / perSecond,
			target: 1,
		},
		{
			what: 'batch --verify: requests for each 1,000 versions and delete markers a side',
			measured: `${large.pages}`,
			against: `${(2 * 1_000_000) / perPage} pages`,
			figure: large.pages / ((2 * 1_000_000) / perPage),
			target: 1,
		},
		{
			what: 'batch --verify: memory in use, how much more with 1,000,000 than with 10,000',
			measured: text(large.keptBytes),
			against: `10,000: ${text(small.keptBytes)}`,
			figure: megabytes(grown),
			target: 1,
		},
		{
			what: 'batch --verify, 1,000,000 a side: most resident memory',
			measured: text(large.peakBytes),
			against: `10,000: ${text(small.peakBytes)}`,
			figure: megabytes(large.peakBytes),
			target: 160,
		},
	];
}
