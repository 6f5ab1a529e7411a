import {createHash} from 'node:crypto';
import {ConnectionReset} from '../faults/connection-reset.js';
import {type FaultErrors, throwEarlyFault} from '../faults/early-fault.js';
import {NotDeserializableError} from '../wire/json-codec.js';
import {type Operation} from '../wire/operation.js';
import {ServiceError} from '../wire/service-error.js';
import {requiredMembersOf} from '../wire/shape.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';
import {authenticate, type AuthenticationErrors} from './authenticate.js';
import {type Authorization} from './authorization.js';
import {type Exchange, type HttpReply} from './exchange.js';
import {readBody} from './read-body.js';
import {type RpcProtocol} from './rpc-protocol.js';

/** How a service says what is wrong with a request before any of its actions hears of it. */
export type RpcServiceErrors = {
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
export type RpcAction = (call: {
	readonly world: World;
	readonly identity: Identity;
	readonly exchange: Exchange;
	readonly input: Record<string, unknown>;
}) => object | Promise<object>;

export type RpcServiceDefinition = {
	/** As requests to it are signed. */
	readonly name: 'kms' | 'monitoring' | 'sqs';
	/** How it is spoken to; the first is for requests that are of none. */
	readonly protocols: readonly [RpcProtocol, ...RpcProtocol[]];
	readonly bodyLimitBytes: number;
	readonly operations: ReadonlyMap<string, Operation>;
	readonly actionOf: (operation: string) => RpcAction | undefined;
	readonly errors: RpcServiceErrors;
};

/** Answers requests as a service whose operations are called by their names, in whatever protocol they come. */
export class RpcService {
	readonly #world: World;
	readonly #definition: RpcServiceDefinition;

	constructor(world: World, definition: RpcServiceDefinition) {
		this.#world = world;
		this.#definition = definition;
	}

	/** Takes a request, gives its answer; errors are answers too. */
	async handle(exchange: Exchange): Promise<HttpReply> {
		const {protocols, errors} = this.#definition;
		const protocol = protocols.find((each) => each.isFor(exchange.request)) ?? protocols[0];
		const {requestId} = exchange;
		const headers = {'x-amzn-requestid': requestId, ...protocol.headers};
		try {
			return {status: 200, headers, body: await this.#answer(exchange, protocol)};
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known = error instanceof ServiceError ? error : errors.internal(error);
			const rendered = protocol.renderError(known, requestId);
			return {
				status: known.status,
				headers: {...headers, ...rendered.headers},
				body: rendered.body,
				errorCode: known.code,
			};
		}
	}

	async #answer(exchange: Exchange, protocol: RpcProtocol): Promise<Buffer> {
		const {bodyLimitBytes, operations, errors, actionOf} = this.#definition;
		const {request, message, log} = exchange;
		const raw = await readBody(message, bodyLimitBytes);
		if (raw === undefined) throw errors.tooLong();
		const {name = '', isKnown} = protocol.operationOf(request, raw);
		log.operation = name === '' ? request.method : name;
		const identity = this.#authenticate(exchange, raw);
		log.accountId = identity.accountId;
		const operation = isKnown ? operations.get(name) : undefined;
		if (operation === undefined) throw errors.unknownOperation();
		const action = actionOf(name);
		if (action === undefined) throw errors.notImplemented(name);
		throwEarlyFault(
			exchange.meetFault({operation: name, accountId: identity.accountId, bucket: undefined}),
			errors.fault,
		);
		const input = this.#inputOf(protocol, operation, raw);
		const output = await action({world: this.#world, identity, exchange, input});
		return protocol.write(operation, output, exchange.requestId);
	}

	#authenticate({request, authorization, signatureFault}: Exchange, raw: Buffer): Identity {
		const {errors, name} = this.#definition;
		if (signatureFault !== undefined) throw errors.incompleteSignature();
		if (authorization === undefined) throw errors.missingSignature();
		const payloadHash = createHash('sha256').update(raw).digest('hex');
		const declared = request.headers['x-amz-content-sha256'];
		if (declared !== undefined && declared !== payloadHash) throw errors.wrongPayload();
		const identity = authenticate(this.#world, request, authorization, payloadHash, errors.authentication);
		if (authorization.service !== name || !this.#world.partition.regions.has(authorization.region))
			throw errors.wrongScope(authorization);
		return identity;
	}

	#inputOf(protocol: RpcProtocol, operation: Operation, raw: Buffer): Record<string, unknown> {
		const input = this.#read(protocol, operation, raw);
		const missing = requiredMembersOf(operation.input).find((name) => input[name] === undefined);
		if (missing !== undefined) throw this.#definition.errors.missingMember(missing);
		return input;
	}

	#read(protocol: RpcProtocol, operation: Operation, raw: Buffer): Record<string, unknown> {
		try {
			return protocol.read(operation, raw);
		} catch (error) {
			if (error instanceof NotDeserializableError) throw this.#definition.errors.notDeserializable();
			throw error;
		}
	}
}
