import {
	DeleteBucketPolicyCommand,
	DeleteBucketReplicationCommand,
	DeleteObjectCommand,
	HeadObjectCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {
	CreateRoleCommand,
	DeleteRoleCommand,
	DeleteRolePolicyCommand,
	PutRolePolicyCommand,
	UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {makeReplicationDelay} from '../../source/sandbox/replication/replication-delay.js';
import {until} from '../support/until.js';
import {makeGatedClock} from './support/gated-clock.js';
import {openSandbox, type OpenSandbox, ruleTo} from './support/open-sandbox.js';
import {
	createVersioned,
	finalStatusOf,
	type Pair,
	type PairOptions,
	policyOf,
	put,
	rolePolicy,
	setUpPair,
	statusOf,
	trustOfS3,
} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 10});
});
afterAll(() => open.close());

const replicationOf = (versionId: string) =>
	until(() => open.sandbox.replications.find((entry) => entry.versionId === versionId));

type Broken = {
	readonly broken: string;
	readonly setUp?: PairOptions;
	readonly breakIt?: (pair: Pair) => Promise<unknown>;
	readonly reason: string;
};

const suspended = {Status: 'Suspended'} as const;

const broken: readonly Broken[] = [
	{
		broken: 'the role may not read the object',
		setUp: {missing: ['s3:GetObjectVersionForReplication']},
		reason: 'SrcGetObjectNotPermitted',
	},
	{
		broken: 'the role may not read the ACL',
		setUp: {missing: ['s3:GetObjectVersionAcl']},
		reason: 'SrcGetAclNotPermitted',
	},
	{
		broken: 'the role may not read the tags',
		setUp: {missing: ['s3:GetObjectVersionTagging']},
		reason: 'SrcGetTaggingNotPermitted',
	},
	{
		broken: 'the role may not write the replica',
		setUp: {missing: ['s3:ReplicateObject']},
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'the role trusts somebody else',
		setUp: {trust: trustOfS3.replace('s3.amazonaws.com', 'ec2.amazonaws.com')},
		reason: 'AssumeRoleNotPermitted',
	},
	{
		broken: 'the role is gone',
		breakIt: async ({roleName}) => {
			await open.iam.send(new DeleteRolePolicyCommand({RoleName: roleName, PolicyName: 'replication'}));
			await open.iam.send(new DeleteRoleCommand({RoleName: roleName}));
		},
		reason: 'AssumeRoleNotPermitted',
	},
	{
		broken: "the destination account's policy is not there",
		setUp: {isCrossAccount: true, hasBucketPolicy: false},
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: "the destination account's policy was taken away",
		setUp: {isCrossAccount: true},
		breakIt: ({destination}) => open.destination.send(new DeleteBucketPolicyCommand({Bucket: destination})),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: "the destination's policy denies",
		breakIt: ({destination, destinationClient}) =>
			destinationClient.send(
				new PutBucketPolicyCommand({
					Bucket: destination,
					Policy: policyOf([
						{
							Effect: 'Deny',
							Principal: '*',
							Action: 's3:ReplicateObject',
							Resource: `arn:aws:s3:::${destination}/*`,
						},
					]),
				}),
			),
		reason: 'DstPutObjectNotPermitted',
	},
	{
		broken: 'versioning is suspended at the destination',
		breakIt: ({destination, destinationClient}) =>
			destinationClient.send(
				new PutBucketVersioningCommand({Bucket: destination, VersioningConfiguration: suspended}),
			),
		reason: 'DstBucketUnversioned',
	},
];

