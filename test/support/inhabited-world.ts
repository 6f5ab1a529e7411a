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
	type S3Client,
} from '@aws-sdk/client-s3';
import type {Mode} from '../../source/domain/mode.js';
import {trustPolicy} from '../../source/domain/replication-policies.js';
import {defaultRoleName} from '../../source/domain/role-name.js';
import {tutorialNames} from '../../source/domain/tutorial.js';
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

/** A rule, a statement and a policy of somebody else; the buckets and the role that they need. */
export async function inhabit(one: OpenSandbox, mode: Mode): Promise<void> {
	const names = tutorialNames(mode);
	const RoleName = defaultRoleName(mode, names.sourceBucket);
	for (const Bucket of [names.sourceBucket, 'third']) {
		await one.source.send(new CreateBucketCommand({Bucket}));
		await one.source.send(
			new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
		);
	}

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
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: names.sourceBucket,
			ReplicationConfiguration: {
				Role: `arn:aws:iam::111122223333:role/${RoleName}`,
				Rules: [ruleTo('third', {ID: 'theirs', Priority: 4, Filter: {Prefix: 'logs/'}})],
			},
		}),
	);
	const destination = destinationOf(one, mode);
	const Bucket = names.destinationBucket;
	await destination.send(
		new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
	);
	await destination.send(
		new PutBucketPolicyCommand({
			Bucket,
			Policy: JSON.stringify({Version: '2012-10-17', Statement: [theirStatement(Bucket)]}),
		}),
	);
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
		return [...Versions, ...DeleteMarkers].map(({Key}) => Key);
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
