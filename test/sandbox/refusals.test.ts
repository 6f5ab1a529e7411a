import {
	CompleteMultipartUploadCommand,
	CopyObjectCommand,
	CreateMultipartUploadCommand,
	DeleteObjectCommand,
	GetObjectAclCommand,
	HeadBucketCommand,
	ListObjectsV2Command,
	PutBucketReplicationCommand,
	PutObjectAclCommand,
	PutObjectCommand,
	PutObjectLockConfigurationCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, type OpenSandbox, openSandbox, ruleTo} from './support/open-sandbox.js';
import {codeOf, type RawAnswer, type RawRequest, sendRaw} from './support/raw-request.js';
import {createVersioned} from './support/replicated-pair.js';

const Bucket = 'refusals';
let open: OpenSandbox;
let uploadId: string;
beforeAll(async () => {
	open = await openSandbox();
	await createVersioned(open.source, Bucket);
	await open.source.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'hello'}));
	const upload = await open.source.send(new CreateMultipartUploadCommand({Bucket, Key: 'parts'}));
	uploadId = upload.UploadId ?? '';
});
afterAll(() => open.close());

const send = async (request: RawRequest): Promise<RawAnswer> => {
	const {accessKeyId, secretAccessKey} = await open.source.config.credentials();
	return sendRaw(open.sandbox.endpointUrl, {accessKeyId, secretAccessKey}, request);
};

describe('an expected bucket owner', () => {
	// Documented: ErrorResponses has the code; the words are third-party.
	it.each(['0000', '0000000000020', 'abcd', ''])('that is no account is refused: "%s"', async (owner) => {
		const headers = {'x-amz-expected-bucket-owner': owner};
		const answer = await send({method: 'GET', path: `/${Bucket}`, headers});
		expect(answer.status).toBe(400);
		expect(codeOf(answer)).toBe('InvalidBucketOwnerAWSAccountID');
		expect(answer.body).toContain(
			`The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`,
		);
	});

	it('that is another account is AccessDenied (documented: bucket-owner-condition)', async () => {
		const asked = new HeadBucketCommand({Bucket, ExpectedBucketOwner: '444455556666'});
		expect((await errorOf(open.source.send(asked))).status).toBe(403);
	});

	it.each([
		{owner: 'abcd', code: 'InvalidBucketOwnerAWSAccountID', status: 400},
		{owner: '444455556666', code: 'AccessDenied', status: 403},
	])('is asked of a copy’s source, too: $owner (documented: CopyObject)', async ({owner, code, status}) => {
		const copy = {Bucket, Key: 'copy', CopySource: `${Bucket}/k`};
		const asked = new CopyObjectCommand({...copy, ExpectedSourceBucketOwner: owner});
		expect(await errorOf(open.source.send(asked))).toMatchObject({code, status});
		const right = new CopyObjectCommand({...copy, ExpectedSourceBucketOwner: '111122223333'});
		expect(await open.source.send(right)).toMatchObject({$metadata: {httpStatusCode: 200}});
	});
});

