import {setMaxListeners} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {ConnectionReset} from '../faults/early-fault.js';
import {type FaultPlan} from '../faults/fault-plan.js';
import {type FaultRule, type ServiceName, serviceNames} from '../faults/fault-rule.js';
import {type World} from '../world/world.js';
import {type Authorization, readAuthorization} from './authorization.js';
import {type Exchange, type HttpReply} from './exchange.js';
import {type RequestEntry} from './request-entry.js';
import {isOwnHost, readRequestTarget} from './request-target.js';
import {readWireRequest, type WireRequest} from './wire-request.js';

type Services = Readonly<Record<ServiceName, {handle: (exchange: Exchange) => Promise<HttpReply>}>>;

export type SandboxServer = {readonly port: number; readonly close: () => Promise<void>};

type Settings = {
	readonly port: number;
	readonly latencyMs: number;
	readonly faults: FaultPlan;
	readonly finished: (entry: RequestEntry) => void;
};

/** Beyond what people wait for, and below what clients give up at. */
const defaultSlowAnswerMs = 5000;

/** Longer than clients leave a connection idle between two requests of a person. */
const keepAliveMs = 60_000;

/** Serves the services on one loopback port; the signature says which of them a request is for. */
export async function serve(world: World, services: Services, settings: Settings): Promise<SandboxServer> {
	const closing = new AbortController();
	// Every request under way listens to it; they are many on purpose.
	setMaxListeners(0, closing.signal);
	const handle = (message: IncomingMessage, response: ServerResponse): void => {
		answer(world, services, settings, closing.signal, message, response).catch(() => {
			// The connection is gone, or the sandbox is closing: there is nobody to answer to.
			response.destroy();
		});
	};
	const server = createServer({keepAliveTimeout: keepAliveMs}, handle);
	server.on('checkContinue', (message: IncomingMessage, response: ServerResponse) => {
		response.writeContinue();
		handle(message, response);
	});
	await listen(server, settings.port);
	return {
		port: (server.address() as AddressInfo).port,
		close: async () => {
			closing.abort();
			const closed = new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
			});
			server.closeIdleConnections();
			server.closeAllConnections();
			await closed;
		},
	};
}

async function listen(server: Server, port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', reject);
			resolve();
		});
	});
}

async function answer(
	world: World,
	services: Services,
	settings: Settings,
	closing: AbortSignal,
	message: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const startedAt = world.clock.now();
	const target = readRequestTarget(message.url ?? '/');
	const request = readWireRequest(message.method ?? 'GET', target.path, message.rawHeaders);
	if (settings.latencyMs > 0) await world.clock.wait(settings.latencyMs, closing);
	if (![request.headers['host'], target.authority ?? request.headers['host']].every(isOwnHost)) {
		response.writeHead(403, {'content-type': 'text/plain', 'content-length': 0}).end();
		return;
	}
	const authorization = readAuthorization(request);
	const known = typeof authorization === 'string' ? undefined : authorization;
	const service = serviceOf(request, known);
	let fault: FaultRule | undefined;
	const exchange: Exchange = {
		request,
		message,
		authorization: known,
		signatureFault:
			typeof authorization === 'string' && authorization !== 'anonymous' ? authorization : undefined,
		region: known?.region ?? world.partition.home.source,
		requestId: service === 's3' || service === 's3control' ? world.ids.requestId() : world.ids.uuid(),
		log: {operation: request.method, target: undefined, accountId: undefined},
		meetFault: ({operation, accountId, bucket}) => {
			fault = settings.faults.next({operation, accountId, bucket, service, region: exchange.region});
			return fault;
		},
	};
	const finish = (end: {readonly status: number; readonly errorCode?: string}): void => {
		const at = world.clock.now();
		const {operation, target, accountId} = exchange.log;
		settings.finished({
			at,
			service,
			operation,
			target,
			accountId,
			status: end.status,
			errorCode: end.errorCode,
			durationMs: at - startedAt,
			startedAt,
			expectedBucketOwner: request.headers['x-amz-expected-bucket-owner'],
			region: exchange.region,
			fault: fault?.fault,
		});
	};
	const replyOrReset = await services[service].handle(exchange).catch((error: unknown) => {
		if (error instanceof ConnectionReset) return error;
		throw error;
	});
	if (replyOrReset instanceof ConnectionReset || fault?.fault === 'ResetAfterEffect') {
		message.socket.resetAndDestroy();
		finish({status: 0, errorCode: 'ConnectionReset'});
		return;
	}
	if (fault?.fault === 'SlowAnswer') {
		await world.clock.wait(fault.delayMs ?? defaultSlowAnswerMs, closing);
	}
	const reply = replyOrReset;
	try {
		await send(world, request, response, reply, fault?.fault === 'TruncatedBody');
	} finally {
		if (!Buffer.isBuffer(reply.body)) reply.body.close();
	}
	// What was not read would stand before the next request on the connection.
	message.resume();
	finish(reply);
}

