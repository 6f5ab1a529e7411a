import type {Socket} from 'node:net';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {type TransportLimits, transportLimits} from '../../source/aws/transport/transport-limits.js';
import {failureOf} from './support/connected-sandbox.js';
import {answerOf, type Behaviour, rawEndpoint} from './support/raw-endpoint.js';

/** As the program's, smaller: what takes minutes there takes a moment here. */
const limits: TransportLimits = {
	...transportLimits,
	headersMs: 400,
	minUploadBytesPerS: 1e9,
	bodyMs: 500,
	minSpanBytes: 1000,
	rateSpanMs: 150,
	maxBodyBytes: 100_000,
};

const reference = {bucket: 'b', region: 'us-east-1', accountId: '111122223333'};
const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\n';

/** Sends again and again until the other side is gone. */
function repeat(socket: Socket, bytes: string | Buffer, everyMs: number): void {
	const timer = setInterval(() => socket.write(bytes), everyMs);
	socket.on('close', () => clearInterval(timer));
}

const behaviours: Readonly<Record<string, Behaviour>> = {
	'says nothing': () => undefined,
	'drips its headers': (socket) => {
		socket.write(head);
		repeat(socket, 'x', 20);
	},
	'never ends its headers': (socket) => {
		socket.write(head);
		repeat(socket, 'x-more: 1\r\n', 50);
	},
	'says 100 Continue for ever': (socket) => repeat(socket, 'HTTP/1.1 100 Continue\r\n\r\n', 20),
	'says 102 Processing for ever': (socket) => repeat(socket, 'HTTP/1.1 102 Processing\r\n\r\n', 20),
	'drips its body': (socket) => {
		socket.write(`${head}content-length: 100000\r\n\r\n`);
		repeat(socket, '<', 20);
	},
	'drips its body in chunks': (socket) => {
		socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
		repeat(socket, '1\r\n<\r\n', 20);
	},
	'stalls in its body': (socket) => socket.write(`${head}content-length: 1000\r\n\r\n<ListAll`),
	'sends just fast enough for ever': (socket) => {
		socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
		repeat(socket, `3e8\r\n${'<'.repeat(1000)}\r\n`, 25);
	},
};

const calls: Readonly<Record<string, (aws: Connection) => Promise<unknown>>> = {
	ListBuckets: async ({buckets}) => buckets.list(),
	GetBucketReplication: async ({buckets}) => buckets.getReplication(reference),
	PutBucketPolicy: async ({buckets}) => buckets.putPolicy(reference, {Version: '2012-10-17', Statement: []}),
	PutObject: async ({objects}) => objects.put(reference, {key: 'k', body: 'text'}),
	GetRole: async ({roles}) => roles.get('r'),
	GetCallerIdentity: async ({identity}) => identity.getCaller(),
};

async function opened(behave: Behaviour) {
	const endpoint = await rawEndpoint(behave);
	onTestFinished(endpoint.close);
	return endpoint;
}

describe.each(Object.entries(behaviours))('an endpoint that %s', (_name, behave) => {
	test('holds no call', async () => {
		const endpoint = await opened(behave);
		const aws = await endpoint.connection({limits});
		for (const {problem} of await Promise.all(
			Object.values(calls).map(async (call) => failureOf(call(aws))),
		)) {
			expect(problem).toMatchObject({code: 'endpoint-unreachable', kind: 'fixable'});
			expect(problem.headline).toBe(`Cannot reach ${endpoint.url}`);
			expect(problem.cause).toMatch(/^ETIMEDOUT: (No answer came within|The answer (stalled|was not whole))/);
		}

		// The SDK's three attempts and no more, and none of them is left open.
		expect(endpoint.requestCount()).toBeLessThanOrEqual(3 * Object.keys(calls).length);
		await vi.waitFor(() => expect(endpoint.openCount()).toBe(0));
	});
});

