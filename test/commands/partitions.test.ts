import {
	CreateRoleCommand,
	GetRolePolicyCommand,
	ListRolePoliciesCommand,
	ListRolesCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import {describe, expect, it} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import {findPartition, partitionIds, type PartitionId} from '../../source/sandbox/world/partition.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {errorOf} from '../sandbox/support/open-sandbox.js';
import {policyOf} from '../sandbox/support/replicated-pair.js';
import {type RecordedWorld, recordedWorld} from '../support/recorded-world.js';
import {sampled} from '../support/sampled.js';

const modes = ['cross-region', 'cross-account'] as const;
const profileOf = {'cross-region': 'source', 'cross-account': 'destination'} as const;

const argsOf = (mode: Mode, partition: PartitionId): readonly string[] => {
	const {source, destination} = findPartition(partition).home;
	return [
		...['--mode', mode, '--source-profile', 'source', '--destination-profile', profileOf[mode]],
		...['--source-bucket', 'here', '--source-region', source],
		...['--destination-bucket', 'there', '--destination-region', destination],
	];
};

/** Every document that a run has written, as one text. */
async function written({one}: RecordedWorld, mode: Mode, partition: PartitionId): Promise<string> {
	const {home, globalRegions} = findPartition(partition);
	const iam = one.iamOf('source', globalRegions[0]);
	const {Roles: [role] = []} = await iam.send(new ListRolesCommand({}));
	const RoleName = role?.RoleName;
	const {PolicyNames: [PolicyName] = []} = await iam.send(new ListRolePoliciesCommand({RoleName}));
	const {PolicyDocument: text = ''} = await iam.send(new GetRolePolicyCommand({RoleName, PolicyName}));
	const {ReplicationConfiguration: configuration} = await one
		.s3('source', home.source)
		.send(new GetBucketReplicationCommand({Bucket: 'here'}));
	const there = one.s3(profileOf[mode], home.destination);
	const {Policy: policy} = await there
		.send(new GetBucketPolicyCommand({Bucket: 'there'}))
		.catch(() => ({Policy: 'none'}));
	return [role?.Arn, decodeURIComponent(text), JSON.stringify(configuration), policy].join('\n');
}

describe.each(sampled('partitions', partitionIds, 6))('in a sandbox of %s', (partition) => {
	// Partitions have ARNs and regions of their own: IAM User Guide, reference-arns (documented).
	it.each(modes)(
		'the %s tutorial arrives, with a KMS key, and its ARNs are of the partition',
		async (mode) => {
			const {home, dnsSuffix} = findPartition(partition);
			const world = await recordedWorld({partition});
			const keyArn = await createKey(world.one.kms(profileOf[mode], home.destination));
			const applied = await world.run(
				...['apply', '--yes', '--files', '2', '--kms-key', keyArn],
				...argsOf(mode, partition),
			);
			expect(applied.events().at(-1), applied.stdout).toMatchObject({
				outcome: 'succeeded',
				objects: {replicated: 2},
			});

			const text = await written(world, mode, partition);
			const ids = [...text.matchAll(/arn:([\w-]+):/g)].map(([, id]) => id);
			expect(ids.length).toBeGreaterThan(5);
			expect(new Set(ids)).toEqual(new Set([partition]));
			expect(text).toContain(`s3.${home.destination}.${dnsSuffix}"`);

			const again = await world.run('plan', '--kms-key', keyArn, ...argsOf(mode, partition));
			expect(again.stdout).not.toMatch(/"change":"(?:create|update)"/);
			const undone = await world.run('undo', '--yes');
			expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', problem: null});
		},
	);

	it('callers, regions and refusals are those of the partition', async () => {
		const {home, globalRegions} = findPartition(partition);
		const {one} = await recordedWorld({partition});
		const other = {aws: 'aws-cn', 'aws-cn': 'aws', 'aws-us-gov': 'aws', 'aws-eusc': 'aws'}[partition];
		const foreign = `arn:${other}:s3:::here/*`;
		expect(await one.sts('source', home.source).send(new GetCallerIdentityCommand({}))).toMatchObject({
			Arn: `arn:${partition}:iam::111122223333:user/admin`,
		});

		// Third-party: aws/chalice#777, aws/serverless-application-model#1954 (IAM); cloudposse/terraform-aws-cloudtrail-s3-bucket#44 (S3).
		const PolicyDocument = policyOf([{Effect: 'Allow', Action: 's3:GetObject', Resource: foreign}]);
		const role = {RoleName: 'any', PolicyName: 'any', PolicyDocument};
		const iam = one.iamOf('source', globalRegions[0]);
		await iam.send(
			new CreateRoleCommand({
				RoleName: 'any',
				AssumeRolePolicyDocument: policyOf([
					{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'},
				]),
			}),
		);
		expect(await errorOf(iam.send(new PutRolePolicyCommand(role)))).toMatchObject({
			code: 'MalformedPolicyDocument',
			message: `Partition "${other}" is not valid for resource "${foreign}".`,
		});
		const s3 = one.s3('source', home.source);
		const constraint = {aws: {}}[partition as 'aws'] ?? {
			CreateBucketConfiguration: {LocationConstraint: home.source as 'eu-west-1'},
		};
		await s3.send(new CreateBucketCommand({Bucket: 'here', ...constraint}));
		const Policy = policyOf([
			{
				Effect: 'Allow',
				Principal: {AWS: `arn:${partition}:iam::111122223333:root`},
				Action: 's3:GetObject',
				Resource: foreign,
			},
		]);
		expect(await errorOf(s3.send(new PutBucketPolicyCommand({Bucket: 'here', Policy})))).toMatchObject({
			code: 'MalformedPolicy',
			message: 'Policy has invalid resource',
		});
		const region = {aws: 'cn-north-1', 'aws-cn': 'us-east-1'}[partition as 'aws'] ?? 'us-east-1';
		expect(await errorOf(one.sts('source', region).send(new GetCallerIdentityCommand({})))).toMatchObject({
			code: 'SignatureDoesNotMatch',
		});
	});
});
