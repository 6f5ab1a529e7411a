import {
	AbortMultipartUploadCommand,
	CompleteMultipartUploadCommand,
	CreateBucketCommand,
	CreateMultipartUploadCommand,
	DeleteBucketCommand,
	DeleteBucketPolicyCommand,
	DeleteBucketReplicationCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	DeleteObjectTaggingCommand,
	GetObjectCommand,
	ListObjectVersionsCommand,
	PutObjectCommand,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
	CreatePolicyCommand,
	CreateRoleCommand,
	CreateUserCommand,
	DeleteRoleCommand,
	DeleteRolePolicyCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, policyOf, trustOfS3} from './support/replicated-pair.js';

// A client whose answer was lost sends the very same request again.
let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('repeated');
	await createVersioned(open.source, bucket);
});
afterAll(() => open.close());

describe('sent twice, as if the answer had been lost,', () => {
	// Third-party (issue 12); that ids nobody handed out are NoSuchVersion: recorded, TestS3ObjectCRUD::test_delete_objects_versioned.
	it('DeleteObjects of a version and of a marker is Deleted again', async () => {
		const place = {Bucket: bucket, Key: 'versions'};
		const {VersionId} = await open.source.send(new PutObjectCommand({...place, Body: 'x'}));
		const marker = await open.source.send(new DeleteObjectCommand(place));
		const Objects = [VersionId, marker.VersionId].map((id) => ({Key: place.Key, VersionId: id}));
		const remove = async () =>
			open.source.send(new DeleteObjectsCommand({Bucket: bucket, Delete: {Objects}}));
		const first = await remove();
		const second = await remove();
		expect(first.Errors).toBeUndefined();
		expect(second.Errors).toBeUndefined();
		expect(second.Deleted?.map((deleted) => deleted.VersionId)).toEqual([VersionId, marker.VersionId]);
		const unheardOf = [{Key: place.Key, VersionId: 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD'}];
		const wrong = await open.source.send(
			new DeleteObjectsCommand({Bucket: bucket, Delete: {Objects: unheardOf}}),
		);
		expect(wrong.Errors?.[0]).toMatchObject({Code: 'NoSuchVersion'});
	});

	// Third-party (issue 12).
	it('CompleteMultipartUpload answers 200 with the same entity tag, and makes one version', async () => {
		const place = {Bucket: bucket, Key: 'parts'};
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand(place));
		const {ETag} = await open.source.send(
			new UploadPartCommand({...place, UploadId, PartNumber: 1, Body: 'part'}),
		);
		const MultipartUpload = {Parts: [{ETag, PartNumber: 1}]};
		const command = () => new CompleteMultipartUploadCommand({...place, UploadId, MultipartUpload});
		const {$metadata: _first, ...first} = await open.source.send(command());
		const {$metadata, ...second} = await open.source.send(command());
		expect($metadata.httpStatusCode).toBe(200);
		expect(second).toEqual(first);
		const {Versions} = await open.source.send(
			new ListObjectVersionsCommand({Bucket: bucket, Prefix: place.Key}),
		);
		expect(Versions).toHaveLength(1);
		const got = await open.source.send(new GetObjectCommand(place));
		expect(await got.Body?.transformToString()).toBe('part');
		// Another list of parts is another request (guessed).
		const other = {Parts: [{ETag: '"0"', PartNumber: 1}]};
		const changed = new CompleteMultipartUploadCommand({...place, UploadId, MultipartUpload: other});
		expect(await errorOf(open.source.send(changed))).toMatchObject({code: 'NoSuchUpload', status: 404});
		// What it made is gone: there is nothing to answer for (guessed).
		await open.source.send(new DeleteObjectCommand({...place, VersionId: first.VersionId}));
		expect(await errorOf(open.source.send(command()))).toMatchObject({code: 'NoSuchUpload'});
	});

	// Documented: S3 API reference, each operation, and DeletingObjectVersions.
	it.each([
		{what: 'DeleteObject of a version', send: (key: string, id = '') => [key, id] as const},
		{what: 'DeleteObject of an object', send: (key: string) => [key, undefined] as const},
	])('$what is 204 again', async ({what, send}) => {
		const {VersionId} = await open.source.send(new PutObjectCommand({Bucket: bucket, Key: what, Body: 'x'}));
		const [Key, id] = send(what, VersionId);
		const command = () => new DeleteObjectCommand({Bucket: bucket, Key, ...(id ? {VersionId: id} : {})});
		await open.source.send(command());
		expect((await open.source.send(command())).$metadata.httpStatusCode).toBe(204);
	});

	it('what takes a setting away is 204 again (documented: each operation)', async () => {
		await open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'tagged', Tagging: 'a=b'}));
		const twice = async (send: () => Promise<{$metadata: {httpStatusCode?: number}}>) => {
			await send();
			return (await send()).$metadata.httpStatusCode;
		};
		const Bucket = bucket;
		const {source} = open;
		expect(await twice(async () => source.send(new DeleteBucketPolicyCommand({Bucket})))).toBe(204);
		expect(await twice(async () => source.send(new DeleteBucketReplicationCommand({Bucket})))).toBe(204);
		const untag = async () => source.send(new DeleteObjectTaggingCommand({Bucket, Key: 'tagged'}));
		expect(await twice(untag)).toBe(204);
	});

	// Documented: S3 API reference, CreateBucket (in us-east-1 it is no error), AbortMultipartUpload and PutObject.
	it('CreateBucket, Abort, DeleteBucket and PutObject with If-None-Match say what there is', async () => {
		const twice = async (send: () => Promise<unknown>) => {
			await send();
			return errorOf(send());
		};
		const Bucket = open.name('created');
		await open.source.send(new CreateBucketCommand({Bucket}));
		expect((await open.source.send(new CreateBucketCommand({Bucket}))).$metadata.httpStatusCode).toBe(200);
		const west = open.s3('source', 'us-west-2');
		const elsewhere = open.name('west');
		expect(await twice(async () => west.send(new CreateBucketCommand({Bucket: elsewhere})))).toMatchObject({
			code: 'BucketAlreadyOwnedByYou',
			status: 409,
		});
		const onlyNew = {Bucket, Key: 'new', Body: 'x', IfNoneMatch: '*'};
		expect(await twice(async () => open.source.send(new PutObjectCommand(onlyNew)))).toMatchObject({
			code: 'PreconditionFailed',
			status: 412,
		});
		const place = {Bucket, Key: 'aborted'};
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand(place));
		const abort = async () => open.source.send(new AbortMultipartUploadCommand({...place, UploadId}));
		expect(await twice(abort)).toMatchObject({code: 'NoSuchUpload', status: 404});
		expect(await twice(async () => west.send(new DeleteBucketCommand({Bucket: elsewhere})))).toMatchObject({
			code: 'NoSuchBucket',
		});
	});

	// Documented: IAM API reference, each operation: what creates is refused, what puts is done again.
	it('IAM’s creates are EntityAlreadyExists, its deletes NoSuchEntity, its puts done again', async () => {
		const twice = async (send: () => Promise<unknown>) => {
			await send();
			return errorOf(send());
		};
		const exists = {code: 'EntityAlreadyExists', status: 409};
		const RoleName = 'twice';
		const document = policyOf([{Effect: 'Allow', Action: 's3:*', Resource: '*'}]);
		const role = {RoleName, AssumeRolePolicyDocument: trustOfS3};
		const policy = {PolicyName: 'twice', PolicyDocument: document};
		expect(await twice(async () => open.iam.send(new CreateRoleCommand(role)))).toMatchObject(exists);
		expect(await twice(async () => open.iam.send(new CreatePolicyCommand(policy)))).toMatchObject(exists);
		const user = async () => open.iam.send(new CreateUserCommand({UserName: 'twice'}));
		expect(await twice(user)).toMatchObject(exists);
		const inline = {RoleName, ...policy};
		await open.iam.send(new PutRolePolicyCommand(inline));
		await open.iam.send(new PutRolePolicyCommand(inline));
		const named = {RoleName, PolicyName: 'twice'};
		const gone = {code: 'NoSuchEntity', status: 404};
		expect(await twice(async () => open.iam.send(new DeleteRolePolicyCommand(named)))).toMatchObject(gone);
		expect(await twice(async () => open.iam.send(new DeleteRoleCommand({RoleName})))).toMatchObject(gone);
	});
});
