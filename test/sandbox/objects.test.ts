import {createHash} from 'node:crypto';
import {
	CompleteMultipartUploadCommand,
	CreateMultipartUploadCommand,
	UploadPartCommand,
	CopyObjectCommand,
	type CopyObjectCommandInput,
	CreateBucketCommand,
	DeleteObjectTaggingCommand,
	GetObjectTaggingCommand,
	PutObjectTaggingCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListObjectsV2Command,
	ListObjectVersionsCommand,
	type ListObjectVersionsCommandOutput,
	paginateListObjectsV2,
	PutBucketVersioningCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, put} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

const freshBucket = async (): Promise<string> => {
	const bucket = open.name('objects');
	await createVersioned(open.source, bucket);
	return bucket;
};
const bodyOf = async (Bucket: string, Key: string, VersionId?: string): Promise<string | undefined> => {
	const {Body} = await open.source.send(new GetObjectCommand({Bucket, Key, VersionId}));
	return Body?.transformToString();
};

describe('a versioned object', () => {
	it('is deleted by a marker and found by its version (recorded: test_delete_object_versioned)', async () => {
		const Bucket = await freshBucket();
		const VersionId = await put(open.source, Bucket, 'k');
		expect(VersionId).toMatch(/^[A-Za-z0-9._]{32}$/);
		const deleted = await open.source.send(new DeleteObjectCommand({Bucket, Key: 'k'}));
		expect(deleted).toMatchObject({DeleteMarker: true, $metadata: {httpStatusCode: 204}});
		expect(await errorOf(open.source.send(new GetObjectCommand({Bucket, Key: 'k'})))).toMatchObject({
			code: 'NoSuchKey',
			message: 'The specified key does not exist.',
			status: 404,
			fields: {Key: 'k'},
		});
		expect(await bodyOf(Bucket, 'k', VersionId)).toBe('content of k');
		const marker = open.source.send(new GetObjectCommand({Bucket, Key: 'k', VersionId: deleted.VersionId}));
		expect(await errorOf(marker)).toMatchObject({
			code: 'MethodNotAllowed',
			message: 'The specified method is not allowed against this resource.',
			status: 405,
			fields: {Method: 'GET', ResourceType: 'DeleteMarker'},
		});
		const restored = await open.source.send(
			new DeleteObjectCommand({Bucket, Key: 'k', VersionId: deleted.VersionId}),
		);
		expect(restored).toMatchObject({DeleteMarker: true, VersionId: deleted.VersionId});
		expect(await bodyOf(Bucket, 'k')).toBe('content of k');
		await open.source.send(new DeleteObjectCommand({Bucket, Key: 'k', VersionId}));
		expect(
			await errorOf(open.source.send(new GetObjectCommand({Bucket, Key: 'k', VersionId}))),
		).toMatchObject({
			code: 'NoSuchVersion',
			message: 'The specified version does not exist.',
			status: 404,
		});
		const nonsense = open.source.send(new DeleteObjectCommand({Bucket, Key: 'k', VersionId: 'nonsense'}));
		expect(await errorOf(nonsense)).toMatchObject({
			code: 'InvalidArgument',
			message: 'Invalid version id specified',
			status: 400,
			fields: {ArgumentName: 'versionId'},
		});
	});

	it('keeps one null version while versioning is suspended (recorded: test_put_object_on_suspended_bucket)', async () => {
		const Bucket = open.name('suspended');
		await open.source.send(new CreateBucketCommand({Bucket}));
		const versioning = (Status: 'Enabled' | 'Suspended') =>
			open.source.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status}}));
		expect(await put(open.source, Bucket, 'k')).toBe('');
		await versioning('Enabled');
		const enabled = await put(open.source, Bucket, 'k');
		await versioning('Suspended');
		expect(await put(open.source, Bucket, 'k')).toBe('');
		await put(open.source, Bucket, 'k');
		const {Versions} = await open.source.send(new ListObjectVersionsCommand({Bucket}));
		expect(Versions?.map(({VersionId, IsLatest}) => [VersionId, IsLatest])).toEqual([
			['null', true],
			[enabled, false],
		]);
		await open.source.send(new DeleteObjectCommand({Bucket, Key: 'k'}));
		const {DeleteMarkers} = await open.source.send(new ListObjectVersionsCommand({Bucket}));
		expect(DeleteMarkers).toMatchObject([{VersionId: 'null', IsLatest: true}]);
	});

	it('is deleted among others, each with its own result (recorded: test_delete_objects_versioned)', async () => {
		const Bucket = await freshBucket();
		const VersionId = await put(open.source, Bucket, 'k');
		const none = 'x'.repeat(32);
		const answer = await open.source.send(
			new DeleteObjectsCommand({
				Bucket,
				Delete: {Objects: [{Key: 'k', VersionId}, {Key: 'k', VersionId: none}, {Key: 'other'}]},
			}),
		);
		expect(answer.Deleted).toEqual([
			{Key: 'k', VersionId},
			{Key: 'other', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) as string},
		]);
		expect(answer.Errors).toEqual([
			{Key: 'k', VersionId: none, Code: 'NoSuchVersion', Message: 'The specified version does not exist.'},
		]);
	});
});

