import {createHash} from 'node:crypto';
import {GetObjectCommand, HeadObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Credentials, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {codeOf, type RawAnswer, type RawRequest, sendRaw} from './support/raw-request.js';
import {createVersioned} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
let key: Credentials;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('bucket');
	await createVersioned(open.source, bucket);
	await open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'secret', Body: 'secret'}));
	key = open.sandbox.addUser({accountId: '111122223333', userName: 'signer'});
});
afterAll(() => open.close());

const week = '604800';
const send = async (request: RawRequest, who: Credentials | undefined = key): Promise<RawAnswer> =>
	sendRaw(open.sandbox.endpointUrl, who, request);
const put = (name: string): Pick<RawRequest, 'method' | 'path' | 'body'> => ({
	method: 'PUT',
	path: `/${bucket}/${name}`,
	body: 'hello',
});
const doesExist = async (name: string): Promise<boolean> =>
	open.source.send(new HeadObjectCommand({Bucket: bucket, Key: name})).then(
		() => true,
		() => false,
	);

describe.each<{how: string; kind: Pick<RawRequest, 'presigned'>}>([
	{how: 'in the URL', kind: {presigned: {expires: '60'}}},
	{how: 'in a header', kind: {}},
])('a request that is signed $how', ({how, kind}) => {
	const nameOf = (hint: string): string => `${hint}-${how.replaceAll(' ', '-')}`;

	// Documented: S3 API reference, sig-v4-header-based-auth and sigv4-query-string-auth ("any x-amz-* headers that you
	// plan to include"); code, words and element as clients report them of AWS (third-party).
	it.each<{what: string; headers: Readonly<Record<string, string>>}>([
		{what: 'a source to copy', headers: {'x-amz-copy-source': '/bucket-1/secret'}},
		{what: 'tags', headers: {'x-amz-tagging': 'a=b'}},
		{what: 'metadata', headers: {'x-amz-meta-owner': 'somebody'}},
		{what: 'an ACL', headers: {'x-amz-acl': 'private'}},
		{what: 'a session token', headers: {'x-amz-security-token': 'token'}},
		{what: 'a name that S3 does not know', headers: {'x-amz-unheard-of': '1'}},
		{what: 'metadata named __proto__', headers: {'x-amz-meta-__proto__': 'x'}},
	])('does not take $what that was added to it', async ({what, headers}) => {
		const name = nameOf(what.replaceAll(' ', '-'));
		const answer = await send({...put(name), ...kind, unsignedHeaders: headers});
		expect(answer).toMatchObject({status: 403});
		expect(codeOf(answer)).toBe('AccessDenied');
		expect(answer.body).toContain(
			`<Message>There were headers present in the request which were not signed</Message>`,
		);
		expect(answer.body).toContain(`<HeadersNotSigned>${Object.keys(headers).join(', ')}</HeadersNotSigned>`);
		expect(await doesExist(name)).toBe(false);
	});

	it('names every header that was added (third-party: clients report a list)', async () => {
		const unsignedHeaders = {'x-amz-meta-a': '1', 'x-amz-storage-class': 'STANDARD_IA'};
		const answer = await send({...put('several'), ...kind, unsignedHeaders});
		expect(answer.body).toContain('<HeadersNotSigned>x-amz-meta-a, x-amz-storage-class</HeadersNotSigned>');
	});

	it('must sign its host (documented: sig-v4-header-based-auth; the answer: third-party)', async () => {
		const answer = await send({...put('host'), ...kind, leftOut: ['host']});
		expect(answer.body).toContain('<HeadersNotSigned>host</HeadersNotSigned>');
	});

	it('may have headers of other names that are not signed (documented: sig-v4-header-based-auth)', async () => {
		const unsignedHeaders = {'content-type': 'text/plain', 'x-amzn-trace-id': 'Root=1', 'user-agent': 'x'};
		expect(await send({...put(nameOf('others')), ...kind, unsignedHeaders})).toMatchObject({status: 200});
	});

	it('may sign headers of AWS (documented: sig-v4-header-based-auth)', async () => {
		const name = nameOf('signed');
		const headers = {'x-amz-meta-owner': 'somebody'};
		expect(await send({...put(name), ...kind, headers})).toMatchObject({status: 200});
		const {Metadata} = await open.source.send(new HeadObjectCommand({Bucket: bucket, Key: name}));
		expect(Metadata).toEqual({owner: 'somebody'});
	});

	// Documented: IAM User Guide, create-signed-request (sorted by name, then by value).
	it('signs each of its repeated parameters', async () => {
		const repeated = [
			['versionId', 'b'],
			['versionId', 'a'],
		] as const;
		const got = await send({method: 'GET', path: `/${bucket}/secret`, query: repeated, ...kind});
		expect(codeOf(got)).not.toBe('SignatureDoesNotMatch');
	});

	it('does not take a parameter that was repeated behind its back (documented: as above)', async () => {
		const query = [['response-content-type', 'text/plain']] as const;
		const get = {method: 'GET', path: `/${bucket}/secret`, query, ...kind};
		expect(await send(get)).toMatchObject({status: 200});
		const again = await send({...get, addedQuery: '&response-content-type=text/plain'});
		expect(codeOf(again)).toBe('SignatureDoesNotMatch');
		const other = await send({...get, addedQuery: '&response-content-type=text/html'});
		expect(codeOf(other)).toBe('SignatureDoesNotMatch');
	});

	it('does not take the same parameters in another order for others (documented: as above)', async () => {
		const query = [
			['b', '2'],
			['a', '1'],
			['b', '1'],
			['a-b', '3'],
		] as const;
		expect(await send({method: 'GET', path: `/${bucket}/secret`, query, ...kind})).toMatchObject({
			status: 200,
		});
	});

	// Documented: S3 API reference, sig-v4-header-based-auth and sigv4-streaming; the code: third-party.
	it.each([
		'unsigned-payload',
		'',
		'0'.repeat(63),
		`${'0'.repeat(64)}0`,
		'STREAMING-AWS4-HMAC-SHA256-PAYLOADS',
		'STREAMING-',
		'STREAMING-UNSIGNED-PAYLOAD',
		'EMPTY',
		'constructor',
	])('says of its body nothing but the known forms, and not %j', async (payload) => {
		const answer = await send({...put('form'), ...kind, payload});
		expect(answer).toMatchObject({status: 400});
		expect(codeOf(answer)).toBe('InvalidArgument');
		expect(answer.body).toContain('<ArgumentName>x-amz-content-sha256</ArgumentName>');
	});

	it('is refused with another digest than its body has (documented: ErrorResponses)', async () => {
		const payload = createHash('sha256').update('other').digest('hex');
		expect(codeOf(await send({...put('digest'), ...kind, payload}))).toBe('XAmzContentSHA256Mismatch');
		expect(await doesExist('digest')).toBe(false);
	});

	it('does not have a digest put in place of its own (documented: it is a part of what is signed)', async () => {
		const sha = createHash('sha256').update('hello').digest('hex');
		const answer = await send({
			...put('moved'),
			...kind,
			payload: 'UNSIGNED-PAYLOAD',
			leftOut: ['x-amz-content-sha256'],
			unsignedHeaders: {'x-amz-content-sha256': sha},
		});
		expect(codeOf(answer)).toBe('SignatureDoesNotMatch');
	});

	// Documented: S3 API reference, sigv4-streaming ("x-amz-decoded-content-length … required") and ErrorResponses.
	it.each(['STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'])(
		'says how long it is where it comes in chunks, with %s',
		async (payload) => {
			const chunks = {method: 'PUT', path: `/${bucket}/chunks`, body: '5\r\nhello\r\n0\r\n\r\n'};
			const without = await send({...chunks, ...kind, payload});
			expect(without).toMatchObject({status: 411});
			expect(codeOf(without)).toBe('MissingContentLength');
			const length = {'x-amz-decoded-content-length': 'five'};
			expect(codeOf(await send({...chunks, ...kind, payload, headers: length}))).toBe('MissingContentLength');
		},
	);

	it('is for S3 and no other service (third-party)', async () => {
		const answer = await send({...put('service'), ...kind, service: 's4'});
		expect(answer.status).toBe(400);
		expect(answer.body).toContain(
			'incorrect service &quot;s4&quot;. This endpoint belongs to &quot;s3&quot;.',
		);
	});
});

