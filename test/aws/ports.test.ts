import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {BucketReference} from '../../source/aws/ports.js';
import type {ReplicationConfiguration} from '../../source/domain/rule/replication-configuration.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import {rolePermissions} from '../support/duties.js';
import {until} from '../support/until.js';
import {
	connectSandbox,
	type ConnectedSandbox,
	destinationAccountId,
	failureOf,
	sourceAccountId,
} from './support/connected-sandbox.js';

let aws: ConnectedSandbox;

beforeAll(async () => {
	aws = await connectSandbox();
});

afterAll(async () => aws.close());

async function created(hint: string, region?: string): Promise<BucketReference> {
	const reference = aws.bucket(hint, region);
	await aws.source.buckets.create(reference);
	return reference;
}

async function versioned(hint: string, region?: string): Promise<BucketReference> {
	const reference = await created(hint, region);
	await aws.source.buckets.enableVersioning(reference);
	return reference;
}

describe('identity', () => {
	test('says who the caller is', async () => {
		expect(await aws.source.identity.getCaller()).toEqual({
			accountId: sourceAccountId,
			arn: `arn:aws:iam::${sourceAccountId}:user/admin`,
			partition: 'aws',
		});
	});

	test('knows the account without a request where the profile says it', async () => {
		const before = aws.sandbox.requests.length;
		expect(await aws.source.identity.knownAccountId()).toBe(sourceAccountId);
		expect(aws.sandbox.requests.length).toBe(before);
	});

	test('does not pretend to know it elsewhere', async () => {
		const keys = aws.sandbox.addUser({accountId: sourceAccountId, userName: 'plain'});
		const connection = await aws.withProfile('plain', {
			aws_access_key_id: keys.accessKeyId,
			aws_secret_access_key: keys.secretAccessKey,
		});
		expect(await connection.identity.knownAccountId()).toBeUndefined();
	});
});

describe('a bucket', () => {
	test('that is absent answers so to everything that reads', async () => {
		const reference = aws.bucket('absent');
		const {buckets} = aws.source;
		expect(await buckets.head(reference)).toEqual({state: 'absent'});
		expect(await buckets.getVersioning(reference)).toBeUndefined();
		expect(await buckets.getReplication(reference)).toBeUndefined();
		expect(await buckets.getPolicy(reference)).toBeUndefined();
	});

	test.each(['us-east-1', 'eu-central-1'])(
		'is created in %s, and is new in every respect',
		async (region) => {
			const reference = await created('new', region);
			const {buckets} = aws.source;
			expect(await buckets.head(reference)).toEqual({state: 'existing'});
			expect(await buckets.getVersioning(reference)).toBe('Unversioned');
			expect(await buckets.getReplication(reference)).toBeUndefined();
			expect(await buckets.getPolicy(reference)).toBeUndefined();
		},
	);

	test('in another region says where it is', async () => {
		const reference = await created('elsewhere', 'eu-west-1');
		expect(await aws.source.buckets.head({...reference, region: 'us-west-2'})).toEqual({
			state: 'elsewhere',
			region: 'eu-west-1',
		});
	});

	test('of another account is forbidden', async () => {
		const reference = await created('foreign', 'us-west-2');
		const asked = {...reference, accountId: destinationAccountId};
		expect(await aws.destination.buckets.head(asked)).toEqual({state: 'forbidden'});
		const {problem} = await failureOf(aws.destination.buckets.getVersioning(asked));
		expect(problem.code).toBe('not-allowed');
		const taken = await failureOf(aws.destination.buckets.create(asked));
		expect(taken.problem).toMatchObject({
			code: 'bucket-of-somebody-else',
			headline: `Cannot create ${reference.bucket}: the name is taken`,
		});
	});

	test('of this account is refused where another owner is expected', async () => {
		const reference = await versioned('owner');
		const {answer} = await failureOf(
			aws.source.buckets.enableVersioning({...reference, accountId: destinationAccountId}),
		);
		expect(answer).toMatchObject({operation: 'PutBucketVersioning', httpStatus: 403});
	});

	test('has versioning once it is enabled, however often', async () => {
		const reference = await versioned('versioned');
		await aws.source.buckets.enableVersioning(reference);
		expect(await aws.source.buckets.getVersioning(reference)).toBe('Enabled');
	});

	test('gives back the policy that was put', async () => {
		const reference = await created('policy');
		const policy = {
			Version: '2012-10-17',
			Id: 'Mine',
			Statement: [
				{
					Sid: 'With a space',
					Effect: 'Allow',
					Principal: {AWS: `arn:aws:iam::${destinationAccountId}:root`},
					Action: 's3:GetObject',
					Resource: `arn:aws:s3:::${reference.bucket}/*`,
				},
			],
		} as const;
		await aws.source.buckets.putPolicy(reference, policy);
		expect(await aws.source.buckets.getPolicy(reference)).toEqual(policy);
	});

	test('is listed with its region, below a prefix where one is given', async () => {
		const reference = await created('listed', 'ap-south-1');
		expect(await aws.source.buckets.list('listed-')).toEqual([
			{name: reference.bucket, region: 'ap-south-1'},
		]);
		expect(await aws.source.buckets.list('nothing-begins-so')).toEqual([]);
		expect((await aws.source.buckets.list()).map(({name}) => name)).toContain(reference.bucket);
		expect(await aws.destination.buckets.list()).toEqual([]);
	});
});

