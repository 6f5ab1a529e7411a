import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {openTerminal} from '../support/terminal.js';
import {bundleApp} from './bundle-app.js';
import {fixedWorkloadMs} from './fixed-workload.js';
import type {Row, Say} from './row.js';

type Drawing = {
	readonly objects: number;
	readonly drawn: {
		readonly cpu: number;
		readonly bytes: number;
		readonly frames: number;
		readonly ms: number;
	};
	readonly keys: ReadonlyArray<{readonly wallMs: number; readonly cpuMs: number}>;
	readonly idle: {readonly bytes: number; readonly frames: number; readonly cpuMs: number};
	readonly residentBytes: number;
};

const seconds = 10;
/** A second of drawing, in fixed works: 150 ms of CPU where the work took 25. */
const drawingTarget = 6;

/** Draws the watch of so many objects in a pseudo-terminal of 120 × 40, from a source of events that is simulated. */
async function draw(app: string, folder: string, objects: number): Promise<Drawing> {
	const result = path.join(folder, `${objects}.json`);
	const closers: Array<() => Promise<void>> = [];
	const terminal = openTerminal(process.execPath, [app, result, String(objects), String(seconds)], {
		columns: 120,
		rows: 40,
		env: {FORCE_COLOR: '1'},
		closeWith: (close) => closers.push(close),
	});
	await terminal.waitForEnd(120_000);
	await Promise.all(closers.map(async (close) => close()));
	return JSON.parse(await readFile(result, 'utf8')) as Drawing;
}

const p95 = (values: readonly number[]): number =>
	[...values].sort((left, right) => left - right)[Math.floor(values.length * 0.95)] ?? Number.NaN;
const cpuPercent = ({drawn}: Drawing): number => (100 * drawn.cpu) / drawn.ms;
const kilobytesPerSecond = ({drawn}: Drawing): number => drawn.bytes / 1024 / (drawn.ms / 1000);
const megabytes = (bytes: number): number => bytes / 1024 / 1024;

/**
 * What drawing alone costs, with 10,000 objects and how that grows from 100. Time is that of the process, so that what
 * else the machine does counts little.
 */
export async function* drawingRows(say: Say): AsyncIterable<Row> {
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-bench-'));
	try {
		const app = await bundleApp('test/bench/drawing-app.tsx', folder);
		const drawn = async (objects: number): Promise<Drawing> => {
			say(`drawing a watch of ${objects} files`);
			return draw(app, folder, objects);
		};
		const few = await drawn(100);
		const middle = await drawn(1000);
		const workBefore = fixedWorkloadMs();
		const many = await drawn(10_000);
		const workMs = (workBefore + fixedWorkloadMs()) / 2;
		const grown = (figure: (drawing: Drawing) => number, unit: string): string =>
			`100: ${figure(few).toFixed(1)} ${unit}, 1,000: ${figure(middle).toFixed(1)} ${unit}`;
		const row = (what: string, figure: (drawing: Drawing) => number, unit: string, target: number): Row => ({
			what: `watch drawn, 10,000 objects: ${what}`,
			measured: `${figure(many).toFixed(1)} ${unit}`,
			against: grown(figure, unit),
			figure: figure(many),
			target,
		});
		yield* [
			{
				...row('CPU a second', (drawing) => 10 * cpuPercent(drawing), 'ms', drawingTarget),
				against: `a fixed work of text: ${workMs.toFixed(1)} ms of CPU`,
				figure: (10 * cpuPercent(many)) / workMs,
			},
			row('written a second', kilobytesPerSecond, 'KB', 8),
			row('frames a second', ({drawn}) => drawn.frames / (drawn.ms / 1000), 'frames', 12),
			row('resident memory', ({residentBytes}) => megabytes(residentBytes), 'MB', 160),
			{
				...row('key to frame, p95 of its time', ({keys}) => p95(keys.map(({cpuMs}) => cpuMs)), 'ms', 35),
				against: `by the wall clock: ${p95(many.keys.map(({wallMs}) => wallMs)).toFixed(1)} ms`,
			},
			row('written in 3 s when all is settled', ({idle}) => idle.bytes, 'bytes', 0),
			row('frames in 3 s when all is settled', ({idle}) => idle.frames, 'frames', 0),
		];
	} finally {
		await rm(folder, {recursive: true});
	}
}
