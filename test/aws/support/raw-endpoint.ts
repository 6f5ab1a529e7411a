import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {connect, type ConnectOptions} from '../../../source/aws/connect.js';
import type {Connection} from '../../../source/aws/ports.js';
import {readSharedConfig} from '../../../source/aws/transport/shared-config.js';

/** What an endpoint does with a connection: `headOf` gives the request's head each time one has come. */
export type Behaviour = (socket: Socket, head: string, count: number) => void;

export type RawEndpoint = {
	readonly url: string;
	/** How many requests came. */
	readonly requestCount: () => number;
	/** How many connections are open now. */
	readonly openCount: () => number;
	/** The program's own connection to it; the SDK makes a call again at once. */
	readonly connection: (options?: Partial<ConnectOptions>) => Promise<Connection>;
	readonly close: () => Promise<void>;
};

/** A listener on this machine that is no S3 and answers with whatever bytes a test wants. */
export async function rawEndpoint(behave: Behaviour): Promise<RawEndpoint> {
	const sockets = new Set<Socket>();
	let count = 0;
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => undefined);
		let text = '';
		socket.on('data', (chunk) => {
			text += chunk.toString('latin1');
			const end = text.indexOf('\r\n\r\n');
			if (end < 0) return;
			const head = text.slice(0, end);
			const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
			if (text.length < end + 4 + length && !/^expect:/im.test(head)) return;
			text = '';
			count++;
			behave(socket, head, count);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as {port: number};
	const url = `http://127.0.0.1:${port}`;
	const folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-raw-'));
	const configFile = path.join(folder, 'config');
	const lines = [
		'[profile p]',
		'aws_access_key_id = AKIAEXAMPLEEXAMPLE12',
		'aws_secret_access_key = hush-hush',
	];
	await writeFile(configFile, [...lines, ''].join('\n'));
	return {
		url,
		requestCount: () => count,
		openCount: () => sockets.size,
		async connection(options = {}) {
			const config = await readSharedConfig({configFile, credentialsFile: `${configFile}-none`});
			return connect('p', {config, environment: {}, endpointUrl: url, ...options});
		},
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
			await rm(folder, {recursive: true});
		},
	};
}

/** A whole answer: status, headers and body. */
export function answerOf(
	status: string,
	body: string | Buffer = '',
	headers: Readonly<Record<string, string>> = {'content-type': 'application/xml'},
): Buffer {
	const content = Buffer.from(body);
	const lines = Object.entries({...headers, 'content-length': String(content.length)});
	const head = [`HTTP/1.1 ${status}`, ...lines.map(([name, value]) => `${name}: ${value}`), '', ''].join(
		'\r\n',
	);
	return Buffer.concat([Buffer.from(head, 'latin1'), content]);
}
