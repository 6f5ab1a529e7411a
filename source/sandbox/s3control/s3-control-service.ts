import * as schemas from '@aws-sdk/client-s3-control';
import {type BatchJobs} from '../batch/batch-jobs.js';
import {missingRight} from '../access/own-rights.js';
import {ConnectionReset, throwEarlyFault} from '../faults/early-fault.js';
import {authenticate} from '../http/authenticate.js';
import {type Exchange, type HttpReply} from '../http/exchange.js';
import {
	isSignedTheOldWay,
	s3AuthenticationErrors,
	s3FaultErrors,
	s3SignatureFault,
	s3SignedTheOldWay,
	s3WrongService,
} from '../s3/errors/authentication-errors.js';
import {declaredPayload} from '../s3/requests/declared-payload.js';
import {LimitedPieces} from '../s3/requests/limited-pieces.js';
import {readRequestBody} from '../s3/requests/read-request-body.js';
import {ChunkSignatures} from '../http/chunk-signatures.js';
import {parseControlInput, renderControlOutput} from '../wire/control-codec.js';
import {operationsOf} from '../wire/operation.js';
import {MalformedBodyError} from '../wire/rest-codec.js';
import {describeBug, ServiceError} from '../wire/service-error.js';
import {type Identity} from '../world/credential.js';
import {openAccount, type World} from '../world/world.js';
import {type ControlCall} from './action.js';
import {s3ControlActions} from './actions.js';
import {controlError, renderControlError} from './errors.js';
import {makeControlRouter, type ControlRoute} from './route.js';

const route = makeControlRouter(operationsOf(schemas).values());

const maxDocumentBytes = 1024 * 1024;

/** Answers requests as S3 Control: jobs of Batch Operations, and Block Public Access of accounts. */
export class S3ControlService {
	readonly #world: World;
	readonly #jobs: BatchJobs;

	constructor(world: World, jobs: BatchJobs) {
		this.#world = world;
		this.#jobs = jobs;
	}

	/** Takes a request, gives its answer; errors are answers too. */
	async handle(exchange: Exchange): Promise<HttpReply> {
		const hostId = this.#world.ids.hostId();
		const headers = {'x-amz-request-id': exchange.requestId, 'x-amz-id-2': hostId, server: 'AmazonS3'};
		try {
			const {status, body} = await this.#answer(exchange);
			const type = body === '' ? undefined : {'content-type': 'application/xml'};
			return {status, headers: {...headers, ...type}, body: Buffer.from(body)};
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known =
				error instanceof ServiceError
					? error
					: new ServiceError('InternalServiceException', 500, describeBug(error));
			return {
				status: known.status,
				headers: {...headers, ...known.headers, 'content-type': 'application/xml'},
				body: Buffer.from(renderControlError(known, exchange.requestId, hostId)),
				errorCode: known.code,
			};
		}
	}

	async #answer(exchange: Exchange): Promise<{readonly status: number; readonly body: string}> {
		const {request, log} = exchange;
		const found = route(request.method, request.rawPath);
		log.operation = found?.operation.name ?? request.method;
		const identity = this.#authenticate(exchange);
		log.accountId = identity.accountId;
		if (found === undefined) throw controlError('MethodNotAllowed');
		const {name} = found.operation;
		const action = s3ControlActions.get(name);
		if (action === undefined) {
			throw controlError('NotImplemented', `The sandbox does not implement ${name}.`);
		}
		if (found.labels['JobId'] !== undefined) log.target = `job/${found.labels['JobId']}`;
		// Each account has its own; another's is refused whatever the policies say (guessed: how).
		if (request.headers['x-amz-account-id'] !== identity.accountId) throw controlError('AccessDenied');
		throwEarlyFault(
			exchange.meetFault({operation: name, accountId: identity.accountId, bucket: undefined}),
			s3FaultErrors,
		);
		const input = await this.#parse(exchange, found);
		const output = action.run(this.#callOf(exchange, identity, input) as never);
		const body = output === undefined ? '' : await renderControlOutput(found.operation, output);
		return {status: action.status, body};
	}

	#callOf(exchange: Exchange, identity: Identity, input: unknown): ControlCall<unknown> {
		const world = this.#world;
		const {region} = exchange;
		return {
			world,
			identity,
			region,
			input,
			account: openAccount(world, identity.accountId),
			jobs: this.#jobs,
			require: (right) => {
				const refusal = missingRight(world, identity, region, right);
				if (refusal !== undefined) throw controlError('AccessDenied', refusal);
			},
		};
	}

	/** S3 Control signs as S3 does. */
	#authenticate({request, authorization, signatureFault, region}: Exchange): Identity {
		if (isSignedTheOldWay(request)) throw s3SignedTheOldWay();
		if (signatureFault !== undefined) throw s3SignatureFault(signatureFault);
		if (authorization === undefined) throw controlError('AccessDenied');
		if (authorization.service !== 's3') throw s3WrongService(authorization);
		const payloadHash = declaredPayload(request) ?? 'UNSIGNED-PAYLOAD';
		const identity = authenticate(this.#world, request, authorization, payloadHash, s3AuthenticationErrors);
		if (!this.#world.partition.regions.has(region))
			throw controlError('InvalidRequest', `The region '${region}' is wrong.`);
		return identity;
	}

	async #parse(exchange: Exchange, {operation, labels}: ControlRoute): Promise<Record<string, unknown>> {
		const {request, message, authorization} = exchange;
		const pieces = new LimitedPieces(maxDocumentBytes);
		const secret = this.#world.credentials.get(authorization?.accessKeyId ?? '')?.secretAccessKey;
		await readRequestBody(
			request,
			message,
			pieces,
			() => {
				if (authorization === undefined || secret === undefined) throw controlError('AccessDenied');
				return new ChunkSignatures(secret, authorization);
			},
			{usual: undefined, isSentOfBody: true},
		);
		const {parameters, headers} = request;
		try {
			return await parseControlInput(operation, {labels, parameters, headers, body: pieces.joined()});
		} catch (error) {
			if (error instanceof MalformedBodyError) throw controlError('MalformedXML');
			throw error;
		}
	}
}