describe('an object', () => {
	// Documented: S3 API reference, HeadObject, GetObject.
	it('answers HEAD and GET with what was put', async () => {
		const Bucket = await freshBucket();
		await open.source.send(
			new PutObjectCommand({
				Bucket,
				Key: 'k',
				Body: 'hello',
				CacheControl: 'no-cache',
				ContentDisposition: 'inline',
				ContentEncoding: 'identity',
				ContentLanguage: 'de',
				ContentType: 'text/x-odd',
				StorageClass: 'STANDARD_IA',
				Metadata: {one: '1', two: 'zwei'},
			}),
		);
		expect(await open.source.send(new HeadObjectCommand({Bucket, Key: 'k'}))).toMatchObject({
			ContentLength: 5,
			ETag: '"5d41402abc4b2a76b9719d911017c592"',
			AcceptRanges: 'bytes',
			ServerSideEncryption: 'AES256',
			CacheControl: 'no-cache',
			ContentDisposition: 'inline',
			ContentEncoding: 'identity',
			ContentLanguage: 'de',
			ContentType: 'text/x-odd',
			StorageClass: 'STANDARD_IA',
			Metadata: {one: '1', two: 'zwei'},
		});
	});

	it.each([
		{Range: 'bytes=1-3', body: 'ell', contentRange: 'bytes 1-3/5', status: 206},
		{Range: 'bytes=3-', body: 'lo', contentRange: 'bytes 3-4/5', status: 206},
		{Range: 'bytes=-2', body: 'lo', contentRange: 'bytes 3-4/5', status: 206},
		{Range: 'bytes=3-100', body: 'lo', contentRange: 'bytes 3-4/5', status: 206},
		{Range: 'bytes=nonsense', body: 'hello', contentRange: undefined, status: 200},
	])(
		'gives $Range as "$body" (documented: GetObject, RFC 9110)',
		async ({Range, body, contentRange, status}) => {
			const Bucket = await freshBucket();
			await open.source.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'hello'}));
			const answer = await open.source.send(new GetObjectCommand({Bucket, Key: 'k', Range}));
			expect(await answer.Body?.transformToString()).toBe(body);
			expect(answer.ContentRange).toBe(contentRange);
			expect(answer.$metadata.httpStatusCode).toBe(status);
		},
	);

	it('refuses a range beyond its end (recorded: test_get_object_range)', async () => {
		const Bucket = await freshBucket();
		await open.source.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'hello'}));
		const call = open.source.send(new GetObjectCommand({Bucket, Key: 'k', Range: 'bytes=5-9'}));
		expect(await errorOf(call)).toMatchObject({
			code: 'InvalidRange',
			message: 'The requested range is not satisfiable',
			status: 416,
		});
	});

	it('is not written over where the caller says so (recorded: test_put_object_if_none_match)', async () => {
		const Bucket = await freshBucket();
		const command = () => new PutObjectCommand({Bucket, Key: 'k', Body: 'x', IfNoneMatch: '*'});
		await open.source.send(command());
		expect(await errorOf(open.source.send(command()))).toMatchObject({
			code: 'PreconditionFailed',
			message: 'At least one of the pre-conditions you specified did not hold',
			status: 412,
			fields: {Condition: 'If-None-Match'},
		});
	});

	it.each(['key1=val1&key1=val2', 'key1=val1,key2=val2'])(
		'refuses the tags %s (recorded: test_object_tagging_exc)',
		async (Tagging) => {
			const Bucket = await freshBucket();
			const call = open.source.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'x', Tagging}));
			expect(await errorOf(call)).toMatchObject({
				code: 'InvalidArgument',
				message:
					"The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
				status: 400,
				fields: {ArgumentName: 'x-amz-tagging', ArgumentValue: Tagging},
			});
		},
	);

	it.each([
		{what: 'a public ACL', input: {ACL: 'public-read'}, code: 'AccessControlListNotSupported', status: 400},
		{what: 'SSE-C', input: {SSECustomerAlgorithm: 'AES256'}, code: 'NotImplemented', status: 501},
		{what: 'Object Lock', input: {ObjectLockLegalHoldStatus: 'ON'}, code: 'InvalidRequest', status: 400},
	] as const)('is refused with $what: $code', async ({input, code, status}) => {
		const Bucket = await freshBucket();
		const call = open.source.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'x', ...input}));
		expect(await errorOf(call)).toMatchObject({code, status});
	});
});

