import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {bundleApp} from './bundle-app.js';
import type {Row, Say} from './row.js';

type Kept = {
	readonly replicated: number;
	readonly peakBytes: number;
	/** What the view keeps of an open object, and what the engine does besides. */
	readonly bytesPerOpen: number;
	readonly bytesPerTracked: number;
};

const openAtOnce = 10_000;

/** What memory a watch of so many objects takes that is never drawn, of which 10,000 are open at once. */
async function follow(app: string, objects: number): Promise<Kept> {
	const {stdout} = await promisify(execFile)(process.execPath, [
		'--expose-gc',
		app,
		String(objects),
		String(openAtOnce),
	]);
	const kept = JSON.parse(stdout) as Kept;
	if (kept.replicated !== objects)
		throw new Error(`Of ${objects} objects ${kept.replicated} were replicated.`);
	return kept;
}

/** Whether memory stays as it is while the objects become many: settled ones go to a file. */
export async function* memoryRows(say: Say): AsyncIterable<Row> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-bench-'));
	try {
		const app = await bundleApp('test/bench/memory-app.ts', folder);
		say('following 100,000 simulated files');
		const some = await follow(app, 100_000);
		say('following 1,000,000 simulated files');
		const many = await follow(app, 1_000_000);
		const megabytes = ({peakBytes}: Kept): number => peakBytes / 1024 / 1024;
		yield* [
			{
				what: 'watch followed, 1,000,000 objects, 10,000 open at once: most resident memory',
				measured: `${megabytes(many).toFixed(0)} MB`,
				against: `100,000: ${megabytes(some).toFixed(0)} MB`,
				figure: megabytes(many),
				target: 200,
			},
			{
				what: 'watch followed, 10,000 open at once: bytes an open object in the view',
				measured: `${many.bytesPerOpen.toFixed(0)} bytes`,
				against: `${many.bytesPerTracked.toFixed(0)} bytes more in the engine`,
				figure: many.bytesPerOpen,
				target: 300,
			},
		];
	} finally {
		await rm(folder, {recursive: true});
	}
}
