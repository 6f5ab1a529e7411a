import {GetBucketReplicationCommand, HeadObjectCommand, PutBucketPolicyCommand} from '@aws-sdk/client-s3';
import {describe, expect} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {destinationPolicy, policyOf} from '../sandbox/support/replicated-pair.js';
import {destinationOf} from '../support/inhabited-world.js';
import type {RecordedWorld} from '../support/recorded-world.js';
import {
	causesOf,
	changesOf,
	createBuckets,
	createTheirRole,
	diagnoseTheirs,
	statusOfSent,
	putTheirRule,
	report,
	theirRoleArn,
	toldBy,
	turnAclsOn,
} from './support/report-ground.js';

const mode = 'cross-region';

describe('the owner of replicas', () => {
	const across = 'cross-account';
	const {destinationBucket} = tutorialNames(across);
	const override = {
		Destination: {
			Bucket: `arn:aws:s3:::${destinationBucket}`,
			Account: '444455556666',
			AccessControlTranslation: {Owner: 'Destination'},
		},
	} as const;
	const takesOwner = {
		Sid: 'owner',
		Effect: 'Allow',
		Action: 's3:ObjectOwnerOverrideToBucketOwner',
		Resource: `arn:aws:s3:::${destinationBucket}/*`,
	};
	const putPolicy = async (world: RecordedWorld, more: readonly object[]) => {
		const {Statement} = JSON.parse(destinationPolicy(theirRoleArn, destinationBucket)) as {
			Statement: object[];
		};
		await destinationOf(world.one, across).send(
			new PutBucketPolicyCommand({
				Bucket: destinationBucket,
				Policy: policyOf([...Statement, ...more] as Array<Record<string, unknown>>),
			}),
		);
	};

	report(
		{
			from: 'https://github.com/cloudposse/terraform-aws-s3-bucket/issues/68',
			happened: 'the rule changes the owner, and the role lacks s3:ObjectOwnerOverrideToBucketOwner',
			expected: 'files FAILED before; the role gets it, the bucket policy stays, the next file arrives',
		},
		async (world) => {
			await createBuckets(world, across);
			await turnAclsOn(world, across);
			await createTheirRole(world, across);
			await putPolicy(world, [{...takesOwner, Principal: {AWS: theirRoleArn}}]);
			await putTheirRule(world, across, override);
			expect(await statusOfSent(world, across, 'before')).toBe('FAILED');

			expect(changesOf(await world.apply(across, '--files', '0'))).toMatchObject({
				'put-role-policy': 'create',
				'put-bucket-policy': 'keep',
				'put-replication': 'keep',
			});
			expect(await statusOfSent(world, across, 'after')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/alphagov/govuk-infrastructure/pull/4840',
			happened: 'the rule changes the owner, and the bucket policy over there does not allow it',
			expected: 'files FAILED before; the bucket policy gets it, the next file arrives',
		},
		async (world) => {
			await createBuckets(world, across);
			await turnAclsOn(world, across);
			await createTheirRole(world, across, [takesOwner]);
			await putPolicy(world, []);
			await putTheirRule(world, across, override);
			expect(await statusOfSent(world, across, 'before')).toBe('FAILED');

			expect(changesOf(await world.apply(across, '--files', '0'))).toMatchObject({
				'put-bucket-policy': 'update',
				'put-replication': 'keep',
			});
			expect(await statusOfSent(world, across, 'after')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/hashicorp/terraform-provider-aws/issues/3575',
			happened:
				'replicas in a bucket with ACLs belong to the source account, and the other may not read them',
			expected:
				'a check warns of it; with --owner-override the rule is updated, and the next replica is readable',
		},
		async (world) => {
			await createBuckets(world, across);
			const there = destinationOf(world.one, across);
			const Bucket = destinationBucket;
			await turnAclsOn(world, across);
			const applied = await world.apply(across, '--files', '0');
			expect(toldBy(applied)).toContainEqual(['warning', 'replicas-of-source-account']);
			expect(await statusOfSent(world, across, 'theirs')).toBe('COMPLETED');
			await expect(there.send(new HeadObjectCommand({Bucket, Key: 'theirs'}))).rejects.toMatchObject({
				$metadata: {httpStatusCode: 403},
			});

			const again = await world.apply(across, '--files', '0', '--owner-override');
			expect(changesOf(again)).toMatchObject({'put-replication': 'update'});
			expect(await statusOfSent(world, across, 'ours')).toBe('COMPLETED');
			await there.send(new HeadObjectCommand({Bucket, Key: 'ours'}));
		},
	);

	report(
		{
			from: 'https://github.com/hashicorp/terraform/issues/10909',
			happened: 'a tool sent a storage class that nobody had asked for',
			expected: 'the rule has none, and replicas have the class of their source',
		},
		async (world) => {
			await world.apply(mode, '--files', '0');
			const {sourceBucket, destinationBucket: Bucket} = tutorialNames(mode);
			const {ReplicationConfiguration: found} = await world.one.source.send(
				new GetBucketReplicationCommand({Bucket: sourceBucket}),
			);
			expect(found?.Rules?.[0]?.Destination).toEqual({Bucket: `arn:aws:s3:::${Bucket}`});
			expect(await statusOfSent(world, mode, 'rare', {StorageClass: 'STANDARD_IA'})).toBe('COMPLETED');
			expect(
				await destinationOf(world.one, mode).send(new HeadObjectCommand({Bucket, Key: 'rare'})),
			).toMatchObject({StorageClass: 'STANDARD_IA'});
		},
	);

	report(
		{
			from: 'https://github.com/aws-solutions/workload-discovery-on-aws/issues/59',
			happened: 'replicas arrived in a bucket with ACLs, and its own account could not read them',
			expected: 'diagnose says whose they are, of the rule and of the object, and how to change that',
		},
		async (world) => {
			await createBuckets(world, across);
			await turnAclsOn(world, across);
			await world.apply(across, '--files', '0');
			expect(await statusOfSent(world, across, 'report.csv')).toBe('COMPLETED');
			for (const more of [[], ['--key', 'report.csv']]) {
				const told = await diagnoseTheirs(world, across, ...more);
				expect(told.exitCode).toBe(0);
				expect(causesOf(told)).toEqual([['replicas-of-source-account', 'possible']]);
				expect(told.stdout).toContain('--owner-override');
			}

			await world.apply(across, '--files', '0', '--owner-override');
			expect(causesOf(await diagnoseTheirs(world, across))).toEqual([]);
		},
	);
});