describe('tags', () => {
	it('are put, read and deleted (recorded: TestS3BucketObjectTagging::test_object_tagging_crud)', async () => {
		const Bucket = await freshBucket();
		const VersionId = await put(open.source, Bucket, 'k', 'a=1');
		const tagsOf = async () =>
			(await open.source.send(new GetObjectTaggingCommand({Bucket, Key: 'k', VersionId}))).TagSet;
		expect(await tagsOf()).toEqual([{Key: 'a', Value: '1'}]);
		const TagSet = [
			{Key: 'b', Value: ''},
			{Key: 'c', Value: '2'},
		];
		await open.source.send(new PutObjectTaggingCommand({Bucket, Key: 'k', Tagging: {TagSet}}));
		expect(await tagsOf()).toEqual(TagSet);
		await open.source.send(new DeleteObjectTaggingCommand({Bucket, Key: 'k'}));
		expect(await tagsOf()).toEqual([]);
	});
});

describe('a copy', () => {
	it('has the bytes, metadata and tags of its source (documented: CopyObject)', async () => {
		const Bucket = await freshBucket();
		const other = await freshBucket();
		await open.source.send(
			new PutObjectCommand({Bucket, Key: 'a b', Body: 'x', Metadata: {one: '1'}, Tagging: 'a=1'}),
		);
		const CopySource = `${Bucket}/${encodeURIComponent('a b')}`;
		const {CopyObjectResult} = await open.source.send(
			new CopyObjectCommand({Bucket: other, Key: 'copy', CopySource}),
		);
		const copy = await open.source.send(new GetObjectCommand({Bucket: other, Key: 'copy'}));
		expect(await copy.Body?.transformToString()).toBe('x');
		expect(copy).toMatchObject({Metadata: {one: '1'}, TagCount: 1, ETag: CopyObjectResult?.ETag});
	});

	// Recorded: TestS3ObjectWritePrecondition::test_copy_object_if_match; parts: S3 User Guide, checking-object-integrity-upload.
	it('has the checksum of its source, or the one that is asked for', async () => {
		const Bucket = await freshBucket();
		const source = await open.source.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'x'}));
		const copy = async (more: Partial<CopyObjectCommandInput> = {}) => {
			const command = new CopyObjectCommand({Bucket, Key: 'copy', CopySource: `${Bucket}/k`, ...more});
			return (await open.source.send(command)).CopyObjectResult;
		};
		expect(await copy()).toMatchObject({ChecksumCRC32: source.ChecksumCRC32, ChecksumType: 'FULL_OBJECT'});
		const wanted = createHash('sha256').update('x').digest('base64');
		expect(await copy({ChecksumAlgorithm: 'SHA256'})).toMatchObject({ChecksumSHA256: wanted});
		const head = new HeadObjectCommand({Bucket, Key: 'copy', ChecksumMode: 'ENABLED'});
		expect((await open.source.send(head)).ChecksumSHA256).toBe(wanted);
	});

	it('of an object that came in parts has none (S3 User Guide, checking-object-integrity-upload)', async () => {
		const upload = {Bucket: await freshBucket(), Key: 'k'};
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand(upload));
		const {ETag} = await open.source.send(
			new UploadPartCommand({...upload, UploadId, PartNumber: 1, Body: 'x'}),
		);
		const MultipartUpload = {Parts: [{ETag, PartNumber: 1}]};
		const whole = await open.source.send(
			new CompleteMultipartUploadCommand({...upload, UploadId, MultipartUpload}),
		);
		expect(whole.ETag).toMatch(/-1"$/);
		const {CopyObjectResult} = await open.source.send(
			new CopyObjectCommand({...upload, Key: 'copy', CopySource: `${upload.Bucket}/k`}),
		);
		expect(CopyObjectResult?.ETag).toBe(`"${createHash('md5').update('x').digest('hex')}"`);
	});

	it('of an object onto itself must change something (documented: CopyObject)', async () => {
		const Bucket = await freshBucket();
		await put(open.source, Bucket, 'k');
		const copy = (changes: Partial<CopyObjectCommandInput>) =>
			open.source.send(new CopyObjectCommand({Bucket, Key: 'k', CopySource: `${Bucket}/k`, ...changes}));
		expect(await errorOf(copy({}))).toMatchObject({code: 'InvalidRequest', status: 400});
		await copy({MetadataDirective: 'REPLACE', Metadata: {new: '1'}});
		expect((await open.source.send(new HeadObjectCommand({Bucket, Key: 'k'}))).Metadata).toEqual({new: '1'});
		expect(await bodyOf(Bucket, 'k')).toBe('content of k');
	});

	// Documented: S3 API reference, CopyObject.
	it('wants the right to read the source', async () => {
		const Bucket = await freshBucket();
		const theirs = open.name('theirs');
		await createVersioned(open.s3('destination', 'us-east-1'), theirs);
		await put(open.s3('destination', 'us-east-1'), theirs, 'k');
		const call = open.source.send(new CopyObjectCommand({Bucket, Key: 'k', CopySource: `${theirs}/k`}));
		expect(await errorOf(call)).toMatchObject({code: 'AccessDenied', message: 'Access Denied', status: 403});
	});
});

