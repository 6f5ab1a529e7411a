import {parseJsonInput, renderJsonOutput} from '../wire/json-codec.js';
import {type Operation} from '../wire/operation.js';
import {type ServiceError} from '../wire/service-error.js';
import {type WireRequest} from './wire-request.js';

/** How requests name an operation and carry its input, and how answers and errors are written. */
export type RpcProtocol = {
	readonly isFor: (request: WireRequest) => boolean;
	/** Those of every answer. */
	readonly headers: Readonly<Record<string, string>>;
	/** The operation's name as the request has it, and whether it is asked of this service. */
	readonly operationOf: (
		request: WireRequest,
		body: Buffer,
	) => {
		readonly name: string | undefined;
		readonly isKnown: boolean;
		/** Of the service, where the request tells it. */
		readonly version?: string | undefined;
	};
	/** Throws NotDeserializableError. */
	readonly read: (operation: Operation, body: Buffer, request: WireRequest) => Record<string, unknown>;
	readonly write: (operation: Operation, output: object, requestId: string) => Buffer;
	readonly renderError: (error: ServiceError, requestId: string) => RenderedError;
};

type RenderedError = {readonly body: Buffer; readonly headers?: Readonly<Record<string, string>>};

/** AWS JSON 1.0 and 1.1 (Smithy, aws-json-1_0-protocol, aws-json-1_1-protocol). */
export function jsonProtocol({
	version,
	targetPrefix,
	namespace = '',
	queryCodeOf,
}: {
	readonly version: '1.0' | '1.1';
	/** What stands before the operation in `x-amz-target`. */
	readonly targetPrefix: string;
	/** What stands before the code of an error. */
	readonly namespace?: string;
	/** Of services that spoke the query protocol before: the code that its clients know an error by. */
	readonly queryCodeOf?: (code: string) => string;
}): RpcProtocol {
	return {
		isFor: ({headers}) => headers['x-amz-target'] !== undefined,
		headers: {'content-type': `application/x-amz-json-${version}`},
		operationOf: ({headers}) => {
			const [prefix, name] = (headers['x-amz-target'] ?? '').split('.');
			return {name, isKnown: prefix === targetPrefix};
		},
		read: (operation, body) => parseJsonInput(operation, body.toString('utf8')),
		write: (operation, output) => Buffer.from(renderJsonOutput(operation, output)),
		renderError: (error) => {
			const {code, message} = error;
			const body = {__type: `${namespace}${code}`, ...(message === '' ? {} : {message})};
			return {
				body: Buffer.from(JSON.stringify(body)),
				headers: queryCodeOf === undefined ? {} : queryErrorHeader(error, queryCodeOf),
			};
		},
	};
}

/** Tells that code, and whose fault it is (Smithy, awsQueryCompatible). */
export function queryErrorHeader(
	{code, status}: ServiceError,
	queryCodeOf: (code: string) => string,
): Readonly<Record<string, string>> {
	return {'x-amzn-query-error': `${queryCodeOf(code)};${status < 500 ? 'Sender' : 'Receiver'}`};
}
