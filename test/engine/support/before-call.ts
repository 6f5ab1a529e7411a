import type {BucketReference, Connection} from '../../../source/aws/ports.js';

type Method = (...given: unknown[]) => Promise<unknown>;

/** Connections on which somebody does something right before the n-th call of one method about one thing. */
export function before(
	{port, method, nth, about}: {port: 'buckets' | 'roles'; method: string; nth: number; about?: string},
	change: () => Promise<void>,
): (connection: Connection) => Connection {
	let count = 0;
	return (connection) => {
		const methods = connection[port] as unknown as Record<string, Method>;
		const changed: Method = async (...given) => {
			const isAbout = about === undefined || (given[0] as BucketReference).bucket === about;
			if (isAbout && ++count === nth) await change();
			return methods[method]?.(...given);
		};

		return {...connection, [port]: {...methods, [method]: changed}};
	};
}
