import {
	CompleteMultipartUploadCommand,
	CopyObjectCommand,
	CreateBucketCommand,
	CreateMultipartUploadCommand,
	DeleteBucketCommand,
	DeleteBucketTaggingCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	GetBucketTaggingCommand,
	GetObjectCommand,
	PutBucketAccelerateConfigurationCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketTaggingCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
	UploadPartCommand,
	UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';

// Errors that AWS gave, as recorded by LocalStack's tests (test_s3_api.snapshot.json); `scenario` is the name there.

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

type Expected = {
	readonly code: string;
	readonly status: number;
	readonly message: string;
	readonly fields?: Readonly<Record<string, unknown>>;
};
type Row = {
	readonly scenario: string;
	/** Takes the name of a new bucket and its client's send; gives the call that fails. */
	readonly call: (Bucket: string) => Promise<unknown>;
	readonly error: Expected;
};

const Key = 'test-precondition';
const wrongTag = '"d41d8cd98f00b204e9800998ecf8427f"';
const send: OpenSandbox['source']['send'] = (async (command: never) => open.source.send(command)) as never;
const put = (Bucket: string, more: Partial<PutObjectCommandInput> = {}) =>
	send(new PutObjectCommand({Bucket, Key, Body: 'test', ...more}));
const remove = (Bucket: string) => send(new DeleteObjectCommand({Bucket, Key}));
const version = (Bucket: string) =>
	send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}));
const beginUpload = async (Bucket: string): Promise<string> => {
	const {UploadId = ''} = await send(new CreateMultipartUploadCommand({Bucket, Key}));
	return UploadId;
};
const completeWith = async (Bucket: string, conditions: {IfMatch?: string; IfNoneMatch?: string}) => {
	const UploadId = await beginUpload(Bucket);
	return finish(Bucket, UploadId, conditions);
};
const finish = async (
	Bucket: string,
	UploadId: string,
	conditions: {IfMatch?: string; IfNoneMatch?: string},
) => {
	const {ETag} = await send(new UploadPartCommand({Bucket, Key, UploadId, PartNumber: 1, Body: 'part'}));
	return send(
		new CompleteMultipartUploadCommand({
			Bucket,
			Key,
			UploadId,
			...conditions,
			MultipartUpload: {Parts: [{PartNumber: 1, ETag}]},
		}),
	);
};

const failed = (Condition: string): Expected => ({
	code: 'PreconditionFailed',
	status: 412,
	message: 'At least one of the pre-conditions you specified did not hold',
	fields: {Condition},
});
const conflict = (Condition: string): Expected => ({
	code: 'ConditionalRequestConflict',
	status: 409,
	message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
	fields: {Condition, Key},
});
const noSuchKey = (key: string): Expected => ({
	code: 'NoSuchKey',
	status: 404,
	message: 'The specified key does not exist.',
	fields: {Key: key},
});
const unsupported = (Header: string, additionalMessage?: string): Expected => ({
	code: 'NotImplemented',
	status: 501,
	message: 'A header you provided implies functionality that is not implemented',
	fields: {Header, additionalMessage},
});
const malformed: Expected = {
	code: 'MalformedXML',
	status: 400,
	message: 'The XML you provided was not well-formed or did not validate against our published schema',
};
const valueOf = (header: string) =>
	unsupported(header, `We don't accept the provided value of ${header} header for this API`);
const twoAtOnce = unsupported(
	'If-Match,If-None-Match',
	'Multiple conditional request headers present in the request',
);
const noBucket: Expected = {
	code: 'NoSuchBucket',
	status: 404,
	message: 'The specified bucket does not exist',
	fields: {BucketName: 'there-is-none'},
};
const none = {Bucket: 'there-is-none'};

const copy = (Bucket: string, more: object) =>
	send(new CopyObjectCommand({Bucket, Key, CopySource: `${Bucket}/source`, ...more}));
const withSource = async (Bucket: string) => put(Bucket, {Key: 'source', Body: 'source'});
const yesterday = new Date(Date.now() - 86_400_000);
const copyPart = async (Bucket: string, conditions: object) => {
	await withSource(Bucket);
	return copyPartOf(Bucket, conditions);
};
const copyPartOf = async (Bucket: string, conditions: object) => {
	const {UploadId} = await send(new CreateMultipartUploadCommand({Bucket, Key}));
	const input = {Bucket, Key, UploadId, PartNumber: 1, CopySource: `${Bucket}/source`};
	return send(new UploadPartCopyCommand({...input, ...conditions}));
};
const sourceTag = '"36cd38f49b9afa08222c0dc9ebfe35eb"';

