import {CreateRoleCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketRequestPaymentCommand,
	PutBucketVersioningCommand,
	type S3Client,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {Check} from '../../source/domain/checks/check.js';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import {checkLines} from '../../source/headless/check-lines.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {sampled} from '../support/sampled.js';

let one: OpenSandbox;

beforeAll(async () => {
	one = await openSandbox();
});

afterAll(async () => one.close());

const created = {CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}} as const;

async function createBucket(client: S3Client, Bucket: string, isLocked: boolean, more = {}): Promise<void> {
	await client.send(new CreateBucketCommand({Bucket, ObjectLockEnabledForBucket: isLocked, ...more}));
	await client.send(new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}));
}

type World = {readonly source: string; readonly destination: string};

/** Two buckets of two accounts, as far as they are there already. */
async function worldWith({source = 'there', destination = 'there'} = {}): Promise<World> {
	const names = {source: one.name('from'), destination: one.name('to')};
	if (source !== 'absent') await createBucket(one.source, names.source, source === 'locked');
	if (destination !== 'absent')
		await createBucket(one.destination, names.destination, destination === 'locked', created);
	return names;
}

async function checked(world: World, more: Partial<Answers> = {}) {
	const answers: Answers = {
		environment: 'aws',
		mode: 'cross-account',
		sourceProfile: 'source',
		destinationProfile: 'destination',
		sourceBucket: world.source,
		destinationBucket: world.destination,
		sourceRegion: 'us-east-1',
		destinationRegion: 'us-west-2',
		roleName: one.name('role'),
		ruleId: 'new-rule',
		twoWay: true,
		...more,
	};
	const session = sandboxSession(one.sandbox, {answers});
	const checks: Check[] = [];
	session.onEvent((event) => {
		if (event.type === 'check-finished') checks.push(event);
	});
	await session.openEnvironment('aws');
	const result = await session.makePlan(answers);
	await session.close();
	return {checks, result};
}

const faultsOf = (checks: readonly Check[]): readonly string[] =>
	checks
		.filter(({result}) => result === 'problem' || result === 'warning')
		.map(({id, result, problem}) => `${id}: ${result} ${problem?.code ?? ''}`)
		.sort();

const deny = (Bucket: string, Action: string) => ({
	Bucket,
	Policy: JSON.stringify({
		Version: '2012-10-17',
		Statement: [{Sid: 'No', Effect: 'Deny', Principal: '*', Action, Resource: [`arn:aws:s3:::${Bucket}/*`]}],
	}),
});

type Case = readonly [
	what: string,
	faults: readonly string[],
	buckets: {readonly source?: string; readonly destination?: string},
	breakIt?: (world: World) => Promise<unknown>,
	more?: Partial<Answers>,
];

