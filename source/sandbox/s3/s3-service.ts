import * as schemas from '@aws-sdk/client-s3';
import {ConnectionReset, throwEarlyFault} from '../faults/early-fault.js';
import {authenticate} from '../http/authenticate.js';
import {ChunkSignatures} from '../http/chunk-signatures.js';
import {type Exchange, type HttpReply} from '../http/exchange.js';
import {type WireRequest} from '../http/wire-request.js';
import {makeNotify} from '../notifications/make-notify.js';
import {describeBug, ServiceError} from '../wire/service-error.js';
import {type Operation, operationsOf} from '../wire/operation.js';
import {parseRestInput} from '../wire/rest-codec.js';
import {makeRestRouter} from '../wire/rest-router.js';
import {type Bucket} from '../world/bucket.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';
import {
	type Access,
	type AccountCall,
	type MetadataChanged,
	type RequestBody,
	bucketArn,
	objectArn,
	type S3Action,
	type S3Reply,
	type VersionWritten,
} from './action.js';
import {s3Actions} from './actions.js';
import {
	s3AuthenticationErrors,
	s3FaultErrors,
	isSignedTheOldWay,
	s3SignatureFault,
	s3SignedTheOldWay,
	s3WrongService,
} from './errors/authentication-errors.js';
import {declaredPayload} from './requests/declared-payload.js';
import {invalidRequest, notImplemented, s3Error} from './errors/errors.js';
import {findBucket} from './buckets/find-bucket.js';
import {isFormUpload, locate, type Location} from './requests/locate.js';
import {makeAccess} from './permissions/make-access.js';
import {type BodyFindings, type BodySink, readRequestBody} from './requests/read-request-body.js';
import {checkExpectedOwner} from './requests/expected-owner.js';
import {parseError} from './errors/parse-error.js';
import {renderReply, renderS3Error} from './render-reply.js';
import {LimitedPieces} from './requests/limited-pieces.js';
import {ReceivedBody} from './requests/received-body.js';

const route = makeRestRouter(operationsOf(schemas).values());

/** The operations whose body is an object's bytes. */
const objectUploads: ReadonlySet<string> = new Set(['PutObject', 'UploadPart']);

/** Where a checksum in the headers is the object's, not the body's (S3 API reference, CompleteMultipartUpload). */
const ofWholeObject: ReadonlySet<string> = new Set(['CompleteMultipartUpload']);

/** More than the longest that S3 takes, a replication configuration of 2 MB. */
const maxDocumentBytes = 4 * 1024 * 1024;

/** A request whose sender and operation are known. */
type Task = {
	readonly exchange: Exchange;
	readonly hostId: string;
	readonly operation: Operation;
	readonly action: S3Action;
	readonly location: Location;
	readonly identity: Identity | undefined;
};

/** Answers requests as S3. */
export class S3Service {
	readonly #world: World;
	readonly #versionWritten: VersionWritten;
	readonly #metadataChanged: MetadataChanged;

	constructor(world: World, versionWritten: VersionWritten, metadataChanged: MetadataChanged) {
		this.#metadataChanged = metadataChanged;
		this.#world = world;
		this.#versionWritten = versionWritten;
	}

	/** Takes a request, gives its answer; errors are answers too. */
	async handle(exchange: Exchange): Promise<HttpReply> {
		const {requestId} = exchange;
		const hostId = this.#world.ids.hostId();
		const usual = {'x-amz-request-id': requestId, 'x-amz-id-2': hostId, server: 'AmazonS3'};
		try {
			const task = this.#taskOf(exchange, hostId);
			return await renderReply(task.operation, await this.#perform(task), usual);
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known =
				error instanceof ServiceError ? error : s3Error('InternalError', {message: describeBug(error)});
			const body = hasNoBody(exchange, known) ? '' : renderS3Error(known, requestId, hostId);
			return {
				status: known.status,
				headers: {...usual, ...known.headers, ...(body === '' ? {} : {'content-type': 'application/xml'})},
				body: Buffer.from(body),
				errorCode: known.code,
			};
		}
	}

	/** Finds out what is asked, and by whom, before anything of the world is looked at. */
	#taskOf(exchange: Exchange, hostId: string): Task {
		const {request, region, log} = exchange;
		const location = locate(request);
		const operation = route({
			method: request.method,
			hasBucket: location.bucket !== undefined,
			hasKey: location.key !== undefined,
			query: request.query,
			headers: request.headers,
		});
		log.operation = operation?.name ?? request.method;
		if (location.bucket !== undefined) {
			log.target = [location.bucket, location.key].filter((part) => part !== undefined).join('/');
		}
		const identity = this.#authenticate(exchange);
		if (identity !== undefined) log.accountId = identity.accountId;
		// Directory buckets have a service of their own in what is signed (S3 User Guide, s3-express-create-session).
		if (exchange.authorization?.service === 's3express') {
			throw notImplemented(operation?.name ?? 'directory buckets');
		}
		const {regions, home} = this.#world.partition;
		if (!regions.has(region)) {
			throw s3Error('AuthorizationHeaderMalformed', {
				message: `The authorization header is malformed; the region '${region}' is wrong; expecting '${home.source}'`,
				fields: {Region: home.source},
			});
		}
		if (operation === undefined) {
			if (isFormUpload(request)) throw notImplemented('POST form uploads');
			throw s3Error('MethodNotAllowed', {fields: {Method: request.method, ResourceType: 'SERVICE'}});
		}
		const {name} = operation;
		const action = s3Actions.get(name);
		if (action === undefined) throw notImplemented(name);
		const {bucket} = location;
		throwEarlyFault(
			exchange.meetFault({operation: name, accountId: identity?.accountId, bucket}),
			s3FaultErrors,
		);
		return {exchange, hostId, operation, action, location, identity};
	}

