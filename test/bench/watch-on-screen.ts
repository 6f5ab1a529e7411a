import {readFileSync} from 'node:fs';
import {performance} from 'node:perf_hooks';
import process from 'node:process';
import {cli} from '../support/program.js';
import {openTerminal, type OpenedTerminal} from '../support/terminal.js';
import {type Served, source} from './served-sandbox.js';

/** What a process has used: its own time in milliseconds, the most memory it had, and what it has read: from its connections, nearly all of it. */
function usedBy(pid: number): {
	readonly cpuMs: number;
	readonly peakBytes: number;
	readonly readBytes: number;
} {
	// The name stands in brackets and may hold blanks; 10 ms a tick.
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /s, '')
		.split(' ');
	const peakKb = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	const readBytes = Number(/rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
	return {cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, peakBytes: Number(peakKb) * 1024, readBytes};
}

/** What a watch on the screen has used. */
export type Watched = {
	readonly cpuPercent: number;
	readonly cpuMsPerFile: number;
	readonly peakBytes: number;
	readonly readBytesPerFile: number;
	/** Written to the terminal. */
	readonly drawnBytesPerSecond: number;
	/** By their operation, a file. */
	readonly requestsPerFile: Readonly<Record<string, number>>;
};

/** The requests that are no upload. */
export const besides = ({requestsPerFile: {PutObject: _uploads, ...others}}: Watched): number =>
	Object.values(others).reduce((sum, count) => sum + count, 0);

type WatchOnScreen = {
	/** What is watched, and how. */
	readonly args: readonly string[];
	readonly objects: number;
	/** Goes on while it is watched, from its first frame; the watch is over, or its last keys are pressed, when it ends. */
	readonly meanwhile?: (terminal: OpenedTerminal) => Promise<void>;
};

/** Watches so many files on the screen, and measures from its first frame to its end. */
export async function watchOnScreen(
	{env, requests}: Served,
	{args, objects, meanwhile = async () => undefined}: WatchOnScreen,
): Promise<Watched> {
	const before = new Map(requests);
	const closers: Array<() => Promise<void>> = [];
	const profiles = ['--source-profile', 'source', '--destination-profile', 'source'];
	const terminal = openTerminal(
		process.execPath,
		[cli, 'watch', '--source-bucket', source, ...profiles, ...args],
		{columns: 120, rows: 40, env, closeWith: (close) => closers.push(close)},
	);
	await terminal.waitForText('done/s');
	const pid = Number(/\u001B\]778;(\d+)\u0007/.exec(terminal.output())?.[1]);
	const startedAt = performance.now();
	const begin = usedBy(pid);
	const drawnBefore = terminal.output().length;
	let last = begin;
	let lastAt = startedAt;
	const timer = setInterval(() => {
		try {
			last = usedBy(pid);
			lastAt = performance.now();
		} catch {
			// It has ended.
			clearInterval(timer);
		}
	}, 500);
	await meanwhile(terminal);
	await terminal.waitForEnd(600_000);
	clearInterval(timer);
	const drawnBytes = Buffer.byteLength(terminal.output().slice(drawnBefore));
	await Promise.all(closers.map(async (close) => close()));
	const made = [...requests].map(
		([operation, count]) => [operation, (count - (before.get(operation) ?? 0)) / objects] as const,
	);
	return {
		cpuPercent: (100 * (last.cpuMs - begin.cpuMs)) / (lastAt - startedAt),
		cpuMsPerFile: (last.cpuMs - begin.cpuMs) / objects,
		peakBytes: last.peakBytes,
		readBytesPerFile: (last.readBytes - begin.readBytes) / objects,
		drawnBytesPerSecond: drawnBytes / ((lastAt - startedAt) / 1000),
		requestsPerFile: Object.fromEntries(made),
	};
}
