import {createHash} from 'node:crypto';
import {Agent, request} from 'node:http';
import {performance} from 'node:perf_hooks';
import {HttpRequest} from '@smithy/core/protocols';
import {SignatureV4} from '@smithy/signature-v4';
import {Sha256} from '../../source/sandbox/http/sha256.js';

/** What one process of load does: signs all requests first, and sends them then as fast as they are answered. */
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

type Signed = {readonly path: string; readonly headers: Readonly<Record<string, string>>};

async function signAll(load: Load): Promise<readonly Signed[]> {
	const {accessKeyId, secretAccessKey, method, query = {}, body = ''} = load;
	const {host, hostname, port} = new URL(load.endpointUrl);
	const signer = new SignatureV4({
		credentials: {accessKeyId, secretAccessKey},
		region: 'us-east-1',
		service: 's3',
		uriEscapePath: false,
		sha256: Sha256,
	});
	const search = new URLSearchParams(query).toString();
	const hash = createHash('sha256').update(body).digest('hex');
	const signed: Signed[] = [];
	for (let number = 0; number < load.count; number += 1) {
		const path = load.path.replace('%d', String(number));
		const {headers} = await signer.sign(
			new HttpRequest({
				method,
				path,
				query: {...query},
				hostname,
				port: Number(port),
				headers: {host, 'x-amz-content-sha256': hash, 'content-length': String(body.length)},
			}),
		);
		signed.push({path: search === '' ? path : `${path}?${search}`, headers});
	}
	return signed;
}

/** Sends the requests and gives how many were answered in a second; throws at an answer that is none of 2xx. */
async function send(load: Load, signed: readonly Signed[]): Promise<number> {
	const {hostname, port} = new URL(load.endpointUrl);
	const agent = new Agent({keepAlive: true, maxSockets: load.parallel});
	const one = async ({path, headers}: Signed): Promise<void> =>
		new Promise((resolve, reject) => {
			const sent = request({agent, hostname, port, method: load.method, path, headers}, (response) => {
				response.resume();
				response.on('end', () => {
					const status = response.statusCode ?? 0;
					if (status >= 200 && status < 300) resolve();
					else reject(new Error(`${load.method} ${path} was answered with ${status}`));
				});
			});
			sent.on('error', reject);
			sent.end(load.body);
		});
	const startedAt = performance.now();
	let next = 0;
	await Promise.all(
		Array.from({length: load.parallel}, async () => {
			for (;;) {
				const current = signed[next];
				next += 1;
				if (current === undefined) return;
				await one(current);
			}
		}),
	);
	const seconds = (performance.now() - startedAt) / 1000;
	agent.destroy();
	return signed.length / seconds;
}

process.once('message', (load: Load) => {
	void signAll(load)
		.then(async (signed) => send(load, signed))
		.then(
			(perSecond) => process.send?.({perSecond}),
			(error: unknown) => process.send?.({error: String(error)}),
		)
		.finally(() => process.disconnect());
});
