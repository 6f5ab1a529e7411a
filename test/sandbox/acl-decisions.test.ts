import {
	AbortMultipartUploadCommand,
	CopyObjectCommand,
	CreateBucketCommand,
	CreateMultipartUploadCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	GetBucketAclCommand,
	GetObjectAclCommand,
	GetObjectCommand,
	HeadBucketCommand,
	ListBucketsCommand,
	ListMultipartUploadsCommand,
	ListObjectsV2Command,
	ListObjectVersionsCommand,
	ListPartsCommand,
	PutBucketAclCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketVersioningCommand,
	PutObjectAclCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
	PutObjectTaggingCommand,
	PutPublicAccessBlockCommand,
	type S3Client,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from './support/open-sandbox.js';
import {policyOf} from './support/replicated-pair.js';

/** What is allowed is documented (S3 User Guide, acl-overview, "Mapping of ACL permissions"), unless a test says otherwise. */

let open: OpenSandbox;
let owner: string;
let grantee: string;
/** The account that is granted something, in the region of the buckets. */
let other: S3Client;
beforeAll(async () => {
	open = await openSandbox();
	other = open.s3('destination', 'us-east-1');
	const idOf = async (client: S3Client) => (await client.send(new ListBucketsCommand({}))).Owner?.ID ?? '';
	[owner, grantee] = [await idOf(open.source), await idOf(other)];
});
afterAll(() => open.close());

const Key = 'k';
const permissions = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'] as const;
type Permission = (typeof permissions)[number];
const headers = {
	READ: 'GrantRead',
	WRITE: 'GrantWrite',
	READ_ACP: 'GrantReadACP',
	WRITE_ACP: 'GrantWriteACP',
	FULL_CONTROL: 'GrantFullControl',
} as const;

const grantOf = (permission: Permission, to = `id="${grantee}"`) => ({[headers[permission]]: to});
const create = async (more: object = {}): Promise<string> => {
	const Bucket = open.name('decided');
	await open.source.send(new CreateBucketCommand({Bucket, ObjectOwnership: 'ObjectWriter', ...more}));
	return Bucket;
};
const put = (client: S3Client, Bucket: string, more: Partial<PutObjectCommandInput> = {}) =>
	client.send(new PutObjectCommand({Bucket, Key, Body: 'x', ...more}));
const setVersioned = (Bucket: string) =>
	open.source.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}));
const setPolicy = (Bucket: string, statements: readonly object[]) =>
	open.source.send(new PutBucketPolicyCommand({Bucket, Policy: policyOf(statements as never)}));
const setBlock = (Bucket: string, PublicAccessBlockConfiguration: object) =>
	open.source.send(new PutPublicAccessBlockCommand({Bucket, PublicAccessBlockConfiguration}));

/** The status that a call ends with. */
const statusOf = (call: Promise<{$metadata: {httpStatusCode?: number | undefined}}>) =>
	call.then(
		({$metadata}) => $metadata.httpStatusCode,
		(error: {$metadata?: {httpStatusCode?: number}}) => error.$metadata?.httpStatusCode,
	);

