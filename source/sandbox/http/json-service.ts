import {createHash} from 'node:crypto';
import {ConnectionReset} from '../faults/connection-reset.js';
import {type FaultErrors, throwEarlyFault} from '../faults/early-fault.js';
import {NotDeserializableError, parseJsonInput, renderJsonOutput} from '../wire/json-codec.js';
import {type Operation} from '../wire/operation.js';
import {ServiceError} from '../wire/service-error.js';
import {requiredMembersOf} from '../wire/shape.js';
import {type Identity} from '../world/credential.js';
import {regions} from '../world/regions.js';
import {type World} from '../world/world.js';
import {authenticate, type AuthenticationErrors} from './authenticate.js';
import {type Authorization} from './authorization.js';
import {type Exchange, type HttpReply} from './exchange.js';
import {readBody} from './read-body.js';

/** How a service says what is wrong with a request before any of its actions hears of it. */
export type JsonServiceErrors = {
	readonly tooLong: () => ServiceError;
	readonly incompleteSignature: () => ServiceError;
	readonly missingSignature: () => ServiceError;
	readonly wrongPayload: () => ServiceError;
	/** The signature is for another service, or for a region that there is not. */
	readonly wrongScope: (authorization: Authorization) => ServiceError;
	readonly unknownOperation: () => ServiceError;
	readonly notImplemented: (operation: string) => ServiceError;
	readonly notDeserializable: () => ServiceError;
	readonly missingMember: (name: string) => ServiceError;
	readonly internal: (error: unknown) => ServiceError;
	readonly authentication: AuthenticationErrors;
	readonly fault: FaultErrors;
};

/** Does one operation; undefined where the sandbox does not. */
export type JsonAction = (call: {
	readonly world: World;
	readonly identity: Identity;
	readonly exchange: Exchange;
	readonly input: Record<string, unknown>;
}) => object | Promise<object>;

export type JsonServiceDefinition = {
	/** As requests to it are signed. */
	readonly name: 'kms' | 'sqs';
	/** What stands before the operation in `x-amz-target`. */
	readonly targetPrefix: string;
	readonly contentType: string;
	readonly bodyLimitBytes: number;
	readonly operations: ReadonlyMap<string, Operation>;
	readonly actionOf: (operation: string) => JsonAction | undefined;
	readonly errors: JsonServiceErrors;
	/** The answer's body and headers of its own for an error. */
	readonly renderError: (error: ServiceError) => {
		readonly body: object;
		readonly headers?: Readonly<Record<string, string>>;
	};
};

/** Answers requests as a service of AWS's JSON protocols (Smithy, AWS JSON 1.0 and 1.1). */
export class JsonService {
	readonly #world: World;
	readonly #definition: JsonServiceDefinition;

	constructor(world: World, definition: JsonServiceDefinition) {
		this.#world = world;
		this.#definition = definition;
	}

	/** Takes a request, gives its answer; errors are answers too. */
	async handle(exchange: Exchange): Promise<HttpReply> {
		const {contentType, errors, renderError} = this.#definition;
		const headers = {'x-amzn-requestid': exchange.requestId, 'content-type': contentType};
		try {
			return {status: 200, headers, body: Buffer.from(await this.#answer(exchange))};
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known = error instanceof ServiceError ? error : errors.internal(error);
			const rendered = renderError(known);
			return {
				status: known.status,
				headers: {...headers, ...rendered.headers},
				body: Buffer.from(JSON.stringify(rendered.body)),
				errorCode: known.code,
			};
		}
	}

	async #answer(exchange: Exchange): Promise<string> {
		const {targetPrefix, bodyLimitBytes, operations, errors, actionOf} = this.#definition;
		const {request, message, log} = exchange;
		const raw = await readBody(message, bodyLimitBytes);
		if (raw === undefined) throw errors.tooLong();
		const [prefix, name = ''] = (request.headers['x-amz-target'] ?? '').split('.');
		log.operation = name === '' ? request.method : name;
		const identity = this.#authenticate(exchange, raw);
		log.accountId = identity.accountId;
		const operation = prefix === targetPrefix ? operations.get(name) : undefined;
		if (operation === undefined) throw errors.unknownOperation();
		const action = actionOf(name);
		if (action === undefined) throw errors.notImplemented(name);
		throwEarlyFault(
			exchange.meetFault({operation: name, accountId: identity.accountId, bucket: undefined}),
			errors.fault,
		);
		const input = this.#inputOf(operation, raw.toString('utf8'));
		return renderJsonOutput(operation, await action({world: this.#world, identity, exchange, input}));
	}

	#authenticate({request, authorization, signatureFault}: Exchange, raw: Buffer): Identity {
		const {errors, name} = this.#definition;
		if (signatureFault !== undefined) throw errors.incompleteSignature();
		if (authorization === undefined) throw errors.missingSignature();
		const payloadHash = createHash('sha256').update(raw).digest('hex');
		const declared = request.headers['x-amz-content-sha256'];
		if (declared !== undefined && declared !== payloadHash) throw errors.wrongPayload();
		const identity = authenticate(this.#world, request, authorization, payloadHash, errors.authentication);
		if (authorization.service !== name || !regions.has(authorization.region))
			throw errors.wrongScope(authorization);
		return identity;
	}

	#inputOf(operation: Operation, body: string): Record<string, unknown> {
		const input = this.#parsed(operation, body);
		const missing = requiredMembersOf(operation.input).find((name) => input[name] === undefined);
		if (missing !== undefined) throw this.#definition.errors.missingMember(missing);
		return input;
	}

	#parsed(operation: Operation, body: string): Record<string, unknown> {
		try {
			return parseJsonInput(operation, body);
		} catch (error) {
			if (error instanceof NotDeserializableError) throw this.#definition.errors.notDeserializable();
			throw error;
		}
	}
}
