import {createHash} from 'node:crypto';
import * as schemas from '@aws-sdk/client-kms';
import {ConnectionReset} from '../faults/connection-reset.js';
import {throwEarlyFault} from '../faults/early-fault.js';
import {authenticate} from '../http/authenticate.js';
import {type Exchange, type HttpReply} from '../http/exchange.js';
import {readBody} from '../http/read-body.js';
import {NotDeserializableError, parseJsonInput, renderJsonOutput} from '../wire/json-codec.js';
import {type Operation, operationsOf} from '../wire/operation.js';
import {describeBug, ServiceError} from '../wire/service-error.js';
import {requiredMembersOf} from '../wire/shape.js';
import {type Identity} from '../world/credential.js';
import {regions} from '../world/regions.js';
import {type World} from '../world/world.js';
import {kmsActions} from './actions.js';
import {kmsAuthenticationErrors, kmsError, kmsFaultErrors, notImplemented} from './errors.js';
import {makeCall} from './make-call.js';

const bodyLimitBytes = 1024 * 1024;
const contentType = 'application/x-amz-json-1.1';
const operations = operationsOf(schemas);

/** Answers requests as KMS, over the JSON 1.1 protocol. */
export class KmsService {
	readonly #world: World;

	constructor(world: World) {
		this.#world = world;
	}

	/** Takes a request, gives its answer; errors are answers too. */
	async handle(exchange: Exchange): Promise<HttpReply> {
		const headers = {'x-amzn-requestid': exchange.requestId, 'content-type': contentType};
		try {
			return {status: 200, headers, body: Buffer.from(await this.#answer(exchange))};
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known =
				error instanceof ServiceError ? error : kmsError('KMSInternalException', describeBug(error));
			const {status, code: errorCode} = known;
			return {status, headers, body: Buffer.from(renderError(known)), errorCode};
		}
	}

	async #answer(exchange: Exchange): Promise<string> {
		const {request, message, log} = exchange;
		const raw = await readBody(message, bodyLimitBytes);
		if (raw === undefined) throw kmsError('SerializationException', 'The request is too long');
		const name = /^TrentService\.(\w+)$/.exec(request.headers['x-amz-target'] ?? '')?.[1] ?? '';
		log.operation = name === '' ? request.method : name;
		const identity = this.#authenticate(exchange, raw);
		log.accountId = identity.accountId;
		const operation = operations.get(name);
		if (operation === undefined) throw kmsError('UnknownOperationException');
		const action = kmsActions.get(name);
		if (action === undefined) throw notImplemented(name);
		throwEarlyFault(
			exchange.meetFault({operation: name, accountId: identity.accountId, bucket: undefined}),
			kmsFaultErrors,
		);
		const call = makeCall(this.#world, identity, exchange, inputOf(operation, raw.toString('utf8')));
		return renderJsonOutput(operation, action.run(call));
	}

	#authenticate({request, authorization, signatureFault}: Exchange, raw: Buffer): Identity {
		if (signatureFault !== undefined) throw kmsError('IncompleteSignatureException');
		if (authorization === undefined) throw kmsError('MissingAuthenticationTokenException');
		const payloadHash = createHash('sha256').update(raw).digest('hex');
		const declared = request.headers['x-amz-content-sha256'];
		if (declared !== undefined && declared !== payloadHash) throw kmsError('InvalidSignatureException');
		const identity = authenticate(this.#world, request, authorization, payloadHash, kmsAuthenticationErrors);
		if (authorization.service !== 'kms' || !regions.has(authorization.region)) {
			throw kmsError(
				'InvalidSignatureException',
				authorization.service === 'kms'
					? 'Credential should be scoped to a valid region.'
					: "Credential should be scoped to correct service: 'kms'.",
			);
		}
		return identity;
	}
}

function inputOf(operation: Operation, body: string): Record<string, unknown> {
	const input = parsed(operation, body);
	const missing = requiredMembersOf(operation.input).find((name) => input[name] === undefined);
	if (missing === undefined) return input;
	const member = missing.charAt(0).toLowerCase() + missing.slice(1);
	throw kmsError(
		'ValidationException',
		`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
	);
}

function parsed(operation: Operation, body: string): Record<string, unknown> {
	try {
		return parseJsonInput(operation, body);
	} catch (error) {
		if (error instanceof NotDeserializableError) throw kmsError('SerializationException');
		throw error;
	}
}

function renderError({code, message}: ServiceError): string {
	return JSON.stringify({__type: code, ...(message === '' ? {} : {message})});
}
