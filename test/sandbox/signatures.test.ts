import {createHash, createHmac} from 'node:crypto';
import {request as httpRequest} from 'node:http';
import {Readable} from 'node:stream';
import {
	GetObjectCommand,
	ListBucketsCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {HttpRequest} from '@smithy/core/protocols';
import {SignatureV4} from '@smithy/signature-v4';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {crc32} from '../../source/sandbox/http/crc.js';
import {Sha256} from '../support/sha256.js';
import {type Credentials, errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
let key: Credentials;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('bucket');
	await createVersioned(open.source, bucket);
	key = open.sandbox.addUser({accountId: '111122223333', userName: 'signer'});
});
afterAll(() => open.close());

type Answer = {
	readonly status: number;
	readonly body: string;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly wasContinued: boolean;
};

/** Sends bytes as they are, over plain node:http. */
async function send(
	method: string,
	path: string,
	headers: Readonly<Record<string, string>>,
	body: Buffer = Buffer.alloc(0),
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		let wasContinued = false;
		const call = httpRequest(`${open.sandbox.endpointUrl}${path}`, {method, headers}, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => {
				resolve({
					status: response.statusCode ?? 0,
					body: Buffer.concat(chunks).toString('utf8'),
					headers: response.headers,
					wasContinued,
				});
			});
		});
		call.on('continue', () => {
			wasContinued = true;
		});
		call.on('error', reject);
		call.end(body);
	});
}

/** Signs and sends, with headers and a body that no SDK would send. */
async function sendSigned(
	method: string,
	path: string,
	headers: Readonly<Record<string, string>>,
	body: Buffer,
	options: {
		readonly at?: Date;
		readonly host?: string;
		readonly region?: string;
		readonly isPresigned?: boolean;
	} = {},
): Promise<Answer> {
	const signer = new SignatureV4({
		credentials: key,
		region: options.region ?? 'us-east-1',
		service: 's3',
		uriEscapePath: false,
		applyChecksum: false,
		sha256: Sha256,
	});
	const host = options.host ?? new URL(open.sandbox.endpointUrl).host;
	const unsigned = new HttpRequest({
		method,
		path,
		headers: {
			host,
			'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
			...headers,
		},
	});
	const signed = await signer.sign(unsigned, {signingDate: options.at ?? new Date()});
	return send(method, path, signed.headers, body);
}

