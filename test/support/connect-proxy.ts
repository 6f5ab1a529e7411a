import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import {createServer as createTlsServer} from 'node:https';
import {type AddressInfo, connect, type Server, Socket} from 'node:net';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';

/** The file of a certificate, or of its key, that stands for others in the tests. */
export function tlsFile(name: string): string {
	return fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
}

function tlsOf(name: string) {
	return {key: readFileSync(tlsFile(`${name}-key`)), cert: readFileSync(tlsFile(`${name}-cert`))};
}

async function listening(server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => sockets.add(socket));
	onTestFinished(() => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return (server.address() as AddressInfo).port;
}

/** Answers in AWS's place, for every name that the certificate is for. */
export async function awsInPlace(
	answer: (asked: IncomingMessage, answered: ServerResponse) => void,
): Promise<number> {
	return listening(createTlsServer(tlsOf('aws-names'), answer));
}

type ConnectProxy = {
	readonly place: string;
	/** What it was asked for: `CONNECT host:port`, or `GET http://…`. */
	readonly asked: string[];
};

/** A proxy of this machine: every tunnel ends at one port of it, every plain request as well. */
export async function connectProxy(
	port: number,
	{isSecure = false, password = ''} = {},
): Promise<ConnectProxy> {
	const asked: string[] = [];
	const isAllowed = ({headers}: IncomingMessage): boolean =>
		password === '' || headers['proxy-authorization'] === `Basic ${Buffer.from(password).toString('base64')}`;
	const server = isSecure ? createTlsServer(tlsOf('loopback')) : createServer();
	server.on('request', (incoming: IncomingMessage, answered: ServerResponse) => {
		asked.push(`${incoming.method} ${incoming.url}`);
		if (!isAllowed(incoming)) {
			answered.writeHead(407, 'Proxy Authentication Required').end();
			return;
		}

		const {method, url = '', headers} = incoming;
		const {pathname, search} = new URL(url);
		const onwards = request({host: '127.0.0.1', port, method, path: pathname + search, headers}, (answer) => {
			answered.writeHead(answer.statusCode ?? 500, answer.headers);
			answer.pipe(answered);
		});
		incoming.pipe(onwards);
	});
	server.on('connect', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
		asked.push(`CONNECT ${incoming.url}`);
		socket.on('error', () => undefined);
		if (!isAllowed(incoming)) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
			return;
		}

		const onwards = connect(port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			onwards.write(head);
			socket.pipe(onwards).pipe(socket);
		});
		onwards.on('error', () => socket.destroy());
		socket.on('close', () => onwards.destroy());
	});
	return {place: `127.0.0.1:${await listening(server)}`, asked};
}

/** A proxy that answers every CONNECT with this text, or with nothing. */
export async function refusingProxy(text: string): Promise<string> {
	const {createServer: createTcpServer} = await import('node:net');
	const server = createTcpServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => void (text !== '' && socket.end(text)));
	});
	return `127.0.0.1:${await listening(server)}`;
}

/** A proxy that answers every CONNECT with this head, what comes next with this page, and never ends a connection. */
export async function pageProxy(head: string, page: string): Promise<string> {
	const {createServer: createTcpServer} = await import('node:net');
	const server = createTcpServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => {
			socket.write(head);
			socket.once('data', () => void (page !== '' && socket.write(page)));
		});
	});
	return `127.0.0.1:${await listening(server)}`;
}

/** Where this process connects to from now on: every socket, whoever opens it. */
export function watchConnections(): ReadonlySet<string> {
	const seen = new Set<string>();
	const original = Reflect.get(Socket.prototype, 'connect') as (...given: unknown[]) => Socket;
	Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
		const [first] = (Array.isArray(given[0]) ? given[0] : given) as [{host?: string; port?: number}];
		seen.add(`${first.host ?? 'localhost'}:${first.port ?? ''}`);
		return original.apply(this, given);
	};
	onTestFinished(() => {
		Socket.prototype.connect = original;
	});
	return seen;
}
