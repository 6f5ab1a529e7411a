import {createHash} from 'node:crypto';
import {readdir, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
	AbortMultipartUploadCommand,
	type ChecksumAlgorithm,
	CompleteMultipartUploadCommand,
	type CompletedPart,
	CopyObjectCommand,
	CreateMultipartUploadCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListMultipartUploadsCommand,
	ListPartsCommand,
	PutObjectCommand,
	UploadPartCommand,
	UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {startChecksum} from '../../source/sandbox/http/checksum.js';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, finalStatusOf, setUpPair} from './support/replicated-pair.js';

const partBytes = 5 * 1024 * 1024;
const bytesOf = (sizeBytes: number, seed: number): Buffer => Buffer.alloc(sizeBytes, `part ${seed} `);

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('multipart');
	await createVersioned(open.source, bucket);
});
afterAll(() => open.close());

const begin = async (key: string, algorithm?: ChecksumAlgorithm): Promise<string> => {
	const {UploadId} = await open.source.send(
		new CreateMultipartUploadCommand({
			Bucket: bucket,
			Key: key,
			Metadata: {colour: 'blue'},
			ContentType: 'text/plain',
			Tagging: 'team=a',
			ChecksumAlgorithm: algorithm,
		}),
	);
	return UploadId ?? '';
};

const upload = async (
	key: string,
	uploadId: string,
	partNumber: number,
	body: Buffer,
	algorithm?: ChecksumAlgorithm,
): Promise<CompletedPart> => {
	const {$metadata: _metadata, ...sent} = await open.source.send(
		new UploadPartCommand({
			Bucket: bucket,
			Key: key,
			UploadId: uploadId,
			PartNumber: partNumber,
			Body: body,
			ChecksumAlgorithm: algorithm,
		}),
	);
	return {ETag: sent.ETag, PartNumber: partNumber, ChecksumCRC32: sent.ChecksumCRC32};
};

const complete = (key: string, uploadId: string, parts: CompletedPart[], more: object = {}) =>
	open.source.send(
		new CompleteMultipartUploadCommand({
			Bucket: bucket,
			Key: key,
			UploadId: uploadId,
			MultipartUpload: {Parts: parts},
			...more,
		}),
	);

const read = async (key: string, range?: string): Promise<Buffer> => {
	const {Body} = await open.source.send(new GetObjectCommand({Bucket: bucket, Key: key, Range: range}));
	return Buffer.from(await Body!.transformToByteArray());
};