async function send(
	world: World,
	request: WireRequest,
	response: ServerResponse,
	reply: HttpReply,
	isTruncated: boolean,
): Promise<void> {
	// The client has gone meanwhile.
	if (response.destroyed) return;
	const hasBody = request.method !== 'HEAD' && reply.status !== 204 && reply.status !== 304;
	const {headers} = reply;
	headers['date'] = new Date(world.clock.now()).toUTCString();
	if (hasBody) headers['content-length'] = String(sizeOf(reply.body));
	response.sendDate = false;
	writeHead(response, reply.status, headers);
	if (hasBody && isTruncated) return sendHalf(response, reply.body);
	if (hasBody && !Buffer.isBuffer(reply.body)) {
		return pipeline(Readable.from(reply.body.read(reply.body.sizeBytes)), response);
	}
	const body = reply.body as Buffer;
	// With nothing behind them the headers go in one write.
	response.end(hasBody && body.length > 0 ? body : undefined);
}

/** A header that node refuses must not break the connection: whatever it is to say, the answer comes. */
function writeHead(response: ServerResponse, status: number, headers: HttpReply['headers']): void {
	try {
		response.writeHead(status, headers);
	} catch {
		const bytes = (text: string): string =>
			Buffer.from(text)
				.toString('latin1')
				.replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
		const entries = Object.entries(headers).map(([name, text]) => [name, bytes(text)] as const);
		response.writeHead(status, Object.fromEntries(entries));
	}
}

/** The client was told the whole length, and the connection ends halfway. */
async function sendHalf(response: ServerResponse, body: HttpReply['body']): Promise<void> {
	const halfBytes = Math.floor(sizeOf(body) / 2);
	const half = Buffer.isBuffer(body) ? [body.subarray(0, halfBytes)] : body.read(halfBytes);
	const closed = new Promise<void>((resolve) => {
		response.once('close', resolve);
	});
	response.flushHeaders();
	for await (const piece of half) response.write(piece);
	response.socket?.end();
	await closed;
}

function sizeOf(body: HttpReply['body']): number {
	return Buffer.isBuffer(body) ? body.length : body.sizeBytes;
}

function serviceOf(request: WireRequest, authorization: Authorization | undefined): ServiceName {
	if (isForS3Control(request)) return 's3control';
	const signedFor = serviceNames.find((name) => name === authorization?.service);
	if (signedFor !== undefined) return signedFor;
	const [target = ''] = (request.headers['x-amz-target'] ?? '').split('.');
	const targeted = new Map<string, ServiceName>([
		['TrentService', 'kms'],
		['AmazonSQS', 'sqs'],
		['GraniteServiceVersion20100801', 'monitoring'],
	]).get(target);
	if (targeted !== undefined) return targeted;
	const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
	if (authorization !== undefined || request.rawPath !== '/') return 's3';
	// Whoever has but a token may also send it in a URL.
	const isTokenInUrl = request.query.get('Action') === 'AssumeRoleWithWebIdentity';
	return isTokenInUrl || (request.method === 'POST' && isForm) ? 'sts' : 's3';
}

/** The other service of S3: it is told by its path, and names the account in a header (S3 Control API reference). */
function isForS3Control({rawPath, headers}: WireRequest): boolean {
	return headers['x-amz-account-id'] !== undefined && rawPath.startsWith('/v20180820/');
}
