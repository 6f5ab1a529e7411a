import {
	CreateBucketCommand,
	HeadObjectCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {until} from '../../support/until.js';
import {type OpenSandbox, ruleTo} from './open-sandbox.js';

export type Statement = Readonly<Record<string, unknown>>;

export const trustOfS3 = JSON.stringify({
	Version: '2012-10-17',
	Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
});

/** The role's permissions as AWS documents them (S3 User Guide, setting-repl-config-perm-overview), less some actions. */
export function rolePolicy(source: string, destination: string, missing: readonly string[] = []): string {
	// AbortMultipartUpload, which replication does not use, keeps a list that loses all others from being empty.
	const without = (actions: readonly string[]) => actions.filter((action) => !missing.includes(action));
	return policyOf([
		{
			Effect: 'Allow',
			Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
			Resource: [`arn:aws:s3:::${source}`],
		},
		{
			Effect: 'Allow',
			Action: ['s3:AbortMultipartUpload'].concat(
				without([
					's3:GetObjectVersionForReplication',
					's3:GetObjectVersionAcl',
					's3:GetObjectVersionTagging',
				]),
			),
			Resource: [`arn:aws:s3:::${source}/*`],
		},
		{
			Effect: 'Allow',
			Action: ['s3:AbortMultipartUpload'].concat(
				without(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags']),
			),
			Resource: [`arn:aws:s3:::${destination}/*`],
		},
	]);
}

/** The destination's policy as AWS documents it (S3 User Guide, replication-walkthrough-2). */
export function destinationPolicy(roleArn: string, destination: string): string {
	return policyOf([
		{
			Sid: 'objects',
			Effect: 'Allow',
			Principal: {AWS: roleArn},
			Action: ['s3:ReplicateObject', 's3:ReplicateDelete'],
			Resource: `arn:aws:s3:::${destination}/*`,
		},
		{
			Sid: 'bucket',
			Effect: 'Allow',
			Principal: {AWS: roleArn},
			Action: ['s3:GetBucketVersioning', 's3:PutBucketVersioning'],
			Resource: `arn:aws:s3:::${destination}`,
		},
	]);
}

export function policyOf(statements: readonly Statement[]): string {
	return JSON.stringify({Version: '2012-10-17', Statement: statements});
}

export async function createVersioned(client: S3Client, bucket: string): Promise<void> {
	await client.send(new CreateBucketCommand({Bucket: bucket}));
	await client.send(
		new PutBucketVersioningCommand({Bucket: bucket, VersioningConfiguration: {Status: 'Enabled'}}),
	);
}

export type Pair = {
	readonly source: string;
	readonly destination: string;
	readonly roleName: string;
	readonly roleArn: string;
	readonly destinationClient: S3Client;
};

export type PairOptions = {
	readonly isCrossAccount?: boolean;
	readonly missing?: readonly string[];
	readonly trust?: string;
	readonly rules?: (destination: string) => ReplicationRule[];
	readonly hasBucketPolicy?: boolean;
};

/** Sets up what either tutorial sets up, by the calls that the tutorial makes. */
export async function setUpPair(open: OpenSandbox, options: PairOptions = {}): Promise<Pair> {
	const source = open.name('source');
	const destination = open.name('destination');
	const roleName = open.name('role');
	const isCrossAccount = options.isCrossAccount ?? false;
	const destinationClient = isCrossAccount ? open.destination : open.s3('source', 'us-west-2');
	await Promise.all([createVersioned(open.source, source), createVersioned(destinationClient, destination)]);
	const {Role} = await open.iam.send(
		new CreateRoleCommand({RoleName: roleName, AssumeRolePolicyDocument: options.trust ?? trustOfS3}),
	);
	const roleArn = Role?.Arn ?? '';
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'replication',
			PolicyDocument: rolePolicy(source, destination, options.missing),
		}),
	);
	const needsBucketPolicy = options.hasBucketPolicy ?? isCrossAccount;
	await (needsBucketPolicy
		? destinationClient.send(
				new PutBucketPolicyCommand({Bucket: destination, Policy: destinationPolicy(roleArn, destination)}),
			)
		: Promise.resolve());
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {
				Role: roleArn,
				Rules: options.rules?.(destination) ?? [ruleTo(destination)],
			},
		}),
	);
	return {source, destination, roleName, roleArn, destinationClient};
}

/** Puts an object and gives its version id. */
export async function put(client: S3Client, bucket: string, key: string, tagging?: string): Promise<string> {
	const {VersionId} = await client.send(
		new PutObjectCommand({Bucket: bucket, Key: key, Body: `content of ${key}`, Tagging: tagging}),
	);
	return VersionId ?? '';
}

export async function statusOf(
	client: S3Client,
	bucket: string,
	key: string,
	versionId: string,
): Promise<string> {
	const head = await client.send(new HeadObjectCommand({Bucket: bucket, Key: key, VersionId: versionId}));
	return head.ReplicationStatus ?? 'none';
}

/** Waits until the source object's status is final and gives it. */
export async function finalStatusOf(
	client: S3Client,
	bucket: string,
	key: string,
	versionId: string,
): Promise<string> {
	return until(async () => {
		const status = await statusOf(client, bucket, key, versionId);
		return status === 'PENDING' ? undefined : status;
	});
}