describe('a grant of a bucket to an account', () => {
	const calls: readonly {
		readonly call: string;
		readonly by: readonly Permission[];
		readonly send: (Bucket: string) => ReturnType<typeof statusOf>;
	}[] = [
		{
			call: 'ListObjectsV2',
			by: ['READ'],
			send: (Bucket) => statusOf(other.send(new ListObjectsV2Command({Bucket}))),
		},
		{
			call: 'HeadBucket',
			by: ['READ'],
			send: (Bucket) => statusOf(other.send(new HeadBucketCommand({Bucket}))),
		},
		{
			call: 'ListObjectVersions',
			by: ['READ'],
			send: (Bucket) => statusOf(other.send(new ListObjectVersionsCommand({Bucket}))),
		},
		{
			call: 'ListMultipartUploads',
			by: ['READ'],
			send: (Bucket) => statusOf(other.send(new ListMultipartUploadsCommand({Bucket}))),
		},
		{call: 'PutObject', by: ['WRITE'], send: (Bucket) => statusOf(put(other, Bucket, {Key: 'new'}))},
		{
			// Guessed: who may write a new object may say who has it.
			call: 'PutObject with an ACL',
			by: ['WRITE'],
			send: (Bucket) => statusOf(put(other, Bucket, {Key: 'new', ACL: 'bucket-owner-full-control'})),
		},
		{
			call: 'GetBucketAcl',
			by: ['READ_ACP'],
			send: (Bucket) => statusOf(other.send(new GetBucketAclCommand({Bucket}))),
		},
		{
			call: 'PutBucketAcl',
			by: ['WRITE_ACP'],
			send: (Bucket) =>
				statusOf(other.send(new PutBucketAclCommand({Bucket, GrantFullControl: `id="${owner}"`}))),
		},
		// Nothing of an object that is there already.
		{call: 'GetObject', by: [], send: (Bucket) => statusOf(other.send(new GetObjectCommand({Bucket, Key})))},
		{
			call: 'GetObjectAcl',
			by: [],
			send: (Bucket) => statusOf(other.send(new GetObjectAclCommand({Bucket, Key}))),
		},
		{
			call: 'DeleteObject of another’s',
			by: [],
			send: (Bucket) => statusOf(other.send(new DeleteObjectCommand({Bucket, Key}))),
		},
		{call: 'PutObject over another’s', by: [], send: (Bucket) => statusOf(put(other, Bucket))},
		{
			call: 'PutBucketPolicy',
			by: [],
			send: (Bucket) => statusOf(other.send(new PutBucketPolicyCommand({Bucket, Policy: '{}'}))),
		},
	];

	it.each(permissions.flatMap((permission) => calls.map((row) => ({permission, ...row}))))(
		'$permission decides $call',
		async ({permission, by, send}) => {
			const bucket = await create(grantOf(permission));
			await put(open.source, bucket);
			const isAllowed = by.includes(permission) || (permission === 'FULL_CONTROL' && by.length > 0);
			expect((await send(bucket)) === 200).toBe(isAllowed);
		},
	);

	it('READ tells that there is no such key (third-party: as everybody sees it of public buckets)', async () => {
		const get = (Bucket: string) => errorOf(other.send(new GetObjectCommand({Bucket, Key})));
		expect(await get(await create(grantOf('READ')))).toMatchObject({code: 'NoSuchKey', status: 404});
		expect(await get(await create(grantOf('WRITE')))).toMatchObject({code: 'AccessDenied', status: 403});
	});

	it('WRITE lets the account overwrite, read and delete what it wrote', async () => {
		const bucket = await create(grantOf('WRITE'));
		await put(other, bucket);
		await put(other, bucket);
		await other.send(new GetObjectCommand({Bucket: bucket, Key}));
		await other.send(new DeleteObjectCommand({Bucket: bucket, Key}));
		expect(await statusOf(open.source.send(new GetObjectCommand({Bucket: bucket, Key})))).toBe(404);
	});

	it('WRITE is enough for an upload in parts, and to give it up (guessed)', async () => {
		const Bucket = await create(grantOf('WRITE'));
		const {UploadId} = await other.send(new CreateMultipartUploadCommand({Bucket, Key}));
		const upload = {Bucket, Key, UploadId};
		await other.send(new UploadPartCommand({...upload, PartNumber: 1, Body: 'x'}));
		await other.send(new ListPartsCommand(upload));
		await other.send(new AbortMultipartUploadCommand(upload));
		const own = await open.source.send(new CreateMultipartUploadCommand({Bucket, Key}));
		const abort = other.send(new AbortMultipartUploadCommand({...upload, UploadId: own.UploadId}));
		expect(await errorOf(abort)).toMatchObject({code: 'AccessDenied'});
	});
});

