import {GetMetricDataCommand} from '@aws-sdk/client-cloudwatch';
import {
	DeleteObjectCommand,
	GetObjectAclCommand,
	GetObjectLockConfigurationCommand,
	GetObjectTaggingCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	ListObjectVersionsCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
	PutObjectTaggingCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {expect} from 'vitest';
import type {Mode, Side} from '../../../source/domain/answers/mode.js';
import {tutorialNames} from '../../../source/domain/answers/tutorial.js';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {destinationOf} from '../../support/inhabited-world.js';
import {until} from '../../support/until.js';
import type {Beside, Laid} from './option-ground.js';
import {all, type Fate, type Fates, type Row} from './option-rows.js';

type FileName = Exclude<keyof Fates, 'marker'> | 'taken';
type Sent = {readonly one: OpenSandbox; readonly mode: Mode};

/** With and without the prefix `logs/` and the tag `team=a`. */
const files: Readonly<Record<FileName, Omit<PutObjectCommandInput, 'Bucket'> & {readonly Key: string}>> = {
	taken: {Key: 'logs/taken', Tagging: 'team=a'},
	untagged: {Key: 'logs/untagged'},
	elsewhere: {Key: 'else/tagged', Tagging: 'team=a'},
	other: {Key: 'else/other'},
	encrypted: {Key: 'logs/encrypted', Tagging: 'team=a', ServerSideEncryption: 'aws:kms'},
};

const statusOf: Readonly<Record<Fate, string | undefined>> = {arrives: 'COMPLETED', stays: undefined};

const head = async (client: S3Client, Bucket: string, Key: string) =>
	client.send(new HeadObjectCommand({Bucket, Key}));

/** Waits until an object is not on its way any more, and gives what became of it. */
async function settledStatus(client: S3Client, bucket: string, key: string): Promise<string> {
	return until(async () => {
		const {ReplicationStatus: status} = await head(client, bucket, key);
		return status === 'PENDING' ? undefined : (status ?? 'none');
	});
}

/** Sends every file, and expects the fate that the row says of each, and its replica. */
export async function expectFates({one, mode}: Sent, row: Row, {keyArn}: Laid): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const fates = {...all, ...row.fates, taken: 'arrives'} as const;
	const there = row.owner === 'source' ? one.s3('source', 'us-west-2') : destinationOf(one, mode);
	for (const [name, file] of Object.entries(files)) {
		await one.source.send(new PutObjectCommand({Bucket: sourceBucket, Body: name, ...file}));
	}

	for (const [name, {Key}] of Object.entries(files)) {
		const status = await settledStatus(one.source, sourceBucket, Key);
		expect([name, status]).toEqual([name, statusOf[fates[name as FileName]] ?? 'none']);
	}

	const arrived = Object.entries(files)
		.filter(([name]) => fates[name as FileName] === 'arrives')
		.map(async ([name, {Key}]) => [name, await head(there, destinationBucket, Key)] as const);
	const replicas = Object.fromEntries(await Promise.all(arrived));
	expect(replicas.taken).toMatchObject({ReplicationStatus: 'REPLICA', ...row.replica});
	const text = JSON.stringify(row.encryptedReplica ?? null).replaceAll('KEY', keyArn);
	expect(replicas.encrypted ?? null).toEqual(
		JSON.parse(text) === null ? null : expect.objectContaining(JSON.parse(text) as object),
	);
}

/** Deletes a file that arrived; gives what tells whether its marker is over there. */
export async function deleteTaken({one, mode}: Sent): Promise<() => Promise<Fate>> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const {Key} = files.taken;
	await one.source.send(new DeleteObjectCommand({Bucket: sourceBucket, Key}));
	return async () => {
		const {DeleteMarkers: markers = []} = await destinationOf(one, mode).send(
			new ListObjectVersionsCommand({Bucket: destinationBucket, Prefix: Key}),
		);
		return markers.length === 0 ? 'stays' : 'arrives';
	};
}

/** Their rule still replicates: a file of it arrives, and a delete marker where it is of V1, which always replicates them. */
export async function expectTheirs({one, mode}: Sent, beside: Exclude<Beside, 'nothing'>): Promise<void> {
	const {sourceBucket} = tutorialNames(mode);
	const Key = 'theirs/file';
	await one.source.send(new PutObjectCommand({Bucket: sourceBucket, Key, Body: 'x'}));
	await until(async () => head(one.source, 'third-bucket', Key).catch(() => undefined));
	await one.source.send(new DeleteObjectCommand({Bucket: sourceBucket, Key}));
	const marked = async () =>
		(await one.source.send(new ListObjectVersionsCommand({Bucket: 'third-bucket', Prefix: Key})))
			.DeleteMarkers ?? [];
	const count = {V2: 0, V1: 1}[beside];
	await until(async () => (await marked()).length === count);
}

/** Whose a replica is, and who may do what with it: the owner alone, everything. */
export async function expectOwner({one, mode}: Sent, owner: Side): Promise<void> {
	const {destinationBucket: Bucket} = tutorialNames(mode);
	await expectOwnerOf(ownersClient(one, mode, owner, 'us-west-2'), {Bucket, Key: files.untagged.Key});
}

/** The same of what came back, after `expectWayBack`. */
export async function expectOwnerBack({one, mode}: Sent, owner: Side): Promise<void> {
	const {sourceBucket: Bucket} = tutorialNames(mode);
	await expectOwnerOf(ownersClient(one, mode, owner, 'us-east-1'), {Bucket, Key: 'from-there'});
}

