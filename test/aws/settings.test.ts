import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {
	CreateBucketCommand,
	DeletePublicAccessBlockCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketRequestPaymentCommand,
	PutObjectLockConfigurationCommand,
	S3Client,
} from '@aws-sdk/client-s3';
import {fromIni} from '@aws-sdk/credential-provider-ini';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	connectSandbox,
	type ConnectedSandbox,
	failureOf,
	sourceAccountId,
} from './support/connected-sandbox.js';

let aws: ConnectedSandbox;
let s3: S3Client;

beforeAll(async () => {
	aws = await connectSandbox();
	const {endpointUrl, configFile, credentialsFile} = aws.sandbox;
	s3 = new S3Client({
		region: 'us-east-1',
		endpoint: endpointUrl,
		credentials: fromIni({profile: 'source', configFilepath: configFile, filepath: credentialsFile}),
	});
});

afterAll(async () => {
	s3.destroy();
	await aws.close();
});

describe('the settings of a bucket', () => {
	test('that is new are read as S3 sets them', async () => {
		const reference = aws.bucket('new');
		await aws.source.buckets.create(reference);
		const {settings} = aws.source;

		expect(await settings.getObjectLock(reference)).toEqual({isEnabled: false});
		expect(await settings.getEncryption(reference)).toEqual({algorithm: 'AES256', usesBucketKey: false});
		expect(await settings.getRequestPayer(reference)).toBe('BucketOwner');
		expect(await settings.getOwnership(reference)).toBe('BucketOwnerEnforced');
		expect(await settings.getPublicAccessBlock(reference)).toEqual({
			blocksPublicAcls: true,
			ignoresPublicAcls: true,
			blocksPublicPolicy: true,
			restrictsPublicBuckets: true,
		});
		expect(await settings.hasPublicPolicy(reference)).toBe(false);
	});

	test('that were changed are read as they are', async () => {
		const reference = aws.bucket('changed');
		const {bucket: Bucket} = reference;
		await s3.send(new CreateBucketCommand({Bucket, ObjectLockEnabledForBucket: true}));
		await s3.send(
			new PutObjectLockConfigurationCommand({
				Bucket,
				ObjectLockConfiguration: {
					ObjectLockEnabled: 'Enabled',
					Rule: {DefaultRetention: {Mode: 'GOVERNANCE', Days: 30}},
				},
			}),
		);
		await s3.send(
			new PutBucketRequestPaymentCommand({Bucket, RequestPaymentConfiguration: {Payer: 'Requester'}}),
		);
		await s3.send(
			new PutBucketOwnershipControlsCommand({
				Bucket,
				OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
			}),
		);
		await s3.send(new DeletePublicAccessBlockCommand({Bucket}));
		await s3.send(
			new PutBucketPolicyCommand({
				Bucket,
				Policy: JSON.stringify({
					Version: '2012-10-17',
					Statement: [
						{Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`},
					],
				}),
			}),
		);
		const {settings} = aws.source;

		expect(await settings.getObjectLock(reference)).toEqual({
			isEnabled: true,
			defaultRetention: 'GOVERNANCE, days: 30',
			retentionMs: 30 * 24 * 60 * 60 * 1000,
		});
		expect(await settings.getRequestPayer(reference)).toBe('Requester');
		expect(await settings.getOwnership(reference)).toBe('ObjectWriter');
		expect((await settings.getPublicAccessBlock(reference)).restrictsPublicBuckets).toBe(false);
		expect(await settings.hasPublicPolicy(reference)).toBe(true);
	});

	// The sandbox takes no such setting: it would have to encrypt. Source of the answer: S3 API Reference, GetBucketEncryption.
	test('that encrypt with a key of KMS name it', async () => {
		const server = createServer((_request, response) => {
			response.setHeader('content-type', 'application/xml');
			response.end(
				'<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>alias/mine</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>',
			);
		});
		await once(server.listen(0, '127.0.0.1'), 'listening');
		const {port} = server.address() as AddressInfo;
		const {settings} = await aws.withProfile('kms', {
			aws_access_key_id: 'AKIAEXAMPLE',
			aws_secret_access_key: 'not-a-secret',
			endpoint_url: `http://127.0.0.1:${port}`,
		});

		expect(await settings.getEncryption(aws.bucket('kms'))).toEqual({
			algorithm: 'aws:kms',
			keyId: 'alias/mine',
			usesBucketKey: true,
		});
		server.closeAllConnections();
		server.close();
	});

	test('of a bucket that is absent are a problem', async () => {
		const {problem} = await failureOf(aws.source.settings.getOwnership(aws.bucket('absent')));
		expect(problem.code).toBe('aws-refused');
	});
});

describe('the permissions of a principal', () => {
	test('are told for each action on each resource, with the keys that were missing', async () => {
		const keys = aws.sandbox.addUser({
			accountId: sourceAccountId,
			userName: 'narrow',
			policy: {
				Version: '2012-10-17',
				Statement: [
					{Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: '*'},
					{Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::one/*'},
					{
						Effect: 'Allow',
						Action: 'iam:PassRole',
						Resource: '*',
						Condition: {StringEquals: {'iam:PassedToService': 's3.amazonaws.com'}},
					},
				],
			},
		});
		const {permissions} = await aws.withProfile('narrow', {
			aws_access_key_id: keys.accessKeyId,
			aws_secret_access_key: keys.secretAccessKey,
		});
		const principalArn = `arn:aws:iam::${sourceAccountId}:user/narrow`;
		const objects = await permissions.simulate({
			principalArn,
			actions: ['s3:GetObject', 's3:PutObject'],
			resources: ['arn:aws:s3:::one/key', 'arn:aws:s3:::two/key'],
		});
		expect(objects.map(({action, resource, decision}) => [action, resource.slice(13), decision])).toEqual([
			['s3:GetObject', 'one/key', 'allowed'],
			['s3:GetObject', 'two/key', 'implicitDeny'],
			['s3:PutObject', 'one/key', 'implicitDeny'],
			['s3:PutObject', 'two/key', 'implicitDeny'],
		]);
		const asked = {
			principalArn,
			actions: ['iam:PassRole'],
			resources: [`arn:aws:iam::${sourceAccountId}:role/r`],
		};
		expect(await permissions.simulate(asked)).toMatchObject([
			{decision: 'implicitDeny', missingContext: ['iam:PassedToService']},
		]);
		expect(
			await permissions.simulate({...asked, context: {'iam:PassedToService': 's3.amazonaws.com'}}),
		).toMatchObject([{decision: 'allowed', missingContext: []}]);
	});

	test('may be refused', async () => {
		const keys = aws.sandbox.addUser({
			accountId: sourceAccountId,
			userName: 'blind',
			policy: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}]},
		});
		const {permissions} = await aws.withProfile('blind', {
			aws_access_key_id: keys.accessKeyId,
			aws_secret_access_key: keys.secretAccessKey,
		});
		const {problem} = await failureOf(
			permissions.simulate({
				principalArn: `arn:aws:iam::${sourceAccountId}:user/blind`,
				actions: ['s3:GetObject'],
				resources: ['*'],
			}),
		);
		expect(problem.cause).toContain('The permission it needs is iam:SimulatePrincipalPolicy.');
	});
});

describe('a session', () => {
	test('of access keys does not end', async () => {
		expect(await aws.source.identity.getSession()).toEqual({isTemporary: false, expiresAt: undefined});
	});

	test('shows how far the clock is ahead, once somebody has answered', async () => {
		const late = await connectSandbox({
			clock: {now: () => Date.now() - 400_000, wait: async () => undefined},
		});
		const {identity} = late.source;
		expect(identity.clockAheadMs()).toBeUndefined();
		await identity.getCaller();
		expect(identity.clockAheadMs()).toBeGreaterThan(398_000);
		expect(identity.clockAheadMs()).toBeLessThan(402_000);
		await late.close();
	});
});
