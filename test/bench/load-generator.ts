import {performance} from 'node:perf_hooks';
import {openConnection} from './raw-connection.js';
import {signedRequests} from './signed-requests.js';

/** What one process of load does: writes all requests first, and sends them then as fast as they are answered. */
export type Load = {
	readonly endpointUrl: string;
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly method: 'PUT' | 'HEAD' | 'GET';
	/** `%d` stands for the number of the request. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly count: number;
	readonly parallel: number;
};

/** What came of it; `busyShare` is how much of the time the generator itself was at work: at 1 it was the limit. */
export type LoadResult = {readonly perSecond: number; readonly busyShare: number};

/** Sends the requests over as many connections as are wanted; throws at an answer that is none of 2xx. */
async function send(load: Load, requests: readonly Buffer[]): Promise<LoadResult> {
	const {hostname, port} = new URL(load.endpointUrl);
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	let next = 0;
	await Promise.all(
		Array.from({length: load.parallel}, async () => {
			const connection = openConnection(hostname, Number(port));
			for (let at = next++; at < requests.length; at = next++) {
				const status = await connection.ask(requests[at]!, load.method !== 'HEAD');
				if (status < 200 || status > 299) {
					throw new Error(`${load.method} ${load.path}, number ${at}, was answered with ${status}`);
				}
			}
			connection.close();
		}),
	);
	const tookMs = performance.now() - startedAt;
	const {user, system} = process.cpuUsage(cpuBefore);
	return {perSecond: (requests.length / tookMs) * 1000, busyShare: (user + system) / 1000 / tookMs};
}

process.once('message', (load: Load) => {
	void signedRequests(load)
		.then(async (requests) => send(load, requests))
		.then(
			(result) => process.send?.(result),
			(error: unknown) => process.send?.({error: String(error)}),
		)
		.finally(() => process.disconnect());
});