/** Somebody of the account that one end belongs to. */
function ownersClient(one: OpenSandbox, mode: Mode, owner: Side, region: string): S3Client {
	return one.s3(owner === 'source' || mode === 'cross-region' ? 'source' : 'destination', region);
}

async function expectOwnerOf(
	client: S3Client,
	place: {readonly Bucket: string; readonly Key: string},
): Promise<void> {
	const {Owner} = await client.send(new ListBucketsCommand({}));
	const acl = await client.send(new GetObjectAclCommand(place));
	expect(acl.Owner).toEqual(expect.objectContaining({ID: Owner?.ID}));
	expect(acl.Grants).toEqual([
		{Grantee: expect.objectContaining({ID: Owner?.ID}) as object, Permission: 'FULL_CONTROL'},
	]);
}

/** Whether CloudWatch has numbers of the rule. */
export async function isMeasured({one, mode}: Sent, ruleId: string): Promise<boolean> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const Dimensions = Object.entries({
		SourceBucket: sourceBucket,
		DestinationBucket: destinationBucket,
		RuleId: ruleId,
	}).map(([Name, Value]) => ({Name, Value}));
	const Metric = {Namespace: 'AWS/S3', MetricName: 'OperationsPendingReplication', Dimensions};
	const {MetricDataResults: results = []} = await one.cloudWatch('source', 'us-west-2').send(
		new GetMetricDataCommand({
			MetricDataQueries: [{Id: 'a', MetricStat: {Metric, Period: 60, Stat: 'Maximum'}}],
			StartTime: new Date(Date.now() - 600_000),
			EndTime: new Date(Date.now() + 600_000),
		}),
	);
	return (results[0]?.Values ?? []).length > 0;
}

/** A file of the other side arrives here; new tags of a replica reach the file that it was made of. */
export async function expectWayBack({one, mode}: Sent): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const there = destinationOf(one, mode);
	await there.send(new PutObjectCommand({Bucket: destinationBucket, Key: 'from-there', Body: 'x'}));
	await until(async () => head(one.source, sourceBucket, 'from-there').catch(() => undefined));
	const {Key} = files.other;
	const TagSet = [{Key: 'changed', Value: 'there'}];
	await there.send(new PutObjectTaggingCommand({Bucket: destinationBucket, Key, Tagging: {TagSet}}));
	await until(async () => {
		const answer = await one.source.send(new GetObjectTaggingCommand({Bucket: sourceBucket, Key}));
		return answer.TagSet?.[0]?.Value === 'there';
	});
}

/** A delete marker of the other side arrives here, and each side has it once: it does not come round. */
export async function expectMarkerBack({one, mode}: Sent): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const there = destinationOf(one, mode);
	const Prefix = 'from-there';
	const markers = async (client: S3Client, Bucket: string): Promise<number> =>
		((await client.send(new ListObjectVersionsCommand({Bucket, Prefix}))).DeleteMarkers ?? []).length;
	await there.send(new DeleteObjectCommand({Bucket: destinationBucket, Key: Prefix}));
	await until(async () => (await markers(one.source, sourceBucket)) > 0);
	// What comes later would have come after it.
	await there.send(new PutObjectCommand({Bucket: destinationBucket, Key: 'after-it', Body: 'x'}));
	await until(async () => head(one.source, sourceBucket, 'after-it').catch(() => undefined));
	expect(await Promise.all([markers(one.source, sourceBucket), markers(there, destinationBucket)])).toEqual([
		1, 1,
	]);
}

/** A file of the other side with SSE-KMS arrives here, under the key for the way back. */
export async function expectEncryptedBack({one, mode}: Sent, {backKeyArn}: Laid): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const Key = 'encrypted-from-there';
	await destinationOf(one, mode).send(
		new PutObjectCommand({Bucket: destinationBucket, Key, Body: 'x', ServerSideEncryption: 'aws:kms'}),
	);
	const found = await until(async () => head(one.source, sourceBucket, Key).catch(() => undefined));
	expect(found).toMatchObject({ReplicationStatus: 'REPLICA', SSEKMSKeyId: backKeyArn});
}

/** The destination has Object Lock; from a source that has it, too, a retention goes with the replica. */
export async function expectLock({one, mode}: Sent, hasRetention: boolean): Promise<void> {
	const {sourceBucket, destinationBucket: Bucket} = tutorialNames(mode);
	const there = destinationOf(one, mode);
	expect(await there.send(new GetObjectLockConfigurationCommand({Bucket}))).toMatchObject({
		ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
	});
	const retained = hasRetention
		? {ObjectLockMode: 'GOVERNANCE' as const, ObjectLockRetainUntilDate: new Date('2100-01-01T00:00:00Z')}
		: {};
	const Key = 'retained';
	await one.source.send(new PutObjectCommand({Bucket: sourceBucket, Key, Body: 'x', ...retained}));
	const found = await until(async () => head(there, Bucket, Key).catch(() => undefined));
	const {ObjectLockMode, ObjectLockRetainUntilDate} = found;
	expect({ObjectLockMode, ObjectLockRetainUntilDate}).toEqual({
		ObjectLockMode: undefined,
		ObjectLockRetainUntilDate: undefined,
		...retained,
	});
}