describe('a checksum', () => {
	it.each([
		{name: 'crc32', value: 'abc'},
		{name: 'crc32', value: 'aGVsbG8='},
		{name: 'crc32c', value: 'no base64'},
		{name: 'crc64nvme', value: 'AAAAAA=='},
		{name: 'sha1', value: 'AAAA'},
		{name: 'sha256', value: ''},
	])('that is no digest is InvalidRequest: $name $value (third-party)', async ({name, value}) => {
		const header = `x-amz-checksum-${name}`;
		const answer = await send({
			method: 'PUT',
			path: `/${Bucket}/c`,
			body: 'hello',
			headers: {[header]: value},
		});
		expect(answer.status).toBe(400);
		expect(codeOf(answer)).toBe('InvalidRequest');
		expect(answer.body).toContain(`Value for ${header} header is invalid.`);
	});

	it('of an algorithm that nobody knows is refused with 400 (third-party)', async () => {
		const headers = {'x-amz-checksum-crc16': 'AAA='};
		const answer = await send({method: 'PUT', path: `/${Bucket}/c`, headers});
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('The algorithm type you specified in x-amz-checksum- header is invalid.');
	});

	it('is one, not several (third-party)', async () => {
		const headers = {'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-crc32c': 'AAAAAA=='};
		const answer = await send({method: 'PUT', path: `/${Bucket}/c`, headers});
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('Multiple checksum Types are not allowed.');
	});

	const algorithm = 'MD4';
	const source = {'x-amz-copy-source': `/${Bucket}/k`};
	const requests: readonly (RawRequest & {readonly of: string})[] = [
		{
			of: 'PutObject',
			method: 'PUT',
			path: `/${Bucket}/c`,
			headers: {'x-amz-sdk-checksum-algorithm': algorithm},
		},
		{
			of: 'CopyObject',
			method: 'PUT',
			path: `/${Bucket}/c`,
			headers: {...source, 'x-amz-checksum-algorithm': algorithm},
		},
		{
			of: 'CreateMultipartUpload',
			method: 'POST',
			path: `/${Bucket}/c`,
			query: [['uploads', '']],
			headers: {'x-amz-checksum-algorithm': algorithm},
		},
	];
	it.each(requests)('of $of is of an algorithm that there is (third-party)', async (request) => {
		const answer = await send(request);
		expect(answer.status).toBe(400);
		expect(codeOf(answer)).toBe('InvalidRequest');
		expect(answer.body).toContain('Checksum algorithm provided is unsupported.');
	});
});

describe('a listing', () => {
	const lists = [
		{of: 'ListObjects', query: []},
		{of: 'ListObjectsV2', query: [['list-type', '2']]},
		{of: 'ListObjectVersions', query: [['versions', '']]},
		{of: 'ListMultipartUploads', query: [['uploads', '']]},
	] as const;

	it.each(lists)('of $of takes no encoding but url (third-party)', async ({query}) => {
		const asked = [...query, ['encoding-type', 'value']] as const;
		const answer = await send({method: 'GET', path: `/${Bucket}`, query: asked});
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('Invalid Encoding Method specified in Request');
		expect(answer.body).toContain('<ArgumentName>encoding-type</ArgumentName>');
	});

	const numbers = [
		{value: 'blah', words: 'Provided max-keys not an integer or within integer range'},
		{value: '1.5', words: 'Provided max-keys not an integer or within integer range'},
		{value: '0x10', words: 'Provided max-keys not an integer or within integer range'},
		{value: '2147483648', words: 'Provided max-keys not an integer or within integer range'},
		{value: '-1', words: 'Argument maxKeys must be an integer between 0 and 2147483647'},
	];
	const rows = lists.slice(0, 3).flatMap((list) => numbers.map((number) => ({...list, ...number})));
	it.each(rows)('of $of refuses max-keys=$value (third-party)', async ({query, value, words}) => {
		const asked = [...query, ['max-keys', value]] as const;
		const answer = await send({method: 'GET', path: `/${Bucket}`, query: asked});
		expect(answer.status).toBe(400);
		expect(codeOf(answer)).toBe('InvalidArgument');
		expect(answer.body).toContain(`<Message>${words}</Message>`);
		expect(answer.body).toContain(`<ArgumentValue>${value}</ArgumentValue>`);
	});

	it('takes an empty max-keys for none (third-party)', async () => {
		const query = [['max-keys', '']] as const;
		const answer = await send({method: 'GET', path: `/${Bucket}`, query});
		expect(answer).toMatchObject({status: 200});
		expect(answer.body).toContain('<MaxKeys>1000</MaxKeys>');
	});

	it.each([
		{name: 'max-parts', value: '', status: 200},
		{name: 'max-parts', value: 'blah', status: 400},
		{name: 'part-number-marker', value: '', status: 200},
		{name: 'part-number-marker', value: 'blah', status: 400},
	])('of parts with $name=$value is $status (third-party)', async ({name, value, status}) => {
		const query = [
			['uploadId', uploadId],
			[name, value],
		] as const;
		expect((await send({method: 'GET', path: `/${Bucket}/parts`, query})).status).toBe(status);
	});

	it('of uploads refuses max-uploads=blah (third-party)', async () => {
		const query = [
			['uploads', ''],
			['max-uploads', 'blah'],
		] as const;
		expect((await send({method: 'GET', path: `/${Bucket}`, query})).status).toBe(400);
	});

	it('is as long as it was asked to be', async () => {
		const {MaxKeys} = await open.source.send(new ListObjectsV2Command({Bucket, MaxKeys: 0}));
		expect(MaxKeys).toBe(0);
	});
});

