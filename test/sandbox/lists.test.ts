import {
	CreateMultipartUploadCommand,
	ListMultipartUploadsCommand,
	ListObjectsV2Command,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type OpenSandbox, openSandbox} from './support/open-sandbox.js';
import {headerOf, sendRaw} from './support/raw-request.js';
import {createVersioned} from './support/replicated-pair.js';

const Bucket = 'lists';
let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
	await createVersioned(open.source, Bucket);
	for (const Key of ['a', 'b', 'c']) {
		await open.source.send(new PutObjectCommand({Bucket, Key, Body: ''}));
	}
});
afterAll(() => open.close());

describe('ListMultipartUploads', () => {
	it('has no next markers where there is nothing (guessed)', async () => {
		const seen = await open.source.send(new ListMultipartUploadsCommand({Bucket, Prefix: 'none'}));
		expect(seen).toMatchObject({IsTruncated: false});
		expect(seen).not.toHaveProperty('NextKeyMarker');
	});

	it('names the last upload of a page that is the only one, too (third-party)', async () => {
		const Key = 'last/1';
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand({Bucket, Key}));
		const seen = await open.source.send(new ListMultipartUploadsCommand({Bucket, Prefix: 'last/'}));
		expect(seen).toMatchObject({IsTruncated: false, NextKeyMarker: Key, NextUploadIdMarker: UploadId});
		const grouped = await open.source.send(
			new ListMultipartUploadsCommand({Bucket, Prefix: 'la', Delimiter: '/'}),
		);
		expect(grouped).toMatchObject({IsTruncated: false, NextKeyMarker: 'last/'});
	});

	it('gives every upload once, page by page', async () => {
		const keys = ['p/1', 'p/2', 'p/2', 'p/3'];
		for (const Key of keys) await open.source.send(new CreateMultipartUploadCommand({Bucket, Key}));
		const pages: (readonly (string | undefined)[])[] = [];
		let markers: {KeyMarker?: string | undefined; UploadIdMarker?: string | undefined} = {};
		let isTruncated: boolean | undefined = true;
		while (isTruncated === true) {
			const page: Awaited<ReturnType<typeof next>> = await next(markers);
			pages.push((page.Uploads ?? []).map(({Key}) => Key));
			markers = {KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker};
			isTruncated = page.IsTruncated;
		}
		expect(pages).toEqual([['p/1'], ['p/2'], ['p/2'], ['p/3']]);
	});
	const next = async (markers: object) =>
		open.source.send(new ListMultipartUploadsCommand({Bucket, Prefix: 'p/', MaxUploads: 1, ...markers}));

	it.each([
		{asked: {ChecksumAlgorithm: 'SHA256'}, told: {ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE'}},
		{
			asked: {ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'},
			told: {ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT'},
		},
	] as const)(
		'tells the checksum of an upload: $told (documented: MultipartUpload)',
		async ({asked, told}) => {
			const Key = `sum/${asked.ChecksumAlgorithm}`;
			await open.source.send(new CreateMultipartUploadCommand({Bucket, Key, ...asked}));
			const {Uploads} = await open.source.send(new ListMultipartUploadsCommand({Bucket, Prefix: Key}));
			expect(Uploads).toMatchObject([told]);
		},
	);
});

describe('ListObjectsV2', () => {
	it('tells StartAfter on the page that it begins, not beside a token (third-party)', async () => {
		const asked = {Bucket, StartAfter: 'a', MaxKeys: 1};
		const first = await open.source.send(new ListObjectsV2Command(asked));
		expect(first).toMatchObject({StartAfter: 'a', Contents: [{Key: 'b'}]});
		const ContinuationToken = first.NextContinuationToken;
		const second = await open.source.send(new ListObjectsV2Command({...asked, ContinuationToken}));
		expect(second).toMatchObject({ContinuationToken, Contents: [{Key: 'c'}]});
		expect(second).not.toHaveProperty('StartAfter');
	});
});

describe('x-amz-bucket-region', () => {
	it.each([
		{of: 'ListObjects', method: 'GET', query: []},
		{of: 'ListObjectsV2', method: 'GET', query: [['list-type', '2']]},
		{of: 'HeadBucket', method: 'HEAD', query: []},
	] as const)(
		'is there in the answer of $of (third-party; HeadBucket: documented)',
		async ({method, query}) => {
			const {accessKeyId, secretAccessKey} = await open.source.config.credentials();
			const key = {accessKeyId, secretAccessKey};
			const answer = await sendRaw(open.sandbox.endpointUrl, key, {method, path: `/${Bucket}`, query});
			expect(headerOf(answer, 'x-amz-bucket-region')).toBe('us-east-1');
		},
	);
});
