import * as schemas from '@aws-sdk/client-s3';
import {ConnectionReset} from '../faults/connection-reset.js';
import {throwEarlyFault} from '../faults/early-fault.js';
import {authenticate} from '../http/authenticate.js';
import {ChunkSignatures} from '../http/chunk-signatures.js';
import {type Exchange, type HttpReply} from '../http/exchange.js';
import {makeNotify, type NotifyOfRequest} from '../notifications/make-notify.js';
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
import {renderS3Error} from './errors/error-body.js';
import {notImplemented, s3Error} from './errors/errors.js';
import {findBucket} from './buckets/find-bucket.js';
import {locate, type Location} from './requests/locate.js';
import {makeAccess} from './permissions/make-access.js';
import {type BodyFindings, type BodySink, readRequestBody} from './requests/read-request-body.js';
import {noAccountId} from './requests/expected-owner.js';
import {parseError} from './errors/parse-error.js';
import {renderReply} from './render-reply.js';
import {isFormUpload, withoutExpires} from './requests/requests-apart.js';
import {LimitedPieces} from './requests/limited-pieces.js';
import {ReceivedBody} from './requests/received-body.js';

const route = makeRestRouter(operationsOf(schemas).values());

/** The operations whose body is an object's bytes. */
const objectUploads: ReadonlySet<string> = new Set(['PutObject', 'UploadPart']);

/** Where a checksum in the headers is the object's, not the body's (S3 API reference, CompleteMultipartUpload). */
const ofWholeObject: ReadonlySet<string> = new Set(['CompleteMultipartUpload']);

