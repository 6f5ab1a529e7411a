import {CreateAliasCommand} from '@aws-sdk/client-kms';
import {HeadObjectCommand, PutBucketEncryptionCommand} from '@aws-sdk/client-s3';
import {describe, expect} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {destinationOf} from '../support/inhabited-world.js';
import type {RecordedWorld} from '../support/recorded-world.js';
import {
	changesOf,
	createBuckets,
	createTheirRole,
	statusOfSent,
	putTheirRule,
	report,
	theirRoleArn,
	toldBy,
	turnAclsOn,
} from './support/report-ground.js';

const encrypted = {ServerSideEncryption: 'aws:kms'} as const;
const keyOf = (mode: Mode, world: RecordedWorld) =>
	world.one.kms(({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode], 'us-west-2');

/** The source encrypts with one key and the rule with another, as somebody else has set it up. */
async function layKeys(world: RecordedWorld, mode: Mode, {usesBucketKey = false} = {}) {
	const {sourceBucket: Bucket, destinationBucket} = tutorialNames(mode);
	const sourceKey = await createKey(world.one.kms('source', 'us-east-1'));
	const replicaKey = await createKey(keyOf(mode, world));
	await createBuckets(world, mode);
	await world.one.source.send(
		new PutBucketEncryptionCommand({
			Bucket,
			ServerSideEncryptionConfiguration: {
				Rules: [
					{
						ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKey},
						BucketKeyEnabled: usesBucketKey,
					},
				],
			},
		}),
	);
	const rule = {
		SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
		Destination: {
			Bucket: `arn:aws:s3:::${destinationBucket}`,
			EncryptionConfiguration: {ReplicaKmsKeyID: replicaKey},
		},
	} as const;
	return {sourceKey, replicaKey, rule};
}

const allow = (actions: readonly string[], resource: string, condition?: object) => ({
	Effect: 'Allow',
	Action: actions,
	Resource: resource,
	...(condition ? {Condition: condition} : {}),
});

const mode = 'cross-region';

describe('SSE-KMS', () => {
	report(
		{
			from: 'https://github.com/hashicorp/terraform/issues/18966',
			happened: 'a rule for SSE-KMS was made, and its role may not decrypt the source: every file FAILED',
			expected: 'the rule is kept, the role gets what it lacks, the next file arrives',
		},
		async (world) => {
			const {replicaKey, rule} = await layKeys(world, mode);
			await createTheirRole(world, mode, [allow(['kms:Encrypt', 'kms:GenerateDataKey'], replicaKey)]);
			await putTheirRule(world, mode, rule);
			expect(await statusOfSent(world, mode, 'before')).toBe('FAILED');

			const applied = await world.apply(mode, '--files', '0');
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded'});
			expect(changesOf(applied)).toMatchObject({'put-role-policy': 'create', 'put-replication': 'keep'});
			expect(await statusOfSent(world, mode, 'after')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/aws-ia/terraform-aws-control_tower_account_factory/issues/639',
			happened: 'bucket keys were turned on, and the role may decrypt with the context of objects alone',
			expected: 'the plan adds the context of the bucket, the next file arrives',
		},
		async (world) => {
			const {sourceKey, replicaKey, rule} = await layKeys(world, mode, {usesBucketKey: true});
			const {sourceBucket} = tutorialNames(mode);
			await createTheirRole(world, mode, [
				allow(['kms:Decrypt'], sourceKey, {
					StringLike: {'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${sourceBucket}/*`},
				}),
				allow(['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'], replicaKey),
			]);
			await putTheirRule(world, mode, rule);
			expect(await statusOfSent(world, mode, 'before')).toBe('FAILED');

			const applied = await world.apply(mode, '--files', '0');
			expect(changesOf(applied)).toMatchObject({'put-role-policy': 'create', 'put-replication': 'keep'});
			expect(await statusOfSent(world, mode, 'after')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/awslabs/landing-zone-accelerator-on-aws/issues/1144',
			happened: 'without bucket keys kms:Encrypt alone was enough on the replica’s key',
			expected: 'a file arrives with it, and no check calls the rule broken',
		},
		async (world) => {
			const {sourceKey, replicaKey, rule} = await layKeys(world, mode);
			await createTheirRole(world, mode, [
				allow(['kms:Decrypt', 'kms:DescribeKey'], sourceKey),
				allow(['kms:Encrypt', 'kms:DescribeKey'], replicaKey),
			]);
			await putTheirRule(world, mode, rule);

			expect(await statusOfSent(world, mode, 'file')).toBe('COMPLETED');
			const planned = await world.run('plan', ...planArgs(mode));
			expect(planned.exitCode).toBe(0);
		},
	);

	report(
		{
			from: 'https://github.com/aws-samples/aws-cdk-examples/issues/661',
			happened: 'across accounts a bucket with SSE-KMS takes seven documents, the owner of replicas included',
			expected: 'one run writes them, a file arrives under the other account’s key, and belongs to it',
		},
		async (world) => {
			const across = 'cross-account';
			const {replicaKey} = await layKeys(world, across);
			const {destinationBucket: Bucket} = tutorialNames(across);
			await keyOf(across, world).send(
				new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId: replicaKey}),
			);
			await turnAclsOn(world, across);
			const applied = await world.apply(
				across,
				'--files',
				'0',
				'--owner-override',
				'--kms-key',
				'alias/replicas',
			);
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded'});

			expect(await statusOfSent(world, across, 'file')).toBe('COMPLETED');
			expect(
				await destinationOf(world.one, across).send(new HeadObjectCommand({Bucket, Key: 'file'})),
			).toMatchObject({SSEKMSKeyId: replicaKey});
		},
	);

	report(
		{
			from: 'https://github.com/cloudposse/terraform-aws-s3-bucket/issues/277',
			happened: 'a role that others manage replicates to a key of another account, which does not know it',
			expected: 'with --role-arn the key’s policy gets the role, and what the role needs is shown',
		},
		async (world) => {
			const across = 'cross-account';
			const {sourceKey, replicaKey} = await layKeys(world, across);
			await createTheirRole(world, across, [
				allow(['kms:Decrypt'], sourceKey),
				allow(['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'], replicaKey),
			]);
			const args = ['--role-arn', theirRoleArn, '--kms-key', replicaKey];
			const applied = await world.apply(across, '--files', '0', ...args);
			expect(changesOf(applied)).toMatchObject({'put-key-policy:destination': 'update'});
			expect(changesOf(applied)).not.toHaveProperty('put-role-policy');
			expect(toldBy(applied)).toContainEqual(['warning', 'role-not-known']);
			expect(await statusOfSent(world, across, 'file', encrypted)).toBe('COMPLETED');
		},
	);
});

const planArgs = (which: Mode): readonly string[] => {
	const {sourceBucket, destinationBucket} = tutorialNames(which);
	return [
		...['--mode', which, '--source-profile', 'source'],
		...['--destination-profile', {'cross-region': 'source', 'cross-account': 'destination'}[which]],
		...['--source-bucket', sourceBucket, '--destination-bucket', destinationBucket],
	];
};