describe('a role', () => {
	test('that is absent answers so', async () => {
		expect(await aws.source.roles.get('nobody')).toBeUndefined();
		expect(await aws.source.roles.getPolicy('nobody', 'nothing')).toBeUndefined();
	});

	test('gives back what was put, with its real ARN', async () => {
		const {roles} = aws.source;
		await roles.create({roleName: 'mine', path: '/service-role/', description: 'ours', trust: trustPolicy});
		expect(await roles.get('mine')).toEqual({
			description: 'ours',
			roleId: expect.stringMatching(/^AROA/) as unknown,
			arn: `arn:aws:iam::${sourceAccountId}:role/service-role/mine`,
			trust: trustPolicy,
		});
		expect(await roles.getPolicy('mine', 'a+b')).toBeUndefined();
		const permissions = rolePermissions('aws', 'a', 'b');
		await roles.putPolicy('mine', 'a+b', permissions);
		expect(await roles.getPolicy('mine', 'a+b')).toEqual(permissions);
	});

	test('that exists cannot be created', async () => {
		const role = {roleName: 'twice', path: '/', description: 'ours', trust: trustPolicy};
		await aws.source.roles.create(role);
		const {answer, problem} = await failureOf(aws.source.roles.create(role));
		expect(answer?.code).toMatch(/^EntityAlreadyExists/);
		expect(problem.cause).toContain('twice');
	});
});