describe('a grant of an object to an account', () => {
	const calls: readonly {
		readonly call: string;
		readonly by: readonly Permission[];
		readonly send: (Bucket: string) => ReturnType<typeof statusOf>;
	}[] = [
		{
			call: 'GetObject',
			by: ['READ'],
			send: (Bucket) => statusOf(other.send(new GetObjectCommand({Bucket, Key}))),
		},
		{
			call: 'CopyObject from it',
			by: ['READ'],
			async send(Bucket) {
				const to = open.name('copies');
				await other.send(new CreateBucketCommand({Bucket: to}));
				return statusOf(other.send(new CopyObjectCommand({Bucket: to, Key, CopySource: `${Bucket}/${Key}`})));
			},
		},
		{
			call: 'GetObjectAcl',
			by: ['READ_ACP'],
			send: (Bucket) => statusOf(other.send(new GetObjectAclCommand({Bucket, Key}))),
		},
		{
			call: 'PutObjectAcl',
			by: ['WRITE_ACP'],
			send: (Bucket) => statusOf(other.send(new PutObjectAclCommand({Bucket, Key, ACL: 'private'}))),
		},
		{call: 'PutObject over it', by: [], send: (Bucket) => statusOf(put(other, Bucket))},
		{
			call: 'DeleteObject',
			by: [],
			send: (Bucket) => statusOf(other.send(new DeleteObjectCommand({Bucket, Key}))),
		},
		{
			call: 'PutObjectTagging',
			by: [],
			send: (Bucket) =>
				statusOf(other.send(new PutObjectTaggingCommand({Bucket, Key, Tagging: {TagSet: []}}))),
		},
		{
			call: 'ListObjectsV2',
			by: [],
			send: (Bucket) => statusOf(other.send(new ListObjectsV2Command({Bucket}))),
		},
	];

	it.each(
		(['READ', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'] as const).flatMap((permission) =>
			calls.map((row) => ({permission, ...row})),
		),
	)('$permission decides $call', async ({permission, by, send}) => {
		const bucket = await create();
		await put(open.source, bucket, grantOf(permission));
		const isAllowed = by.includes(permission) || (permission === 'FULL_CONTROL' && by.length > 0);
		expect((await send(bucket)) === 200).toBe(isAllowed);
	});

	it('is of one version', async () => {
		const Bucket = await create();
		await setVersioned(Bucket);
		const {VersionId} = await put(open.source, Bucket, grantOf('READ'));
		await put(open.source, Bucket);
		const to = open.name('copies');
		await other.send(new CreateBucketCommand({Bucket: to}));
		const copy = (CopySource: string) =>
			statusOf(other.send(new CopyObjectCommand({Bucket: to, Key, CopySource})));
		await other.send(new GetObjectCommand({Bucket, Key, VersionId}));
		expect(await errorOf(other.send(new GetObjectCommand({Bucket, Key})))).toMatchObject({status: 403});
		expect(await copy(`${Bucket}/${Key}?versionId=${VersionId}`)).toBe(200);
		expect(await copy(`${Bucket}/${Key}`)).toBe(403);
	});

	it('counts for an object of a third account, too', async () => {
		const third = open.s3(open.sandbox.addUser({accountId: '777788889999', userName: 'third'}), 'us-east-1');
		const thirdId = (await third.send(new ListBucketsCommand({}))).Owner?.ID ?? '';
		const Bucket = await create({GrantWrite: `id="${grantee}"`});
		await put(other, Bucket, {GrantRead: `id="${thirdId}"`});
		await third.send(new GetObjectCommand({Bucket, Key}));
		expect(await statusOf(open.source.send(new GetObjectCommand({Bucket, Key})))).toBe(403);
	});
});

describe('beside policies, an ACL', () => {
	it.each(['bucket', 'object'] as const)(
		'of a %s gives nothing that the bucket’s policy denies',
		async (of) => {
			const Bucket = await create(of === 'bucket' ? grantOf('READ') : {});
			await put(open.source, Bucket, of === 'object' ? grantOf('READ') : {});
			const read = () =>
				of === 'bucket'
					? statusOf(other.send(new ListObjectsV2Command({Bucket})))
					: statusOf(other.send(new GetObjectCommand({Bucket, Key})));
			expect(await read()).toBe(200);
			await setPolicy(Bucket, [
				{
					Effect: 'Deny',
					Principal: {AWS: destinationAccountId},
					Action: 's3:*',
					Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
				},
			]);
			expect(await read()).toBe(403);
		},
	);

	it('adds to what the bucket’s policy allows', async () => {
		const Bucket = await create(grantOf('READ'));
		await put(open.source, Bucket);
		await setPolicy(Bucket, [
			{
				Effect: 'Allow',
				Principal: {AWS: destinationAccountId},
				Action: 's3:GetObject',
				Resource: `arn:aws:s3:::${Bucket}/*`,
			},
		]);
		await other.send(new ListObjectsV2Command({Bucket}));
		await other.send(new GetObjectCommand({Bucket, Key}));
	});

	it.each(['an account', 'AuthenticatedUsers'])(
		'for %s speaks to the account, which hands it on by policies of its own',
		async (to) => {
			const Bucket = await create();
			await setBlock(Bucket, {});
			const uri = 'uri="http://acs.amazonaws.com/groups/global/AuthenticatedUsers"';
			await put(open.source, Bucket, grantOf('READ', to === 'an account' ? `id="${grantee}"` : uri));
			const read = (accountId: string, Action: string) => {
				const key = open.sandbox.addUser({
					accountId,
					userName: open.name('reader'),
					policy: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action, Resource: '*'}]},
				});
				return statusOf(open.s3(key, 'us-east-1').send(new GetObjectCommand({Bucket, Key})));
			};
			expect(await read(destinationAccountId, 's3:GetObject')).toBe(200);
			expect(await read(destinationAccountId, 's3:ListBucket')).toBe(403);
			// The owner's own users need theirs, whatever the ACL says.
			expect(await read(sourceAccountId, 's3:ListBucket')).toBe(403);
		},
	);

	it('that grants to AuthenticatedUsers lets every account in that signs', async () => {
		const Bucket = await create();
		await setBlock(Bucket, {});
		await open.source.send(new PutBucketAclCommand({Bucket, ACL: 'authenticated-read'}));
		await put(open.source, Bucket, {ACL: 'authenticated-read'});
		const list = () => statusOf(other.send(new ListObjectsV2Command({Bucket})));
		const read = () => statusOf(other.send(new GetObjectCommand({Bucket, Key})));
		expect([await list(), await read()]).toEqual([200, 200]);
		const unsigned = await fetch(`${open.sandbox.endpointUrl}/${Bucket}/${Key}`);
		expect(unsigned.status).toBe(403);
		// Documented (access-control-block-public-access): kept, shown, and worth nothing.
		await setBlock(Bucket, {IgnorePublicAcls: true});
		expect([await list(), await read()]).toEqual([403, 403]);
		expect((await open.source.send(new GetBucketAclCommand({Bucket}))).Grants).toHaveLength(2);
		await setBlock(Bucket, {BlockPublicAcls: true});
		expect([await list(), await read()]).toEqual([200, 200]);
	});

	it('counts for nothing while ACLs are off, and again once they are on (about-object-ownership)', async () => {
		const Bucket = await create();
		await put(open.source, Bucket, grantOf('READ'));
		const own = (ObjectOwnership: 'BucketOwnerEnforced' | 'ObjectWriter') =>
			open.source.send(
				new PutBucketOwnershipControlsCommand({Bucket, OwnershipControls: {Rules: [{ObjectOwnership}]}}),
			);
		const read = () => statusOf(other.send(new GetObjectCommand({Bucket, Key})));
		await own('BucketOwnerEnforced');
		const shown = await open.source.send(new GetObjectAclCommand({Bucket, Key}));
		expect([await read(), shown.Grants?.[0]?.Grantee?.ID, shown.Grants?.length]).toEqual([403, owner, 1]);
		await own('ObjectWriter');
		expect(await read()).toBe(200);
	});
});

