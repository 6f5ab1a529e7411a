import {
	CreateRoleCommand,
	GetRoleCommand,
	GetRolePolicyCommand,
	ListRolePoliciesCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	ListBucketsCommand,
	ListObjectVersionsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import type {Mode} from '../../source/domain/answers/mode.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import {defaultRoleName} from '../../source/domain/answers/role-name.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';

/** The client of the account that owns a tutorial's destination bucket, made once a sandbox. */
export function destinationOf(one: OpenSandbox, mode: Mode): S3Client {
	const present = clients.get(one)?.[mode];
	if (present) return present;
	const made = mode === 'cross-account' ? one.s3('destination', 'us-west-2') : one.s3('source', 'us-west-2');
	clients.set(one, {...clients.get(one), [mode]: made});
	return made;
}

const clients = new WeakMap<OpenSandbox, Partial<Record<Mode, S3Client>>>();

/** A rule of somebody else; it needs the bucket `third`. */
export const theirRule = ruleTo('third', {ID: 'theirs', Priority: 4, Filter: {Prefix: 'logs/'}});

/** Creates a bucket with versioning beside the source. */
export async function createVersioned(one: OpenSandbox, Bucket: string): Promise<void> {
	await one.source.send(new CreateBucketCommand({Bucket}));
	await one.source.send(
		new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
	);
}

/** Puts these rules, and no others, on a tutorial's source, with its role. */
export async function putRules(
	one: OpenSandbox,
	mode: Mode,
	rules: readonly ReplicationRule[],
): Promise<void> {
	const {sourceBucket: Bucket} = tutorialNames(mode);
	const Role = `arn:aws:iam::111122223333:role/${defaultRoleName(mode, Bucket)}`;
	await one.source.send(
		new PutBucketReplicationCommand({Bucket, ReplicationConfiguration: {Role, Rules: [...rules]}}),
	);
}

/** Puts these statements, and no others, into the policy of a tutorial's destination. */
export async function putStatements(
	one: OpenSandbox,
	mode: Mode,
	Statement: readonly object[],
): Promise<void> {
	const {destinationBucket: Bucket} = tutorialNames(mode);
	const Policy = JSON.stringify({Version: '2012-10-17', Id: 'theirs', Statement});
	await destinationOf(one, mode).send(new PutBucketPolicyCommand({Bucket, Policy}));
}

/** The rules of a tutorial's source. */
export async function rulesOf(one: OpenSandbox, mode: Mode): Promise<readonly ReplicationRule[]> {
	const {sourceBucket: Bucket} = tutorialNames(mode);
	const {ReplicationConfiguration: found} = await one.source.send(new GetBucketReplicationCommand({Bucket}));
	return found?.Rules ?? [];
}

/** The statements of the policy of a tutorial's destination; none where there is no policy. */
export async function statementsOf(
	one: OpenSandbox,
	mode: Mode,
): Promise<ReadonlyArray<{readonly Sid?: string}>> {
	const {destinationBucket: Bucket} = tutorialNames(mode);
	const policy = await orName(
		destinationOf(one, mode)
			.send(new GetBucketPolicyCommand({Bucket}))
			.then(({Policy = ''}) => JSON.parse(Policy) as unknown),
	);
	const {Statement = []} = policy as {readonly Statement?: ReadonlyArray<{readonly Sid?: string}>};
	return Statement;
}

/** A rule, a statement, a policy and an object of somebody else; the buckets and the role that they need. */
export async function inhabit(one: OpenSandbox, mode: Mode): Promise<void> {
	const {sourceBucket, destinationBucket: Bucket} = tutorialNames(mode);
	const RoleName = defaultRoleName(mode, sourceBucket);
	await createVersioned(one, sourceBucket);
	await createVersioned(one, 'third');
	await one.iam.send(
		new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: JSON.stringify(trustPolicy)}),
	);
	await one.iam.send(
		new PutRolePolicyCommand({
			RoleName,
			PolicyName: 'theirs',
			PolicyDocument: JSON.stringify({
				Version: '2012-10-17',
				Statement: [{Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::elsewhere'}],
			}),
		}),
	);
	await putRules(one, mode, [theirRule]);
	await one.source.send(new PutObjectCommand({Bucket: sourceBucket, Key: 'theirs.txt', Body: 'theirs'}));
	const destination = destinationOf(one, mode);
	await destination.send(
		new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
	);
	await putStatements(one, mode, [theirStatement(Bucket)]);
	await destination.send(
		new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Suspended'}}),
	);
}

/** A statement of somebody else in a bucket's policy. */
export function theirStatement(bucket: string, Sid = 'Theirs') {
	return {
		Sid,
		Effect: 'Allow',
		Principal: {AWS: 'arn:aws:iam::111122223333:root'},
		Action: 's3:GetObject',
		Resource: `arn:aws:s3:::${bucket}/*`,
	};
}

/** The call's answer, or the name of its error. */
export const orName = async (call: Promise<unknown>): Promise<unknown> =>
	call.catch((error: unknown) => (error as Error).name);

/** Every document that a run may touch, as S3 and IAM give it. */
export async function documentsOf(one: OpenSandbox, mode: Mode): Promise<Record<string, unknown>> {
	const {sourceBucket, destinationBucket: Bucket} = tutorialNames(mode);
	const RoleName = defaultRoleName(mode, sourceBucket);
	const destination = destinationOf(one, mode);
	const policies = async () => {
		const {PolicyNames = []} = await one.iam.send(new ListRolePoliciesCommand({RoleName}));
		return Promise.all(
			PolicyNames.map(async (PolicyName) => {
				const answer = await one.iam.send(new GetRolePolicyCommand({RoleName, PolicyName}));
				return [PolicyName, answer.PolicyDocument];
			}),
		);
	};

	return settled({
		buckets: one.source.send(new ListBucketsCommand({})).then(({Buckets}) => Buckets?.map(({Name}) => Name)),
		destinationBuckets: destination
			.send(new ListBucketsCommand({}))
			.then(({Buckets}) => Buckets?.map(({Name}) => Name)),
		replication: one.source
			.send(new GetBucketReplicationCommand({Bucket: sourceBucket}))
			.then((answer) => answer.ReplicationConfiguration),
		sourcePolicy: one.source
			.send(new GetBucketPolicyCommand({Bucket: sourceBucket}))
			.then(({Policy}) => Policy),
		sourceVersioning: one.source
			.send(new GetBucketVersioningCommand({Bucket: sourceBucket}))
			.then(({Status}) => Status),
		policy: destination.send(new GetBucketPolicyCommand({Bucket})).then(({Policy}) => Policy),
		versioning: destination.send(new GetBucketVersioningCommand({Bucket})).then(({Status}) => Status),
		role: one.iam
			.send(new GetRoleCommand({RoleName}))
			.then(({Role}) => [Role?.Description ?? 'none', Role?.AssumeRolePolicyDocument]),
		rolePolicies: policies(),
	});
}

/** The documents, and every version in the buckets. */
export async function everything(one: OpenSandbox, mode: Mode): Promise<Record<string, unknown>> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const versionsIn = async (client: S3Client, Bucket: string) => {
		const {Versions = [], DeleteMarkers = []} = await client.send(new ListObjectVersionsCommand({Bucket}));
		return [...Versions, ...DeleteMarkers].map(({Key, VersionId, IsLatest}) => [Key, VersionId, IsLatest]);
	};

	const [documents, files] = await Promise.all([
		documentsOf(one, mode),
		settled({
			sourceFiles: versionsIn(one.source, sourceBucket),
			destinationFiles: versionsIn(destinationOf(one, mode), destinationBucket),
		}),
	]);
	return {...documents, ...files};
}

async function settled(calls: Readonly<Record<string, Promise<unknown>>>): Promise<Record<string, unknown>> {
	const answers = Object.entries(calls).map(async ([name, call]) => [name, await orName(call)] as const);
	return Object.fromEntries(await Promise.all(answers));
}