async function* versionPages(Bucket: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
	let next: {KeyMarker?: string | undefined; VersionIdMarker?: string | undefined} | undefined = {};
	while (next !== undefined) {
		const page: ListObjectVersionsCommandOutput = await open.source.send(
			new ListObjectVersionsCommand({Bucket, MaxKeys: 1, ...next}),
		);
		yield page;
		next = page.IsTruncated
			? {KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker}
			: undefined;
	}
}

describe('listings', () => {
	const keys = ['a/1', 'a/2', 'b', 'c d+ü', 'e/1', 'z'];
	let Bucket: string;
	beforeAll(async () => {
		Bucket = await freshBucket();
		for (const key of [...keys].reverse()) await put(open.source, Bucket, key);
		await put(open.source, Bucket, 'a/1');
		await put(open.source, Bucket, 'gone');
		await open.source.send(new DeleteObjectCommand({Bucket, Key: 'gone'}));
	});

	it.each([undefined, 'url' as const])(
		'give every key once over pages, in order, encoded as %s',
		async (EncodingType) => {
			const listed: string[] = [];
			const pages = paginateListObjectsV2({client: open.source, pageSize: 2}, {Bucket, EncodingType});
			for await (const {Contents = []} of pages)
				listed.push(...Contents.map(({Key}) => decodeURIComponent(Key ?? '')));
			expect(listed).toEqual(keys);
		},
	);

	// Documented: S3 API reference, ListObjectsV2.
	it('take keys below a delimiter together', async () => {
		const listed = await open.source.send(new ListObjectsV2Command({Bucket, Delimiter: '/'}));
		expect(listed.CommonPrefixes?.map(({Prefix}) => Prefix)).toEqual(['a/', 'e/']);
		expect(listed.Contents?.map(({Key}) => Key)).toEqual(['b', 'c d+ü', 'z']);
		expect(listed.KeyCount).toBe(5);
		const below = await open.source.send(new ListObjectsV2Command({Bucket, Delimiter: '/', Prefix: 'a/'}));
		expect(below.Contents?.map(({Key}) => Key)).toEqual(['a/1', 'a/2']);
	});

	// Documented: S3 API reference, ListObjectVersions.
	it('give every version and marker once over pages', async () => {
		const lines: string[] = [];
		for await (const page of versionPages(Bucket)) {
			lines.push(...(page.Versions ?? []).map(({Key, IsLatest}) => `${Key} ${IsLatest}`));
			lines.push(...(page.DeleteMarkers ?? []).map(({Key, IsLatest}) => `${Key} marker ${IsLatest}`));
		}
		expect(lines).toEqual([
			'a/1 true',
			'a/1 false',
			'a/2 true',
			'b true',
			'c d+ü true',
			'e/1 true',
			'gone marker true',
			'gone false',
			'z true',
		]);
	});
});
