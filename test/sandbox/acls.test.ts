import {
	CreateBucketCommand,
	type CreateBucketCommandInput,
	DeleteObjectCommand,
	GetObjectAclCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	ListObjectsV2Command,
	PutBucketAclCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutObjectAclCommand,
	type PutObjectAclCommandInput,
	PutObjectCommand,
	type PutObjectCommandInput,
	type S3Client,
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

let open: OpenSandbox;
let sourceId: string;
let destinationId: string;
/** The other account, in the region of the buckets. */
let other: S3Client;
beforeAll(async () => {
	open = await openSandbox();
	other = open.s3('destination', 'us-east-1');
	const idOf = async (client: S3Client) => (await client.send(new ListBucketsCommand({}))).Owner?.ID ?? '';
	[sourceId, destinationId] = [await idOf(open.source), await idOf(other)];
});
afterAll(() => open.close());

const Key = 'k';
const create = async (ownership?: CreateBucketCommandInput['ObjectOwnership']): Promise<string> => {
	const Bucket = open.name('acls');
	await open.source.send(new CreateBucketCommand({Bucket, ObjectOwnership: ownership}));
	await open.source.send(
		new PutBucketPolicyCommand({
			Bucket,
			Policy: policyOf([
				{
					Effect: 'Allow',
					Principal: {AWS: destinationAccountId},
					Action: ['s3:PutObject', 's3:PutObjectAcl'],
					Resource: `arn:aws:s3:::${Bucket}/*`,
				},
			]),
		}),
	);
	return Bucket;
};
const put = (client: S3Client, Bucket: string, more: Partial<PutObjectCommandInput> = {}) =>
	client.send(new PutObjectCommand({Bucket, Key, Body: 'x', ...more}));
const putAcl = (client: S3Client, Bucket: string, more: Partial<PutObjectAclCommandInput>) =>
	client.send(new PutObjectAclCommand({Bucket, Key, ...more}));
const aclOf = async (client: S3Client, Bucket: string) => {
	const {Owner, Grants} = await client.send(new GetObjectAclCommand({Bucket, Key}));
	return {owner: Owner?.ID, grants: Grants?.map(({Grantee, Permission}) => [Grantee?.ID, Permission])};
};

const notSupported = {
	code: 'AccessControlListNotSupported',
	status: 400,
	message: 'The bucket does not allow ACLs',
};

describe('a bucket without ACLs, as new ones are (S3 User Guide, object-ownership-error-responses)', () => {
	it.each<{what: string; more: () => Partial<PutObjectCommandInput>}>([
		{what: 'bucket-owner-full-control', more: () => ({ACL: 'bucket-owner-full-control'})},
		{what: 'full control for the owner by its id', more: () => ({GrantFullControl: `id="${sourceId}"`})},
	])('takes objects with $what', async ({more}) => {
		const bucket = await create();
		await put(open.source, bucket, more());
		expect(await aclOf(open.source, bucket)).toEqual({
			owner: sourceId,
			grants: [[sourceId, 'FULL_CONTROL']],
		});
	});

	it.each<Partial<PutObjectCommandInput>>([{ACL: 'private'}, {ACL: 'public-read'}, {GrantRead: 'id="abc"'}])(
		'takes none with %o',
		async (more) => {
			expect(await errorOf(put(open.source, await create(), more))).toMatchObject(notSupported);
		},
	);

	it('takes no ACL afterwards but one that says what is so, as s3cmd sends it after a copy', async () => {
		const bucket = await create();
		await put(open.source, bucket);
		const ofBucket = open.source.send(new PutBucketAclCommand({Bucket: bucket, ACL: 'private'}));
		expect(await errorOf(ofBucket)).toMatchObject(notSupported);
		const ofObject = putAcl(open.source, bucket, {ACL: 'private'});
		expect(await errorOf(ofObject)).toMatchObject(notSupported);
		await putAcl(open.source, bucket, {ACL: 'bucket-owner-full-control'});
		const {Owner, Grants} = await open.source.send(new GetObjectAclCommand({Bucket: bucket, Key}));
		await putAcl(open.source, bucket, {AccessControlPolicy: {Owner, Grants}});
	});

	it('has all objects, whoever wrote them', async () => {
		const bucket = await create();
		await put(other, bucket);
		expect((await aclOf(open.source, bucket)).owner).toBe(sourceId);
		await open.source.send(new GetObjectCommand({Bucket: bucket, Key}));
	});

	it('has them if it was created as private, as rclone does (third-party: versitygw, of AWS)', async () => {
		const Bucket = open.name('acls');
		await open.source.send(new CreateBucketCommand({Bucket, ACL: 'private'}));
		await put(open.source, Bucket, {ACL: 'private'});
		await putAcl(open.source, Bucket, {ACL: 'private'});
	});

	it.each<{ACL: 'public-read'; ownership?: 'ObjectWriter'; code: string}>([
		{ACL: 'public-read', code: 'InvalidBucketAclWithObjectOwnership'},
		// Third-party: as clients report of AWS.
		{
			ACL: 'public-read',
			ownership: 'ObjectWriter',
			code: 'InvalidBucketAclWithBlockPublicAccessError',
		},
	])('is not created with $ACL: $code', async ({ACL, ownership, code}) => {
		const created = open.source.send(
			new CreateBucketCommand({Bucket: open.name('acls'), ACL, ObjectOwnership: ownership}),
		);
		expect(await errorOf(created)).toMatchObject({code, status: 400});
	});
});

describe('a bucket with ACLs (S3 User Guide, about-object-ownership)', () => {
	it.each<{
		ownership: 'BucketOwnerPreferred' | 'ObjectWriter';
		ACL?: 'bucket-owner-full-control' | 'bucket-owner-read';
		owner: 'the bucket’s owner' | 'the writer';
		read: 200 | 403;
		readAcl: 200 | 403;
	}>([
		{ownership: 'ObjectWriter', owner: 'the writer', read: 403, readAcl: 403},
		{
			ownership: 'ObjectWriter',
			ACL: 'bucket-owner-full-control',
			owner: 'the writer',
			read: 200,
			readAcl: 200,
		},
		{ownership: 'ObjectWriter', ACL: 'bucket-owner-read', owner: 'the writer', read: 200, readAcl: 403},
		{ownership: 'BucketOwnerPreferred', owner: 'the writer', read: 403, readAcl: 403},
		{
			ownership: 'BucketOwnerPreferred',
			ACL: 'bucket-owner-full-control',
			owner: 'the bucket’s owner',
			read: 200,
			readAcl: 200,
		},
	])(
		'$ownership, written with $ACL: $owner has the object, and reading answers the bucket’s owner $read',
		async ({ownership, ACL, owner, read, readAcl}) => {
			const bucket = await create(ownership);
			await put(other, bucket, {ACL});
			const statusOf = async (call: Promise<{$metadata: {httpStatusCode?: number}}>) =>
				call.then(
					({$metadata}) => $metadata.httpStatusCode,
					(error: {$metadata: {httpStatusCode?: number}}) => error.$metadata.httpStatusCode,
				);
			const input = {Bucket: bucket, Key};
			expect(await statusOf(open.source.send(new HeadObjectCommand(input)))).toBe(read);
			expect(await statusOf(open.source.send(new GetObjectAclCommand(input)))).toBe(readAcl);
			const listed = await open.source.send(new ListObjectsV2Command({Bucket: bucket, FetchOwner: true}));
			const owners = {'the writer': destinationId, 'the bucket’s owner': sourceId};
			expect(listed.Contents?.[0]?.Owner?.ID).toBe(owners[owner]);
			// The bucket's owner may delete what others have in it (access-control-auth-workflow-object-operation).
			await open.source.send(new DeleteObjectCommand(input));
		},
	);

	it('lets the writer give the bucket’s owner rights later, who has all once ACLs are off', async () => {
		const bucket = await create('ObjectWriter');
		await put(other, bucket);
		const read = () => open.source.send(new GetObjectCommand({Bucket: bucket, Key}));
		expect(await errorOf(read())).toMatchObject({code: 'AccessDenied'});
		await putAcl(other, bucket, {
			AccessControlPolicy: {
				Owner: {ID: destinationId},
				Grants: [destinationId, sourceId].map((ID) => ({
					Grantee: {Type: 'CanonicalUser', ID},
					Permission: 'FULL_CONTROL',
				})),
			},
		});
		await read();
		expect(await aclOf(other, bucket)).toEqual({
			owner: destinationId,
			grants: [
				[destinationId, 'FULL_CONTROL'],
				[sourceId, 'FULL_CONTROL'],
			],
		});
		await putAcl(other, bucket, {ACL: 'private'});
		expect(await errorOf(read())).toMatchObject({code: 'AccessDenied'});
		await open.source.send(
			new PutBucketOwnershipControlsCommand({
				Bucket: bucket,
				OwnershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerEnforced'}]},
			}),
		);
		await read();
	});

	it('takes the ACL of a bucket that gives its owner full control', async () => {
		const bucket = await create('ObjectWriter');
		await open.source.send(new PutBucketAclCommand({Bucket: bucket, ACL: 'private'}));
	});

	it.each<{
		what: string;
		more: () => Partial<PutObjectAclCommandInput>;
		error: {code: string; status: number; message?: string};
	}>([
		{
			what: 'public ones, which are blocked (access-control-block-public-access)',
			more: () => ({ACL: 'public-read'}),
			error: {code: 'AccessDenied', status: 403},
		},
		{
			what: 'public grants, which are blocked',
			more: () => ({GrantRead: 'uri="http://acs.amazonaws.com/groups/global/AllUsers"'}),
			error: {code: 'AccessDenied', status: 403},
		},
		{
			what: 'an id that nobody has (third-party: LocalStack)',
			more: () => ({GrantRead: 'id="abc"'}),
			error: {code: 'InvalidArgument', status: 400, message: 'Invalid id'},
		},
		{
			what: 'none at all (third-party: LocalStack)',
			more: () => ({}),
			error: {code: 'MissingSecurityHeader', status: 400},
		},
		{
			what: 'two kinds at once (third-party: LocalStack)',
			more: () => ({ACL: 'private', GrantRead: `id="${sourceId}"`}),
			error: {code: 'InvalidRequest', status: 400},
		},
		{
			what: 'another owner (PutObjectAcl)',
			more: () => ({AccessControlPolicy: {Owner: {ID: destinationId}, Grants: []}}),
			error: {code: 'AccessDenied', status: 403},
		},
	])('takes no ACLs: $what', async ({more, error}) => {
		const bucket = await create('ObjectWriter');
		await put(open.source, bucket);
		expect(await errorOf(putAcl(open.source, bucket, more()))).toMatchObject(error);
	});
});

it('an ACL at a write takes s3:PutObjectAcl as well (S3 API reference, PutObject)', async () => {
	const writer = open.sandbox.addUser({
		accountId: sourceAccountId,
		userName: open.name('writer'),
		policy: {
			Version: '2012-10-17',
			Statement: [{Effect: 'Allow', Action: 's3:PutObject', Resource: '*'}],
		},
	});
	const client = open.s3(writer, 'us-east-1');
	const bucket = await create();
	await put(client, bucket);
	const error = await errorOf(put(client, bucket, {ACL: 'bucket-owner-full-control'}));
	expect(error.message).toContain('is not authorized to perform: s3:PutObjectAcl');
});
