import {type ChildProcess, fork} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {onTestFinished} from 'vitest';
import type {LockAnswer, LockOrder} from './lock-worker.js';
import {temporaryFolder} from './program.js';

const worker = fileURLToPath(new URL('lock-worker.ts', import.meta.url));

export type LockProcess = {
	readonly child: ChildProcess;
	readonly ask: (order: LockOrder) => Promise<LockAnswer>;
};

/** Starts real processes that take locks. They are ended with the test. */
export async function lockProcesses(count: number): Promise<readonly LockProcess[]> {
	const file = path.join(await temporaryFolder(), 'worker.mjs');
	await build({entryPoints: [worker], outfile: file, bundle: true, platform: 'node', format: 'esm'});
	return Promise.all(Array.from({length: count}, async () => start(file)));
}

async function start(file: string): Promise<LockProcess> {
	const child = fork(file);
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	const next = async <T>(): Promise<T> =>
		new Promise((resolve, reject) => {
			child.once('exit', () => reject(new Error('The process has ended.')));
			child.once('message', (message) => resolve(message as T));
		});
	child.setMaxListeners(0);
	await next();
	return {
		child,
		async ask(order) {
			const answer = next<LockAnswer>();
			child.send(order);
			return answer;
		},
	};
}
