import {GetObjectCommand, HeadObjectCommand, ListBucketsCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {finalStatusOf, setUpPair, statusOf} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 500});
});
afterAll(() => open.close());

describe.each([
	{tutorial: 'cross-region', isCrossAccount: false},
	{tutorial: 'cross-account', isCrossAccount: true},
])('the $tutorial tutorial', ({isCrossAccount}) => {
	it('ends with the object in the other bucket, the same in all that replication keeps', async () => {
		const {source, destination, destinationClient} = await setUpPair(open, {isCrossAccount});
		const Key = 'reports/2026 ü+.txt';
		const put = await open.source.send(
			new PutObjectCommand({
				Bucket: source,
				Key,
				Body: 'hello',
				Metadata: {colour: 'blue'},
				ContentType: 'text/plain',
				Tagging: 'team=a',
			}),
		);
		const VersionId = put.VersionId ?? '';
		// S3 User Guide, replication-status: PENDING at once, REPLICA at the destination.
		expect(await statusOf(open.source, source, Key, VersionId)).toBe('PENDING');
		expect(await finalStatusOf(open.source, source, Key, VersionId)).toBe('COMPLETED');
		const original = await open.source.send(new HeadObjectCommand({Bucket: source, Key, VersionId}));
		const replica = await destinationClient.send(new GetObjectCommand({Bucket: destination, Key, VersionId}));
		expect(await replica.Body?.transformToString()).toBe('hello');
		expect(replica).toMatchObject({
			ReplicationStatus: 'REPLICA',
			VersionId,
			ETag: original.ETag,
			LastModified: original.LastModified,
			Metadata: {colour: 'blue'},
			ContentType: 'text/plain',
			TagCount: 1,
		});
		expect(open.sandbox.replications).toContainEqual({
			bucket: source,
			key: Key,
			versionId: VersionId,
			destination,
			ruleId: 'rule',
			outcome: 'COMPLETED',
		});
	});
});

it.each([
	{profile: 'source', accountId: '111122223333'},
	{profile: 'destination', accountId: '444455556666'},
] as const)(
	'says that the $profile profile is an administrator of its own account',
	async ({profile, accountId}) => {
		expect(await open.sts(profile).send(new GetCallerIdentityCommand({}))).toMatchObject({
			Account: accountId,
			Arn: `arn:aws:iam::${accountId}:user/admin`,
			UserId: expect.stringMatching(/^AIDA[A-Z2-7]{16}$/) as string,
		});
	},
);

it('lists to each account only its own buckets, with their regions', async () => {
	const {source, destination} = await setUpPair(open, {isCrossAccount: true});
	const {Buckets: own = []} = await open.source.send(new ListBucketsCommand({}));
	const {Buckets: others = []} = await open.destination.send(new ListBucketsCommand({}));
	expect(own.find(({Name}) => Name === source)).toMatchObject({BucketRegion: 'us-east-1'});
	expect(others.find(({Name}) => Name === destination)).toMatchObject({BucketRegion: 'us-west-2'});
	expect(own.map(({Name}) => Name)).not.toContain(destination);
});

it('tells of every request and every copy what the program shows of them', async () => {
	const {source} = await setUpPair(open);
	await open.source.send(
		new PutObjectCommand({Bucket: source, Key: 'k', Body: 'x', ExpectedBucketOwner: '111122223333'}),
	);
	const entry = open.sandbox.requests.find(({target}) => target === `${source}/k`);
	expect(entry).toMatchObject({
		service: 's3',
		operation: 'PutObject',
		accountId: '111122223333',
		status: 200,
		expectedBucketOwner: '111122223333',
		region: 'us-east-1',
	});
	expect(open.sandbox.requests.find(({operation}) => operation === 'CreateRole')?.target).toMatch(/^role-/);
});
