import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {CreateAliasCommand} from '@aws-sdk/client-kms';
import {
	CreateBucketCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import type {Mode} from '../../../source/domain/answers/mode.js';
import {tutorialNames} from '../../../source/domain/answers/tutorial.js';
import {createKey} from '../../sandbox/support/kms-keys.js';
import type {OpenSandbox} from '../../sandbox/support/open-sandbox.js';
import {rolePolicy, trustOfS3} from '../../sandbox/support/replicated-pair.js';
import {destinationOf} from '../../support/inhabited-world.js';
import type {Ground} from './option-rows.js';

export type Beside = 'nothing' | 'V2' | 'V1';

/** What was made before, for the arguments and expectations that name it. */
export type Laid = {readonly keyArn: string; readonly backKeyArn: string; readonly roleArn: string};

const theirs: Readonly<Record<Exclude<Beside, 'nothing'>, ReplicationRule>> = {
	V2: {
		ID: 'theirs',
		Priority: 1,
		Status: 'Enabled',
		Filter: {Prefix: 'theirs/'},
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {Bucket: 'arn:aws:s3:::third-bucket'},
	},
	V1: {
		ID: 'theirs',
		Prefix: 'theirs/',
		Status: 'Enabled',
		Destination: {Bucket: 'arn:aws:s3:::third-bucket'},
	},
};

async function createSource(one: OpenSandbox, Bucket: string, isLocked: boolean): Promise<void> {
	await one.source.send(new CreateBucketCommand({Bucket, ObjectLockEnabledForBucket: isLocked}));
	await one.source.send(
		new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
	);
}

async function createDestination(there: S3Client, mode: Mode): Promise<void> {
	await there.send(
		new CreateBucketCommand({
			Bucket: tutorialNames(mode).destinationBucket,
			CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
		}),
	);
}

/** Lets ACLs say whose the objects of a bucket are. */
async function giveAcls(client: S3Client, Bucket: string): Promise<void> {
	await client.send(
		new PutBucketOwnershipControlsCommand({
			Bucket,
			OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
		}),
	);
}

/** A role of somebody, with what replication from the source to these buckets needs. */
async function createRole(
	one: OpenSandbox,
	RoleName: string,
	source: string,
	destinations: readonly string[],
): Promise<void> {
	await one.iam.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trustOfS3}));
	for (const destination of destinations) {
		await one.iam.send(
			new PutRolePolicyCommand({
				RoleName,
				PolicyName: `to-${destination}`,
				PolicyDocument: rolePolicy(source, destination),
			}),
		);
	}
}

const laying: Readonly<Record<Ground, (one: OpenSandbox, mode: Mode) => Promise<Partial<Laid>>>> = {
	bare: async () => ({}),
	async keys(one, mode) {
		const kms = one.kms(
			({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode],
			'us-west-2',
		);
		const keyArn = await createKey(kms);
		await kms.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId: keyArn}));
		// For what comes back.
		const here = one.kms('source', 'us-east-1');
		const backKeyArn = await createKey(here);
		await here.send(new CreateAliasCommand({AliasName: 'alias/back', TargetKeyId: backKeyArn}));
		return {keyArn, backKeyArn};
	},
	async role(one, mode) {
		const {sourceBucket, destinationBucket} = tutorialNames(mode);
		await createRole(one, 'central', sourceBucket, [destinationBucket, 'third-bucket']);
		return {roleArn: 'arn:aws:iam::111122223333:role/central'};
	},
	async acls(one, mode) {
		const there = destinationOf(one, mode);
		await createDestination(there, mode);
		await giveAcls(there, tutorialNames(mode).destinationBucket);
		return {};
	},
	async 'acls-both'(one, mode) {
		const {sourceBucket} = tutorialNames(mode);
		await createSource(one, sourceBucket, false);
		await giveAcls(one.source, sourceBucket);
		return laying.acls(one, mode);
	},
	async locked(one, mode) {
		await createSource(one, tutorialNames(mode).sourceBucket, true);
		return {};
	},
	async destination(one, mode) {
		await createDestination(destinationOf(one, mode), mode);
		return {};
	},
};

/** Somebody else's rule of the source bucket, with their role and their destination. */
async function layTheirs(
	one: OpenSandbox,
	source: string,
	rule: ReplicationRule,
	isLocked: boolean,
): Promise<void> {
	if (!isLocked) await createSource(one, source, false);
	await createSource(one, 'third-bucket', isLocked);
	await createRole(one, 'theirs', source, ['third-bucket']);
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket: source,
			ReplicationConfiguration: {Role: 'arn:aws:iam::111122223333:role/theirs', Rules: [rule]},
		}),
	);
}

/** Makes what is there before a run. */
export async function layGround(
	one: OpenSandbox,
	{mode, beside, ground = 'bare'}: {readonly mode: Mode; readonly beside: Beside; readonly ground?: Ground},
): Promise<Laid> {
	const laid = await laying[ground](one, mode);
	const {sourceBucket} = tutorialNames(mode);
	if (beside !== 'nothing') await layTheirs(one, sourceBucket, theirs[beside], ground === 'locked');
	return {keyArn: '', backKeyArn: '', roleArn: '', ...laid};
}