describe('a policy can ask for an ACL (Service Authorization Reference, Amazon S3)', () => {
	it.each<{
		key: string;
		value: () => string;
		right: () => Partial<PutObjectCommandInput>;
		wrong: () => Partial<PutObjectCommandInput>;
	}>([
		{
			key: 's3:x-amz-acl',
			value: () => 'bucket-owner-full-control',
			right: () => ({ACL: 'bucket-owner-full-control'}),
			wrong: () => ({ACL: 'private'}),
		},
		...permissions
			.filter((permission) => permission !== 'WRITE')
			.map((permission) => ({
				key: `s3:x-amz-grant-${permission.toLowerCase().replace('_', '-')}`,
				value: () => `id="${owner}"`,
				right: () => grantOf(permission, `id="${owner}"`),
				wrong: () => grantOf(permission, `id="${grantee}"`),
			})),
	])('by $key', async ({key, value, right, wrong}) => {
		const Bucket = await create();
		await setPolicy(Bucket, [
			{
				Effect: 'Allow',
				Principal: {AWS: destinationAccountId},
				Action: ['s3:PutObject', 's3:PutObjectAcl'],
				Resource: `arn:aws:s3:::${Bucket}/*`,
				Condition: {StringEquals: {[key]: value()}},
			},
		]);
		expect(await statusOf(put(other, Bucket))).toBe(403);
		expect(await statusOf(put(other, Bucket, wrong()))).toBe(403);
		expect(await statusOf(put(other, Bucket, right()))).toBe(200);
	});

	it('by s3:x-amz-grant-write, of a bucket', async () => {
		const creator = open.sandbox.addUser({
			accountId: sourceAccountId,
			userName: open.name('creator'),
			policy: {
				Version: '2012-10-17',
				Statement: [
					{Effect: 'Allow', Action: 's3:*', Resource: '*'},
					{
						Effect: 'Deny',
						Action: 's3:PutBucketAcl',
						Resource: '*',
						Condition: {StringEquals: {'s3:x-amz-grant-write': `id="${grantee}"`}},
					},
				],
			},
		});
		const client = open.s3(creator, 'us-east-1');
		const Bucket = await create();
		await client.send(new PutBucketAclCommand({Bucket, ...grantOf('READ')}));
		const error = await errorOf(client.send(new PutBucketAclCommand({Bucket, ...grantOf('WRITE')})));
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
	});
});

