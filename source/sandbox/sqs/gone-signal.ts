import {type Socket} from 'node:net';

const signals = new WeakMap<Socket, AbortSignal>();

/** Gives a signal that ends with the connection; one for each, however many requests come over it. */
export function goneSignalOf(socket: Socket): AbortSignal {
	const known = signals.get(socket);
	if (known !== undefined) return known;
	const controller = new AbortController();
	signals.set(socket, controller.signal);
	if (socket.destroyed) controller.abort();
	socket.once('close', () => {
		controller.abort();
	});
	return controller.signal;
}