describe('an object ends FAILED, and the log says why', () => {
	// Reasons: S3 User Guide, replication-metrics-events; that FAILED is final: replication-status.
	it.each(broken)('when $broken: $reason', async ({setUp, breakIt, reason}) => {
		const pair = await setUpPair(open, setUp);
		await breakIt?.(pair);
		const versionId = await put(open.source, pair.source, 'k');
		expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('FAILED');
		expect(await replicationOf(versionId)).toMatchObject({
			outcome: 'FAILED',
			failureReason: reason,
			bucket: pair.source,
			destination: pair.destination,
			ruleId: 'rule',
		});
	});

	// Documented: S3 User Guide, replication-status.
	it('and what is written after the repair arrives, while the failed one stays failed', async () => {
		const pair = await setUpPair(open, {missing: ['s3:ReplicateObject']});
		const failed = await put(open.source, pair.source, 'k');
		expect(await finalStatusOf(open.source, pair.source, 'k', failed)).toBe('FAILED');
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'replication',
				PolicyDocument: rolePolicy(pair.source, pair.destination),
			}),
		);
		const repaired = await put(open.source, pair.source, 'k');
		expect(await finalStatusOf(open.source, pair.source, 'k', repaired)).toBe('COMPLETED');
		expect(await statusOf(open.source, pair.source, 'k', failed)).toBe('FAILED');
	});

	// Documented: S3 User Guide, replication-metrics-events.
	it('when the configuration is removed before the copy: SrcBucketReplicationConfigMissing', async () => {
		const slow = await openSandbox({replicationDelayMs: 1000});
		const {source} = await setUpPair(slow);
		const versionId = await put(slow.source, source, 'k');
		await slow.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
		expect(await finalStatusOf(slow.source, source, 'k', versionId)).toBe('FAILED');
		expect(slow.sandbox.replications.map(({failureReason}) => failureReason)).toEqual([
			'SrcBucketReplicationConfigMissing',
		]);
		await slow.close();
	});
});