describe('an upload in parts', () => {
	const first = bytesOf(partBytes, 1);
	const second = bytesOf(100, 2);

	// Documented: S3 User Guide, mpuoverview.
	it('becomes one object with what was said at the beginning', async () => {
		const uploadId = await begin('whole');
		// In any order, and a part may be sent again.
		const two = await upload('whole', uploadId, 2, second);
		await upload('whole', uploadId, 1, bytesOf(partBytes, 9));
		const one = await upload('whole', uploadId, 1, first);
		const done = await complete('whole', uploadId, [one, two]);
		const md5 = createHash('md5');
		for (const {ETag} of [one, two]) md5.update(Buffer.from((ETag ?? '').replaceAll('"', ''), 'hex'));
		const whole = Buffer.concat([first, second]);
		expect(done.ETag).toBe(`"${md5.digest('hex')}-2"`);
		const head = await open.source.send(new HeadObjectCommand({Bucket: bucket, Key: 'whole'}));
		expect(head).toMatchObject({
			ContentLength: whole.length,
			ContentType: 'text/plain',
			Metadata: {colour: 'blue'},
			TagCount: 1,
			VersionId: done.VersionId,
			ETag: done.ETag,
		});
		expect((await read('whole')).equals(whole)).toBe(true);
		const across = `bytes=${partBytes - 3}-${partBytes + 2}`;
		expect((await read('whole', across)).equals(whole.subarray(partBytes - 3, partBytes + 3))).toBe(true);
		expect(await errorOf(upload('whole', uploadId, 3, second))).toMatchObject({code: 'NoSuchUpload'});
	});

	it('can be read part by part (S3 API reference, GetObject)', async () => {
		const uploadId = await begin('by-part');
		const parts = [await upload('by-part', uploadId, 1, first), await upload('by-part', uploadId, 3, second)];
		await complete('by-part', uploadId, parts);
		const part = await open.source.send(
			new GetObjectCommand({Bucket: bucket, Key: 'by-part', PartNumber: 2}),
		);
		expect(part).toMatchObject({PartsCount: 2, ContentLength: 100, $metadata: {httpStatusCode: 206}});
		expect(await part.Body?.transformToString()).toBe(second.toString());
		// No algorithm was chosen: of the parts' checksums none is kept, and the object's would not fit.
		expect(part.ChecksumCRC64NVME).toBeUndefined();
		expect(
			await errorOf(open.source.send(new GetObjectCommand({Bucket: bucket, Key: 'by-part', PartNumber: 3}))),
		).toMatchObject({code: 'InvalidPartNumber', status: 416});
	});

	// Documented: S3 User Guide, checking-object-integrity-upload. The SDK checks the bytes against it.
	it('tells the checksum of the part that is read, not that of another or of the whole', async () => {
		const uploadId = await begin('checked', 'CRC32');
		const parts = [
			await upload('checked', uploadId, 1, first, 'CRC32'),
			await upload('checked', uploadId, 3, second, 'CRC32'),
		];
		await complete('checked', uploadId, parts);
		const asked = {Bucket: bucket, Key: 'checked', PartNumber: 2, ChecksumMode: 'ENABLED'} as const;
		const part = await open.source.send(new GetObjectCommand(asked));
		expect(part).toMatchObject({ChecksumCRC32: parts[1]?.ChecksumCRC32, PartsCount: 2});
		expect(await part.Body?.transformToString()).toBe(second.toString());
		const head = await open.source.send(new HeadObjectCommand({...asked, PartNumber: 1}));
		expect(head.ChecksumCRC32).toBe(parts[0]?.ChecksumCRC32);
	});

	it('is listed, with its parts, until it is completed or aborted', async () => {
		const uploadId = await begin('listed/a');
		const other = await begin('listed/b');
		await upload('listed/a', uploadId, 4, second);
		await upload('listed/a', uploadId, 7, second);
		const list = (more: object = {}) =>
			open.source.send(new ListMultipartUploadsCommand({Bucket: bucket, Prefix: 'listed/', ...more}));
		expect((await list()).Uploads?.map(({UploadId}) => UploadId)).toEqual([uploadId, other]);
		const page = await list({MaxUploads: 1});
		expect(page).toMatchObject({IsTruncated: true, NextKeyMarker: 'listed/a', NextUploadIdMarker: uploadId});
		const next = await list({KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker});
		expect(next.Uploads?.map(({UploadId}) => UploadId)).toEqual([other]);
		expect((await list({Prefix: '', Delimiter: '/'})).CommonPrefixes).toContainEqual({Prefix: 'listed/'});
		const parts = await open.source.send(
			new ListPartsCommand({Bucket: bucket, Key: 'listed/a', UploadId: uploadId, PartNumberMarker: '4'}),
		);
		expect(parts.Parts).toMatchObject([{PartNumber: 7, Size: 100}]);
		const abort = () =>
			open.source.send(
				new AbortMultipartUploadCommand({Bucket: bucket, Key: 'listed/a', UploadId: uploadId}),
			);
		await abort();
		expect(await errorOf(abort())).toMatchObject({code: 'NoSuchUpload', status: 404});
		expect((await list()).Uploads?.map(({UploadId}) => UploadId)).toEqual([other]);
	});

	// Codes and words: S3 API reference, CompleteMultipartUpload and ErrorResponses.
	it.each([
		{code: 'InvalidPart', parts: (one: CompletedPart) => [{...one, ETag: '"0"'}]},
		{code: 'InvalidPart', parts: (one: CompletedPart) => [{...one, PartNumber: 9}]},
		{code: 'InvalidPartOrder', parts: (one: CompletedPart, two: CompletedPart) => [two, one]},
		{code: 'EntityTooSmall', parts: (one: CompletedPart, two: CompletedPart) => [one, two]},
		{code: 'MalformedXML', parts: () => []},
	])('is refused with $code', async ({code, parts}) => {
		const uploadId = await begin('refused');
		const one = await upload('refused', uploadId, 1, second);
		const two = await upload('refused', uploadId, 2, second);
		expect(await errorOf(complete('refused', uploadId, parts(one, two)))).toMatchObject({code, status: 400});
	});

	// Documented: S3 API reference, UploadPart; words: third-party.
	it.each([0, 10_001])('has no part %i', async (partNumber) => {
		const uploadId = await begin('refused');
		expect(await errorOf(upload('refused', uploadId, partNumber, second))).toMatchObject({
			code: 'InvalidArgument',
		});
	});

	it('minds conditions as they are at its end (recorded: test_multipart_if_none_match_with_put, …_if_match_with_put)', async () => {
		const put = (body: string) =>
			open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'condition', Body: body}));
		const before = await put('before');
		const uploadId = await begin('condition');
		const during = await put('during');
		const part = await upload('condition', uploadId, 1, second);
		expect(await errorOf(complete('condition', uploadId, [part], {IfNoneMatch: '*'}))).toMatchObject({
			code: 'PreconditionFailed',
		});
		expect(await errorOf(complete('condition', uploadId, [part], {IfMatch: before.ETag}))).toMatchObject({
			code: 'PreconditionFailed',
		});
		expect(await errorOf(complete('condition', uploadId, [part], {IfMatch: during.ETag}))).toMatchObject({
			code: 'ConditionalRequestConflict',
			status: 409,
		});
	});

	// Documented: S3 User Guide, replication-what-is-isnot.
	it('is replicated as one object', async () => {
		const pair = await setUpPair(open);
		const input = {Bucket: pair.source, Key: 'k'};
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand(input));
		const {ETag} = await open.source.send(
			new UploadPartCommand({...input, UploadId, PartNumber: 1, Body: first}),
		);
		const {VersionId = ''} = await open.source.send(
			new CompleteMultipartUploadCommand({
				...input,
				UploadId,
				MultipartUpload: {Parts: [{ETag, PartNumber: 1}]},
			}),
		);
		expect(await finalStatusOf(open.source, pair.source, 'k', VersionId)).toBe('COMPLETED');
		const replica = await pair.destinationClient.send(
			new GetObjectCommand({Bucket: pair.destination, Key: 'k', VersionId}),
		);
		expect(replica.ContentLength).toBe(first.length);
		expect(Buffer.from(await replica.Body!.transformToByteArray()).equals(first)).toBe(true);
	});

	// Guessed: S3 says nothing of uploads in a bucket that is deleted.
	it('that is under way goes with its bucket', async () => {
		const short = open.name('short-lived');
		await createVersioned(open.source, short);
		await open.source.send(new CreateMultipartUploadCommand({Bucket: short, Key: 'k'}));
		await open.source.send(new DeleteBucketCommand({Bucket: short}));
	});
});