// Each of them is documented for a source or a destination (see the check's own definition), and the ends change places on the way back.
const cases: readonly Case[] = [
	['nothing', [], {}],
	[
		'a source whose requesters pay, which is a destination on the way back',
		['request-payer:back: problem requester-pays'],
		{},
		async ({source: Bucket}) =>
			one.source.send(
				new PutBucketRequestPaymentCommand({Bucket, RequestPaymentConfiguration: {Payer: 'Requester'}}),
			),
	],
	[
		'a Deny in the destination of what a source needs',
		['source-denies:back: problem role-denied'],
		{},
		async ({destination}) =>
			one.destination.send(
				new PutBucketPolicyCommand(deny(destination, 's3:GetObjectVersionForReplication')),
			),
	],
	[
		'a Deny in the source of what a destination needs',
		['destination-denies:back: problem role-denied'],
		{},
		async ({source}) => one.source.send(new PutBucketPolicyCommand(deny(source, 's3:ReplicateObject'))),
	],
	[
		'a source with ACLs, of which both ways have a say',
		[
			'destination-ownership:back: warning replica-changes-stay',
			'source-ownership: warning source-with-acls',
		],
		{},
		async ({source: Bucket}) =>
			one.source.send(
				new PutBucketOwnershipControlsCommand({
					Bucket,
					OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
				}),
			),
	],
	[
		'a rule of that name in the destination',
		['rules:back: problem rule-taken'],
		{},
		async ({source, destination}) => {
			const RoleName = one.name('theirs');
			await one
				.iamOf('destination')
				.send(new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: JSON.stringify(trustPolicy)}));
			const Destination = {Bucket: `arn:aws:s3:::${source}`};
			await one.destination.send(
				new PutBucketReplicationCommand({
					Bucket: destination,
					ReplicationConfiguration: {
						Role: `arn:aws:iam::444455556666:role/${RoleName}`,
						Rules: [{ID: 'new-rule-back', Status: 'Enabled', Prefix: 'x/', Destination}],
					},
				}),
			);
		},
	],
	['Object Lock on both', [], {source: 'locked', destination: 'locked'}],
	[
		'a locked source, where the destination has none',
		['object-lock: problem destination-not-locked'],
		{source: 'locked'},
	],
	[
		'a locked destination, where the source has none: it cannot receive what is locked',
		['object-lock:back: problem destination-not-locked'],
		{destination: 'locked'},
	],
	[
		'--object-lock for a new destination, where the source has none',
		['object-lock:back: problem object-lock-on-existing'],
		{destination: 'absent'},
		undefined,
		{objectLock: true},
	],
	[
		'--object-lock for two new buckets',
		[],
		{source: 'absent', destination: 'absent'},
		undefined,
		{objectLock: true},
	],
	['a locked source and a new destination', [], {source: 'locked', destination: 'absent'}],
	['a locked destination and a new source', [], {source: 'absent', destination: 'locked'}],
];

const worlds = cases.map(([what, faults, buckets, breakIt, more]) => ({
	what,
	faults,
	buckets,
	breakIt,
	more,
}));

it.each(sampled('both ways checked', worlds, 6))(
	'both ways are checked: $what',
	async ({faults, buckets, breakIt, more}) => {
		const world = await worldWith(buckets);
		await breakIt?.(world);
		const {checks, result} = await checked(world, more);

		expect(faultsOf(checks)).toEqual(faults);
		expect(result.ok).toBe(!faults.some((fault) => fault.includes(': problem ')));
		const ids = checks.map(({id}) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(checks.filter(({id}) => id.endsWith(':back'))).toEqual(
			checks.filter(({direction}) => direction === 'back'),
		);
		expect(ids).toEqual(expect.arrayContaining(['role:back', 'pass-role:back', 'public-access:back']));
	},
);

it.each([
	[
		'two new buckets',
		{source: 'absent', destination: 'absent'},
		{objectLock: true},
		['source', 'destination'],
	],
	['a new destination', {source: 'locked', destination: 'absent'}, {}, ['destination']],
	['a new source', {source: 'absent', destination: 'locked'}, {}, ['source']],
] as const)(
	'both ends get Object Lock, and each bucket is created once: %s',
	async (_what, buckets, more, sides) => {
		const {result} = await checked(await worldWith(buckets), more);
		const operations = 'plan' in result ? result.plan.operations : [];
		const made = operations.filter(({kind, change}) => kind === 'create-bucket' && change === 'create');

		expect(made.map(({id}) => id)).toEqual(sides.map((side) => `create-bucket:${side}`));
		expect(made.map(({after}) => after)).toEqual(
			sides.map(() => expect.objectContaining({ObjectLockEnabledForBucket: true}) as unknown),
		);
	},
);

it('shows what is about the way back after all others, and says so', async () => {
	const {checks} = await checked(await worldWith());
	const lines = checkLines(checks).filter((line) => line.includes('✓'));
	const back = lines.filter((line) => line.includes('Way back, '));

	expect(back.map((line) => line.replace(/:.*/, ''))).toEqual([
		'  ✓ Way back, source bucket',
		'  ✓ Way back, destination bucket',
		'  ✓ Way back, role',
		'  ✓ Way back, rules',
	]);
	expect(lines.slice(-back.length)).toEqual(back);
});
