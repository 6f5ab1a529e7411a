import {
	GetRoleCommand,
	GetRolePolicyCommand,
	type IAMClient,
	ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
	GetBucketLocationCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketTaggingCommand,
	GetBucketVersioningCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';

type Bucket = {readonly bucket: string; readonly who: 'source' | 'destination'; readonly region: string};
type Role = {readonly role: string; readonly who: 'source' | 'destination'};

/** What of a set-up has to be the same wherever it is made. */
export async function imageOf(open: OpenSandbox, buckets: readonly Bucket[], roles: readonly Role[]) {
	return {
		buckets: await Promise.all(
			buckets.map(async (one) => bucketImage(open.s3(one.who, one.region), one.bucket)),
		),
		roles: await Promise.all(roles.map(async ({role, who}) => roleImage(open.iamOf(who), role))),
	};
}

async function bucketImage(client: S3Client, Bucket: string) {
	const orCode = async <T>(asked: Promise<T>) => asked.catch((error: Error) => error.name);
	const policy = await orCode(
		client.send(new GetBucketPolicyCommand({Bucket})).then(({Policy}) => parsed(Policy)),
	);
	return {
		policy,
		location: await client
			.send(new GetBucketLocationCommand({Bucket}))
			.then((answer) => answer.LocationConstraint),
		versioning: await client.send(new GetBucketVersioningCommand({Bucket})).then(({Status}) => Status),
		tags: await orCode(client.send(new GetBucketTaggingCommand({Bucket})).then(({TagSet}) => TagSet)),
		rules: await orCode(
			client
				.send(new GetBucketReplicationCommand({Bucket}))
				.then((answer) => answer.ReplicationConfiguration),
		),
	};
}

async function roleImage(client: IAMClient, RoleName: string) {
	const {Role} = await client.send(new GetRoleCommand({RoleName}));
	const {PolicyNames = []} = await client.send(new ListRolePoliciesCommand({RoleName}));
	const {Arn, Description, MaxSessionDuration, Tags, AssumeRolePolicyDocument} = Role!;
	return {
		...{Arn, Description, MaxSessionDuration, Tags},
		trust: parsed(decodeURIComponent(AssumeRolePolicyDocument ?? '')),
		policies: await Promise.all(
			PolicyNames.map(async (PolicyName) => {
				const {PolicyDocument} = await client.send(new GetRolePolicyCommand({RoleName, PolicyName}));
				return [PolicyName, parsed(decodeURIComponent(PolicyDocument ?? ''))];
			}),
		),
	};
}

const parsed = (json = '{}'): unknown => JSON.parse(json);