it('the version that a deletion or a copy names is the one that is judged (tagging-and-policies)', async () => {
	const Bucket = await create();
	await setVersioned(Bucket);
	const {VersionId = ''} = await put(open.source, Bucket, {Tagging: 'open=yes'});
	const {VersionId: newer = ''} = await put(open.source, Bucket);
	await setPolicy(Bucket, [
		{
			Effect: 'Allow',
			Principal: {AWS: destinationAccountId},
			Action: ['s3:GetObjectVersion', 's3:DeleteObjectVersion'],
			Resource: `arn:aws:s3:::${Bucket}/*`,
			Condition: {StringEquals: {'s3:ExistingObjectTag/open': 'yes'}},
		},
	]);
	const to = open.name('copies');
	await other.send(new CreateBucketCommand({Bucket: to}));
	const copy = (versionId: string) =>
		statusOf(
			other.send(
				new CopyObjectCommand({
					Bucket: to,
					Key,
					CopySource: `${Bucket}/${Key}?versionId=${versionId}`,
					TaggingDirective: 'REPLACE',
				}),
			),
		);
	expect([await copy(VersionId), await copy(newer)]).toEqual([200, 403]);
	const {Deleted, Errors} = await other.send(
		new DeleteObjectsCommand({
			Bucket,
			Delete: {Objects: [newer, VersionId].map((id) => ({Key, VersionId: id}))},
		}),
	);
	expect(Deleted?.map((one) => one.VersionId)).toEqual([VersionId]);
	expect(Errors?.map((one) => [one.VersionId, one.Code])).toEqual([[newer, 'AccessDenied']]);
});
