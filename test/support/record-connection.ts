import type {Connection} from '../../source/aws/ports.js';

/** A call of a port as it was made. */
export type RecordedCall = {
	readonly port: string;
	readonly method: string;
	readonly args: readonly unknown[];
};

type AnyPorts = Record<string, Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

const portNames = new Set(['identity', 'buckets', 'settings', 'objects', 'roles', 'permissions']);

/** A connection that tells of each call of its ports before it makes it, and when it has ended. */
export function recordConnection(
	connection: Connection,
	onCall: (call: RecordedCall) => void,
	onEnd: () => void = () => undefined,
): Connection {
	return new Proxy(connection, {
		get(target, port: string) {
			const value = (target as unknown as AnyPorts)[port];
			if (!portNames.has(port) || value === undefined) return value;
			return new Proxy(value, {
				get(methods, method: string) {
					// Asks nothing.
					if (method === 'clockAheadMs') return methods[method];
					return async (...args: readonly unknown[]) => {
						onCall({port, method, args});
						try {
							return await methods[method]?.(...args);
						} finally {
							onEnd();
						}
					};
				},
			});
		},
	});
}

/** Makes a call again, on another connection; what it answers does not matter, not even a refusal. */
export async function replayCall(connection: Connection, {port, method, args}: RecordedCall): Promise<void> {
	const methods = (connection as unknown as AnyPorts)[port];
	const withoutSignals = args.filter((argument) => !(argument instanceof AbortSignal));
	await methods?.[method]?.(...withoutSignals).catch(() => undefined);
}