describe('an ACL on a delete marker', () => {
	it.each(['latest', 'named'] as const)('is MethodNotAllowed, %s (third-party)', async (which) => {
		const Key = `marker-${which}`;
		await open.source.send(new PutObjectCommand({Bucket, Key, Body: ''}));
		const {VersionId: marker} = await open.source.send(new DeleteObjectCommand({Bucket, Key}));
		const VersionId = {latest: undefined, named: marker}[which];
		const refused = {code: 'MethodNotAllowed', status: 405, fields: {ResourceType: 'DeleteMarker'}};
		const asked = {Bucket, Key, VersionId};
		expect(await errorOf(open.source.send(new GetObjectAclCommand(asked)))).toMatchObject(refused);
		const put = new PutObjectAclCommand({...asked, ACL: 'bucket-owner-full-control'});
		expect(await errorOf(open.source.send(put))).toMatchObject(refused);
	});
});

describe('what lacks its content', () => {
	it('is refused where an upload is completed without a document (third-party)', async () => {
		const asked = new CompleteMultipartUploadCommand({Bucket, Key: 'parts', UploadId: uploadId});
		expect(await errorOf(open.source.send(asked))).toMatchObject({
			code: 'InvalidRequest',
			message: 'You must specify at least one part',
			status: 400,
		});
	});

	it('is refused where a document has no parts (third-party)', async () => {
		const asked = {Bucket, Key: 'parts', UploadId: uploadId, MultipartUpload: {Parts: []}};
		expect(await errorOf(open.source.send(new CompleteMultipartUploadCommand(asked)))).toMatchObject({
			code: 'MalformedXML',
			status: 400,
		});
	});

	it('is refused of a lock configuration (recorded: test_put_object_lock_configuration_exc)', async () => {
		const asked = new PutObjectLockConfigurationCommand({Bucket, ObjectLockConfiguration: {}});
		expect(await errorOf(open.source.send(asked))).toMatchObject({code: 'MalformedXML', status: 400});
	});
});

it('names the bucket of replication that is not there (recorded: facts, 4.6)', async () => {
	const ReplicationConfiguration = {Role: 'arn:aws:iam::111122223333:role/r', Rules: [ruleTo('elsewhere')]};
	const asked = new PutBucketReplicationCommand({Bucket: 'not-there', ReplicationConfiguration});
	expect(await errorOf(open.source.send(asked))).toMatchObject({
		code: 'NoSuchBucket',
		message: 'The specified bucket does not exist',
		status: 404,
		fields: {BucketName: 'not-there'},
	});
});

it('refuses an upload by a form by its name (own)', async () => {
	const headers = {'content-type': 'multipart/form-data; boundary=x'};
	const body = '--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nk\r\n--x--\r\n';
	const answer = await sendRaw(open.sandbox.endpointUrl, undefined, {
		method: 'POST',
		path: `/${Bucket}`,
		headers,
		body,
	});
	expect(answer.status).toBe(501);
	expect(answer.body).toContain('The sandbox does not implement POST form uploads.');
});
