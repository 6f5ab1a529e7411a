import {
	DeleteObjectTaggingCommand,
	GetObjectAclCommand,
	GetObjectTaggingCommand,
	HeadObjectCommand,
	ListBucketsCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketReplicationCommand,
	PutObjectAclCommand,
	PutObjectLegalHoldCommand,
	PutObjectLockConfigurationCommand,
	PutObjectTaggingCommand,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {until} from '../support/until.js';
import {errorOf, openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {
	finalStatusOf,
	type Pair,
	policyOf,
	put,
	rolePolicy,
	setUpPair,
	statusOf,
} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(() => open.close());

const sync = (destination: string, changes: Partial<ReplicationRule> = {}): ReplicationRule =>
	ruleTo(destination, {SourceSelectionCriteria: {ReplicaModifications: {Status: 'Enabled'}}, ...changes});

/** Both ways with one role, the way back with this rule. */
const setUpBothWays = async (
	back: (source: string) => ReplicationRule,
	missing: readonly string[] = [],
): Promise<Pair> => {
	const pair = await setUpPair(open, {rules: (destination) => [sync(destination)]});
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'back',
			PolicyDocument: rolePolicy(pair.destination, pair.source, missing),
		}),
	);
	await pair.destinationClient.send(
		new PutBucketReplicationCommand({
			Bucket: pair.destination,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [back(pair.source)]},
		}),
	);
	return pair;
};

const replicated = async (pair: Pair): Promise<string> => {
	const versionId = await put(open.source, pair.source, 'k');
	expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
	return versionId;
};

const tagReplica = async ({destination, destinationClient}: Pair, VersionId: string) =>
	destinationClient.send(
		new PutObjectTaggingCommand({
			Bucket: destination,
			Key: 'k',
			VersionId,
			Tagging: {TagSet: [{Key: 'changed', Value: 'at the replica'}]},
		}),
	);

const tagsOfSource = async ({source}: Pair, VersionId: string): Promise<string> => {
	const {TagSet} = await open.source.send(new GetObjectTaggingCommand({Bucket: source, Key: 'k', VersionId}));
	return (TagSet ?? []).map(({Key, Value}) => `${Key}=${Value}`).join();
};

/** Object Lock, ACLs and the rights that both need, on either side. */
const allowLockAndAcls = async ({roleName, source, destination, destinationClient}: Pair): Promise<void> => {
	const sides = [
		{client: open.source, Bucket: source},
		{client: destinationClient, Bucket: destination},
	];
	for (const {client, Bucket} of sides) {
		await client.send(
			new PutObjectLockConfigurationCommand({
				Bucket,
				ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
			}),
		);
		await client.send(
			new PutBucketOwnershipControlsCommand({
				Bucket,
				OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
			}),
		);
	}
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'locks',
			PolicyDocument: policyOf([
				{Effect: 'Allow', Action: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'], Resource: '*'},
			]),
		}),
	);
};

const copiesOf = (bucket: string) => open.sandbox.replications.filter((entry) => entry.bucket === bucket);
const documented = 'documented: S3 User Guide, replication-for-metadata-changes';

describe('a replica whose lock or ACL is changed', () => {
	it(`changes its source, too (${documented})`, async () => {
		const pair = await setUpBothWays((source) => sync(source));
		await allowLockAndAcls(pair);
		const versionId = await replicated(pair);
		const {Owner} = await open.destination.send(new ListBucketsCommand({}));
		const where = {Bucket: pair.destination, Key: 'k', VersionId: versionId};
		await pair.destinationClient.send(new PutObjectLegalHoldCommand({...where, LegalHold: {Status: 'ON'}}));
		const atSource = {Bucket: pair.source, Key: 'k', VersionId: versionId};
		const isHeld = async () =>
			(await open.source.send(new HeadObjectCommand(atSource))).ObjectLockLegalHoldStatus === 'ON' ||
			undefined;
		expect(await until(isHeld)).toBe(true);
		await pair.destinationClient.send(new PutObjectAclCommand({...where, GrantRead: `id=${Owner?.ID}`}));
		const isGranted = async () =>
			((await open.source.send(new GetObjectAclCommand(atSource))).Grants ?? []).some(
				({Permission}) => Permission === 'READ',
			) || undefined;
		expect(await until(isGranted)).toBe(true);
	});
});

describe('a replica that is changed', () => {
	it(`changes its source where its own bucket's rule syncs replicas, once (${documented})`, async () => {
		const pair = await setUpBothWays((source) => sync(source));
		const versionId = await replicated(pair);
		await tagReplica(pair, versionId);
		const tags = 'changed=at the replica';
		await until(async () => (await tagsOfSource(pair, versionId)) === tags || undefined);
		await until(async () => copiesOf(pair.destination).length > 0 || undefined);
		expect(await statusOf(pair.destinationClient, pair.destination, 'k', versionId)).toBe('REPLICA');
		expect(await statusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
		// What came back does not set out again: the next copies of either bucket are those of what is changed next.
		await open.source.send(
			new DeleteObjectTaggingCommand({Bucket: pair.source, Key: 'k', VersionId: versionId}),
		);
		await until(async () => copiesOf(pair.source).length > 1 || undefined);
		expect([copiesOf(pair.source).length, copiesOf(pair.destination).length]).toEqual([2, 1]);
	});

	it(`stays alone where that rule does not (${documented})`, async () => {
		const pair = await setUpBothWays((source) =>
			sync(source, {SourceSelectionCriteria: {ReplicaModifications: {Status: 'Disabled'}}}),
		);
		const versionId = await replicated(pair);
		await tagReplica(pair, versionId);
		expect(await statusOf(pair.destinationClient, pair.destination, 'k', versionId)).toBe('REPLICA');
		const {length} = copiesOf(pair.destination);
		await replicated(pair);
		expect([length, copiesOf(pair.destination).length]).toEqual([0, 0]);
		expect(await tagsOfSource(pair, versionId)).toBe('');
	});

	it('shows where that fails (documented: S3 User Guide, replication-status)', async () => {
		const pair = await setUpBothWays((source) => sync(source), ['s3:ReplicateTags']);
		const versionId = await replicated(pair);
		await tagReplica(pair, versionId);
		const {destination, destinationClient} = pair;
		expect(await finalStatusOf(destinationClient, destination, 'k', versionId)).toBe('FAILED');
		expect(copiesOf(destination)).toMatchObject([{failureReason: 'DstPutTaggingNotPermitted'}]);
	});

	it(`is not copied as a whole to where its version is not (${documented})`, async () => {
		const pair = await setUpBothWays((source) => sync(source));
		const versionId = await put(pair.destinationClient, pair.destination, 'k');
		expect(await finalStatusOf(pair.destinationClient, pair.destination, 'k', versionId)).toBe('COMPLETED');
		expect(await statusOf(open.source, pair.source, 'k', versionId)).toBe('REPLICA');
		expect(copiesOf(pair.source)).toEqual([]);
	});
});

it('rules of the first schema sync no replicas (guessed)', async () => {
	const pair = await setUpPair(open);
	const {
		Filter: _filter,
		Priority: _priority,
		DeleteMarkerReplication: _markers,
		...rule
	} = sync(pair.destination);
	const call = open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [{...rule, Prefix: ''}]},
		}),
	);
	expect(await errorOf(call)).toMatchObject({code: 'InvalidRequest', status: 400});
});
