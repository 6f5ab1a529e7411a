import {CreatePolicyCommand, CreateRoleCommand, GetPolicyCommand} from '@aws-sdk/client-iam';
import {
	GetObjectCommand,
	HeadObjectCommand,
	ListObjectsV2Command,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, type OpenSandbox, openSandbox} from './support/open-sandbox.js';
import {codeOf, headerOf, type RawAnswer, type RawRequest, sendRaw} from './support/raw-request.js';
import {createVersioned} from './support/replicated-pair.js';

const Bucket = 'answers';
const Key = 'k';
const expires = 'Thu, 01 Dec 2050 16:00:00 GMT';
let open: OpenSandbox;
let etag: string;
beforeAll(async () => {
	open = await openSandbox();
	await createVersioned(open.source, Bucket);
	const {ETag} = await open.source.send(
		new PutObjectCommand({
			Bucket,
			Key,
			Body: '0123456789',
			Expires: new Date(expires),
			CacheControl: 'no-cache',
		}),
	);
	etag = ETag ?? '';
});
afterAll(() => open.close());

const send = async (request: RawRequest): Promise<RawAnswer> => {
	const {accessKeyId, secretAccessKey} = await open.source.config.credentials();
	return sendRaw(open.sandbox.endpointUrl, {accessKeyId, secretAccessKey}, request);
};
const names = ({headers}: RawAnswer): readonly string[] =>
	headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());

describe('304 Not Modified', () => {
	it.each(['GET', 'HEAD'])(
		'to %s tells of the state of an object, nothing of its bytes (documented: RFC 9110; a client fails: boto3)',
		async (method) => {
			const headers = {'if-none-match': etag, 'x-amz-checksum-mode': 'ENABLED'};
			const answer = await send({method, path: `/${Bucket}/${Key}`, headers});
			expect(answer).toMatchObject({status: 304, body: ''});
			expect(names(answer)).toEqual(
				expect.arrayContaining(['etag', 'last-modified', 'cache-control', 'expires', 'x-amz-version-id']),
			);
			expect(names(answer).filter((name) => /^x-amz-checksum|^content-/.test(name))).toEqual([]);
		},
	);
});

describe('Expires', () => {
	it.each(['GET', 'HEAD'])('comes back of %s under its own name, once (documented)', async (method) => {
		const answer = await send({method, path: `/${Bucket}/${Key}`});
		expect(headerOf(answer, 'expires')).toBe(expires);
		expect(names(answer)).not.toContain('expiresstring');
	});

	it('may be text that is no date (documented: S3 does not look at it)', async () => {
		const path = `/${Bucket}/never`;
		await send({method: 'PUT', path, headers: {expires: 'never'}});
		expect(headerOf(await send({method: 'HEAD', path}), 'expires')).toBe('never');
	});

	it('is read by the SDK as a time and as text (documented: HeadObject)', async () => {
		const seen = await open.source.send(new HeadObjectCommand({Bucket, Key}));
		expect(seen.ExpiresString).toBe(expires);
	});

	it('gives way to response-expires (documented: GetObject)', async () => {
		const query = [['response-expires', 'Fri, 02 Dec 2050 16:00:00 GMT']] as const;
		const answer = await send({method: 'GET', path: `/${Bucket}/${Key}`, query});
		expect(headerOf(answer, 'expires')).toBe('Fri, 02 Dec 2050 16:00:00 GMT');
	});

	it('is refused where no header can hold it (guessed)', async () => {
		const query = [['response-expires', 'a\nb']] as const;
		expect(codeOf(await send({method: 'GET', path: `/${Bucket}/${Key}`, query}))).toBe('InvalidArgument');
	});
});

describe('a piece of an object', () => {
	it.each([
		{asked: {Range: 'bytes=2-4'}, range: 'bytes 2-4/10', length: 3},
		{asked: {Range: 'bytes=-4'}, range: 'bytes 6-9/10', length: 4},
		{asked: {PartNumber: 1}, range: 'bytes 0-9/10', length: 10},
	])(
		'has its Content-Range in HEAD as in GET: $range (documented: HeadObject)',
		async ({asked, range, length}) => {
			const wanted = {ContentRange: range, ContentLength: length, $metadata: {httpStatusCode: 206}};
			expect(await open.source.send(new HeadObjectCommand({Bucket, Key, ...asked}))).toMatchObject(wanted);
			expect(await open.source.send(new GetObjectCommand({Bucket, Key, ...asked}))).toMatchObject(wanted);
		},
	);

	it('has no checksum of the whole in HEAD (recorded of GET: test_get_object_range)', async () => {
		const asked = {Bucket, Key, Range: 'bytes=2-4', ChecksumMode: 'ENABLED'} as const;
		expect(await open.source.send(new HeadObjectCommand(asked))).not.toHaveProperty('ChecksumCRC32');
	});

	it('that begins behind the end is refused to HEAD, too (recorded of GET: test_get_object_range)', async () => {
		const headers = {range: 'bytes=10-12'};
		expect(await send({method: 'HEAD', path: `/${Bucket}/${Key}`, headers})).toMatchObject({status: 416});
	});

	it('is named by a range or by a part, not by both (documented: GetObject; words: third-party)', async () => {
		const asked = {Bucket, Key, PartNumber: 1, Range: 'bytes=0-1'};
		expect(await errorOf(open.source.send(new GetObjectCommand(asked)))).toMatchObject({
			code: 'InvalidRequest',
			message: 'Cannot specify both Range header and partNumber query parameter',
			status: 400,
		});
		expect((await errorOf(open.source.send(new HeadObjectCommand(asked)))).status).toBe(400);
	});

	it('of an empty object is its one part, without a Content-Range (guessed)', async () => {
		await open.source.send(new PutObjectCommand({Bucket, Key: 'empty', Body: ''}));
		const asked = {Bucket, Key: 'empty', PartNumber: 1};
		const seen = await open.source.send(new HeadObjectCommand(asked));
		expect(seen).toMatchObject({ContentLength: 0});
		expect(seen).not.toHaveProperty('ContentRange');
	});
});