describe('a presigned request', () => {
	const get = (): Pick<RawRequest, 'method' | 'path'> => ({method: 'GET', path: `/${bucket}/secret`});

	// Documented: S3 API reference, sigv4-query-string-auth (1 to 604800); code: ErrorResponses.
	it.each(['0', '-1', '604801', '1e3', '', 'soon', '60.5', '99999999999999999999'])(
		'does not count %j seconds',
		async (expires) => {
			const answer = await send({...get(), presigned: {expires}});
			expect(answer).toMatchObject({status: 400});
			expect(codeOf(answer)).toBe('AuthorizationQueryParametersError');
		},
	);

	it.each(['1', week])('counts %s seconds (documented: sigv4-query-string-auth)', async (expires) => {
		expect(await send({...get(), presigned: {expires}})).toMatchObject({status: 200, body: 'secret'});
	});

	// Documented: sigv4-query-string-auth; the words: third-party.
	it.each<{what: string; parameters: Readonly<Record<string, string>>}>([
		{what: 'another algorithm', parameters: {'X-Amz-Algorithm': 'AWS4-HMAC-SHA1'}},
		{what: 'a credential without a scope', parameters: {'X-Amz-Credential': 'AKIA'}},
		{what: 'a date that is none', parameters: {'X-Amz-Date': 'today'}},
	])('is refused with $what', async ({parameters}) => {
		const answer = await send({...get(), presigned: {expires: '60', parameters}});
		expect(codeOf(answer)).toBe('AuthorizationQueryParametersError');
	});

	it('has all its parameters (documented: sigv4-query-string-auth; the words: third-party)', async () => {
		const path = `/${bucket}/secret?X-Amz-Algorithm=AWS4-HMAC-SHA256`;
		const answer = await sendRaw(open.sandbox.endpointUrl, undefined, {method: 'GET', path});
		expect(codeOf(answer)).toBe('AuthorizationQueryParametersError');
	});

	it('has one signature (third-party)', async () => {
		const presigned = {expires: '60'};
		const unsignedHeaders = {authorization: 'AWS4-HMAC-SHA256 Credential=x'};
		const answer = await send({...get(), presigned, unsignedHeaders});
		expect(codeOf(answer)).toBe('InvalidArgument');
		expect(answer.body).toContain('Only one auth mechanism allowed');
	});

	// The case that the issue saw: the copy would be made with the signer's permissions.
	it('of an upload becomes no copy', async () => {
		const answer = await send({
			...put('stolen'),
			presigned: {expires: '60'},
			unsignedHeaders: {'x-amz-copy-source': `/${bucket}/secret`},
		});
		expect(codeOf(answer)).toBe('AccessDenied');
		await expect(
			open.source.send(new GetObjectCommand({Bucket: bucket, Key: 'stolen'})),
		).rejects.toMatchObject({name: 'NoSuchKey'});
	});
});

describe('IAM and STS', () => {
	const caller = {
		method: 'POST',
		path: '/',
		body: 'Action=GetCallerIdentity&Version=2011-06-15',
		headers: {'content-type': 'application/x-www-form-urlencoded'},
		service: 'sts',
	};

	it('take what is signed by the book', async () => {
		expect(await send(caller)).toMatchObject({status: 200});
	});

	it('want the host to be signed (third-party)', async () => {
		const answer = await send({...caller, leftOut: ['host']});
		expect(answer).toMatchObject({status: 403});
		expect(answer.body).toContain("must be a 'SignedHeader' in the AWS Authorization");
	});

	// Documented: IAM User Guide, create-signed-request: of a GET the digest is the empty body's.
	it('take a presigned GetCallerIdentity, as clusters use it to know their callers', async () => {
		const answer = await send({
			method: 'GET',
			path: '/',
			query: [
				['Action', 'GetCallerIdentity'],
				['Version', '2011-06-15'],
			],
			service: 'sts',
			presigned: {expires: '60'},
			payload: createHash('sha256').update('').digest('hex'),
			leftOut: ['x-amz-content-sha256'],
		});
		expect(answer).toMatchObject({status: 200});
		expect(answer.body).toContain('user/signer');
	});
});
