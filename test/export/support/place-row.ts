import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {CreateKeyCommand} from '@aws-sdk/client-kms';
import {
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketTaggingCommand,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {trustPolicy} from '../../../source/domain/role/trust-policy.js';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {createVersioned} from '../../sandbox/support/replicated-pair.js';
import {bucketPolicyFor, type ExportRow, keyPolicy, namesOf, rolePolicyFor, setUpOf} from './rows.js';

/** Sets a row up in a sandbox, by calls of the SDK. Gives the ARN that its key has got in the place of the row's. */
export async function placeRow(open: OpenSandbox, row: ExportRow): Promise<string | undefined> {
	const {source, destination, role} = namesOf(row);
	const there = open.s3(row.isCrossAccount ? 'destination' : 'source', 'us-west-2');
	await createVersioned(open.source, source);
	await createVersioned(there, destination);
	const {Role} = await open.iam.send(
		new CreateRoleCommand({
			RoleName: role,
			AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
			...(row.role?.description === undefined ? {} : {Description: row.role.description}),
			...(row.role?.maxSessionSeconds === undefined ? {} : {MaxSessionDuration: row.role.maxSessionSeconds}),
			...(row.role?.tags === undefined ? {} : {Tags: [...row.role.tags]}),
		}),
	);
	await open.iam.send(
		new PutRolePolicyCommand({
			...{RoleName: role, PolicyName: 'replication'},
			PolicyDocument: JSON.stringify(rolePolicyFor(row)),
		}),
	);
	if (row.isCrossAccount) {
		const Policy = JSON.stringify(bucketPolicyFor(row));
		await there.send(new PutBucketPolicyCommand({Bucket: destination, Policy}));
	}

	if (row.bucketTags) {
		const Tagging = {TagSet: [...row.bucketTags]};
		await open.source.send(new PutBucketTaggingCommand({Bucket: source, Tagging}));
	}

	const keyArn = row.keyArn === undefined ? undefined : await newKey(open);
	const rules = JSON.stringify(setUpOf(row).buckets[0]?.replication?.Rules);
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {
				Role: Role?.Arn,
				Rules: JSON.parse(rules.replaceAll(row.keyArn ?? '\n', keyArn ?? '')) as ReplicationRule[],
			},
		}),
	);
	return keyArn;
}

async function newKey(open: OpenSandbox): Promise<string> {
	const {KeyMetadata} = await open
		.kms('destination', 'us-west-2')
		.send(new CreateKeyCommand({Policy: JSON.stringify(keyPolicy)}));
	return KeyMetadata?.Arn ?? '';
}