/** More than the longest that S3 takes, a replication configuration of 2 MB. */
const maxDocumentBytes = 4 * 1024 * 1024;

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
		const hostId = this.#world.ids.hostId();
		const usual = {'x-amz-request-id': exchange.requestId, 'x-amz-id-2': hostId, server: 'AmazonS3'};
		try {
			return await this.#answer(exchange, usual);
		} catch (error) {
			if (error instanceof ConnectionReset) throw error;
			const known =
				error instanceof ServiceError ? error : s3Error('InternalError', {message: describeBug(error)});
			const body = hasNoBody(exchange, known) ? '' : renderS3Error(known, exchange.requestId, hostId);
			return {
				status: known.status,
				headers: {...usual, ...known.headers, ...(body === '' ? {} : {'content-type': 'application/xml'})},
				body: Buffer.from(body),
				errorCode: known.code,
			};
		}
	}

	async #answer(exchange: Exchange, usual: HttpReply['headers']): Promise<HttpReply> {
		const {request, region} = exchange;
		const location = locate(request);
		const operation = route({
			method: request.method,
			hasBucket: location.bucket !== undefined,
			hasKey: location.key !== undefined,
			query: request.query,
			headers: request.headers,
		});
		exchange.log.operation = operation?.name ?? request.method;
		if (location.bucket !== undefined) {
			exchange.log.target = [location.bucket, location.key].filter((part) => part !== undefined).join('/');
		}
		const identity = this.#authenticate(exchange);
		if (identity !== undefined) exchange.log.accountId = identity.accountId;
		// Directory buckets have a service of their own in what is signed (S3 User Guide, s3-express-create-session).
		if (exchange.authorization?.service === 's3express') {
			throw notImplemented(operation?.name ?? 'directory buckets');
		}
		const {
			regions,
			home: {source: home},
		} = this.#world.partition;
		if (!regions.has(region)) {
			throw s3Error('AuthorizationHeaderMalformed', {
				message: `The authorization header is malformed; the region '${region}' is wrong; expecting '${home}'`,
				fields: {Region: home},
			});
		}
		if (operation === undefined) {
			if (isFormUpload(request)) throw notImplemented('POST form uploads');
			throw s3Error('MethodNotAllowed', {fields: {Method: request.method, ResourceType: 'SERVICE'}});
		}
		const action = s3Actions.get(operation.name);
		if (action === undefined) throw notImplemented(operation.name);
		const fault = exchange.meetFault({
			operation: operation.name,
			accountId: identity?.accountId,
			bucket: location.bucket,
		});
		throwEarlyFault(fault, s3FaultErrors);
		const reply = await this.#perform(
			exchange,
			operation,
			action,
			location,
			identity,
			usual['x-amz-id-2'] ?? '',
		);
		return renderReply(operation, reply, usual);
	}

	#authenticate(exchange: Exchange): Identity | undefined {
		const {authorization, request} = exchange;
		if (isSignedTheOldWay(request)) {
			throw s3SignedTheOldWay();
		}
		if (exchange.signatureFault !== undefined) throw s3SignatureFault(exchange.signatureFault);
		const payloadHash = declaredPayload(request);
		if (authorization === undefined) return undefined;
		if (authorization.service !== 's3' && authorization.service !== 's3express') {
			throw s3WrongService(authorization);
		}
		if (authorization.kind === 'header' && payloadHash === undefined) {
			throw s3Error('InvalidRequest', {
				message: 'Missing required header for this request: x-amz-content-sha256',
			});
		}
		return authenticate(
			this.#world,
			request,
			authorization,
			payloadHash ?? 'UNSIGNED-PAYLOAD',
			s3AuthenticationErrors,
		);
	}

	async #perform(
		exchange: Exchange,
		operation: Operation,
		action: S3Action,
		location: Location,
		identity: Identity | undefined,
		hostId: string,
	): Promise<S3Reply<object>> {
		const {request, region} = exchange;
		const world = this.#world;
		const bucket =
			action.target === 'account' ? undefined : findBucket(world, location, operation.name, region);
		const owner = request.headers['x-amz-expected-bucket-owner'];
		const isOwnerWrong = bucket !== undefined && owner !== undefined && owner !== bucket.ownerAccountId;
		const bucketHeaders: Record<string, string> =
			bucket === undefined ? {} : {'x-amz-bucket-region': bucket.region};
		if (owner !== undefined && !/^\d{12}$/.test(owner)) throw noAccountId(owner, bucketHeaders);
		if (isOwnerWrong) throw s3Error('AccessDenied', {headers: bucketHeaders});
		const body = await this.#readBody(exchange, operation);
		try {
			const notify = makeNotify(world, identity, {
				operation: operation.name,
				requestId: exchange.requestId,
				hostId,
			});
			return await this.#run(exchange, operation, action, location, identity, bucket, body, notify);
		} finally {
			await body.received?.end();
		}
	}

	async #run(
		exchange: Exchange,
		operation: Operation,
		action: S3Action,
		location: Location,
		identity: Identity | undefined,
		bucket: Bucket | undefined,
		body: RequestBody,
		notify: NotifyOfRequest,
	): Promise<S3Reply<object>> {
		const {request, region} = exchange;
		const world = this.#world;
		const accessTo = (other: Bucket | undefined): Access =>
			makeAccess(world, identity, request, region, other);
		const access = accessTo(bucket);
		const call: AccountCall<unknown> & {readonly bucket: Bucket | undefined; readonly key: string} = {
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
			may: access.may,
			require: access.require,
			bucket,
			key: location.key ?? '',
		};
		if (action.target === 'account') return action.run(call as never);
		const resource = action.target === 'bucket' ? bucketArn(bucket!) : objectArn(bucket!, call.key);
		const permissions =
			typeof action.permissions === 'function' ? action.permissions(call as never) : action.permissions;
		for (const name of permissions) access.require({action: name, resource});
		return action.run(call as never);
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
		try {
			return await parseRestInput(operation, {
				bucket,
				key,
				query: request.query,
				headers: withoutExpires(request.headers),
				body,
			});
		} catch (error) {
			throw parseError(error, operation.name);
		}
	}
}

/** HEAD never has one, nor has 304 (RFC 9110). */
function hasNoBody({request}: Exchange, {status}: ServiceError): boolean {
	return request.method === 'HEAD' || status === 304;
}
