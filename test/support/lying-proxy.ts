import {createServer, type IncomingHttpHeaders, request} from 'node:http';
import {onTestFinished} from 'vitest';

export type Lie = {
	readonly status: number;
	readonly body: string | Buffer;
	readonly headers?: Readonly<Record<string, string>>;
};

/** A way to an endpoint on which the answers to some calls are somebody else's. */
type LyingProxy = {
	readonly url: string;
	/** What came this way: method and path. */
	readonly asked: readonly string[];
	/** The headers of each. */
	readonly headers: readonly IncomingHttpHeaders[];
	/** From now on, calls of this method, with this in their path or body, get this answer; without one, none does. */
	readonly lie: (of?: {readonly method: string; readonly words: string; readonly answer: Lie}) => void;
	/** How many answers were somebody else's. */
	readonly lieCount: () => number;
};

export async function lyingProxy(endpointUrl: string): Promise<LyingProxy> {
	const {port: target} = new URL(endpointUrl);
	let told: Parameters<LyingProxy['lie']>[0];
	let count = 0;
	const calls: string[] = [];
	const allHeaders: IncomingHttpHeaders[] = [];
	const server = createServer((asked, answered) => {
		const chunks: Buffer[] = [];
		asked.on('data', (chunk: Buffer) => chunks.push(chunk));
		asked.on('end', () => {
			const body = Buffer.concat(chunks);
			const {method = '', url = '', headers} = asked;
			calls.push(`${method} ${url}`);
			allHeaders.push(headers);
			if (told && method === told.method && `${url} ${body.toString('latin1')}`.includes(told.words)) {
				count++;
				answered.writeHead(told.answer.status, told.answer.headers).end(told.answer.body);
				return;
			}

			const onwards = request({host: '127.0.0.1', port: target, method, path: url, headers}, (answer) => {
				answered.writeHead(answer.statusCode ?? 500, answer.headers);
				answer.pipe(answered);
			});
			onwards.on('error', () => answered.destroy());
			onwards.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const {port} = server.address() as {readonly port: number};
	return {
		url: `http://127.0.0.1:${port}`,
		lie(of) {
			told = of;
		},
		lieCount: () => count,
		asked: calls,
		headers: allHeaders,
	};
}