describe('checksums of an upload in parts', () => {
	it('are CRC64NVME of the whole where the client leaves it to S3 (recorded: test_multipart_if_match_etag)', async () => {
		const uploadId = await begin('recorded');
		const {ETag} = await upload('recorded', uploadId, 1, Buffer.from('test'));
		const done = await complete('recorded', uploadId, [{ETag, PartNumber: 1}]);
		expect(done).toMatchObject({
			ETag: '"60cd54a928cbbcbb6e7b5595bab46a9e-1"',
			ChecksumCRC64NVME: '+bu+zv66sUM=',
			ChecksumType: 'FULL_OBJECT',
		});
	});

	it('are of the parts for CRC32 (S3 User Guide, checking-object-integrity-upload)', async () => {
		const uploadId = await begin('composite', 'CRC32');
		const part = await upload('composite', uploadId, 1, Buffer.from('test'), 'CRC32');
		const done = await complete('composite', uploadId, [part]);
		expect(done.ChecksumType).toBe('COMPOSITE');
		expect(done.ChecksumCRC32).toMatch(/^[A-Za-z0-9+/=]{8}-1$/);
	});

	// Documented: S3 User Guide, checking-object-integrity-upload; words: third-party.
	it('are refused where the parts have others than the upload', async () => {
		const uploadId = await begin('mixed', 'SHA256');
		expect(await errorOf(upload('mixed', uploadId, 1, Buffer.from('test'), 'CRC32'))).toMatchObject({
			code: 'InvalidRequest',
		});
	});

	// The check value of CRC-64/NVME: NVM Command Set Specification and the catalogue of parametrised CRCs.
	// Documented: the catalogue of CRC algorithms.
	it('know the check value of CRC64NVME', () => {
		const running = startChecksum('CRC64NVME');
		running.update(Buffer.from('12345'));
		running.update(Buffer.from('6789'));
		expect(Buffer.from(running.digest(), 'base64').toString('hex')).toBe('ae8b14860a799888');
	});
});

