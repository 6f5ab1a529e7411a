import {connect, type Socket} from 'node:net';

/** A connection for load: it sends what was written out before, and reads no more of an answer than where it ends. */
type RawConnection = {
	/** Sends a request, gives the status of its answer when all of that is there. */
	readonly ask: (request: Buffer, hasBody: boolean) => Promise<number>;
	readonly close: () => void;
};

type Waiting = {
	readonly hasBody: boolean;
	readonly resolve: (status: number) => void;
	readonly reject: (error: Error) => void;
};

/** Opens a connection, and again whenever the server has closed it after an answer. One request at a time. */
export function openConnection(hostname: string, port: number): RawConnection {
	let socket: Socket | undefined;
	let received = '';
	let waiting: Waiting | undefined;
	const open = (): Socket => {
		const opened = connect({host: hostname, port, noDelay: true});
		opened.setEncoding('latin1');
		opened.on('data', (piece: string) => {
			received += piece;
			const answer = waiting && answerOf(received, waiting.hasBody);
			if (answer === undefined) return;
			settle()?.resolve(answer.status);
			if (answer.doesClose) drop();
		});
		opened.on('error', (error) => settle()?.reject(error));
		opened.on('close', () => {
			if (opened === socket) drop();
		});
		return opened;
	};
	const settle = (): Waiting | undefined => {
		const settled = waiting;
		waiting = undefined;
		received = '';
		return settled;
	};
	const drop = (): void => {
		socket?.destroy();
		socket = undefined;
		settle()?.reject(new Error('The server has closed the connection'));
	};
	return {
		ask: async (request, hasBody) =>
			new Promise((resolve, reject) => {
				waiting = {hasBody, resolve, reject};
				socket ??= open();
				socket.write(request);
			}),
		close: () => {
			socket?.destroy();
		},
	};
}

/** Takes what has come so far (Latin-1), gives the answer's status when it is whole (RFC 9112, section 6.3). */
function answerOf(
	received: string,
	hasBody: boolean,
): {readonly status: number; readonly doesClose: boolean} | undefined {
	const headEnd = received.indexOf('\r\n\r\n');
	if (headEnd === -1) return undefined;
	const head = received.slice(0, headEnd);
	const bodyStart = headEnd + 4;
	const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
	const isChunked = /\r\ntransfer-encoding: *chunked/i.test(head);
	const isWhole =
		!hasBody ||
		(isChunked ? received.endsWith('0\r\n\r\n') : received.length - bodyStart >= Number(length ?? 0));
	if (!isWhole) return undefined;
	return {status: Number(head.slice(9, 12)), doesClose: /\r\nconnection: *close/i.test(head)};
}