it('answers HEAD of a bucket with a content type (third-party)', async () => {
	const answer = await send({method: 'HEAD', path: `/${Bucket}`});
	expect(headerOf(answer, 'content-type')).toBe('application/xml');
});

describe('times in XML', () => {
	it.each([
		{of: 'ListBuckets', path: '/', query: [], element: 'CreationDate'},
		{of: 'ListObjectsV2', path: `/${Bucket}`, query: [['list-type', '2']], element: 'LastModified'},
		{of: 'ListObjectVersions', path: `/${Bucket}`, query: [['versions', '']], element: 'LastModified'},
		{of: 'ListMultipartUploads', path: `/${Bucket}`, query: [['uploads', '']], element: 'Initiated'},
	] as const)('of $of have whole seconds and a fraction (documented: S3 API reference)', async (asked) => {
		await send({method: 'POST', path: `/${Bucket}/upload`, query: [['uploads', '']]});
		const {body} = await send({method: 'GET', path: asked.path, query: asked.query});
		expect(body).toMatch(new RegExp(`<${asked.element}>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z<`));
	});

	it('are not looked for in keys', async () => {
		const name = '<LastModified>2026-01-01T00:00:00Z</LastModified>';
		await open.source.send(new PutObjectCommand({Bucket, Key: name, Body: ''}));
		const {Contents} = await open.source.send(new ListObjectsV2Command({Bucket, Prefix: '<'}));
		expect(Contents?.map((line) => line.Key)).toEqual([name]);
	});
});

describe('If-Match', () => {
	it.each(['GET', 'HEAD'])(
		'of %s takes the ETag with and without its quotes (third-party)',
		async (method) => {
			const statusOf = async (tag: string): Promise<number> =>
				(await send({method, path: `/${Bucket}/${Key}`, headers: {'if-match': tag}})).status;
			expect(await statusOf(etag)).toBe(200);
			expect(await statusOf(etag.replaceAll('"', ''))).toBe(200);
			expect(await statusOf('"0"')).toBe(412);
		},
	);

	it('of PUT takes it without, too (recorded with: test_put_object_if_match)', async () => {
		const put = new PutObjectCommand({Bucket, Key: 'matched', Body: '1'});
		const {ETag = ''} = await open.source.send(put);
		const IfMatch = ETag.replaceAll('"', '');
		const again = await open.source.send(new PutObjectCommand({...put.input, Body: '2', IfMatch}));
		expect(again.ETag).not.toBe(ETag);
	});
});

describe('what IAM answers of what it makes', () => {
	const trust = JSON.stringify({
		Version: '2012-10-17',
		Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
	});
	const text = JSON.stringify({
		Version: '2012-10-17',
		Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}],
	});
	const Tags = [{Key: 'a', Value: 'b'}];

	it('are a policy’s tags, not its description (documented: Policy)', async () => {
		const {Policy} = await open.iam.send(
			new CreatePolicyCommand({PolicyName: 'told', PolicyDocument: text, Description: 'why', Tags}),
		);
		expect(Policy).toMatchObject({PolicyName: 'told', Tags});
		expect(Policy).not.toHaveProperty('Description');
		const found = await open.iam.send(new GetPolicyCommand({PolicyArn: Policy?.Arn ?? ''}));
		expect(found.Policy).toMatchObject({Description: 'why', Tags});
	});

	it('is a role’s boundary (third-party: infrastructure tools read it from there)', async () => {
		const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonS3FullAccess';
		const {Role} = await open.iam.send(
			new CreateRoleCommand({RoleName: 'bound', AssumeRolePolicyDocument: trust, PermissionsBoundary, Tags}),
		);
		expect(Role).toMatchObject({
			PermissionsBoundary: {PermissionsBoundaryArn: PermissionsBoundary},
			Tags,
		});
	});
});