describe('what is replicated', () => {
	// Documented: S3 User Guide, replication-status.
	it('is what matches the filter; the rest has no status at all', async () => {
		const {source} = await setUpPair(open, {rules: (bucket) => [ruleTo(bucket, {Filter: {Prefix: 'in/'}})]});
		const inside = await put(open.source, source, 'in/a');
		const outside = await put(open.source, source, 'out/a');
		expect(await finalStatusOf(open.source, source, 'in/a', inside)).toBe('COMPLETED');
		expect(await statusOf(open.source, source, 'out/a', outside)).toBe('none');
	});

	it.each([
		{tagging: 'team=a&kind=log', expected: 'COMPLETED'},
		{tagging: 'team=a', expected: 'none'},
		{tagging: undefined, expected: 'none'},
	])('is decided by tags in the PUT itself: $tagging gives $expected', async ({tagging, expected}) => {
		const tags = [
			{Key: 'team', Value: 'a'},
			{Key: 'kind', Value: 'log'},
		];
		const {source} = await setUpPair(open, {
			rules: (bucket) => [ruleTo(bucket, {Filter: {And: {Tags: tags}}})],
		});
		const versionId = await put(open.source, source, 'k', tagging);
		expect(await finalStatusOf(open.source, source, 'k', versionId)).toBe(expected);
	});

	// Documented: S3 API reference, ReplicationRule (Priority).
	it('follows the rule of highest priority among those to one destination', async () => {
		const {source, destination, destinationClient} = await setUpPair(open, {
			rules: (bucket) => [
				ruleTo(bucket, {ID: 'low', Priority: 1}),
				ruleTo(bucket, {
					ID: 'high',
					Priority: 7,
					Filter: {Prefix: 'cold/'},
					Destination: {Bucket: `arn:aws:s3:::${bucket}`, StorageClass: 'STANDARD_IA'},
				}),
			],
		});
		const versionId = await put(open.source, source, 'cold/k');
		expect(await replicationOf(versionId)).toMatchObject({ruleId: 'high', outcome: 'COMPLETED'});
		const replica = await destinationClient.send(
			new HeadObjectCommand({Bucket: destination, Key: 'cold/k', VersionId: versionId}),
		);
		expect(replica.StorageClass).toBe('STANDARD_IA');
	});

	// Documented: S3 User Guide, replication-status.
	it('goes to every destination, and one failure makes the whole FAILED', async () => {
		const second = open.name('second');
		await createVersioned(open.s3('source', 'eu-west-1'), second);
		const {source} = await setUpPair(open, {
			rules: (bucket) => [ruleTo(bucket), ruleTo(second, {ID: 'second', Priority: 2})],
		});
		const versionId = await put(open.source, source, 'k');
		expect(await finalStatusOf(open.source, source, 'k', versionId)).toBe('FAILED');
		const entries = open.sandbox.replications.filter((entry) => entry.versionId === versionId);
		expect(new Set(entries.map(({outcome}) => outcome))).toEqual(new Set(['COMPLETED', 'FAILED']));
	});

	it('is PENDING until every destination is done, even where one failed (S3 User Guide, replication-status)', async () => {
		const clock = makeGatedClock();
		const own = await openSandbox({clock});
		const second = own.name('second');
		await createVersioned(own.source, second);
		// The role may write to the first destination alone.
		const rulesTo = (first: string, Status: 'Enabled' | 'Disabled') => [
			ruleTo(first, {Status}),
			ruleTo(second, {ID: 'second', Priority: 2}),
		];
		const {source, destination, roleArn} = await setUpPair(own, {
			rules: (first) => rulesTo(first, 'Enabled'),
		});
		const setFirst = (status: 'Enabled' | 'Disabled') =>
			own.source.send(
				new PutBucketReplicationCommand({
					Bucket: source,
					ReplicationConfiguration: {Role: roleArn, Rules: rulesTo(destination, status)},
				}),
			);
		const versionId = await put(own.source, source, 'k');
		await setFirst('Disabled');
		await clock.letGo();
		expect(own.sandbox.replications).toMatchObject([{destination: second, outcome: 'FAILED'}]);
		expect(await statusOf(own.source, source, 'k', versionId)).toBe('PENDING');
		await setFirst('Enabled');
		await clock.letGo();
		expect(own.sandbox.replications).toHaveLength(2);
		expect(await statusOf(own.source, source, 'k', versionId)).toBe('FAILED');
		await own.close();
	});

	it('is never a replica again', async () => {
		const third = open.name('third');
		await createVersioned(open.source, third);
		const pair = await setUpPair(open);
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'onwards',
				PolicyDocument: rolePolicy(pair.destination, third),
			}),
		);
		await pair.destinationClient.send(
			new PutBucketReplicationCommand({
				Bucket: pair.destination,
				ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(third)]},
			}),
		);
		const first = await put(open.source, pair.source, 'k');
		await finalStatusOf(open.source, pair.source, 'k', first);
		const own = await put(pair.destinationClient, pair.destination, 'own');
		expect(await finalStatusOf(pair.destinationClient, pair.destination, 'own', own)).toBe('COMPLETED');
		expect(await statusOf(pair.destinationClient, pair.destination, 'k', first)).toBe('REPLICA');
		const {Versions} = await open.source.send(new ListObjectVersionsCommand({Bucket: third}));
		expect(Versions?.map(({Key}) => Key)).toEqual(['own']);
	});

	it('is not what was there before the rule', async () => {
		const {source, roleArn, destination} = await setUpPair(open);
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
		const before = await put(open.source, source, 'before');
		await open.source.send(
			new PutBucketReplicationCommand({
				Bucket: source,
				ReplicationConfiguration: {Role: roleArn, Rules: [ruleTo(destination)]},
			}),
		);
		const after = await put(open.source, source, 'after');
		expect(await finalStatusOf(open.source, source, 'after', after)).toBe('COMPLETED');
		expect(await statusOf(open.source, source, 'before', before)).toBe('none');
	});

	// Documented: S3 User Guide, disable-replication.
	it('is nothing under a disabled rule', async () => {
		const {source} = await setUpPair(open, {rules: (bucket) => [ruleTo(bucket, {Status: 'Disabled'})]});
		expect(await statusOf(open.source, source, 'k', await put(open.source, source, 'k'))).toBe('none');
	});
});

