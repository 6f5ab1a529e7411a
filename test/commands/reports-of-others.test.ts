import {CreateRoleCommand, DeleteRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {describe, expect} from 'vitest';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {sourceAccountId, ruleTo} from '../sandbox/support/open-sandbox.js';
import {policyOf, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {destinationOf} from '../support/inhabited-world.js';
import {awsFiles, runProgram} from '../support/program.js';
import type {RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {
	changesOf,
	createBuckets,
	createTheirRole,
	statusOfSent,
	putTheirRule,
	report,
	theirRoleArn,
	toldBy,
} from './support/report-ground.js';

const mode = 'cross-region';
const {sourceBucket, destinationBucket} = tutorialNames(mode);

const writesOf = ({one}: RecordedWorld, from: number) =>
	one.sandbox.requests
		.slice(from)
		.map(({operation}) => operation)
		.filter((operation) => /^(?:Put|Create|Delete)/.test(operation));

/** A statement of theirs in the destination's policy that denies everybody something. */
const deny = async ({one}: RecordedWorld, Action: string | readonly string[], Condition?: object) => {
	await destinationOf(one, mode).send(
		new PutBucketPolicyCommand({
			Bucket: destinationBucket,
			Policy: policyOf([
				{
					Sid: 'Theirs',
					Effect: 'Deny',
					Principal: '*',
					Action,
					Resource: [`arn:aws:s3:::${destinationBucket}`, `arn:aws:s3:::${destinationBucket}/*`],
					...(Condition ? {Condition} : {}),
				},
			]),
		}),
	);
};

describe('what others have made', () => {
	report(
		{
			from: 'https://github.com/ministryofjustice/analytical-platform/pull/4932',
			happened: 'a deleted role was left in a bucket policy as AROA…, and S3 refused every new one',
			expected: 'named before the first write; --drop-deleted-principals drops it, and a file arrives',
		},
		async (world) => {
			const across = 'cross-account';
			const {destinationBucket: Bucket} = tutorialNames(across);
			await createBuckets(world, across);
			const iam = world.one.iamOf('destination');
			await iam.send(new CreateRoleCommand({RoleName: 'gone', AssumeRolePolicyDocument: trustOfS3}));
			await destinationOf(world.one, across).send(
				new PutBucketPolicyCommand({
					Bucket,
					Policy: policyOf([
						{
							Sid: 'Theirs',
							Effect: 'Allow',
							Principal: {AWS: 'arn:aws:iam::444455556666:role/gone'},
							Action: 's3:GetObject',
							Resource: `arn:aws:s3:::${Bucket}/*`,
						},
					]),
				}),
			);
			await iam.send(new DeleteRoleCommand({RoleName: 'gone'}));
			const from = world.one.sandbox.requests.length;
			const refused = await world.apply(across, '--files', '0');
			expect(refused.stdout).toContain('"policy-names-deleted"');
			expect(writesOf(world, from)).toEqual([]);

			const applied = await world.apply(across, '--files', '1', '--drop-deleted-principals');
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
		},
	);

	report(
		{
			from: 'https://github.com/nozaq/terraform-aws-remote-state-s3-backend/issues/107',
			happened: 'the destination of another rule lost its versioning, and S3 refused the whole configuration',
			expected:
				'that rule is named before the first write; --disable-blocked-rules disables it, and a file arrives',
		},
		async (world) => {
			await createBuckets(world, mode);
			await createTheirRole(world, mode);
			const versioning = async (Status: 'Enabled' | 'Suspended') =>
				world.one.source.send(
					new PutBucketVersioningCommand({Bucket: 'third', VersioningConfiguration: {Status}}),
				);
			await world.one.source.send(new CreateBucketCommand({Bucket: 'third'}));
			await versioning('Enabled');
			await putTheirRule(world, mode, {Destination: {Bucket: 'arn:aws:s3:::third'}});
			await versioning('Suspended');
			const from = world.one.sandbox.requests.length;
			const refused = await world.apply(mode, '--files', '0');
			expect(refused.stdout).toContain('"rule-blocked"');
			expect(refused.stdout).toContain('theirs');
			expect(writesOf(world, from)).toEqual([]);

			const applied = await world.apply(mode, '--files', '1', '--disable-blocked-rules');
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
		},
	);

	report(
		{
			from: 'https://github.com/aws-controllers-k8s/community/issues/1993',
			happened: 'iam:PassRole stood in the policy of the role, and the caller did not have it',
			expected: 'the check names it on the role before the first write',
		},
		async (world) => {
			const statements = [
				{Effect: 'Allow', Action: ['s3:*', 'iam:*'], Resource: '*'},
				{Effect: 'Deny', Action: 'iam:PassRole', Resource: '*'},
			];
			const {accessKeyId, secretAccessKey} = world.one.sandbox.addUser({
				accountId: sourceAccountId,
				userName: 'caller',
				policy: {Version: '2012-10-17', Statement: statements},
			});
			const files = await awsFiles({
				config: '[profile source]\nregion = us-east-1\n',
				credentials: `[source]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
			});
			const refused = await runProgram(['apply', '--yes', '--json', ...tutorialArgs(mode)], {
				env: {...world.env, ...files},
			});
			expect(toldBy(refused)).toContainEqual(['problem', 'permission-missing']);
			expect(refused.stdout).toMatch(/may not iam:PassRole"/);
			expect(refused.stdout).toContain(':role/s3crr_role_for_my-us-east-1');
			expect(writesOf(world, 0)).toEqual([]);
		},
	);
});

describe('Denies', () => {
	report(
		{
			from: 'https://github.com/terraform-aws-modules/terraform-aws-s3-bucket/issues/233',
			happened: 'uploads without an encryption header are denied at the destination',
			expected: 'no problem: S3 writes replicas by s3:ReplicateObject, and a file arrives',
		},
		async (world) => {
			await createBuckets(world, mode);
			await deny(world, 's3:PutObject', {Null: {'s3:x-amz-server-side-encryption': 'true'}});
			const applied = await world.apply(mode, '--files', '1');
			expect(toldBy(applied)).toEqual([]);
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
		},
	);

	report(
		{
			from: 'https://github.com/terraform-aws-modules/terraform-aws-s3-bucket/issues/43',
			happened: 'everything without TLS is denied at the destination',
			expected: 'no problem: S3 replicates with TLS',
		},
		async (world) => {
			await createBuckets(world, mode);
			await deny(world, 's3:*', {Bool: {'aws:SecureTransport': 'false'}});
			const planned = await world.run('plan', ...tutorialArgs(mode));
			expect(planned.stdout).not.toContain('role-denied');
		},
	);

	report(
		{
			from: 'https://github.com/openstreetmap/operations/issues/745',
			happened: 'the destination denies deletions, so that a backup stays',
			expected: 'no problem where delete markers stay; stopped with --delete-markers, which needs it',
		},
		async (world) => {
			await createBuckets(world, mode);
			await deny(world, ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ReplicateDelete']);
			expect(toldBy(await world.run('plan', ...tutorialArgs(mode)))).toEqual([]);
			const marked = await world.run('plan', ...tutorialArgs(mode), '--delete-markers');
			expect(toldBy(marked)).toContainEqual(['problem', 'role-denied']);
			await world.apply(mode, '--files', '0');
			expect(await statusOfSent(world, mode, 'file')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/schubergphilis/terraform-aws-mcaf-landing-zone/pull/234',
			happened: 'regions outside a list are denied, and the destination is in one',
			expected: 'stopped before the first write where the list lacks a region; no problem where it has both',
		},
		async (world) => {
			const outside = (regions: readonly string[]) => ({
				Effect: 'Deny',
				Action: 's3:*',
				Resource: '*',
				Condition: {StringNotEquals: {'aws:RequestedRegion': regions}},
			});
			await createBuckets(world, mode);
			await createTheirRole(world, mode, [outside(['us-east-1'])]);
			await putTheirRule(world, mode);
			expect(await statusOfSent(world, mode, 'before')).toBe('FAILED');
			const refused = await world.run('plan', ...tutorialArgs(mode));
			expect(refused.stdout).toContain('"role-held-back"');

			await world.one.iam.send(
				new PutRolePolicyCommand({
					RoleName: 'theirs',
					PolicyName: 'more',
					PolicyDocument: policyOf([outside(['us-east-1', 'us-west-2'])]),
				}),
			);
			const planned = await world.run('plan', ...tutorialArgs(mode));
			expect(planned.exitCode).toBe(0);
			expect(await statusOfSent(world, mode, 'after')).toBe('COMPLETED');
		},
	);

	report(
		{
			from: 'https://github.com/ministryofjustice/opg-digideps/pull/2920',
			happened: 'everything that does not come through a VPC endpoint is denied at the destination',
			expected: 'a warning that names the condition, not a fact; a test file tells',
		},
		async (world) => {
			await createBuckets(world, mode);
			await deny(world, 's3:ReplicateObject', {StringNotEquals: {'aws:SourceVpce': 'vpce-1'}});
			const applied = await world.apply(mode, '--files', '1');
			expect(applied.stdout).toContain('aws:SourceVpce');
			expect(toldBy(applied)).toContainEqual(['warning', 'role-perhaps-denied']);
			expect(applied.events().at(-1)).toMatchObject({objects: {uploaded: 1, failed: 1}});
		},
	);

	report(
		{
			from: 'https://github.com/cloud-custodian/cloud-custodian/issues/4948',
			happened: 'a bucket policy names a user who does not exist, and S3 refuses the Put',
			expected: 'with a role that does not exist the run ends at once, and says so',
		},
		async (world) => {
			const across = 'cross-account';
			const missing = `arn:aws:iam::${sourceAccountId}:role/nobody`;
			const refused = await world.apply(across, '--files', '0', '--role-arn', missing);
			expect(refused.exitCode).toBe(1);
			expect(refused.stdout).toMatch(/invalid principal/i);
			expect(refused.stdout).not.toContain('operation-retried');
		},
	);

	report(
		{
			from: 'https://github.com/awslabs/aws-well-architected-labs/issues/615',
			happened: 'roles that were there lacked what replication in both directions takes',
			expected: 'with the roles by their ARNs nothing is called right; without, each gets what it lacks',
		},
		async (world) => {
			await createBuckets(world, mode);
			await createTheirRole(world, mode);
			const args = ['--two-way', '--role-arn', theirRoleArn, '--back-role-arn', theirRoleArn];
			expect(toldBy(await world.run('plan', ...tutorialArgs(mode), ...args))).toContainEqual([
				'warning',
				'role-not-known',
			]);
			await world.one.source.send(
				new PutBucketReplicationCommand({
					Bucket: sourceBucket,
					ReplicationConfiguration: {Role: theirRoleArn, Rules: [ruleTo(destinationBucket)]},
				}),
			);
			const applied = await world.apply(mode, '--files', '1', '--two-way');
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 2}});
			expect(changesOf(applied)).toHaveProperty('put-replication:back', 'create');
		},
	);
});
