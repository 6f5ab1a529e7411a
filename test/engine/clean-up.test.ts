import {
	CopyObjectCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {expect, onTestFinished, test} from 'vitest';
import {systemClock} from '../../source/commands/host/system-clock.js';
import type {RunEvent} from '../../source/domain/event.js';
import {type OwnFiles, recordedVersion} from '../../source/domain/record/own-files.js';
import {testFileFolder, testFileKey, testFileMark} from '../../source/domain/watch/test-file.js';
import {cleanUp} from '../../source/engine/clean-up/clean-up.js';
import {openSandbox} from '../sandbox/support/open-sandbox.js';
import {createVersioned, policyOf} from '../sandbox/support/replicated-pair.js';
import {openSandboxAws} from '../support/sandbox-session.js';
import {sampled} from '../support/sampled.js';

const accountId = '111122223333';
const folder = testFileFolder('20261128-090000-1a2b');
const keyOf = (number: number): string => testFileKey(folder, number);

/** Files of which nothing is written down: their marks decide. */
const marked: OwnFiles = {prefix: folder, recorded: new Set(), isComplete: false, isMarked: true};

/** Two buckets of one account with nothing in common but what a test puts into them. */
async function twoBuckets() {
	const one = await openSandbox();
	onTestFinished(one.close);
	const there = one.s3('source', 'us-west-2');
	await createVersioned(one.source, 'here');
	await createVersioned(there, 'there');
	const connection = await (await openSandboxAws(one.sandbox)).connect('source');
	const endOf = (bucket: string, region: string) => ({reference: {bucket, region, accountId}, connection});
	const source = endOf('here', 'us-east-1');
	const found = {source, destinations: [{bucket: 'there', watched: endOf('there', 'us-west-2')}]};
	const remove = async (files: OwnFiles): Promise<readonly RunEvent[]> => {
		const events: RunEvent[] = [];
		const options = {clock: systemClock, signal: new AbortController().signal};
		for await (const event of cleanUp(files, found, options)) events.push(event);
		return events;
	};
	return {one, there, remove};
}

/** Writes one version as the program writes its test files; gives its id. */
async function upload(client: S3Client, Bucket: string, number: number): Promise<string> {
	const Key = keyOf(number);
	const {VersionId = 'null'} = await client.send(
		new PutObjectCommand({Bucket, Key, Body: 'ours', Metadata: testFileMark(Key)}),
	);
	return VersionId;
}

const versionsIn = async (client: S3Client, Bucket: string): Promise<readonly string[]> => {
	const {Versions = [], DeleteMarkers = []} = await client.send(new ListObjectVersionsCommand({Bucket}));
	return [...Versions, ...DeleteMarkers].map(({Key, VersionId}) => `${Key} ${VersionId}`).toSorted();
};

test('removes more recorded versions than a request takes, a thousand at once, without a look at any', async () => {
	const {one, remove} = await twoBuckets();
	const recorded = new Set<string>();
	const numbers = Array.from({length: 1500}, (_, index) => index + 1);
	for (let from = 0; from < numbers.length; from += 50) {
		await Promise.all(
			numbers.slice(from, from + 50).map(async (number) => {
				const versionId = await upload(one.source, 'here', number);
				recorded.add(recordedVersion(keyOf(number).slice(folder.length), versionId));
			}),
		);
	}
	await one.source.send(new PutObjectCommand({Bucket: 'here', Key: keyOf(7), Body: 'of somebody else'}));
	const [stays] = await versionsOf(one.source, keyOf(7));
	const before = one.sandbox.requests.length;

	const events = await remove({...marked, recorded, isComplete: true});

	expect(events.filter(({type}) => type === 'operation-finished')).toHaveLength(2);
	expect(await versionsIn(one.source, 'here')).toEqual([`${keyOf(7)} ${stays}`]);
	const made = one.sandbox.requests.slice(before).map(({operation}) => operation);
	expect(made.filter((operation) => operation === 'DeleteObjects')).toHaveLength(2);
	expect(made).not.toContain('HeadObject');
});

/** Newest first. */
async function versionsOf(client: S3Client, Prefix: string): Promise<readonly string[]> {
	const {Versions = []} = await client.send(new ListObjectVersionsCommand({Bucket: 'here', Prefix}));
	return Versions.map(({VersionId = ''}) => VersionId);
}

const theirs: ReadonlyArray<readonly [string, (client: S3Client, Bucket: string) => Promise<unknown>]> = [
	[
		'a version on a test key',
		async (client, Bucket) => client.send(new PutObjectCommand({Bucket, Key: keyOf(1), Body: 'theirs'})),
	],
	[
		'a version on a test key with metadata of their own',
		async (client, Bucket) =>
			client.send(
				new PutObjectCommand({
					Bucket,
					Key: keyOf(1),
					Body: 'theirs',
					Metadata: {'s3-replicate-test-file': 'x'},
				}),
			),
	],
	[
		'a file beside the test files',
		async (client, Bucket) =>
			client.send(new PutObjectCommand({Bucket, Key: `${folder}notes.txt`, Body: 'theirs'})),
	],
	[
		'a copy of a test file under another test key',
		async (client, Bucket) =>
			client.send(new CopyObjectCommand({Bucket, Key: keyOf(99), CopySource: `${Bucket}/${keyOf(1)}`})),
	],
	[
		'a copy of a test file in a folder below',
		async (client, Bucket) =>
			client.send(
				new CopyObjectCommand({Bucket, Key: `${folder}kept/00001.txt`, CopySource: `${Bucket}/${keyOf(1)}`}),
			),
	],
	[
		'a test file of another run',
		async (client, Bucket) => {
			const Key = testFileKey(testFileFolder('20261128-090000-ffff'), 1);
			await client.send(new PutObjectCommand({Bucket, Key, Body: 'ours', Metadata: testFileMark(Key)}));
		},
	],
	[
		'a delete marker on a test key',
		async (client, Bucket) => client.send(new DeleteObjectCommand({Bucket, Key: keyOf(1)})),
	],
	[
		'an object whose key goes on where the folder ends',
		async (client, Bucket) =>
			client.send(new PutObjectCommand({Bucket, Key: `${folder.slice(0, -1)}0`, Body: 'theirs'})),
	],
];

test.each(sampled('what is left by clean-up', theirs, 6))(
	'leaves %s, in both buckets, recorded or not',
	async (_name, write) => {
		const {one, there, remove} = await twoBuckets();
		for (const isRecorded of [false, true]) {
			const recorded = new Set<string>();
			for (const [client, bucket] of [
				[one.source, 'here'],
				[there, 'there'],
			] as const) {
				const before = await versionsIn(client, bucket);
				const ours = await Promise.all([1, 2, 1].map(async (number) => upload(client, bucket, number)));
				for (const versionId of ours) {
					recorded.add(recordedVersion('00001.txt', versionId));
					recorded.add(recordedVersion('00002.txt', versionId));
				}

				await write(client, bucket);
				expect(await versionsIn(client, bucket)).toHaveLength(before.length + 4);
			}

			const others = async (): Promise<readonly string[]> =>
				[...(await versionsIn(one.source, 'here')), ...(await versionsIn(there, 'there'))].filter(
					(version) => ![...recorded].some((own) => version === `${folder}${own}`),
				);
			const before = await others();

			const events = await remove(isRecorded ? {...marked, recorded, isComplete: true} : marked);

			expect(events.filter(({type}) => type === 'operation-failed')).toEqual([]);
			const notes = events.flatMap((event) =>
				event.type === 'operation-finished' ? (event.notes ?? []) : [],
			);
			const inFolder = before.filter((version) => version.startsWith(folder));
			expect(notes.map((note) => note.replace(/:.*/, '')).toSorted()).toEqual(
				[...new Set(inFolder.map((version) => version.split(' ')[0]))].flatMap((key) => {
					const count = inFolder.filter((version) => version.startsWith(`${key} `)).length / 2;
					const note = count === 1 ? '1 version or marker stays' : `${count} versions or markers stay`;
					return [note, note];
				}),
			);
			expect([...(await versionsIn(one.source, 'here')), ...(await versionsIn(there, 'there'))]).toEqual(
				before,
			);
		}
	},
);

test('leaves a copy of a test file onto itself where every upload is recorded', async () => {
	const {one, remove} = await twoBuckets();
	const versionId = await upload(one.source, 'here', 1);
	const copied = await one.source.send(
		new CopyObjectCommand({
			Bucket: 'here',
			Key: keyOf(1),
			CopySource: `here/${keyOf(1)}`,
			StorageClass: 'STANDARD_IA',
		}),
	);

	await remove({...marked, recorded: new Set([recordedVersion('00001.txt', versionId)]), isComplete: true});

	expect(await versionsIn(one.source, 'here')).toEqual([`${keyOf(1)} ${copied.VersionId}`]);
});

test('leaves what somebody wrote over a test file while versioning was suspended: both have the version “null”', async () => {
	const {one, remove} = await twoBuckets();
	await one.source.send(
		new PutBucketVersioningCommand({Bucket: 'here', VersioningConfiguration: {Status: 'Suspended'}}),
	);
	expect(await upload(one.source, 'here', 1)).toBe('null');
	expect(await upload(one.source, 'here', 2)).toBe('null');
	await one.source.send(new PutObjectCommand({Bucket: 'here', Key: keyOf(1), Body: 'theirs'}));

	await remove(marked);

	expect(await versionsIn(one.source, 'here')).toEqual([`${keyOf(1)} null`]);
});

test('deletes no file of a run that neither recorded nor marked its files', async () => {
	const {one, remove} = await twoBuckets();
	await one.source.send(new PutObjectCommand({Bucket: 'here', Key: keyOf(1), Body: 'old'}));
	const before = await versionsIn(one.source, 'here');

	await remove({...marked, isMarked: false});

	expect(await versionsIn(one.source, 'here')).toEqual(before);
});

test('deletes what is recorded where the rest may not be looked at, and says which permission is missing', async () => {
	const {one, remove} = await twoBuckets();
	const versionId = await upload(one.source, 'here', 1);
	const unknown = await upload(one.source, 'here', 2);
	const denied = {
		Effect: 'Deny',
		Principal: '*',
		Action: 's3:GetObjectVersion',
		Resource: 'arn:aws:s3:::here/*',
	};
	await one.source.send(new PutBucketPolicyCommand({Bucket: 'here', Policy: policyOf([denied])}));

	const events = await remove({...marked, recorded: new Set([recordedVersion('00001.txt', versionId)])});

	expect(await versionsIn(one.source, 'here')).toEqual([`${keyOf(2)} ${unknown}`]);
	expect(events.find(({type}) => type === 'operation-failed')).toMatchObject({
		target: 'here',
		problem: {
			code: 'not-allowed',
			nextSteps: expect.arrayContaining([expect.stringContaining('s3:GetObjectVersion')]) as string[],
		},
	});
});

test('cleans the source also where the destination cannot be cleaned, and says why', async () => {
	const {one, there, remove} = await twoBuckets();
	await upload(one.source, 'here', 1);
	const stays = await upload(there, 'there', 1);
	const denied = {
		Effect: 'Deny',
		Principal: '*',
		Action: 's3:DeleteObjectVersion',
		Resource: 'arn:aws:s3:::there/*',
	};
	await there.send(new PutBucketPolicyCommand({Bucket: 'there', Policy: policyOf([denied])}));
	const events = await remove(marked);

	expect(await versionsIn(one.source, 'here')).toEqual([]);
	expect(await versionsIn(there, 'there')).toEqual([`${keyOf(1)} ${stays}`]);
	expect(events.find(({type}) => type === 'operation-failed')).toMatchObject({
		target: 'there',
		problem: {code: 'not-allowed', headline: expect.stringContaining('there') as string},
	});
});

test('has nothing to do in a destination that is gone', async () => {
	const {one, there, remove} = await twoBuckets();
	await upload(one.source, 'here', 1);
	await there.send(new DeleteBucketCommand({Bucket: 'there'}));
	const events = await remove(marked);

	expect(events.filter(({type}) => type === 'operation-finished')).toHaveLength(2);
	expect(await versionsIn(one.source, 'here')).toEqual([]);
});
