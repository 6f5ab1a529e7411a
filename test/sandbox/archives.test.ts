import {
	CopyObjectCommand,
	CreateMultipartUploadCommand,
	GetObjectCommand,
	HeadObjectCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	RestoreObjectCommand,
	type S3Client,
	type StorageClass,
	UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {until} from '../support/until.js';
import {errorOf, openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {createVersioned, finalStatusOf, setUpPair} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('archive');
	await createVersioned(open.source, bucket);
});
afterAll(() => open.close());

const put = async (Bucket: string, Key: string, storageClass: StorageClass): Promise<string> => {
	const {VersionId = ''} = await open.source.send(
		new PutObjectCommand({Bucket, Key, Body: 'cold', StorageClass: storageClass}),
	);
	return VersionId;
};
const read = async (client: S3Client, Bucket: string, Key: string): Promise<string | undefined> => {
	const {Body} = await client.send(new GetObjectCommand({Bucket, Key}));
	return Body?.transformToString();
};
const restoreOf = async (Key: string): Promise<string | undefined> =>
	(await open.source.send(new HeadObjectCommand({Bucket: bucket, Key}))).Restore;
const restore = async (Key: string, Days: number): Promise<number | undefined> => {
	const RestoreRequest = {Days, GlacierJobParameters: {Tier: 'Bulk' as const}};
	const answer = await open.source.send(new RestoreObjectCommand({Bucket: bucket, Key, RestoreRequest}));
	return answer.$metadata.httpStatusCode;
};
const isRestored = async (Key: string): Promise<string> =>
	until(async () => {
		const header = await restoreOf(Key);
		return header?.includes('ongoing-request="false"') === true ? header : undefined;
	});

// Documented: S3 API reference, GetObject, RestoreObject and HeadObject; words: third-party (LocalStack, recorded from AWS).
describe.each<StorageClass>(['GLACIER', 'DEEP_ARCHIVE'])('an object in %s', (storageClass) => {
	it('is told of and cannot be read, whole, in parts or as a source', async () => {
		const Key = `read-${storageClass}`;
		await put(bucket, Key, storageClass);
		const head = await open.source.send(new HeadObjectCommand({Bucket: bucket, Key}));
		expect(head).toMatchObject({StorageClass: storageClass, ContentLength: 4});
		const refused = {code: 'InvalidObjectState', status: 403, fields: {StorageClass: storageClass}};
		expect(await errorOf(read(open.source, bucket, Key))).toMatchObject(refused);
		const ranged = new GetObjectCommand({Bucket: bucket, Key, Range: 'bytes=0-1'});
		expect(await errorOf(open.source.send(ranged))).toMatchObject(refused);
		const CopySource = `${bucket}/${Key}`;
		const copy = new CopyObjectCommand({Bucket: bucket, Key: 'copy', CopySource, StorageClass: 'STANDARD'});
		expect(await errorOf(open.source.send(copy))).toMatchObject({
			...refused,
			message: "Operation is not valid for the source object's storage class",
		});
		const place = {Bucket: bucket, Key: 'parts'};
		const {UploadId} = await open.source.send(new CreateMultipartUploadCommand(place));
		const part = new UploadPartCopyCommand({...place, UploadId, PartNumber: 1, CopySource});
		expect(await errorOf(open.source.send(part))).toMatchObject(refused);
	});

	it('can be read once it is restored, until the midnight behind the days', async () => {
		const Key = `restore-${storageClass}`;
		await put(bucket, Key, storageClass);
		expect(await restoreOf(Key)).toBeUndefined();
		expect(await restore(Key, 1)).toBe(202);
		expect(await restoreOf(Key)).toBe('ongoing-request="true"');
		expect(await errorOf(restore(Key, 1))).toMatchObject({code: 'RestoreAlreadyInProgress', status: 409});
		expect(await errorOf(read(open.source, bucket, Key))).toMatchObject({code: 'InvalidObjectState'});
		expect(await isRestored(Key)).toMatch(
			/^ongoing-request="false", expiry-date="\w{3}, \d\d \w{3} \d{4} 00:00:00 GMT"$/,
		);
		expect(await read(open.source, bucket, Key)).toBe('cold');
		const before = await restoreOf(Key);
		expect(await restore(Key, 30)).toBe(200);
		expect(await restoreOf(Key)).not.toBe(before);
		await open.source.send(new CopyObjectCommand({Bucket: bucket, Key, CopySource: `${bucket}/${Key}`}));
		expect(
			(await open.source.send(new HeadObjectCommand({Bucket: bucket, Key}))).StorageClass,
		).toBeUndefined();
	});

	// Documented: S3 User Guide, replication-what-is-isnot.
	it('is not replicated, and its changes are not', async () => {
		const {source, destination} = await setUpPair(open);
		const versionId = await put(source, 'cold', storageClass);
		const warm = await put(source, 'warm', 'STANDARD_IA');
		expect(await finalStatusOf(open.source, source, 'warm', warm)).toBe('COMPLETED');
		const Tagging = {TagSet: [{Key: 'a', Value: 'b'}]};
		await open.source.send(new PutObjectTaggingCommand({Bucket: source, Key: 'cold', Tagging}));
		const head = new HeadObjectCommand({Bucket: source, Key: 'cold', VersionId: versionId});
		expect((await open.source.send(head)).ReplicationStatus).toBeUndefined();
		const there = open.s3('source', 'us-west-2');
		const replica = there.send(new HeadObjectCommand({Bucket: destination, Key: 'cold'}));
		expect(await errorOf(replica)).toMatchObject({status: 404});
	});

	// Documented: S3 User Guide, replication-add-config (the rule's storage class), and GetObject.
	it('may be a replica, which cannot be read', async () => {
		const {source, destination} = await setUpPair(open, {
			rules: (name) => [
				ruleTo(name, {Destination: {Bucket: `arn:aws:s3:::${name}`, StorageClass: storageClass}}),
			],
		});
		const versionId = await put(source, 'k', 'STANDARD');
		expect(await finalStatusOf(open.source, source, 'k', versionId)).toBe('COMPLETED');
		const there = open.s3('source', 'us-west-2');
		const head = await there.send(new HeadObjectCommand({Bucket: destination, Key: 'k'}));
		expect(head).toMatchObject({StorageClass: storageClass, ReplicationStatus: 'REPLICA'});
		expect(await errorOf(read(there, destination, 'k'))).toMatchObject({
			code: 'InvalidObjectState',
			status: 403,
		});
		expect(await read(open.source, source, 'k')).toBe('cold');
	});
});

describe('a restore', () => {
	it.each<StorageClass>(['STANDARD', 'STANDARD_IA', 'GLACIER_IR', 'INTELLIGENT_TIERING'])(
		'is not for %s, which can be read at any time (documented: RestoreObject; words: third-party)',
		async (storageClass) => {
			await put(bucket, 'warm', storageClass);
			expect(await errorOf(restore('warm', 1))).toMatchObject({
				code: 'InvalidObjectState',
				status: 403,
				message: "Restore is not allowed for the object's current storage class",
			});
			expect(await read(open.source, bucket, 'warm')).toBe('cold');
		},
	);

	it('is for some days (documented: RestoreObject; codes: guessed)', async () => {
		await put(bucket, 'days', 'GLACIER');
		expect(await errorOf(restore('days', 0))).toMatchObject({code: 'InvalidArgument'});
		const without = new RestoreObjectCommand({Bucket: bucket, Key: 'days', RestoreRequest: {}});
		expect(await errorOf(open.source.send(without))).toMatchObject({code: 'MalformedXML'});
	});
});