test.each([
	['an upload that nobody takes, which is longer than what the system keeps', 20_000_000],
	['an upload whose `Expect: 100-continue` nobody answers', 3_000_000],
])('%s ends', async (_name, length) => {
	const endpoint = await opened((socket) => socket.pause());
	const {objects} = await endpoint.connection({limits});
	const {problem} = await failureOf(objects.put(reference, {key: 'k', body: new Uint8Array(length)}));
	expect(problem.code).toBe('endpoint-unreachable');
	await vi.waitFor(() => expect(endpoint.openCount()).toBe(0));
});

test('TLS that never finishes ends', async () => {
	const endpoint = await opened(() => undefined);
	const aws = await endpoint.connection({limits, endpointUrl: endpoint.url.replace('http:', 'https:')});
	const {problem} = await failureOf(aws.buckets.list());
	expect(problem.code).toBe('endpoint-unreachable');
	await vi.waitFor(() => expect(endpoint.openCount()).toBe(0));
});

test('an upload has time for its length', async () => {
	const sockets: Socket[] = [];
	const endpoint = await opened((socket) => sockets.push(socket));
	const slow = {...limits, headersMs: 100, minUploadBytesPerS: 1};
	const {objects, buckets} = await endpoint.connection({limits: slow});
	const uploaded = objects.put(reference, {key: 'k', body: 'x'.repeat(20_000)});
	await vi.waitFor(() => expect(sockets).toHaveLength(1));
	// A request without a body that began later has waited for as long as it may.
	const {problem} = await failureOf(buckets.list());
	expect(problem.code).toBe('endpoint-unreachable');
	sockets[0]?.write(answerOf('200 OK', '', {etag: '"e"'}));
	await uploaded;
});

test.each([
	['with a length', `${head}content-length: 99999999999\r\n\r\n`, '<'.repeat(50_000)],
	['in chunks', `${head}transfer-encoding: chunked\r\n\r\n`, `c350\r\n${'<'.repeat(50_000)}\r\n`],
])('an endless body %s ends at the cap, and is not asked for again', async (_name, start, more) => {
	let sent = 0;
	const endpoint = await opened((socket) => {
		const pour = (): void => {
			while (!socket.destroyed && socket.write(more)) sent += more.length;
		};
		socket.write(start);
		socket.on('drain', pour);
		pour();
	});
	const aws = await endpoint.connection({limits});
	const {problem} = await failureOf(aws.buckets.list());
	expect(problem).toMatchObject({code: 'unexpected-answer', kind: 'fixable'});
	expect(problem.cause).toContain('longer than 100000 bytes');
	await vi.waitFor(() => expect(endpoint.openCount()).toBe(0));
	expect(endpoint.requestCount()).toBe(1);
	expect(sent).toBeLessThan(50_000_000);
});

test.each(['says nothing', 'drips its headers', 'drips its body', 'stalls in its body'])(
	'a call to an endpoint that %s is cancelled at once',
	async (name) => {
		const endpoint = await opened(behaviours[name] as Behaviour);
		// With the program's own limits: waiting for one of them would fail the test.
		const aws = await endpoint.connection();
		const stop = new AbortController();
		const call = aws.buckets.list(undefined, stop.signal);
		await vi.waitFor(() => expect(endpoint.requestCount()).toBe(1));
		stop.abort();
		await expect(call).rejects.toMatchObject({name: 'AbortError'});
		await vi.waitFor(() => expect(endpoint.openCount()).toBe(0));
		expect(endpoint.requestCount()).toBe(1);
	},
);

test('the program’s own limits let each answer of AWS through, and end every call within five minutes', () => {
	const {headersMs, bodyMs, maxBodyBytes} = transportLimits;
	expect(3 * (headersMs + bodyMs)).toBeLessThan(300_000);
	// 1,000 versions with keys of 1,024 bytes, each byte of them sent as `&amp;`, and 1 KB of everything else.
	expect(maxBodyBytes).toBeGreaterThan(1000 * (1024 * 5 + 1024));
	expect(maxBodyBytes).toBe(16 * 1024 * 1024);
});
