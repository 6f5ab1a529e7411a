import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {cli} from '../support/program.js';
import {bundleApp} from './bundle-app.js';
import type {Row, Say} from './row.js';
import {destination, serve, type Served, source} from './served-sandbox.js';
import {besides, type Watched, watchOnScreen} from './watch-on-screen.js';

const perSecond = 100;

type BareSdk = {readonly cpuMsPerFile: number; readonly readBytesPerFile: number};

/** What CPU a file costs the SDK alone, in a process of its own: the same requests a file, at the same pace, with as long answers, from the same sandbox. */
async function bareSdk(
	{env}: Served,
	{requestsPerFile: {HeadObject = 0, ListObjectVersions = 0}, readBytesPerFile}: Watched,
	files: number,
): Promise<BareSdk> {
	const folder = mkdtempSync(path.join(tmpdir(), 's3-replicate-bench-'));
	try {
		const app = await bundleApp('test/bench/sdk-app.ts', folder);
		const figures = [files, HeadObject, ListObjectVersions, readBytesPerFile];
		const args = [app, source, destination, ...figures].map(String);
		const child = spawn(process.execPath, args, {env, stdio: ['ignore', 'pipe', 'inherit']});
		let said = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
		await once(child, 'close');
		return JSON.parse(said) as BareSdk;
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** How many files a second the program sends, and how many the AWS CLI does, to the same sandbox. */
async function uploadRates(
	{env}: Served,
	objects: number,
): Promise<{readonly ours: number; readonly cli?: number}> {
	const args = [
		'watch',
		'--json',
		'--source-bucket',
		source,
		'--source-profile',
		'source',
		'--destination-profile',
		'source',
		'--files',
		String(objects),
	];
	const child = spawn(process.execPath, [cli, ...args], {env, stdio: ['ignore', 'pipe', 'ignore']});
	const times: number[] = [];
	createInterface({input: child.stdout}).on('line', (line) => {
		const event = JSON.parse(line) as {type: string; at: string};
		if (event.type === 'object-uploaded') times.push(Date.parse(event.at));
	});
	await once(child, 'close');
	const ours = (objects - 1) / ((Math.max(...times) - Math.min(...times)) / 1000);
	const folder = mkdtempSync(path.join(tmpdir(), 's3-replicate-bench-'));
	const files = path.join(folder, 'files');
	mkdirSync(files);
	for (let index = 0; index < objects; index++)
		writeFileSync(path.join(files, `${index}.txt`), 'x'.repeat(1024));
	const startedAt = performance.now();
	const copied: ChildProcess & {status?: number | null} = spawn(
		'aws',
		[
			's3',
			'cp',
			'--recursive',
			'--only-show-errors',
			files,
			`s3://${source}/from-the-cli/`,
			'--profile',
			'source',
		],
		{env: {...env, PATH: process.env['PATH'] ?? ''}, stdio: 'ignore'},
	);
	const ended = await new Promise<number | null>((resolve) => {
		copied.on('error', () => resolve(null));
		copied.on('exit', (code) => resolve(code));
	});
	const tookMs = performance.now() - startedAt;
	rmSync(folder, {recursive: true});
	return {ours, cli: ended === 0 ? objects / (tookMs / 1000) : undefined};
}

/** What the whole program costs against a served sandbox. */
export async function* wholeProgramRows(say: Say): AsyncIterable<Row> {
	const served = await serve();
	try {
		const watched = async (objects: number): Promise<Watched> => {
			say(`watching ${objects} files at ${perSecond}/s, the whole program`);
			return watchOnScreen(served, {
				args: ['--files', String(objects), '--rate', String(perSecond)],
				objects,
			});
		};
		const few = await watched(100);
		const middle = await watched(1000);
		const many = await watched(10_000);
		const bareFiles = 3000;
		say(`the same requests from the bare SDK, for ${bareFiles} files`);
		const bare = await bareSdk(served, many, bareFiles);
		const what = `watch whole, 10,000 objects at ${perSecond}/s`;
		const row = (name: string, figure: (watched: Watched) => number, unit: string, target: number): Row => ({
			what: `${what}: ${name}`,
			measured: `${figure(many).toFixed(2)} ${unit}`,
			against: `100: ${figure(few).toFixed(2)} ${unit}, 1,000: ${figure(middle).toFixed(2)} ${unit}`,
			figure: figure(many),
			target,
		});
		yield {
			what: `${what}: CPU a file`,
			measured: `${many.cpuMsPerFile.toFixed(2)} ms (${many.cpuPercent.toFixed(0)} % of this core)`,
			against: `the bare SDK, the same requests: ${bare.cpuMsPerFile.toFixed(2)} ms; bytes read a file: ${Math.round(many.readBytesPerFile)} and ${Math.round(bare.readBytesPerFile)}`,
			figure: many.cpuMsPerFile / bare.cpuMsPerFile,
			target: 1.3,
		};
		yield row('resident memory', ({peakBytes}) => peakBytes / 1024 / 1024, 'MB', 260);
		yield row('requests an object besides the upload', besides, '', 1.3);
	} finally {
		await served.close();
	}
}

/** How quickly test files are sent, against the AWS CLI in the same sandbox, in turn: the median of some pairs. So many that neither start counts. */
export async function* uploadRows(say: Say, objects = 2500, pairs = 3): AsyncIterable<Row> {
	const rates: Array<Awaited<ReturnType<typeof uploadRates>>> = [];
	for (let pair = 0; pair < pairs; pair++) {
		// A new sandbox each time: what the AWS CLI has sent is still being replicated when it has ended.
		say(`sending ${objects} files, and the AWS CLI as many: pair ${pair + 1} of ${pairs}`);
		const served = await serve();
		try {
			rates.push(await uploadRates(served, objects));
		} finally {
			await served.close();
		}
	}

	const middle = (values: readonly number[]): number =>
		[...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
	const ours = middle(rates.map((rate) => rate.ours));
	const cliRate = middle(rates.map((rate) => rate.cli ?? Number.NaN));
	yield {
		what: 'watch: uploads a second',
		measured: ours.toFixed(0),
		against: Number.isNaN(cliRate) ? 'the AWS CLI is not installed' : `aws s3 cp: ${cliRate.toFixed(0)}`,
		figure: middle(rates.map((rate) => (rate.cli ?? Number.NaN) / rate.ours)),
		target: 1 / 1.5,
	};
}
