import {
	GetObjectAclCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutObjectAclCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
	PutPublicAccessBlockCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {until} from '../support/until.js';
import {
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	ruleTo,
} from './support/open-sandbox.js';
import {
	destinationPolicy,
	finalStatusOf,
	type Pair,
	policyOf,
	put,
	rolePolicy,
	setUpPair,
} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(() => open.close());

const key = 'k';
const withAcls = (client: S3Client, Bucket: string) =>
	client.send(
		new PutBucketOwnershipControlsCommand({
			Bucket,
			OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
		}),
	);
const putAcl = ({source}: Pair) =>
	open.source.send(new PutObjectAclCommand({Bucket: source, Key: key, ACL: 'bucket-owner-full-control'}));
const reasonsOf = (versionId: string) =>
	open.sandbox.replications
		.filter((entry) => entry.versionId === versionId)
		.map(({failureReason}) => failureReason);
const replica = ({destination}: Pair, VersionId: string) => ({Bucket: destination, Key: key, VersionId});

describe('the owner of a replica (S3 User Guide, replication-change-owner)', () => {
	const owner = (bucket: string): ReplicationRule[] => [
		ruleTo(bucket, {
			Destination: {
				Bucket: `arn:aws:s3:::${bucket}`,
				Account: destinationAccountId,
				AccessControlTranslation: {Owner: 'Destination'},
			},
		}),
	];

	it('is the destination’s account where that bucket has no ACLs', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		const versionId = await put(open.source, pair.source, key);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		await open.destination.send(new HeadObjectCommand(replica(pair, versionId)));
	});

	it('is the source object’s where it has, and the destination’s account may not read it', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		await withAcls(open.destination, pair.destination);
		const versionId = await put(open.source, pair.source, key);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		const read = open.destination.send(new HeadObjectCommand(replica(pair, versionId)));
		expect(await errorOf(read)).toMatchObject({status: 403});
		const atHome = open.s3('source', 'us-west-2');
		const {Owner} = await atHome.send(new GetObjectAclCommand(replica(pair, versionId)));
		const source = await open.source.send(new GetObjectAclCommand({Bucket: pair.source, Key: key}));
		expect(Owner?.ID).toBe(source.Owner?.ID);
	});

	it('is the destination’s account where the rule says so', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true, rules: owner});
		await withAcls(open.destination, pair.destination);
		const override = {
			Effect: 'Allow',
			Action: 's3:ObjectOwnerOverrideToBucketOwner',
			Resource: `arn:aws:s3:::${pair.destination}/*`,
		};
		const withOverride = (policy: string, statement: object): string => {
			const document = JSON.parse(policy) as {Statement: object[]};
			return policyOf([...document.Statement, statement] as never);
		};
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'replication',
				PolicyDocument: withOverride(rolePolicy(pair.source, pair.destination), override),
			}),
		);
		await open.destination.send(
			new PutBucketPolicyCommand({
				Bucket: pair.destination,
				Policy: withOverride(destinationPolicy(pair.roleArn, pair.destination), {
					...override,
					Principal: {AWS: pair.roleArn},
				}),
			}),
		);
		const versionId = await put(open.source, pair.source, key);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		await open.destination.send(new HeadObjectCommand(replica(pair, versionId)));
	});
});

describe('an ACL that is changed later (S3 User Guide, replication-what-is-isnot)', () => {
	const replicated = async () => {
		const pair = await setUpPair(open);
		await withAcls(open.source, pair.source);
		await withAcls(pair.destinationClient, pair.destination);
		const versionId = await put(open.source, pair.source, key);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		return {pair, versionId};
	};

	it('follows', async () => {
		const {pair, versionId} = await replicated();
		await putAcl(pair);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		expect(await until(() => reasonsOf(versionId).length === 2 || undefined)).toBe(true);
		expect(reasonsOf(versionId)).toEqual([undefined, undefined]);
	});

	it('cannot without s3:ReplicateObject: DstPutAclNotPermitted (replication-metrics-events)', async () => {
		const {pair, versionId} = await replicated();
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'replication',
				PolicyDocument: rolePolicy(pair.source, pair.destination, ['s3:ReplicateObject']),
			}),
		);
		await putAcl(pair);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('FAILED');
		expect(reasonsOf(versionId)).toEqual([undefined, 'DstPutAclNotPermitted']);
	});
});