const writes: readonly Row[] = [
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_none_match_versioned_bucket',
		call: async (bucket) => {
			await version(bucket);
			await put(bucket);
			return put(bucket, {IfNoneMatch: '*'});
		},
		error: failed('If-None-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_none_match_validation',
		call: (bucket) => put(bucket, {IfNoneMatch: wrongTag}),
		error: valueOf('If-None-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_match (wrong etag)',
		call: async (bucket) => {
			await put(bucket);
			return put(bucket, {IfMatch: wrongTag});
		},
		error: failed('If-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_match (no key)',
		call: (bucket) => put(bucket, {IfMatch: wrongTag}),
		error: noSuchKey(Key),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_match_validation (star)',
		call: (bucket) => put(bucket, {IfMatch: '*'}),
		error: valueOf('If-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_match_validation (bad value)',
		call: (bucket) => put(bucket, {IfMatch: 'abcdef'}),
		error: noSuchKey(Key),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_match_versioned_bucket (after delete)',
		call: async (bucket) => {
			await version(bucket);
			const {ETag} = await put(bucket);
			await remove(bucket);
			return put(bucket, {IfMatch: ETag});
		},
		error: noSuchKey(Key),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_put_object_if_match_and_if_none_match_validation',
		call: (bucket) => put(bucket, {IfMatch: wrongTag, IfNoneMatch: '*'}),
		error: twoAtOnce,
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_copy_object_if_none_match',
		call: async (bucket) => {
			await withSource(bucket);
			await put(bucket);
			return copy(bucket, {IfNoneMatch: '*'});
		},
		error: failed('If-None-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_copy_object_if_none_match_versioned_bucket',
		call: async (bucket) => {
			await version(bucket);
			await withSource(bucket);
			await put(bucket);
			return copy(bucket, {IfNoneMatch: '*'});
		},
		error: failed('If-None-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_copy_object_if_none_match_in_place',
		call: async (bucket) => {
			await withSource(bucket);
			return copy(bucket, {Key: 'source', MetadataDirective: 'REPLACE', IfNoneMatch: '*'});
		},
		error: failed('If-None-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_copy_object_if_match (wrong etag)',
		call: async (bucket) => {
			await withSource(bucket);
			await put(bucket);
			return copy(bucket, {IfMatch: wrongTag});
		},
		error: failed('If-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_copy_object_if_match (no object)',
		call: async (bucket) => {
			await withSource(bucket);
			return copy(bucket, {Key: 'non-existent-key', IfMatch: wrongTag});
		},
		error: noSuchKey('non-existent-key'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_copy_object_if_match_versioned_bucket (after delete)',
		call: async (bucket) => {
			await version(bucket);
			await withSource(bucket);
			const {ETag} = await put(bucket);
			await remove(bucket);
			return copy(bucket, {IfMatch: ETag});
		},
		error: noSuchKey(Key),
	},
	...[
		{which: 'none match', conditions: {IfNoneMatch: wrongTag}, error: valueOf('If-None-Match')},
		{which: 'star', conditions: {IfMatch: '*'}, error: valueOf('If-Match')},
		{which: 'both', conditions: {IfMatch: wrongTag, IfNoneMatch: '*'}, error: twoAtOnce},
	].map(({which, conditions, error}) => ({
		scenario: `TestS3ObjectWritePrecondition::test_copy_object_precondition_write_validation (${which})`,
		call: async (bucket: string) => {
			await withSource(bucket);
			return copy(bucket, conditions);
		},
		error,
	})),
	{
		scenario: 'TestS3ObjectWritePrecondition::test_multipart_if_match_with_put (before)',
		call: async (bucket) => {
			await put(bucket);
			return completeWith(bucket, {IfMatch: wrongTag});
		},
		error: failed('If-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_multipart_if_match_with_put_identical (during)',
		call: async (bucket) => {
			await put(bucket);
			const upload = await beginUpload(bucket);
			const {ETag} = await put(bucket);
			return finish(bucket, upload, {IfMatch: ETag});
		},
		error: conflict('If-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_multipart_if_match_with_delete (after delete)',
		call: async (bucket) => {
			const {ETag} = await put(bucket);
			const upload = await beginUpload(bucket);
			await remove(bucket);
			return finish(bucket, upload, {IfMatch: ETag});
		},
		error: noSuchKey(Key),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_multipart_if_match_with_delete (after put)',
		call: async (bucket) => {
			await put(bucket);
			const upload = await beginUpload(bucket);
			await remove(bucket);
			const {ETag} = await put(bucket);
			return finish(bucket, upload, {IfMatch: ETag});
		},
		error: conflict('If-Match'),
	},
	{
		scenario: 'TestS3ObjectWritePrecondition::test_multipart_if_none_match_with_delete',
		call: async (bucket) => {
			await put(bucket);
			const upload = await beginUpload(bucket);
			await remove(bucket);
			return finish(bucket, upload, {IfNoneMatch: '*'});
		},
		error: conflict('If-None-Match'),
	},
];

const deletes: readonly Row[] = [
	{
		scenario: 'TestS3DeletePrecondition::test_delete_object_if_match_non_express',
		call: async (Bucket) => {
			await put(Bucket);
			return send(new DeleteObjectCommand({Bucket, Key, IfMatch: wrongTag}));
		},
		error: failed('If-Match'),
	},
	...[
		{which: 'modified', conditions: {IfMatchLastModifiedTime: yesterday}, header: 'last-modified-time'},
		{which: 'size', conditions: {IfMatchSize: 10}, header: 'size'},
		{
			which: 'all',
			conditions: {IfMatchLastModifiedTime: yesterday, IfMatchSize: 10, IfMatch: wrongTag},
			header: 'last-modified-time',
		},
	].map(({which, conditions, header}) => ({
		scenario: `TestS3DeletePrecondition::test_delete_object_if_match_${which}_non_express`,
		call: (Bucket: string) => send(new DeleteObjectCommand({Bucket, Key, ...conditions})),
		error: unsupported(`x-amz-if-match-${header}`),
	})),
	{
		scenario: 'TestS3BucketCRUD::test_delete_bucket_with_objects',
		call: async (Bucket) => {
			await put(Bucket);
			return send(new DeleteBucketCommand({Bucket}));
		},
		error: {
			code: 'BucketNotEmpty',
			status: 409,
			message: 'The bucket you tried to delete is not empty',
		},
	},
];

const parts: readonly Row[] = [
	{
		scenario: 'TestS3Multipart::test_upload_part_copy_with_copy_source_if_match_failed',
		call: (bucket) => copyPart(bucket, {CopySourceIfMatch: wrongTag}),
		error: failed('x-amz-copy-source-If-Match'),
	},
	{
		scenario: 'TestS3Multipart::test_upload_part_copy_with_copy_source_if_none_match_failed',
		call: (bucket) => copyPart(bucket, {CopySourceIfNoneMatch: sourceTag}),
		error: failed('x-amz-copy-source-If-None-Match'),
	},
	{
		scenario: 'TestS3Multipart::test_upload_part_copy_with_copy_source_if_unmodified_since_match_failed',
		call: (bucket) => copyPart(bucket, {CopySourceIfUnmodifiedSince: yesterday}),
		error: failed('x-amz-copy-source-If-Unmodified-Since'),
	},
	{
		scenario: 'TestS3Multipart::test_upload_part_copy_with_if_modified_since_failed',
		call: async (bucket) => {
			await withSource(bucket);
			const {LastModified} = await send(new GetObjectCommand({Bucket: bucket, Key: 'source'}));
			return copyPartOf(bucket, {CopySourceIfModifiedSince: LastModified});
		},
		error: failed('x-amz-copy-source-If-Modified-Since'),
	},
	{
		scenario:
			'TestS3Multipart::test_upload_part_copy_with_copy_source_if_none_match_and_if_unmodified_since_match_failed',
		call: (bucket) =>
			copyPart(bucket, {CopySourceIfNoneMatch: wrongTag, CopySourceIfUnmodifiedSince: yesterday}),
		error: failed('x-amz-copy-source-If-Unmodified-Since'),
	},
];

const owned: Expected = {
	code: 'BucketAlreadyOwnedByYou',
	status: 409,
	message: 'Your previous request to create the named bucket succeeded and you already own it.',
};
const tagged = (Bucket: string, Value: string) =>
	send(new CreateBucketCommand({Bucket, CreateBucketConfiguration: {Tags: [{Key: 'k', Value}]}}));
const owners = (Bucket: string, ...values: readonly string[]) =>
	send(
		new PutBucketOwnershipControlsCommand({
			Bucket,
			OwnershipControls: {Rules: values.map((value) => ({ObjectOwnership: value as 'ObjectWriter'}))},
		}),
	);

const buckets: readonly Row[] = [
	...['enabled', 'random'].map((status) => ({
		scenario: `TestS3BucketAccelerateConfiguration::test_bucket_acceleration_configuration_exc (${status})`,
		call: (Bucket: string) =>
			send(
				new PutBucketAccelerateConfigurationCommand({
					Bucket,
					AccelerateConfiguration: {Status: status as 'Enabled'},
				}),
			),
		error: malformed,
	})),
	{
		scenario: 'TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc (several rules)',
		call: (bucket) => owners(bucket, 'BucketOwnerPreferred', 'ObjectWriter'),
		error: malformed,
	},
	{
		scenario: 'TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc (wrong value)',
		call: (bucket) => owners(bucket, 'RandomValue'),
		error: malformed,
	},
	{
		scenario: 'TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc (at creation)',
		call: (Bucket) =>
			send(
				new CreateBucketCommand({Bucket: `${Bucket}-x`, ObjectOwnership: 'RandomValue' as 'ObjectWriter'}),
			),
		error: {
			code: 'InvalidArgument',
			status: 400,
			message: 'Invalid x-amz-object-ownership header: RandomValue',
			fields: {ArgumentName: 'x-amz-object-ownership'},
		},
	},
	{
		scenario: 'TestS3BucketObjectTagging::test_bucket_tagging_exc (get)',
		call: () => send(new GetBucketTaggingCommand(none)),
		error: noBucket,
	},
	{
		scenario: 'TestS3BucketObjectTagging::test_bucket_tagging_exc (put)',
		call: () => send(new PutBucketTaggingCommand({...none, Tagging: {TagSet: []}})),
		error: noBucket,
	},
	{
		scenario: 'TestS3BucketObjectTagging::test_bucket_tagging_exc (delete)',
		call: () => send(new DeleteBucketTaggingCommand(none)),
		error: noBucket,
	},
	{
		scenario: 'TestS3BucketObjectTagging::test_create_bucket_with_empty_tags',
		call: async (Bucket) => {
			await send(new CreateBucketCommand({Bucket: `${Bucket}-x`, CreateBucketConfiguration: {Tags: []}}));
			return send(new GetBucketTaggingCommand({Bucket: `${Bucket}-x`}));
		},
		error: {code: 'NoSuchTagSet', status: 404, message: 'The TagSet does not exist'},
	},
	...['v', 'another'].map((value) => ({
		scenario: `TestS3BucketObjectTagging::test_create_bucket_with_tags_us_east_1_idempotency (${value})`,
		call: async (bucket: string) => {
			await tagged(`${bucket}-x`, 'v');
			return tagged(`${bucket}-x`, value);
		},
		error: owned,
	})),
	{
		scenario: 'TestS3ObjectCRUD::test_get_object_with_version_unversioned_bucket',
		call: async (Bucket) => {
			await put(Bucket);
			return send(new GetObjectCommand({Bucket, Key, VersionId: 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD'}));
		},
		error: {
			code: 'InvalidArgument',
			status: 400,
			message: 'Invalid version id specified',
			fields: {ArgumentName: 'versionId', ArgumentValue: 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD'},
		},
	},
];

describe.each([
	{of: 'conditional writes', rows: writes},
	{of: 'deletes', rows: deletes},
	{of: 'copied parts', rows: parts},
	{of: 'buckets', rows: buckets},
])('AWS was recorded refusing $of', ({rows}) => {
	it.each(rows)('$scenario', async ({call, error: {fields = {}, ...error}}) => {
		const bucket = open.name('recorded');
		await open.source.send(new CreateBucketCommand({Bucket: bucket}));
		const seen = await errorOf(call(bucket));
		expect(seen).toMatchObject(error);
		expect(seen.fields).toMatchObject(
			Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
		);
	});
});

describe('DeleteObjects minds the conditions of each object (S3 User Guide, conditional-deletes)', () => {
	it('and deletes the others', async () => {
		const Bucket = open.name('recorded');
		await open.source.send(new CreateBucketCommand({Bucket}));
		const {ETag} = await put(Bucket);
		await put(Bucket, {Key: 'other'});
		const {Deleted, Errors} = await open.source.send(
			new DeleteObjectsCommand({
				Bucket,
				Delete: {
					Objects: [
						{Key, ETag},
						{Key: 'other', ETag: wrongTag},
						{Key: 'none', ETag: wrongTag},
					],
				},
			}),
		);
		expect(Deleted?.map(({Key: key}) => key)).toEqual([Key]);
		expect(Errors?.map(({Key: key, Code}) => `${key} ${Code}`)).toEqual([
			'other PreconditionFailed',
			// Third-party (rustfs).
			'none NoSuchKey',
		]);
	});
});
