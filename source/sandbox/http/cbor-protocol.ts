import {CborShapeDeserializer, CborShapeSerializer} from '@smithy/core/cbor';
import {NotDeserializableError} from '../wire/json-codec.js';
import {queryErrorHeader, type RpcProtocol} from './rpc-protocol.js';

/** Smithy RPC v2 CBOR: the operation stands in the path, and the bodies are those of the SDK's own codec (Smithy, smithy-rpc-v2). */
export function cborProtocol({
	serviceName,
	namespace,
	queryCodeOf,
}: {
	readonly serviceName: string;
	/** What stands before the code of an error. */
	readonly namespace: string;
	readonly queryCodeOf: (code: string) => string;
}): RpcProtocol {
	return {
		isFor: ({headers}) => headers['smithy-protocol'] === 'rpc-v2-cbor',
		headers: {'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor'},
		operationOf: ({rawPath}) => {
			const [, service, name] = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(rawPath) ?? [];
			return {name, isKnown: service === serviceName};
		},
		read: (operation, body) => {
			try {
				const read: unknown = new CborShapeDeserializer().read(operation.input, body);
				if (typeof read === 'object' && read !== null) return read as Record<string, unknown>;
			} catch {
				// What cannot be read is said below.
			}
			throw new NotDeserializableError();
		},
		write: (operation, output) => written(operation.output, output),
		renderError: (error) => ({
			body: written(errorShape, {__type: `${namespace}${error.code}`, message: error.message}),
			headers: queryErrorHeader(error, queryCodeOf),
		}),
	};
}

/** A map of texts. */
const errorShape = [2, '', '', 0, 0, 0] as const;

function written(shape: unknown, value: object): Buffer {
	const serializer = new CborShapeSerializer();
	serializer.write(shape as never, value);
	return Buffer.from(serializer.flush());
}