describe('credentials', () => {
	const wrong = {accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'};

	it.each([
		{
			what: 'an unknown access key',
			of: () => wrong,
			s3: {code: 'InvalidAccessKeyId', status: 403},
			sts: {code: 'InvalidClientTokenId', status: 403},
		},
		{
			what: 'a wrong secret',
			of: () => ({...key, secretAccessKey: 'not it'}),
			s3: {code: 'SignatureDoesNotMatch', status: 403},
			sts: {code: 'SignatureDoesNotMatch', status: 403},
		},
		{
			what: 'an expired session',
			of: () => open.sandbox.addExpiredSession('111122223333'),
			s3: {code: 'ExpiredToken', status: 400},
			sts: {code: 'ExpiredToken', status: 403},
		},
		{
			what: 'a session token that is not its own',
			of: () => ({...open.sandbox.addExpiredSession('111122223333'), sessionToken: 'not it'}),
			s3: {code: 'InvalidToken', status: 400},
			sts: {code: 'InvalidClientTokenId', status: 403},
		},
	])(
		'$what: refused by S3 and STS (documented: ErrorResponses, docs/aws-facts.md, 9.1)',
		async ({of, s3, sts}) => {
			expect(await errorOf(open.s3(of(), 'us-east-1').send(new ListBucketsCommand({})))).toMatchObject(s3);
			expect(await errorOf(open.sts(of()).send(new GetCallerIdentityCommand({})))).toMatchObject(sts);
		},
	);

	it('a request signed twenty minutes ago is refused (documented: ErrorResponses)', async () => {
		const at = new Date(Date.now() - 20 * 60_000);
		const answer = await sendSigned('GET', '/', {}, Buffer.alloc(0), {at});
		expect(answer.status).toBe(403);
		expect(answer.body).toContain('<Code>RequestTimeTooSkewed</Code>');
	});

	it('a region that is none is refused (recorded, docs/aws-facts.md, 7.5)', async () => {
		expect(await errorOf(open.s3('source', 'eu-west-99').send(new ListBucketsCommand({})))).toMatchObject({
			code: 'AuthorizationHeaderMalformed',
			status: 400,
			fields: {Region: 'us-east-1'},
		});
	});

	// Documented: S3 User Guide, access-control-auth-workflow-object-operation.
	it('without a signature nothing private is seen', async () => {
		const answer = await send('GET', `/${bucket}`, {});
		expect(answer.status).toBe(403);
		expect(answer.body).toContain('<Code>AccessDenied</Code>');
	});

	it('signature version 2 is refused by name (documented: S3 User Guide, UsingAWSSDK)', async () => {
		const answer = await send('GET', `/${bucket}`, {authorization: 'AWS AKIA:abc'});
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('Please use AWS4-HMAC-SHA256.');
		expect(answer.body).toContain("Config(signature_version='s3v4')");
	});

	it('a URL that is signed by version 2, as boto3 does, is refused so, too (documented: the same)', async () => {
		const url = `/${bucket}/k?AWSAccessKeyId=AKIA&Signature=abc&Expires=4102444800`;
		const answer = await send('GET', url, {});
		expect(answer.status).toBe(400);
		expect(answer.body).toContain("Config(signature_version='s3v4')");
	});

	it('another Host than its own is not served, so that no web page can reach it', async () => {
		expect((await send('GET', '/', {host: 'evil.example'})).status).toBe(403);
	});
});

describe('bodies', () => {
	const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024, 'abc');

	const read = async (Key: string): Promise<Buffer> => {
		const {Body} = await open.source.send(
			new GetObjectCommand({Bucket: bucket, Key, ChecksumMode: 'ENABLED'}),
		);
		return Buffer.from((await Body?.transformToByteArray()) ?? []);
	};

	it.each<{what: string; body: () => PutObjectCommandInput['Body']; expected: Buffer; length?: number}>([
		{what: 'a string', body: () => 'hello ü', expected: Buffer.from('hello ü')},
		{what: 'nothing', body: () => '', expected: Buffer.alloc(0)},
		{what: 'a buffer', body: () => Buffer.from([0, 255, 10, 13]), expected: Buffer.from([0, 255, 10, 13])},
		{
			what: 'a stream (aws-chunked with a trailer)',
			body: () => Readable.from([Buffer.from('one'), Buffer.from('two')]),
			expected: Buffer.from('onetwo'),
			length: 6,
		},
		{what: '5 MiB (Expect: 100-continue)', body: () => megabytes(5), expected: megabytes(5)},
	])('arrive as they were sent: $what', async ({what, body, expected, length}) => {
		await open.source.send(
			new PutObjectCommand({Bucket: bucket, Key: what, Body: body(), ContentLength: length}),
		);
		expect((await read(what)).equals(expected)).toBe(true);
	});

	it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
		'may carry a %s of their bytes',
		async (algorithm) => {
			const put = await open.source.send(
				new PutObjectCommand({Bucket: bucket, Key: algorithm, Body: 'hello', ChecksumAlgorithm: algorithm}),
			);
			const got = await open.source.send(
				new GetObjectCommand({Bucket: bucket, Key: algorithm, ChecksumMode: 'ENABLED'}),
			);
			expect(put[`Checksum${algorithm}`]).toMatch(/=$/);
			expect(got[`Checksum${algorithm}`]).toBe(put[`Checksum${algorithm}`]);
		},
	);

	const chunked = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
	const crcOf = (text: string): string => {
		const bytes = Buffer.alloc(4);
		bytes.writeUInt32BE(crc32(Buffer.from(text)));
		return bytes.toString('base64');
	};

	type Refused = {
		readonly what: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly body: string;
		readonly code: string;
		readonly source: string;
	};

	it.each<Refused>([
		{
			what: 'a SHA-256 of other bytes',
			headers: {'x-amz-content-sha256': createHash('sha256').update('other').digest('hex')},
			body: 'hello',
			code: 'XAmzContentSHA256Mismatch',
			source: 'documented',
		},
		{
			what: 'a Content-MD5 of other bytes',
			headers: {'content-md5': createHash('md5').update('other').digest('base64')},
			body: 'hello',
			code: 'BadDigest',
			source: 'documented',
		},
		{
			what: 'a Content-MD5 that is none',
			headers: {'content-md5': 'aGVsbG8='},
			body: 'hello',
			code: 'InvalidDigest',
			source: 'documented',
		},
		{
			what: 'a CRC32 of other bytes',
			headers: {'x-amz-checksum-crc32': crcOf('other')},
			body: 'hello',
			code: 'BadDigest',
			source: 'documented',
		},
		{
			what: 'a trailer of other bytes',
			headers: {
				'x-amz-content-sha256': chunked,
				'x-amz-decoded-content-length': '5',
				'x-amz-trailer': 'x-amz-checksum-crc32',
			},
			body: `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${crcOf('other')}\r\n\r\n`,
			code: 'BadDigest',
			source: 'documented',
		},
		{
			what: 'a trailer that was not announced',
			headers: {'x-amz-content-sha256': chunked, 'x-amz-decoded-content-length': '5'},
			body: `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${crcOf('hello')}\r\n\r\n`,
			code: 'MalformedTrailerError',
			source: 'documented',
		},
		{
			what: 'a CRC64NVME of other bytes',
			headers: {'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA='},
			body: 'hello',
			code: 'BadDigest',
			source: 'documented',
		},
		{
			what: 'fewer bytes than declared',
			headers: {'x-amz-content-sha256': chunked, 'x-amz-decoded-content-length': '6'},
			body: '5\r\nhello\r\n0\r\n\r\n',
			code: 'IncompleteBody',
			source: 'documented',
		},
		{
			what: 'a checksum that the sandbox does not compute',
			headers: {'x-amz-checksum-xxhash64': 'AAAAAAAAAAA='},
			body: 'hello',
			code: 'NotImplemented',
			source: 'own',
		},
	])('are refused with $what: $code ($source)', async ({headers, body, code}) => {
		const answer = await sendSigned('PUT', `/${bucket}/refused`, headers, Buffer.from(body));
		expect(answer.body).toContain(`<Code>${code}</Code>`);
		expect(answer.status).toBeGreaterThanOrEqual(400);
	});

	it('may be signed chunk by chunk, and no chunk may be changed (documented: sigv4-streaming)', async () => {
		const at = new Date();
		const sha256 = (data: string) => createHash('sha256').update(data).digest('hex');
		const hmac = (secret: Buffer | string, text: string) =>
			createHmac('sha256', secret).update(text).digest();
		const day = at
			.toISOString()
			.replace(/[-:]|\.\d+/g, '')
			.slice(0, 8);
		const signingKey = [day, 'us-east-1', 's3', 'aws4_request'].reduce(
			(secret: Buffer, part) => hmac(secret, part),
			Buffer.from(`AWS4${key.secretAccessKey}`),
		);
		const scope = `${day}/us-east-1/s3/aws4_request`;
		const encode = (seed: string, longDate: string, chunks: readonly string[]): string => {
			let previous = seed;
			return chunks
				.map((chunk) => {
					previous = hmac(
						signingKey,
						['AWS4-HMAC-SHA256-PAYLOAD', longDate, scope, previous, sha256(''), sha256(chunk)].join('\n'),
					).toString('hex');
					return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
				})
				.join('');
		};
		const sendChunks = async (changed: (body: string) => string): Promise<Answer> => {
			const signer = new SignatureV4({
				credentials: key,
				region: 'us-east-1',
				service: 's3',
				uriEscapePath: false,
				applyChecksum: false,
				sha256: Sha256,
			});
			const path = `/${bucket}/chunks`;
			const {headers} = await signer.sign(
				new HttpRequest({
					method: 'PUT',
					path,
					headers: {
						host: new URL(open.sandbox.endpointUrl).host,
						'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
						'x-amz-decoded-content-length': '8',
					},
				}),
				{signingDate: at},
			);
			const seed = headers['authorization']?.split('Signature=')[1] ?? '';
			const body = encode(seed, headers['x-amz-date'] ?? '', ['hello', 'you', '']);
			return send('PUT', path, headers, Buffer.from(changed(body)));
		};
		expect((await sendChunks((body) => body)).status).toBe(200);
		expect((await read('chunks')).toString()).toBe('helloyou');
		expect((await sendChunks((body) => body.replace('you', 'him'))).body).toContain('SignatureDoesNotMatch');
	});

	// Documented: S3 API reference, RESTObjectPUT; RFC 9110, section 10.1.1.
	it('are asked for where the client waits with Expect: 100-continue', async () => {
		const answer = await sendSigned(
			'PUT',
			`/${bucket}/continued`,
			{expect: '100-continue'},
			Buffer.from('hello'),
		);
		expect(answer).toMatchObject({status: 200, wasContinued: true});
	});
});