describe('grants to others (S3 User Guide, replication-what-is-isnot, replication-change-owner)', () => {
	const grantees = async (client: S3Client, Bucket: string, VersionId: string) => {
		const {Owner, Grants = []} = await client.send(new GetObjectAclCommand({Bucket, Key: key, VersionId}));
		return {
			owner: Owner?.ID,
			grants: Grants.map(({Grantee, Permission}) => [Grantee?.ID ?? Grantee?.URI, Permission]),
		};
	};
	const idOf = async (client: S3Client) => (await client.send(new ListBucketsCommand({}))).Owner?.ID ?? '';
	const putGranting = async (pair: Pair) => {
		const GrantRead = `id="${await idOf(open.destination)}"`;
		const input = {Bucket: pair.source, Key: key, Body: 'x', GrantRead};
		const {VersionId = ''} = await open.source.send(new PutObjectCommand(input));
		expect(await finalStatusOf(open.source, pair.source, key, VersionId)).toBe('COMPLETED');
		return VersionId;
	};

	it('are the replica’s, too, and let in there, where both buckets have ACLs', async () => {
		const pair = await setUpPair(open);
		await withAcls(open.source, pair.source);
		await withAcls(pair.destinationClient, pair.destination);
		const versionId = await putGranting(pair);
		const atSource = await grantees(open.source, pair.source, versionId);
		expect(await grantees(pair.destinationClient, pair.destination, versionId)).toEqual(atSource);
		await open.destination.send(new GetObjectCommand(replica(pair, versionId)));
	});

	it('follow when they are changed, and public ones with them', async () => {
		const pair = await setUpPair(open);
		await withAcls(open.source, pair.source);
		await withAcls(pair.destinationClient, pair.destination);
		await open.source.send(
			new PutPublicAccessBlockCommand({Bucket: pair.source, PublicAccessBlockConfiguration: {}}),
		);
		const versionId = await putGranting(pair);
		const ACL = 'authenticated-read';
		await open.source.send(new PutObjectAclCommand({Bucket: pair.source, Key: key, ACL}));
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		const atSource = await grantees(open.source, pair.source, versionId);
		expect(await grantees(pair.destinationClient, pair.destination, versionId)).toEqual(atSource);
		// The replica’s bucket still ignores public grants.
		const read = open.destination.send(new GetObjectCommand(replica(pair, versionId)));
		expect(await errorOf(read)).toMatchObject({status: 403});
	});

	it('are lost where the destination has no ACLs', async () => {
		const pair = await setUpPair(open);
		await withAcls(open.source, pair.source);
		const versionId = await putGranting(pair);
		const {owner, grants} = await grantees(pair.destinationClient, pair.destination, versionId);
		expect(grants).toEqual([[owner, 'FULL_CONTROL']]);
	});

	it('are lost where the source has turned its ACLs off meanwhile (guessed: with the next change)', async () => {
		const pair = await setUpPair(open);
		await withAcls(open.source, pair.source);
		await withAcls(pair.destinationClient, pair.destination);
		const versionId = await putGranting(pair);
		await open.source.send(
			new PutBucketOwnershipControlsCommand({
				Bucket: pair.source,
				OwnershipControls: {Rules: [{ObjectOwnership: 'BucketOwnerEnforced'}]},
			}),
		);
		const Tagging = {TagSet: [{Key: 'team', Value: 'red'}]};
		await open.source.send(new PutObjectTaggingCommand({Bucket: pair.source, Key: key, Tagging}));
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('COMPLETED');
		const {owner, grants} = await grantees(pair.destinationClient, pair.destination, versionId);
		expect(grants).toEqual([[owner, 'FULL_CONTROL']]);
	});

	it('need s3:GetObjectVersionAcl: SrcGetAclNotPermitted (replication-metrics-events)', async () => {
		const pair = await setUpPair(open, {missing: ['s3:GetObjectVersionAcl']});
		await withAcls(open.source, pair.source);
		const versionId = await put(open.source, pair.source, key);
		expect(await finalStatusOf(open.source, pair.source, key, versionId)).toBe('FAILED');
		expect(reasonsOf(versionId)).toEqual(['SrcGetAclNotPermitted']);
	});
});

describe('an object of another account in the source (S3 User Guide, replication-requirements)', () => {
	it.each([
		{ACL: 'bucket-owner-full-control' as const, status: 'COMPLETED', reason: undefined},
		{ACL: 'bucket-owner-read' as const, status: 'FAILED', reason: 'SrcGetAclNotPermitted'},
		{ACL: 'private' as const, status: 'FAILED', reason: 'SrcGetAclNotPermitted'},
		// Guessed: the bucket's owner is one of AuthenticatedUsers, who may read the object, but not its ACL.
		{ACL: 'authenticated-read' as const, status: 'FAILED', reason: 'SrcGetAclNotPermitted'},
	])('written with $ACL ends $status', async ({ACL, status, reason}) => {
		const pair = await setUpPair(open);
		await withAcls(open.source, pair.source);
		await open.source.send(
			new PutPublicAccessBlockCommand({Bucket: pair.source, PublicAccessBlockConfiguration: {}}),
		);
		await open.source.send(
			new PutBucketPolicyCommand({
				Bucket: pair.source,
				Policy: policyOf([
					{
						Effect: 'Allow',
						Principal: {AWS: destinationAccountId},
						Action: ['s3:PutObject', 's3:PutObjectAcl'],
						Resource: `arn:aws:s3:::${pair.source}/*`,
					},
				]),
			}),
		);
		const writer = open.s3('destination', 'us-east-1');
		const {VersionId = ''} = await writer.send(
			new PutObjectCommand({Bucket: pair.source, Key: key, Body: 'x', ACL}),
		);
		const entry = await until(() => open.sandbox.replications.find(({versionId}) => versionId === VersionId));
		expect({status: entry.outcome, reason: entry.failureReason}).toEqual({status, reason});
	});
});
