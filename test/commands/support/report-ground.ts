import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
	type ReplicationRule,
	type S3Client,
} from '@aws-sdk/client-s3';
import {it} from 'vitest';
import type {Mode} from '../../../source/domain/answers/mode.js';
import {tutorialNames} from '../../../source/domain/answers/tutorial.js';
import {ruleTo} from '../../sandbox/support/open-sandbox.js';
import {
	finalStatusOf,
	policyOf,
	rolePolicy,
	type Statement,
	trustOfS3,
} from '../../sandbox/support/replicated-pair.js';
import {destinationOf} from '../../support/inhabited-world.js';
import type {ProgramResult} from '../../support/program.js';
import {type RecordedWorld, recordedWorld} from '../../support/recorded-world.js';

type Report = {
	/** Where somebody tells of it. */
	readonly from: string;
	/** What happened to them. */
	readonly happened: string;
	/** What this program does about it; written down before it was run. */
	readonly expected: string;
};

/** A test of what somebody reported, on small inputs of our own. */
export function report(
	{from, happened, expected}: Report,
	prove: (world: RecordedWorld) => Promise<void>,
): void {
	it(`${happened}: ${expected} (${from})`, async () => prove(await recordedWorld({replicationDelayMs: 5})));
}

export const theirRoleArn = 'arn:aws:iam::111122223333:role/theirs';

/** Both buckets of a tutorial, with versioning. */
export async function createBuckets({one}: RecordedWorld, mode: Mode): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	const create = async (client: S3Client, Bucket: string, more: object) => {
		await client.send(new CreateBucketCommand({Bucket, ...more}));
		await client.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}));
	};

	await create(one.source, sourceBucket, {});
	await create(destinationOf(one, mode), destinationBucket, {
		CreateBucketConfiguration: {LocationConstraint: 'us-west-2'},
	});
}

/** A role of theirs for S3, with what the tutorial needs and these statements. */
export async function createTheirRole(
	{one}: RecordedWorld,
	mode: Mode,
	statements: readonly Statement[] = [],
): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	await one.iam.send(new CreateRoleCommand({RoleName: 'theirs', AssumeRolePolicyDocument: trustOfS3}));
	const policies = {base: rolePolicy(sourceBucket, destinationBucket), more: policyOf(statements)};
	for (const [PolicyName, PolicyDocument] of Object.entries(policies).slice(
		0,
		statements.length === 0 ? 1 : 2,
	)) {
		await one.iam.send(new PutRolePolicyCommand({RoleName: 'theirs', PolicyName, PolicyDocument}));
	}
}

/** A rule to a tutorial's destination, with their role. */
export async function putTheirRule(
	{one}: RecordedWorld,
	mode: Mode,
	changes: Partial<ReplicationRule> = {},
): Promise<void> {
	const {sourceBucket: Bucket, destinationBucket} = tutorialNames(mode);
	const rule = ruleTo(destinationBucket, {ID: 'theirs', ...changes});
	const {Destination: destination} = rule;
	await one.source.send(
		new PutBucketReplicationCommand({
			Bucket,
			ReplicationConfiguration: {
				Role: theirRoleArn,
				Rules: [
					{
						...rule,
						Destination: {...destination, Bucket: destination?.Bucket ?? `arn:aws:s3:::${destinationBucket}`},
					},
				],
			},
		}),
	);
}

/** Sends a file to the source of a tutorial, and gives its final status. */
export async function statusOfSent(
	{one}: RecordedWorld,
	mode: Mode,
	Key: string,
	more: Partial<PutObjectCommandInput> = {},
): Promise<string> {
	const {sourceBucket: Bucket} = tutorialNames(mode);
	const {VersionId = ''} = await one.source.send(new PutObjectCommand({Bucket, Key, Body: 'x', ...more}));
	return finalStatusOf(one.source, Bucket, Key, VersionId);
}

/** What a plan does, by the id of the operation. */
export function changesOf({events}: ProgramResult): Readonly<Record<string, string>> {
	const planned = events().find(({type}) => type === 'plan-made') as unknown as {
		readonly operations: ReadonlyArray<{readonly id: string; readonly change: string}>;
	};
	return Object.fromEntries(planned.operations.map(({id, change}) => [id, change]));
}

/** What the checks say that is not `ok`: the codes, by their results. */
export function toldBy({events}: ProgramResult): ReadonlyArray<readonly [result: unknown, code: unknown]> {
	return events()
		.filter(({type, result}) => type === 'check-finished' && result !== 'ok')
		.map(({result, problem}) => [result, (problem as {readonly code: string} | null)?.code]);
}

/** Documented: without ACLs the destination's account owns every replica, and nothing is asked of the role for it. */
export async function turnAclsOn(world: RecordedWorld, which: Mode): Promise<void> {
	await destinationOf(world.one, which).send(
		new PutBucketOwnershipControlsCommand({
			Bucket: tutorialNames(which).destinationBucket,
			OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
		}),
	);
}

/** What diagnose says of a tutorial's source, with both accounts' profiles. */
export async function diagnoseTheirs(
	world: RecordedWorld,
	which: Mode,
	...more: readonly string[]
): Promise<ProgramResult> {
	const {sourceBucket} = tutorialNames(which);
	const profiles = ['--source-profile', 'source', '--destination-profile', 'destination'];
	return world.run('diagnose', '--source-bucket', sourceBucket, ...profiles, ...more);
}

/** The causes that were told, in their order. */
export function causesOf({
	events,
}: ProgramResult): ReadonlyArray<readonly [reason: unknown, certainty: unknown]> {
	return events()
		.filter(({type}) => type === 'cause-found')
		.map(({reason, certainty}) => [reason, certainty]);
}