describe('delete markers', () => {
	const v1Rule = (bucket: string) => ({
		ID: 'rule',
		Status: 'Enabled' as const,
		Prefix: '',
		Destination: {Bucket: `arn:aws:s3:::${bucket}`},
	});

	it.each([
		{schema: 'V1', rule: v1Rule},
		{
			schema: 'V2 with DeleteMarkerReplication',
			rule: (bucket: string) => ruleTo(bucket, {DeleteMarkerReplication: {Status: 'Enabled'}}),
		},
	])('are replicated under $schema (S3 User Guide, replication-what-is-isnot)', async ({rule}) => {
		const {source, destination, destinationClient} = await setUpPair(open, {
			rules: (bucket) => [rule(bucket)],
		});
		await finalStatusOf(open.source, source, 'k', await put(open.source, source, 'k'));
		const {VersionId = ''} = await open.source.send(new DeleteObjectCommand({Bucket: source, Key: 'k'}));
		expect(await replicationOf(VersionId)).toMatchObject({outcome: 'COMPLETED'});
		const {DeleteMarkers} = await destinationClient.send(
			new ListObjectVersionsCommand({Bucket: destination}),
		);
		expect(DeleteMarkers).toMatchObject([{Key: 'k', VersionId, IsLatest: true}]);
	});

	// Documented: S3 User Guide, delete-marker-replication.
	it('and deletes of a version stay where they are under the usual V2 rule', async () => {
		const {source, destination, destinationClient} = await setUpPair(open);
		const versionId = await put(open.source, source, 'k');
		await finalStatusOf(open.source, source, 'k', versionId);
		await open.source.send(new DeleteObjectCommand({Bucket: source, Key: 'k'}));
		await open.source.send(new DeleteObjectCommand({Bucket: source, Key: 'k', VersionId: versionId}));
		const later = await put(open.source, source, 'later');
		await finalStatusOf(open.source, source, 'later', later);
		const listed = await destinationClient.send(new ListObjectVersionsCommand({Bucket: destination}));
		expect(listed.DeleteMarkers).toBeUndefined();
		expect(listed.Versions?.map(({VersionId}) => VersionId)).toEqual([versionId, later]);
	});

	// Documented: S3 User Guide, replication-metrics-events.
	it('end in the log as DstDelObjNotPermitted where the role may not replicate them', async () => {
		const {source} = await setUpPair(open, {
			missing: ['s3:ReplicateDelete'],
			rules: (bucket) => [ruleTo(bucket, {DeleteMarkerReplication: {Status: 'Enabled'}})],
		});
		const {VersionId = ''} = await open.source.send(new DeleteObjectCommand({Bucket: source, Key: 'k'}));
		expect(await replicationOf(VersionId)).toMatchObject({failureReason: 'DstDelObjNotPermitted'});
	});
});

describe('across accounts', () => {
	it('a role made again is not the one that the bucket policy named (IAM User Guide, elements_principal)', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		await open.iam.send(new DeleteRolePolicyCommand({RoleName: pair.roleName, PolicyName: 'replication'}));
		await open.iam.send(new DeleteRoleCommand({RoleName: pair.roleName}));
		await open.iam.send(
			new CreateRoleCommand({RoleName: pair.roleName, AssumeRolePolicyDocument: trustOfS3}),
		);
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: pair.roleName,
				PolicyName: 'replication',
				PolicyDocument: rolePolicy(pair.source, pair.destination),
			}),
		);
		const versionId = await put(open.source, pair.source, 'k');
		expect(await replicationOf(versionId)).toMatchObject({failureReason: 'DstPutObjectNotPermitted'});
	});
});

// Guessed: without a propagation delay nothing keeps a change back.
it('changes of the trust take effect on the next object', async () => {
	const {source, roleName} = await setUpPair(open);
	await open.iam.send(
		new UpdateAssumeRolePolicyCommand({
			RoleName: roleName,
			PolicyDocument: trustOfS3.replace('s3.amazonaws.com', 'ec2.amazonaws.com'),
		}),
	);
	expect(await replicationOf(await put(open.source, source, 'k'))).toMatchObject({
		failureReason: 'AssumeRoleNotPermitted',
	});
});

it('gives the same delays for the same seed', () => {
	const delaysOf = (seed: number) => {
		const next = makeReplicationDelay(1000, seed);
		return Array.from({length: 500}, () => next('bucket'));
	};
	const delays = delaysOf(1);
	expect(delaysOf(1)).toEqual(delays);
	expect(delaysOf(2)).not.toEqual(delays);
	const sorted = [...delays].sort((left, right) => left - right);
	expect(sorted[250]).toBeGreaterThan(850);
	expect(sorted[250]).toBeLessThan(1150);
	expect(sorted[499]).toBeGreaterThan(2500);
});