describe('addresses', () => {
	// Documented: S3 User Guide, VirtualHosting.
	it('may have the bucket in the host name', async () => {
		const host = `${bucket}.localhost:${new URL(open.sandbox.endpointUrl).port}`;
		expect((await sendSigned('PUT', '/virtual', {}, Buffer.from('hello'), {host})).status).toBe(200);
		expect((await sendSigned('GET', `/${bucket}/virtual`, {}, Buffer.alloc(0))).body).toBe('hello');
	});

	it('say which region is right where the host name is right and the signature is not (recorded, docs/aws-facts.md, 7.5)', async () => {
		const host = `${bucket}.localhost:${new URL(open.sandbox.endpointUrl).port}`;
		const answer = await sendSigned('GET', '/k', {}, Buffer.alloc(0), {host, region: 'eu-west-1'});
		expect(answer.status).toBe(400);
		expect(answer.headers['x-amz-bucket-region']).toBe('us-east-1');
		expect(answer.body).toContain("the region 'eu-west-1' is wrong; expecting 'us-east-1'");
	});

	// Documented: S3 API reference, sigv4-query-string-auth.
	it('may be presigned, until they expire or are changed', async () => {
		const signer = new SignatureV4({
			credentials: key,
			region: 'us-east-1',
			service: 's3',
			uriEscapePath: false,
			applyChecksum: false,
			sha256: Sha256,
		});
		const presign = async (signingDate: Date) => {
			const {query} = await signer.presign(
				new HttpRequest({
					method: 'PUT',
					path: `/${bucket}/presigned`,
					headers: {host: new URL(open.sandbox.endpointUrl).host},
					body: {},
				}),
				{expiresIn: 60, signingDate},
			);
			return `/${bucket}/presigned?${new URLSearchParams(query as Record<string, string>).toString()}`;
		};
		const url = await presign(new Date());
		expect((await send('PUT', url, {}, Buffer.from('hello'))).status).toBe(200);
		expect((await send('PUT', url.replace('presigned', 'other'), {}, Buffer.from('hello'))).body).toContain(
			'SignatureDoesNotMatch',
		);
		const expired = await presign(new Date(Date.now() - 61_000));
		expect((await send('PUT', expired, {}, Buffer.from('hello'))).body).toContain('Request has expired');
	});
});