	#authenticate(exchange: Exchange): Identity | undefined {
		const {authorization, request} = exchange;
		if (isSignedTheOldWay(request)) throw s3SignedTheOldWay();
		if (exchange.signatureFault !== undefined) throw s3SignatureFault(exchange.signatureFault);
		const payloadHash = declaredPayload(request);
		if (authorization === undefined) return undefined;
		if (authorization.service !== 's3' && authorization.service !== 's3express') {
			throw s3WrongService(authorization);
		}
		if (authorization.kind === 'header' && payloadHash === undefined) {
			throw invalidRequest('Missing required header for this request: x-amz-content-sha256');
		}
		return authenticate(
			this.#world,
			request,
			authorization,
			payloadHash ?? 'UNSIGNED-PAYLOAD',
			s3AuthenticationErrors,
		);
	}

	async #perform(task: Task): Promise<S3Reply<object>> {
		const {exchange, operation, action, location} = task;
		const bucket =
			action.target === 'account'
				? undefined
				: findBucket(this.#world, location, operation.name, exchange.region);
		checkExpectedOwner(exchange.request, bucket);
		const body = await this.#readBody(exchange, operation);
		try {
			const call = await this.#callOf(task, bucket, body);
			if (action.target === 'account') return await action.run(call as never);
			const resource = action.target === 'bucket' ? bucketArn(bucket!) : objectArn(bucket!, call.key);
			const permissions =
				typeof action.permissions === 'function' ? action.permissions(call as never) : action.permissions;
			for (const name of permissions) call.require({action: name, resource});
			return await action.run(call as never);
		} finally {
			await body.received?.end();
		}
	}

	async #callOf(
		{exchange, hostId, operation, location, identity}: Task,
		bucket: Bucket | undefined,
		body: RequestBody,
	): Promise<AccountCall<unknown> & {readonly bucket: Bucket | undefined; readonly key: string}> {
		const {request, requestId, region} = exchange;
		const world = this.#world;
		const notify = makeNotify(world, identity, {operation: operation.name, requestId, hostId});
		const accessTo = (other: Bucket | undefined): Access =>
			makeAccess(world, identity, request, region, other);
		return {
			...accessTo(bucket),
			world,
			identity,
			region,
			request,
			body,
			input: await this.#parse(operation, exchange, location, body.bytes),
			versionWritten: (written, version) => {
				this.#versionWritten(written, version);
				notify.changed(written, version);
			},
			versionRemoved: notify.removed,
			metadataChanged: (changed, version, change) => {
				this.#metadataChanged(changed, version, change);
				notify.changed(changed, version);
			},
			from: accessTo,
			bucket,
			key: location.key ?? '',
		};
	}

	/** Objects go to the store; everything else is XML or JSON, and short. */
	async #readBody(exchange: Exchange, operation: Operation): Promise<RequestBody> {
		const read = async (sink: BodySink, isObject: boolean): Promise<BodyFindings> =>
			readRequestBody(
				exchange.request,
				exchange.message,
				sink,
				() => this.#chunkSignatures(exchange),
				// What S3 computes where the client sends none (S3 User Guide, checking-object-integrity-upload).
				{usual: isObject ? 'CRC64NVME' : undefined, isSentOfBody: !ofWholeObject.has(operation.name)},
			);
		if (!objectUploads.has(operation.name)) {
			const pieces = new LimitedPieces(maxDocumentBytes);
			const {checksum} = await read(pieces, false);
			return {bytes: pieces.joined(), received: undefined, checksum};
		}
		const received = new ReceivedBody(this.#world.bodies);
		try {
			const {checksum} = await received.fill(async (sink) => read(sink, true));
			return {bytes: Buffer.alloc(0), received, checksum};
		} catch (error) {
			await received.end();
			throw error;
		}
	}

	#chunkSignatures({authorization}: Exchange): ChunkSignatures {
		const secret = this.#world.credentials.get(authorization?.accessKeyId ?? '')?.secretAccessKey;
		if (authorization === undefined || secret === undefined) throw s3Error('SignatureDoesNotMatch');
		return new ChunkSignatures(secret, authorization);
	}

	async #parse(
		operation: Operation,
		{request}: Exchange,
		{bucket, key}: Location,
		body: Buffer,
	): Promise<Record<string, unknown>> {
		const headers = withoutExpires(request.headers);
		try {
			return await parseRestInput(operation, {bucket, key, query: request.query, headers, body});
		} catch (error) {
			throw parseError(error, operation.name);
		}
	}
}

/** HEAD never has one, nor has 304 (RFC 9110). */
function hasNoBody({request}: Exchange, {status}: ServiceError): boolean {
	return request.method === 'HEAD' || status === 304;
}

/** Expires is kept as it came, a date or not; the SDK's schema asks for a date (S3 API reference, PutObject). */
function withoutExpires(headers: WireRequest['headers']): WireRequest['headers'] {
	if (headers['expires'] === undefined) return headers;
	const {expires: _expires, ...others} = headers;
	return others;
}