describe('a part that is copied', () => {
	const range = (value?: string) =>
		new UploadPartCopyCommand({
			Bucket: bucket,
			Key: 'copy',
			UploadId: uploadId,
			PartNumber: 1,
			CopySource: `${bucket}/copied`,
			CopySourceRange: value,
		});
	let uploadId: string;
	beforeAll(async () => {
		await open.source.send(new PutObjectCommand({Bucket: bucket, Key: 'copied', Body: '0123456789'}));
		uploadId = await begin('copy');
	});

	it.each([
		{value: undefined, text: '0123456789'},
		{value: 'bytes=0-8', text: '012345678'},
		{value: 'bytes=1-1', text: '1'},
	])('holds the range $value', async ({value, text}) => {
		const {CopyPartResult} = await open.source.send(range(value));
		expect(CopyPartResult?.ETag).toBe(`"${createHash('md5').update(text).digest('hex')}"`);
	});

	// Recorded: TestS3Multipart::test_upload_part_copy_range.
	it.each([
		'0-8',
		'bytes=1-0',
		'bytes=-1-',
		'bytes=0--1',
		'bytes=0-1,3-4,7-9',
		'bytes=-',
		'bytes=-0',
		'bytes=0-100',
	])('is refused for %s', async (value) => {
		expect(await errorOf(open.source.send(range(value)))).toMatchObject({
			code: 'InvalidArgument',
			status: 400,
			fields: {ArgumentName: 'x-amz-copy-source-range', ArgumentValue: value},
		});
	});

	const past = new Date('2020-01-01T00:00:00Z');
	// Recorded: TestS3Multipart::test_upload_part_copy_with_….
	it.each([
		{conditions: {CopySourceIfMatch: '"0"'}, condition: 'x-amz-copy-source-If-Match'},
		{conditions: {CopySourceIfUnmodifiedSince: past}, condition: 'x-amz-copy-source-If-Unmodified-Since'},
		{
			conditions: {CopySourceIfNoneMatch: '"781e5e245d69b566979b86e28d23f2c7"'},
			condition: 'x-amz-copy-source-If-None-Match',
		},
	])('is refused where $condition does not hold, and so is a whole copy', async ({conditions, condition}) => {
		const part = errorOf(open.source.send(new UploadPartCopyCommand({...range().input, ...conditions})));
		const refused = {code: 'PreconditionFailed', status: 412, fields: {Condition: condition}};
		expect(await part).toMatchObject(refused);
		const whole = new CopyObjectCommand({
			Bucket: bucket,
			Key: 'copy',
			CopySource: `${bucket}/copied`,
			...conditions,
		});
		expect(await errorOf(open.source.send(whole))).toMatchObject(refused);
	});

	// Documented: RFC 9110, section 13.1.3; S3 API reference, UploadPartCopy.
	it('does not mind a time to come', async () => {
		const future = new Date(Date.now() + 3_600_000);
		await open.source.send(new UploadPartCopyCommand({...range().input, CopySourceIfModifiedSince: future}));
	});
});

describe('bytes', () => {
	it('above 64 KiB lie in private files, which go with the object and with the sandbox', async () => {
		const folders = async () =>
			new Set((await readdir(tmpdir())).filter((name) => name.startsWith('s3-replicate-bodies-')));
		const before = await folders();
		const own = await openSandbox();
		const name = own.name('files');
		await createVersioned(own.source, name);
		const put = (key: string, sizeBytes: number) =>
			own.source.send(new PutObjectCommand({Bucket: name, Key: key, Body: bytesOf(sizeBytes, 1)}));
		await put('short', 64 * 1024);
		expect((await folders()).size).toBe(before.size);
		const {VersionId} = await put('long', 64 * 1024 + 1);
		const [folder = ''] = [...(await folders())].filter((path) => !before.has(path));
		const path = join(tmpdir(), folder);
		expect((await stat(path)).mode & 0o777).toBe(0o700);
		const files = await readdir(path);
		expect(files).toHaveLength(2);
		const modes = files.map(async (file) => (await stat(join(path, file))).mode & 0o777);
		expect(await Promise.all(modes)).toEqual([0o600, 0o600]);
		await own.source.send(new DeleteObjectCommand({Bucket: name, Key: 'long', VersionId}));
		await expect.poll(() => readdir(path)).toEqual(['owner.json']);
		await put('long', 64 * 1024 + 1);
		await own.close();
		expect((await folders()).has(folder)).toBe(false);
	});

	it('are capped all together, uploads under way among them, with a clear error', async () => {
		const own = await openSandbox({capBytes: 150_000});
		const name = own.name('capped');
		await createVersioned(own.source, name);
		const put = (sizeBytes: number) =>
			own.source.send(new PutObjectCommand({Bucket: name, Key: 'k', Body: bytesOf(sizeBytes, 1)}));
		const {VersionId} = await put(100_000);
		const full = {
			code: 'EntityTooLarge',
			status: 400,
			message: 'The sandbox holds no more bytes: delete objects first',
		};
		expect(await errorOf(put(60_000))).toMatchObject(full);
		const {UploadId} = await own.source.send(new CreateMultipartUploadCommand({Bucket: name, Key: 'parts'}));
		const part = (sizeBytes: number) =>
			own.source.send(
				new UploadPartCommand({
					Bucket: name,
					Key: 'parts',
					UploadId,
					PartNumber: 1,
					Body: bytesOf(sizeBytes, 1),
				}),
			);
		await part(30_000);
		expect(await errorOf(put(30_000))).toMatchObject(full);
		await own.source.send(new AbortMultipartUploadCommand({Bucket: name, Key: 'parts', UploadId}));
		await put(30_000);
		await own.source.send(new DeleteObjectCommand({Bucket: name, Key: 'k', VersionId}));
		await put(100_000);
		await own.close();
	});
});
