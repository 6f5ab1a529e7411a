import {
	CompleteMultipartUploadCommand,
	CopyObjectCommand,
	CreateBucketCommand,
	type CreateBucketCommandInput,
	CreateMultipartUploadCommand,
	GetBucketAclCommand,
	type GetBucketAclCommandOutput,
	GetObjectAclCommand,
	ListBucketsCommand,
	PutBucketAclCommand,
	type PutBucketAclCommandInput,
	PutBucketOwnershipControlsCommand,
	PutObjectAclCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
	PutPublicAccessBlockCommand,
	type S3Client,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';
import {codeOf, sendRaw} from './support/raw-request.js';

/** Each expectation: documented (S3 User Guide, acl-overview), third-party (LocalStack and others, of AWS) or guessed. */

let open: OpenSandbox;
let owner: string;
let other: string;
beforeAll(async () => {
	open = await openSandbox();
	const idOf = async (client: S3Client) => (await client.send(new ListBucketsCommand({}))).Owner?.ID ?? '';
	[owner, other] = [await idOf(open.source), await idOf(open.destination)];
});
afterAll(() => open.close());

const groups = 'http://acs.amazonaws.com/groups';
const authenticated = `${groups}/global/AuthenticatedUsers`;
const everybody = `${groups}/global/AllUsers`;
const logDelivery = `${groups}/s3/LogDelivery`;
/** Third-party: as three projects recorded it of AWS. */
const ec2 = '6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c';

const Key = 'k';
const create = async (more: Partial<CreateBucketCommandInput> = {}): Promise<string> => {
	const Bucket = open.name('grants');
	await open.source.send(new CreateBucketCommand({Bucket, ObjectOwnership: 'ObjectWriter', ...more}));
	return Bucket;
};
const unblocked = async (): Promise<string> => {
	const Bucket = await create();
	await open.source.send(new PutPublicAccessBlockCommand({Bucket, PublicAccessBlockConfiguration: {}}));
	return Bucket;
};
const shown = ({Grants = []}: Pick<GetBucketAclCommandOutput, 'Grants'>) =>
	Grants.map(({Grantee, Permission}) => `${Grantee?.Type}:${Grantee?.ID ?? Grantee?.URI} ${Permission}`);
const ofBucket = async (Bucket: string) => shown(await open.source.send(new GetBucketAclCommand({Bucket})));
const ofObject = async (Bucket: string) =>
	shown(await open.source.send(new GetObjectAclCommand({Bucket, Key})));

const user = (id: string, permission: string) => `CanonicalUser:${id} ${permission}`;
const group = (uri: string, permission: string) => `Group:${uri} ${permission}`;

type Named = Pick<
	PutObjectCommandInput,
	'ACL' | 'GrantFullControl' | 'GrantRead' | 'GrantReadACP' | 'GrantWriteACP'
>;
const ofObjects: readonly {
	readonly what: string;
	readonly named: () => Named;
	readonly grants: () => readonly string[];
}[] = [
	{what: 'private', named: () => ({ACL: 'private'}), grants: () => [user(owner, 'FULL_CONTROL')]},
	{
		what: 'authenticated-read',
		named: () => ({ACL: 'authenticated-read'}),
		grants: () => [user(owner, 'FULL_CONTROL'), group(authenticated, 'READ')],
	},
	{
		what: 'aws-exec-read',
		named: () => ({ACL: 'aws-exec-read'}),
		grants: () => [user(owner, 'FULL_CONTROL'), user(ec2, 'READ')],
	},
	{
		what: 'bucket-owner-read by the owner',
		named: () => ({ACL: 'bucket-owner-read'}),
		grants: () => [user(owner, 'FULL_CONTROL')],
	},
	{
		// Third-party (tests against AWS): an owner that is not granted anything is not added.
		what: 'an account, and no owner',
		named: () => ({GrantRead: `id="${other}"`, GrantWriteACP: `id=${other}`}),
		grants: () => [user(other, 'READ'), user(other, 'WRITE_ACP')],
	},
	{
		what: 'several grantees in one header',
		named: () => ({GrantFullControl: `id="${owner}"`, GrantRead: `uri="${authenticated}", id="${other}"`}),
		grants: () => [user(owner, 'FULL_CONTROL'), group(authenticated, 'READ'), user(other, 'READ')],
	},
	{
		what: 'log delivery, by its group',
		named: () => ({GrantReadACP: `uri="${logDelivery}"`}),
		grants: () => [group(logDelivery, 'READ_ACP')],
	},
];

const writes: readonly {
	readonly how: string;
	readonly write: (Bucket: string, named: Named) => Promise<unknown>;
}[] = [
	{
		how: 'PutObject',
		write: (Bucket, named) => open.source.send(new PutObjectCommand({Bucket, Key, Body: 'x', ...named})),
	},
	{
		how: 'PutObjectAcl',
		async write(Bucket, named) {
			await open.source.send(new PutObjectCommand({Bucket, Key, Body: 'x'}));
			await open.source.send(new PutObjectAclCommand({Bucket, Key, ...named}));
		},
	},
	{
		how: 'CopyObject',
		async write(Bucket, named) {
			// A copy has none of the source's ACL (S3 API reference, CopyObject).
			const source = {Bucket, Key: 'source', Body: 'x', ACL: 'aws-exec-read' as const};
			await open.source.send(new PutObjectCommand(source));
			await open.source.send(new CopyObjectCommand({Bucket, Key, CopySource: `${Bucket}/source`, ...named}));
		},
	},
	{
		how: 'CreateMultipartUpload',
		async write(Bucket, named) {
			const {UploadId} = await open.source.send(new CreateMultipartUploadCommand({Bucket, Key, ...named}));
			const part = {Bucket, Key, UploadId, PartNumber: 1};
			const {ETag} = await open.source.send(new UploadPartCommand({...part, Body: 'x'}));
			await open.source.send(
				new CompleteMultipartUploadCommand({
					...part,
					MultipartUpload: {Parts: [{PartNumber: 1, ETag}]},
				}),
			);
		},
	},
];

describe.each(writes)('an object that $how gives', ({write}) => {
	it.each(ofObjects)('$what', async ({named, grants}) => {
		const bucket = await unblocked();
		await write(bucket, named());
		expect(await ofObject(bucket)).toEqual(grants());
	});
});

describe('the ACL of a bucket', () => {
	const rows: readonly {
		readonly what: string;
		readonly named: () => Partial<PutBucketAclCommandInput>;
		readonly grants: () => readonly string[];
	}[] = [
		{
			what: 'log-delivery-write',
			named: () => ({ACL: 'log-delivery-write' as never}),
			grants: () => [
				user(owner, 'FULL_CONTROL'),
				group(logDelivery, 'WRITE'),
				group(logDelivery, 'READ_ACP'),
			],
		},
		{
			what: 'aws-exec-read',
			named: () => ({ACL: 'aws-exec-read' as never}),
			grants: () => [user(owner, 'FULL_CONTROL'), user(ec2, 'READ')],
		},
		{
			what: 'grants to an account',
			named: () => ({GrantRead: `id="${other}"`, GrantWrite: `id="${other}"`}),
			grants: () => [user(other, 'READ'), user(other, 'WRITE')],
		},
		{
			// Documented: those for the bucket's owner say nothing of a bucket.
			what: 'bucket-owner-read',
			named: () => ({ACL: 'bucket-owner-read' as never}),
			grants: () => [user(owner, 'FULL_CONTROL')],
		},
	];

	it.each(rows)('that is put as $what is told', async ({named, grants}) => {
		const bucket = await create();
		await open.source.send(new PutBucketAclCommand({Bucket: bucket, ...named()}));
		expect(await ofBucket(bucket)).toEqual(grants());
	});

	it.each(rows)('that is created as $what is told', async ({named, grants}) => {
		expect(await ofBucket(await create(named()))).toEqual(grants());
	});

	it('is written back as it was read', async () => {
		const bucket = await unblocked();
		await open.source.send(
			new PutBucketAclCommand({
				Bucket: bucket,
				GrantFullControl: `id="${owner}"`,
				GrantRead: `uri="${authenticated}"`,
			}),
		);
		const {Owner, Grants} = await open.source.send(new GetBucketAclCommand({Bucket: bucket}));
		await open.source.send(new PutBucketAclCommand({Bucket: bucket, ACL: 'private'}));
		await open.source.send(new PutBucketAclCommand({Bucket: bucket, AccessControlPolicy: {Owner, Grants}}));
		expect(await ofBucket(bucket)).toEqual([user(owner, 'FULL_CONTROL'), group(authenticated, 'READ')]);
	});

	it('is reset where the bucket is created again in us-east-1 (S3 API reference, CreateBucket)', async () => {
		const Bucket = await create({GrantRead: `id="${other}"`});
		await open.source.send(new CreateBucketCommand({Bucket}));
		expect(await ofBucket(Bucket)).toEqual([user(owner, 'FULL_CONTROL')]);
	});

	it('keeps ACLs on while it grants to others (object-ownership-error-responses)', async () => {
		const Bucket = await create({GrantRead: `id="${other}"`});
		const turnOff = () =>
			open.source.send(
				new PutBucketOwnershipControlsCommand({
					Bucket,
					OwnershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerEnforced'}]},
				}),
			);
		expect(await errorOf(turnOff())).toMatchObject({
			code: 'InvalidBucketAclWithObjectOwnership',
			status: 400,
		});
		await open.source.send(new PutBucketAclCommand({Bucket, ACL: 'private'}));
		await turnOff();
	});

	it('takes s3:PutBucketAcl at the creation, unless it is private (S3 API reference, CreateBucket)', async () => {
		const creator = open.sandbox.addUser({
			accountId: sourceAccountId,
			userName: open.name('creator'),
			policy: {
				Version: '2012-10-17',
				Statement: [
					{Effect: 'Allow', Action: ['s3:CreateBucket', 's3:PutBucketOwnershipControls'], Resource: '*'},
				],
			},
		});
		const client = open.s3(creator, 'us-east-1');
		const input = {ObjectOwnership: 'ObjectWriter'} as const;
		await client.send(new CreateBucketCommand({Bucket: open.name('grants'), ACL: 'private', ...input}));
		const error = await errorOf(
			client.send(
				new CreateBucketCommand({Bucket: open.name('grants'), GrantRead: `id="${other}"`, ...input}),
			),
		);
		expect(error.message).toContain('is not authorized to perform: s3:PutBucketAcl');
	});
});

describe('refused', () => {
	const full = () => ({Grantee: {Type: 'CanonicalUser', ID: owner}, Permission: 'FULL_CONTROL'}) as const;
	const policy = (grant: object) => () => ({
		AccessControlPolicy: {Owner: {ID: owner}, Grants: [{...full(), ...grant} as never]},
	});
	const malformed = {code: 'MalformedACLError', status: 400};
	const invalid = (message: string, ArgumentName: string) => ({
		code: 'InvalidArgument',
		status: 400,
		message,
		fields: {ArgumentName},
	});
	it.each<{what: string; named: () => Partial<PutBucketAclCommandInput>; error: object}>([
		{what: 'an empty body', named: () => ({AccessControlPolicy: {}}), error: malformed},
		{
			what: 'a body without an owner',
			named: () => ({AccessControlPolicy: {Grants: [full()]}}),
			error: malformed,
		},
		{
			what: 'a body without a list',
			named: () => ({AccessControlPolicy: {Owner: {ID: owner}}}),
			error: malformed,
		},
		{what: 'an unknown permission', named: policy({Permission: 'ALL'}), error: malformed},
		{
			what: 'an unknown type of grantee',
			named: policy({Grantee: {Type: 'Nobody', ID: 'x'}}),
			error: malformed,
		},
		{
			what: 'a grantee without its id (guessed)',
			named: policy({Grantee: {Type: 'CanonicalUser'}}),
			error: malformed,
		},
		{
			what: 'more than 100 grants (documented; the error: guessed)',
			named: () => ({
				AccessControlPolicy: {Owner: {ID: owner}, Grants: Array.from({length: 101}, full)},
			}),
			error: malformed,
		},
		{
			what: 'an owner that is no id',
			named: () => ({AccessControlPolicy: {Owner: {ID: 'x'}, Grants: [full()]}}),
			error: invalid('Invalid id', 'CanonicalUser/ID'),
		},
		{
			what: 'a grantee that is no id',
			named: policy({Grantee: {Type: 'CanonicalUser', ID: 'x'}}),
			error: invalid('Invalid id', 'CanonicalUser/ID'),
		},
		{
			what: 'a grantee that is no group',
			named: policy({Grantee: {Type: 'Group', URI: 'x'}}),
			error: invalid('Invalid group uri', 'Group/URI'),
		},
		{
			what: 'no group in a header',
			named: () => ({GrantWrite: 'uri="x"'}),
			error: invalid('Invalid group uri', 'uri'),
		},
		{what: 'no id in a header', named: () => ({GrantWrite: 'id="x"'}), error: invalid('Invalid id', 'id')},
		{
			what: 'another header',
			named: () => ({GrantWriteACP: 'who="x"'}),
			error: invalid('Argument format not recognized', 'x-amz-grant-write-acp'),
		},
		{
			what: 'an unknown canned one',
			named: () => ({ACL: 'x' as never}),
			error: {code: 'InvalidArgument', fields: {ArgumentName: 'x-amz-acl'}},
		},
		{
			what: 'canned and by headers at once',
			named: () => ({ACL: 'private', GrantRead: `id="${owner}"`}),
			error: {code: 'InvalidRequest', status: 400},
		},
		{
			what: 'canned and as a body at once',
			named: () => ({ACL: 'private', ...policy({})()}),
			error: {code: 'UnexpectedContent', status: 400},
		},
		{
			// Documented: since October 2025 (S3 API reference, PutBucketAcl).
			what: 'an email address',
			named: () => ({GrantRead: 'emailAddress="a@example.com"'}),
			error: {code: 'MethodNotAllowed', status: 405},
		},
		{
			what: 'an email address in a body',
			named: policy({Grantee: {Type: 'AmazonCustomerByEmail', EmailAddress: 'a@example.com'}}),
			error: {code: 'MethodNotAllowed', status: 405},
		},
		{
			what: 'AuthenticatedUsers, which are blocked',
			named: () => ({GrantRead: `uri="${authenticated}"`}),
			error: {code: 'AccessDenied', status: 403},
		},
	])('$what', async ({named, error}) => {
		const bucket = await create();
		const call = open.source.send(new PutBucketAclCommand({Bucket: bucket, ...named()}));
		expect(await errorOf(call)).toMatchObject(error);
		expect(await ofBucket(bucket)).toEqual([user(owner, 'FULL_CONTROL')]);
	});

	it.each<{what: string; named: () => Partial<PutBucketAclCommandInput>}>([
		{what: 'public-read', named: () => ({ACL: 'public-read'})},
		{what: 'public-read-write', named: () => ({ACL: 'public-read-write'})},
		{what: 'AllUsers in a header', named: () => ({GrantRead: `uri="${everybody}"`})},
		{what: 'AllUsers in a body', named: policy({Grantee: {Type: 'Group', URI: everybody}})},
	])('$what by name, once it is not blocked', async ({named}) => {
		const Bucket = await unblocked();
		const error = await errorOf(open.source.send(new PutBucketAclCommand({Bucket, ...named()})));
		expect(error).toMatchObject({code: 'NotImplemented', status: 501});
		expect(error.message).toContain('access control lists that grant to everybody');
	});

	it('an email address where there never were any: another error (S3 API reference, ErrorResponses)', async () => {
		const Bucket = open.name('grants');
		const client = open.s3('source', 'eu-central-1');
		await client.send(
			new CreateBucketCommand({
				Bucket,
				ObjectOwnership: 'ObjectWriter',
				CreateBucketConfiguration: {LocationConstraint: 'eu-central-1'},
			}),
		);
		const call = client.send(new PutBucketAclCommand({Bucket, GrantRead: 'emailAddress="a@example.com"'}));
		expect(await errorOf(call)).toMatchObject({code: 'UnsupportedArgument', status: 400});
	});

	it('log-delivery-write of an object (guessed: it is one of buckets)', async () => {
		const Bucket = await create();
		const call = open.source.send(
			new PutObjectCommand({Bucket, Key, Body: 'x', ACL: 'log-delivery-write' as never}),
		);
		expect(await errorOf(call)).toMatchObject({code: 'InvalidArgument', status: 400});
	});

	it.each(['authenticated-read', 'public-read'])('a new bucket with %s (third-party)', async (ACL) => {
		expect(await errorOf(create({ACL: ACL as never}))).toMatchObject({
			code: 'InvalidBucketAclWithBlockPublicAccessError',
			status: 400,
		});
	});
});

describe('over the wire', () => {
	const xsi = 'http://www.w3.org/2001/XMLSchema-instance';
	const send = async (Bucket: string, method: 'GET' | 'PUT', body = '') => {
		const key = open.sandbox.addUser({accountId: sourceAccountId, userName: open.name('raw')});
		return sendRaw(open.sandbox.endpointUrl, key, {method, path: `/${Bucket}`, query: [['acl', '']], body});
	};

	it('grantees have the type that old clients look for (S3 API reference, GetBucketAcl)', async () => {
		const Bucket = await create({GrantRead: `id="${other}", uri="${logDelivery}"`});
		const {body} = await send(Bucket, 'GET');
		expect(body).toContain(
			`<Grantee xsi:type="CanonicalUser" xmlns:xsi="${xsi}"><ID>${other}</ID></Grantee>`,
		);
		expect(body).toContain(
			`<Grantee xsi:type="Group" xmlns:xsi="${xsi}"><URI>${logDelivery}</URI></Grantee>`,
		);
	});

	const grant = (grantee: string) =>
		`<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>${owner}</ID><DisplayName>me</DisplayName></Owner><AccessControlList><Grant>${grantee}<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`;

	it('takes what old clients send, names and all', async () => {
		const Bucket = await create();
		const answer = await send(
			Bucket,
			'PUT',
			grant(
				`<Grantee xmlns:xsi="${xsi}" xsi:type="CanonicalUser"><ID>${other}</ID><DisplayName>o</DisplayName></Grantee>`,
			),
		);
		expect(answer.status).toBe(200);
		expect(await ofBucket(Bucket)).toEqual([user(other, 'READ')]);
	});

	it.each<[string, () => string]>([
		['a grantee without a type (guessed)', () => grant(`<Grantee><ID>${other}</ID></Grantee>`)],
		['another root', () => '<Acl/>'],
		['no XML', () => 'x'],
	])('takes no body: %s', async (_what, body) => {
		const answer = await send(await create(), 'PUT', body());
		expect([answer.status, codeOf(answer)]).toEqual([400, 'MalformedACLError']);
	});
});
