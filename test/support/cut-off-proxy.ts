import {connect, createServer, type Server, type Socket} from 'node:net';
import {onTestFinished} from 'vitest';

/** A way to an endpoint that can be cut off, and opened again on the same port. */
type CutOffProxy = {
	readonly url: string;
	/** Cuts every connection, and listens no more. */
	readonly close: () => Promise<void>;
	readonly open: () => Promise<void>;
};

export async function cutOffProxy(endpointUrl: string): Promise<CutOffProxy> {
	const target = Number(new URL(endpointUrl).port);
	const sockets = new Set<Socket>();
	let server: Server | undefined;
	let port = 0;

	const keep = (socket: Socket): Socket => {
		sockets.add(socket);
		return socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
	};

	async function open(): Promise<void> {
		const listening = createServer((socket) => {
			const onwards = keep(connect(target, '127.0.0.1'));
			keep(socket).on('close', () => onwards.destroy());
			onwards.on('close', () => socket.destroy());
			socket.pipe(onwards).pipe(socket);
		});
		server = listening;
		await new Promise<void>((resolve, reject) => {
			listening.once('error', reject).listen(port, '127.0.0.1', resolve);
		});
		port = (listening.address() as {readonly port: number}).port;
	}

	async function close(): Promise<void> {
		const closed = new Promise<void>((resolve) => void server?.close(() => resolve()));
		for (const socket of sockets) socket.destroy();
		await closed;
	}

	await open();
	onTestFinished(close);
	return {url: `http://127.0.0.1:${port}`, open, close};
}
