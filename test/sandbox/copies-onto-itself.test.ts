import {
	CopyObjectCommand,
	type CopyObjectCommandInput,
	CreateBucketCommand,
	DeleteBucketReplicationCommand,
	GetBucketReplicationCommand,
	GetObjectCommand,
	HeadObjectCommand,
	PutBucketEncryptionCommand,
	PutBucketReplicationCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, finalStatusOf, setUpPair} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

type Copy = (changes?: Partial<CopyObjectCommandInput>) => Promise<unknown>;

/** A bucket with one object, and how to copy it onto itself. */
async function oneObject(isVersioned: boolean): Promise<{Bucket: string; versionId: string; copy: Copy}> {
	const Bucket = open.name('bucket');
	await (isVersioned
		? createVersioned(open.source, Bucket)
		: open.source.send(new CreateBucketCommand({Bucket})));
	const {VersionId = 'null'} = await open.source.send(
		new PutObjectCommand({
			Bucket,
			Key: 'k',
			Body: 'content',
			Metadata: {one: '1'},
			Tagging: 'a=b',
			WebsiteRedirectLocation: '/from-source',
			CacheControl: 'no-store',
		}),
	);
	const copy: Copy = async (changes = {}) =>
		open.source.send(new CopyObjectCommand({Bucket, Key: 'k', CopySource: `${Bucket}/k`, ...changes}));
	return {Bucket, versionId: VersionId, copy};
}

describe.each([
	{what: 'a bucket with versioning', isVersioned: true},
	{what: 'a bucket without', isVersioned: false},
])('in $what an object', ({isVersioned}) => {
	it('is not copied onto itself where nothing changes (documented: CopyObject)', async () => {
		const {copy} = await oneObject(isVersioned);
		const refused = {code: 'InvalidRequest', status: 400};
		expect(await errorOf(copy())).toMatchObject(refused);
		expect(await errorOf(copy({MetadataDirective: 'COPY', TaggingDirective: 'COPY'}))).toMatchObject(refused);
		expect(await errorOf(copy({ChecksumAlgorithm: 'SHA256'}))).toMatchObject(refused);
	});

	// Documented: the message of S3 names metadata, storage class, website redirect location and encryption.
	it.each<{what: string; changes: Partial<CopyObjectCommandInput>}>([
		{what: 'its metadata', changes: {MetadataDirective: 'REPLACE', Metadata: {one: '1'}}},
		{what: 'its storage class, be it the same', changes: {StorageClass: 'STANDARD'}},
		{what: 'another storage class', changes: {StorageClass: 'STANDARD_IA'}},
		{what: 'its encryption, be it the same', changes: {ServerSideEncryption: 'AES256'}},
		{what: 'its redirect location', changes: {WebsiteRedirectLocation: '/elsewhere'}},
	])('is copied onto itself with $what', async ({changes}) => {
		const {Bucket, copy} = await oneObject(isVersioned);
		await copy(changes);
		const {Body} = await open.source.send(new GetObjectCommand({Bucket, Key: 'k'}));
		expect(await Body?.transformToString()).toBe('content');
	});

	it('is copied onto itself where its version is named (third-party: issue 12, the usual way to replicate old objects)', async () => {
		const {Bucket, versionId, copy} = await oneObject(isVersioned);
		await copy({CopySource: `${Bucket}/k?versionId=${versionId}`});
		const head = await open.source.send(new HeadObjectCommand({Bucket, Key: 'k'}));
		expect(head).toMatchObject({Metadata: {one: '1'}, TagCount: 1, CacheControl: 'no-store'});
	});

	it('is copied onto itself once the bucket was given its encryption (third-party: LocalStack, S3 allows it)', async () => {
		const {Bucket, copy} = await oneObject(isVersioned);
		const Rules = [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256' as const}}];
		await open.source.send(
			new PutBucketEncryptionCommand({Bucket, ServerSideEncryptionConfiguration: {Rules}}),
		);
		await copy();
		const {Body} = await open.source.send(new GetObjectCommand({Bucket, Key: 'k'}));
		expect(await Body?.transformToString()).toBe('content');
	});
});

// Documented: S3 API reference, CopyObject, x-amz-website-redirect-location.
describe('the redirect location of a copy', () => {
	it.each<{changes: Partial<CopyObjectCommandInput>; expected: string | undefined}>([
		{changes: {}, expected: undefined},
		{changes: {WebsiteRedirectLocation: '/there'}, expected: '/there'},
		{changes: {MetadataDirective: 'REPLACE'}, expected: undefined},
		{changes: {MetadataDirective: 'REPLACE', WebsiteRedirectLocation: '/there'}, expected: '/there'},
	])('is the one of the request: $changes', async ({changes, expected}) => {
		const {Bucket, copy} = await oneObject(true);
		await copy({Key: 'copy', ...changes});
		const head = await open.source.send(new HeadObjectCommand({Bucket, Key: 'copy'}));
		expect(head.WebsiteRedirectLocation).toBe(expected);
		const source = await open.source.send(new HeadObjectCommand({Bucket, Key: 'k'}));
		expect(source.WebsiteRedirectLocation).toBe('/from-source');
	});
});

// Documented: S3 User Guide, replication-what-is-isnot (new versions are replicated, objects from before the rule are not).
it('An object from before the rule replicates once it is copied onto itself', async () => {
	const {source, destination} = await setUpPair(open);
	const {ReplicationConfiguration} = await open.source.send(
		new GetBucketReplicationCommand({Bucket: source}),
	);
	await open.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
	const put = await open.source.send(new PutObjectCommand({Bucket: source, Key: 'old', Body: 'old'}));
	await open.source.send(new PutBucketReplicationCommand({Bucket: source, ReplicationConfiguration}));
	const before = new HeadObjectCommand({Bucket: source, Key: 'old'});
	expect((await open.source.send(before)).ReplicationStatus).toBeUndefined();
	const CopySource = `${source}/old?versionId=${put.VersionId}`;
	const copied = await open.source.send(new CopyObjectCommand({Bucket: source, Key: 'old', CopySource}));
	expect(await finalStatusOf(open.source, source, 'old', copied.VersionId ?? '')).toBe('COMPLETED');
	const there = open.s3('source', 'us-west-2');
	const replica = await there.send(new HeadObjectCommand({Bucket: destination, Key: 'old'}));
	expect(replica).toMatchObject({VersionId: copied.VersionId, ReplicationStatus: 'REPLICA'});
});