describe('replication and objects', () => {
	async function replicated(): Promise<{
		readonly source: BucketReference;
		readonly destination: BucketReference;
		readonly configuration: ReplicationConfiguration;
	}> {
		const source = await versioned('src');
		const destination = await versioned('dst', 'us-west-2');
		const roleName = `role-${source.bucket}`;
		await aws.source.roles.create({roleName, path: '/', description: 'ours', trust: trustPolicy});
		await aws.source.roles.putPolicy(
			roleName,
			'p',
			rolePermissions('aws', source.bucket, destination.bucket),
		);
		const configuration: ReplicationConfiguration = {
			Role: `arn:aws:iam::${sourceAccountId}:role/${roleName}`,
			Rules: [
				{
					ID: 'rule',
					Priority: 1,
					Status: 'Enabled',
					Filter: {},
					DeleteMarkerReplication: {Status: 'Disabled'},
					Destination: {Bucket: `arn:aws:s3:::${destination.bucket}`},
				},
			],
		};
		await aws.source.buckets.putReplication(source, configuration);
		return {source, destination, configuration};
	}

	test('the configuration comes back as it was put', async () => {
		const {source, configuration} = await replicated();
		expect(await aws.source.buckets.getReplication(source)).toEqual(configuration);
	});

	test('an object is followed by its version at both ends', async () => {
		const {source, destination} = await replicated();
		const {objects} = aws.source;
		const metadata = {'told-by': 'this test'};
		const {versionId} = await objects.put(source, {key: 'a/1.txt', body: 'text', metadata});
		const version = {key: 'a/1.txt', versionId};
		const seen = await until(async () => {
			const answer = await objects.headVersion(source, version);
			return answer.state === 'existing' && answer.status === 'COMPLETED' && answer;
		});
		// Documented: replicas carry the user metadata of their source (S3 User Guide, "What does Amazon S3 replicate?").
		expect(seen).toEqual({state: 'existing', status: 'COMPLETED', metadata});
		expect(await objects.headVersion(destination, version)).toEqual({
			state: 'existing',
			status: 'REPLICA',
			metadata,
		});
	});

	test('an object that no rule takes has no status, one that is not there is absent', async () => {
		const bucket = await versioned('alone');
		const {objects} = aws.source;
		const {versionId} = await objects.put(bucket, {key: 'k', body: ''});
		expect(await objects.headVersion(bucket, {key: 'k', versionId})).toEqual({
			state: 'existing',
			status: null,
			metadata: {},
		});
		expect(await objects.headVersion(bucket, {key: 'other', versionId})).toEqual({state: 'absent'});
	});

	test('an object in a bucket without versioning has the version “null”', async () => {
		const bucket = await created('unversioned');
		expect(await aws.source.objects.put(bucket, {key: 'k', body: 'x'})).toEqual({
			versionId: 'null',
			attempts: 1,
		});
	});

	test('an object of no bytes is put without a word on standard error', async () => {
		const bucket = await versioned('empty');
		const warned = vi.spyOn(console, 'warn');
		await aws.source.objects.put(bucket, {key: 'empty', body: ''});
		const {versions} = await aws.source.objects.listVersions(bucket, {prefix: 'empty'});
		expect(versions).toEqual([expect.objectContaining({sizeBytes: 0})]);
		expect(warned).not.toHaveBeenCalled();
		warned.mockRestore();
	});

	test('versions are listed, newest first, with their size and age', async () => {
		const bucket = await versioned('versions');
		const {objects} = aws.source;
		const first = await objects.put(bucket, {key: 'in/1', body: 'one'});
		const second = await objects.put(bucket, {key: 'in/1', body: 'three'});
		await objects.put(bucket, {key: 'out/1', body: 'x'});
		const {versions, next} = await objects.listVersions(bucket, {prefix: 'in/'});
		expect(versions).toEqual([
			expect.objectContaining({key: 'in/1', versionId: second.versionId, sizeBytes: 5, isLatest: true}),
			expect.objectContaining({key: 'in/1', versionId: first.versionId, sizeBytes: 3, isLatest: false}),
		]);
		expect(next).toBeUndefined();
		expect(Math.abs(Date.now() - (versions[0]?.lastModified ?? 0))).toBeLessThan(60_000);
	});

	test('versions are listed from a marker on', async () => {
		const bucket = await versioned('marker');
		const {objects} = aws.source;
		for (const key of ['1', '2', '3']) await objects.put(bucket, {key, body: 'x'});
		const {versions} = await objects.listVersions(bucket, {prefix: '', keyMarker: '1'});
		expect(versions.map(({key}) => key)).toEqual(['2', '3']);
	});
});

test('every call to a bucket that exists named the owner it expects', () => {
	const calls = aws.sandbox.requests.filter(
		({service, operation}) => service === 's3' && operation !== 'ListBuckets' && operation !== 'CreateBucket',
	);
	expect(new Set(calls.map(({operation}) => operation))).toEqual(
		new Set([
			'HeadBucket',
			'GetBucketVersioning',
			'PutBucketVersioning',
			'GetBucketReplication',
			'PutBucketReplication',
			'GetBucketPolicy',
			'PutBucketPolicy',
			'PutObject',
			'HeadObject',
			'ListObjectVersions',
		]),
	);
	expect(calls.filter(({expectedBucketOwner}) => !/^\d{12}$/.test(expectedBucketOwner ?? ''))).toEqual([]);
});

test('a call that is given up is no problem of AWS', async () => {
	const stop = new AbortController();
	stop.abort();
	const given = aws.source.buckets.head(aws.bucket('aborted'), stop.signal);
	await expect(given).rejects.toMatchObject({name: 'AbortError'});
});
