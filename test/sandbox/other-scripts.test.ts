import {CopyObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Credentials, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {codeOf, headerOf, type RawAnswer, type RawRequest, sendRaw} from './support/raw-request.js';
import {createVersioned, finalStatusOf, setUpPair} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
let key: Credentials;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('scripts');
	await createVersioned(open.source, bucket);
	key = open.sandbox.addUser({accountId: '111122223333', userName: 'writer'});
});
afterAll(() => open.close());

const send = async (request: RawRequest): Promise<RawAnswer> =>
	sendRaw(open.sandbox.endpointUrl, key, request);
/** A header's bytes read as UTF-8. */
const textOf = (answer: RawAnswer, name: string): string =>
	Buffer.from(headerOf(answer, name) ?? '', 'latin1').toString('utf8');

// Third-party: clients report of AWS that it gives back the bytes that were stored, which they cannot read as text.
describe('a header that is not Latin-1', () => {
	const texts = ['attachment; filename="a — b.pdf"', 'attachment; filename="日本.pdf"', 'naïve', '🪣'];
	const names = ['content-disposition', 'cache-control', 'content-language', 'content-type'];
	const rows = names.flatMap((name) => texts.map((text) => ({name, text})));

	it.each(rows)('is given back as it came, and its object can be read: $name $text', async ({name, text}) => {
		const path = `/${bucket}/${name}`;
		expect(await send({method: 'PUT', path, body: 'x', headers: {[name]: text}})).toMatchObject({
			status: 200,
		});
		const head = await send({method: 'HEAD', path});
		expect(head.status).toBe(200);
		expect(textOf(head, name)).toBe(text);
		const get = await send({method: 'GET', path});
		expect(get).toMatchObject({status: 200, body: 'x'});
		expect(textOf(get, name)).toBe(text);
		const copied = {'x-amz-copy-source': path};
		expect(await send({method: 'PUT', path: `${path}-copy`, headers: copied})).toMatchObject({status: 200});
		expect(textOf(await send({method: 'HEAD', path: `${path}-copy`}), name)).toBe(text);
	});

	it('is given back in an encoding, a redirect location and behind parts, too', async () => {
		const path = `/${bucket}/others`;
		const headers = {'content-encoding': 'ü', 'x-amz-website-redirect-location': '/日本'};
		expect(await send({method: 'PUT', path, headers})).toMatchObject({status: 200});
		const head = await send({method: 'HEAD', path});
		expect(textOf(head, 'content-encoding')).toBe('ü');
		expect(textOf(head, 'x-amz-website-redirect-location')).toBe('/日本');
	});

	it('is replicated', async () => {
		const {source, destination} = await setUpPair(open);
		const path = `/${source}/k`;
		const put = await send({method: 'PUT', path, body: 'x', headers: {'content-disposition': '— 日本'}});
		const versionId = headerOf(put, 'x-amz-version-id') ?? '';
		expect(await finalStatusOf(open.source, source, 'k', versionId)).toBe('COMPLETED');
		const there = open.s3('source', 'us-west-2');
		const replica = await there.send(new HeadObjectCommand({Bucket: destination, Key: 'k'}));
		expect(Buffer.from(replica.ContentDisposition ?? '', 'latin1').toString('utf8')).toBe('— 日本');
	});

	it('is Latin-1 for the SDK, which signs it as UTF-8 and sends it so', async () => {
		const place = {Bucket: bucket, Key: 'latin'};
		await open.source.send(new PutObjectCommand({...place, ContentDisposition: 'ü', Metadata: {a: 'b'}}));
		const head = await open.source.send(new HeadObjectCommand(place));
		expect(head.ContentDisposition).toBe('ü');
		const copy = {Bucket: bucket, Key: 'latin-copy', CopySource: `${bucket}/latin`};
		await open.source.send(new CopyObjectCommand(copy));
		const got = await open.source.send(new GetObjectCommand({Bucket: bucket, Key: 'latin-copy'}));
		expect(got.ContentDisposition).toBe('ü');
	});
});

describe('metadata', () => {
	// Documented: S3 User Guide, UsingMetadata, with the first two examples; the others follow from RFC 2047.
	it.each([
		{text: 'ÄMÄZÕÑ S3', shown: '=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?='},
		{text: 'AMAZONS3', shown: 'AMAZONS3'},
		{text: '=?UTF-8?B?4oCU?=', shown: '=?UTF-8?B?4oCU?='},
		{text: '=?utf-8?q?=E2=80=94_x?=', shown: '=?UTF-8?B?4oCUIHg=?='},
		{text: '=?UTF-8?Q?plain?=', shown: 'plain'},
		{text: '=?no-such-charset?B?4oCU?=', shown: '=?no-such-charset?B?4oCU?='},
		{text: 'is a =?question?= here', shown: 'is a =?question?= here'},
	])('$text is shown as $shown', async ({text, shown}) => {
		const path = `/${bucket}/metadata`;
		const headers = {'x-amz-meta-text': text};
		expect(await send({method: 'PUT', path, headers})).toMatchObject({status: 200});
		expect(headerOf(await send({method: 'HEAD', path}), 'x-amz-meta-text')).toBe(shown);
		expect(headerOf(await send({method: 'GET', path}), 'x-amz-meta-text')).toBe(shown);
	});
});

describe('a header that is asked for in the URL', () => {
	const get = async (name: string, value: string): Promise<RawAnswer> =>
		send({method: 'GET', path: `/${bucket}/asked`, query: [[name, value]]});
	beforeAll(async () => {
		await open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'asked', Body: 'x'}));
	});

	// Third-party: two projects show this answer of AWS for a quotation mark and for Chinese; control characters: guessed.
	it.each([
		'response-cache-control',
		'response-content-disposition',
		'response-content-encoding',
		'response-content-language',
		'response-content-type',
	])('%s is Latin-1', async (name) => {
		for (const value of ['D’Arcy', '倉', 'a\r\nx-injected: 1', '\u0000']) {
			const answer = await get(name, value);
			expect(answer.status).toBe(400);
			expect(codeOf(answer)).toBe('InvalidArgument');
			expect(answer.body).toContain('Header value cannot be represented using ISO-8859-1.');
			expect(answer.body).toContain(`<ArgumentName>${name}</ArgumentName>`);
		}
		const answer = await get(name, 'ü');
		expect(answer).toMatchObject({status: 200, body: 'x'});
		expect(headerOf(answer, name.replace('response-', ''))).toBe('ü');
	});
});
