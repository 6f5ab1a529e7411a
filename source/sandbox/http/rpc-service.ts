import {createHash} from 'node:crypto';
import {type IncomingMessage} from 'node:http';
import {ConnectionReset, throwEarlyFault} from '../faults/early-fault.js';
import {NotDeserializableError} from '../wire/json-codec.js';
import {type Operation} from '../wire/operation.js';
import {ServiceError} from '../wire/service-error.js';
import {requiredMembersOf} from '../wire/shape.js';
import {type Identity} from '../world/credential.js';
import {type Partition} from '../world/partition.js';
import {type World} from '../world/world.js';
import {authenticate} from './authenticate.js';
import {type Exchange, type HttpReply} from './exchange.js';
import {type RpcServiceErrors} from './rpc-errors.js';
import {type RpcProtocol} from './rpc-protocol.js';
import {type WireRequest} from './wire-request.js';

/** One operation that the sandbox does. */
export type RpcAction<Call, Output = object> = {
	/** The operation's. */
	readonly name: string;
	/** What the log shows as the target, where the input alone says it. */
	readonly target?: (input: never) => string | undefined;
	readonly run: (call: Call) => Output | Promise<Output>;
};

/** An action of those whom a token names instead of a signature. */
export type UnsignedAction<Input, Output> = RpcAction<
	{readonly world: World; readonly input: Input},
	Output
> & {
	readonly target: (input: Input) => string | undefined;
	/** The account that the log names. */
	readonly accountIdOf: (input: Input) => string | undefined;
};

/** What an action may learn of a request. */
export type RpcRequest = {
	readonly world: World;
	readonly identity: Identity;
	readonly exchange: Exchange;
	readonly input: Record<string, unknown>;
};

export type RpcServiceDefinition<Call = never> = {
	/** As requests to it are signed. */
	readonly name: 'iam' | 'kms' | 'monitoring' | 'sqs' | 'sts';
	/** How it is spoken to; the first is for requests that are of none. */
	readonly protocols: readonly [RpcProtocol, ...RpcProtocol[]];
	readonly bodyLimitBytes: number;
	readonly operations: ReadonlyMap<string, Operation>;
	readonly actions: ReadonlyMap<string, RpcAction<never>>;
	readonly makeCall: (request: RpcRequest) => Call;
	/** Finds an action that comes unsigned. */
	readonly unsignedAction?: (name: string) => UnsignedAction<never, object> | undefined;
	/** Throws where the service is not for those who signed so. */
	readonly checkIdentity?: (identity: Identity) => void;
	/** Where it may be signed for; in every region unless it is told. */
	readonly isRegion?: (region: string, partition: Partition) => boolean;
	readonly errors: RpcServiceErrors;
};

/** Answers requests as a service whose operations are called by their names, in whatever protocol they come. */
export class RpcService {
	readonly #world: World;
	readonly #definition: RpcServiceDefinition<unknown>;

	constructor(world: World, definition: RpcServiceDefinition<unknown>) {
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
		const {bodyLimitBytes, operations, errors, actions, makeCall, unsignedAction} = this.#definition;
		const {request, message, log} = exchange;
		const raw = await readBody(message, bodyLimitBytes);
		if (raw === undefined) throw errors.tooLong();
		const {name = '', isKnown, version} = protocol.operationOf(request, raw);
		log.operation = name === '' ? request.method : name;
		const unsigned = unsignedAction?.(name);
		if (unsigned !== undefined) {
			const operation = operations.get(name)!;
			const input = this.#inputOf(protocol, operation, request, raw) as never;
			log.accountId = unsigned.accountIdOf(input);
			this.#meetFault(exchange, unsigned, () => input);
			const output = await unsigned.run({world: this.#world, input});
			return protocol.write(operation, output, exchange.requestId);
		}
		const identity = this.#authenticate(exchange, raw);
		const operation = isKnown ? operations.get(name) : undefined;
		if (operation === undefined) throw errors.unknownOperation(name, version);
		const action = actions.get(name);
		if (action === undefined) throw errors.notImplemented(name);
		const read = (): Record<string, unknown> => this.#inputOf(protocol, operation, request, raw);
		// A fault comes before what may be wrong with the input, and the log tells its target all the same.
		this.#meetFault(exchange, action, read);
		const call = makeCall({world: this.#world, identity, exchange, input: read()});
		const output = await action.run(call as never);
		return protocol.write(operation, output, exchange.requestId);
	}

	#authenticate({request, authorization, signatureFault, log}: Exchange, raw: Buffer): Identity {
		const {errors, name, checkIdentity, isRegion} = this.#definition;
		const {partition} = this.#world;
		if (signatureFault !== undefined) throw errors.incompleteSignature();
		if (authorization === undefined) throw errors.missingSignature();
		const payloadHash = createHash('sha256').update(raw).digest('hex');
		const declared = request.headers['x-amz-content-sha256'];
		if (declared !== undefined && declared !== payloadHash) throw errors.wrongPayload();
		const identity = authenticate(this.#world, request, authorization, payloadHash, errors.authentication);
		log.accountId = identity.accountId;
		checkIdentity?.(identity);
		const {service, region} = authorization;
		const isThere = isRegion?.(region, partition) ?? partition.regions.has(region);
		if (service !== name || !isThere) throw errors.wrongScope(authorization);
		return identity;
	}

	#inputOf(
		protocol: RpcProtocol,
		operation: Operation,
		request: WireRequest,
		raw: Buffer,
	): Record<string, unknown> {
		const {notDeserializable, missingMember} = this.#definition.errors;
		try {
			const input = protocol.read(operation, raw, request);
			const missing = requiredMembersOf(operation.input).find((name) => input[name] === undefined);
			if (missing !== undefined && missingMember !== undefined) throw missingMember(missing);
			return input;
		} catch (error) {
			if (error instanceof NotDeserializableError) throw notDeserializable();
			throw error;
		}
	}

	#meetFault(exchange: Exchange, {name, target}: RpcAction<never>, read: () => object): void {
		const {log, meetFault} = exchange;
		log.target = target?.(read() as never);
		throwEarlyFault(
			meetFault({operation: name, accountId: log.accountId, bucket: undefined}),
			this.#definition.errors.fault,
		);
	}
}

/** Takes a request and a limit in bytes, gives the body, or undefined where it is longer than the limit. */
async function readBody(message: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let sizeBytes = 0;
	let isTooLong = Number(message.headers['content-length'] ?? 0) > limitBytes;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		sizeBytes += chunk.length;
		isTooLong ||= sizeBytes > limitBytes;
		// The rest is read and dropped: a client that is still sending would not see the answer.
		if (isTooLong) chunks.length = 0;
		else chunks.push(chunk);
	}
	return isTooLong ? undefined : Buffer.concat(chunks);
}
