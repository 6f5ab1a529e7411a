import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	DeleteBucketPolicyCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it} from 'vitest';
import {trustPolicy} from '../../source/domain/replication-policies.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {destinationOf, inhabit, theirStatement} from '../support/inhabited-world.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';

const open: TriedWorld[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (world) => world.close()));
});

async function newWorld(prepare: Parameters<typeof triedWorld>[1]): Promise<TriedWorld> {
	const world = await triedWorld('cross-account', prepare);
	open.push(world);
	return world;
}

const nothing = async (): Promise<void> => undefined;
const Bucket = 'my-destination-account';
const source = 'my-source-account';
const RoleName = 's3-cross-account-rep';
const Role = `arn:aws:iam::111122223333:role/${RoleName}`;

const putStatements = (...Statement: ReadonlyArray<ReturnType<typeof theirStatement>>) => {
	const Policy = JSON.stringify({Version: '2012-10-17', Statement});
	return async ({one}: TriedWorld) =>
		destinationOf(one, 'cross-account').send(new PutBucketPolicyCommand({Bucket, Policy}));
};

const putRules =
	(...prefixes: readonly string[]) =>
	async ({one}: TriedWorld) => {
		const Rules = prefixes.map((prefix, index) =>
			ruleTo('third', {ID: prefix, Priority: index + 4, Filter: {Prefix: prefix}}),
		);
		return one.source.send(
			new PutBucketReplicationCommand({Bucket: source, ReplicationConfiguration: {Role, Rules}}),
		);
	};

const dangerous: ReadonlyArray<{
	readonly what: string;
	readonly prepare: Parameters<typeof triedWorld>[1];
	readonly change: (world: TriedWorld) => Promise<unknown>;
	readonly says: string;
}> = [
	{
		what: 'adds a statement to the bucket policy',
		prepare: inhabit,
		change: putStatements(theirStatement(Bucket), theirStatement(Bucket, 'Newer')),
		says: `The bucket policy of ${Bucket} was changed by somebody.`,
	},
	{
		what: 'takes the bucket policy away',
		prepare: inhabit,
		change: async ({one}) =>
			destinationOf(one, 'cross-account').send(new DeleteBucketPolicyCommand({Bucket})),
		says: `The bucket policy of ${Bucket} is not there any more.`,
	},
	{
		what: 'changes the rules',
		prepare: inhabit,
		change: putRules('logs/', 'more/'),
		says: `The replication configuration of ${source} was changed by somebody.`,
	},
	{
		what: 'creates the destination bucket with a policy',
		prepare: nothing,
		async change(world) {
			await destinationOf(world.one, 'cross-account').send(
				new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
			);
			// Versioning could not be taken back again.
			await destinationOf(world.one, 'cross-account').send(
				new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
			);
			await putStatements(theirStatement(Bucket))(world);
		},
		says: `The bucket policy of ${Bucket} is there by now.`,
	},
	{
		what: 'puts another policy of this name into the role',
		prepare: inhabit,
		change: async ({one}) =>
			one.iam.send(
				new PutRolePolicyCommand({
					RoleName,
					PolicyName: `s3-replicate+${source}+${Bucket}`,
					PolicyDocument: JSON.stringify({
						Version: '2012-10-17',
						Statement: [theirStatement(Bucket)],
					}).replace(/"Principal":\{[^}]*\},/, ''),
				}),
			),
		says: `The policy of the role ${RoleName} is there by now.`,
	},
];

describe('what somebody does between the plan and its execution', () => {
	it.each(dangerous)('is not written over where somebody $what', async ({prepare, change, says}) => {
		const world = await newWorld(prepare);
		const records = memoryRecords();
		let changed: unknown;

		const stopped = await world.run({
			records,
			async meanwhile() {
				await change(world);
				changed = await world.everything();
			},
		});

		expect(stopped.hasWritten).toBe(false);
		expect(await world.everything()).toEqual(changed);
		expect(stopped.said.join('\n')).toContain(says);
		expect(await records.list()).toEqual([]);
		// The next plan is made from what is there; taken back, what somebody did is there again.
		const again = await world.run({records});
		expect(again).toMatchObject({outcome: 'succeeded', problem: null});
		await world.undoAll(records);
		expect(await world.everything()).toEqual(changed);
	});

	it.each([
		{
			what: 'enables versioning',
			prepare: inhabit,
			change: async ({one}: TriedWorld) =>
				destinationOf(one, 'cross-account').send(
					new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
				),
		},
		{
			what: 'creates a role just like it',
			prepare: nothing,
			change: async ({one}: TriedWorld) =>
				one.iam.send(
					new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: JSON.stringify(trustPolicy)}),
				),
		},
	])('leaves less to do where somebody $what, and asks nobody', async ({prepare, change}) => {
		const world = await newWorld(prepare);
		const records = memoryRecords();
		let changed: unknown;

		const done = await world.run({
			records,
			async meanwhile() {
				await change(world);
				changed = await world.everything();
			},
		});

		expect(done).toMatchObject({outcome: 'succeeded', problem: null});
		await world.undoAll(records);
		expect(await world.everything()).toEqual(changed);
	});

	it('is looked for only where time has passed: a plan that is applied at once is not read twice', async () => {
		const [one, other] = [await newWorld(nothing), await newWorld(nothing)];

		const atOnce = await one.run({records: memoryRecords()});
		const later = await other.run({records: memoryRecords(), meanwhile: nothing});

		const reads = ({requests}: typeof atOnce): number =>
			requests.filter(({operation}) => operation === 'GetRole').length;
		expect([reads(atOnce), reads(later)]).toEqual([1, 2]);
		expect([atOnce.outcome, later.outcome]).toEqual(['succeeded', 'succeeded']);
	});
});

async function addStatement({one}: TriedWorld): Promise<void> {
	const client = destinationOf(one, 'cross-account');
	const {Policy = ''} = await client.send(new GetBucketPolicyCommand({Bucket}));
	const {Statement, ...rest} = JSON.parse(Policy) as {readonly Statement: readonly unknown[]};
	const more = {...rest, Statement: [...Statement, theirStatement(Bucket, 'Newer')]};
	await client.send(new PutBucketPolicyCommand({Bucket, Policy: JSON.stringify(more)}));
}

async function addRule({one}: TriedWorld): Promise<void> {
	const {ReplicationConfiguration: found} = await one.source.send(
		new GetBucketReplicationCommand({Bucket: source}),
	);
	const Rules = [
		...(found?.Rules ?? []),
		ruleTo('third', {ID: 'newer', Priority: 9, Filter: {Prefix: 'n/'}}),
	];
	await one.source.send(
		new PutBucketReplicationCommand({Bucket: source, ReplicationConfiguration: {Role, Rules}}),
	);
}

/** Whose statements and rules there are. */
async function namesIn(world: TriedWorld) {
	const {policy, replication} = await world.documents();
	const {Statement = []} = JSON.parse(/^\{/.test(String(policy)) ? String(policy) : '{}') as {
		readonly Statement?: ReadonlyArray<{readonly Sid: string}>;
	};
	const {Rules = []} = replication as {readonly Rules?: ReadonlyArray<{readonly ID: string}>};
	return {statements: Statement.map(({Sid}) => Sid), rules: Rules.map(({ID}) => ID)};
}

describe('what somebody does between a run and its undo', () => {
	it.each([
		{
			what: 'adds a statement',
			change: addStatement,
			left: {statements: ['Theirs', 'Newer'], rules: ['theirs']},
		},
		{what: 'adds a rule', change: addRule, left: {statements: ['Theirs'], rules: ['theirs', 'newer']}},
		{
			what: 'takes the bucket policy away',
			change: async ({one}: TriedWorld) =>
				destinationOf(one, 'cross-account').send(new DeleteBucketPolicyCommand({Bucket})),
			left: {statements: [], rules: ['theirs']},
		},
		{
			what: 'puts other rules',
			change: putRules('logs/', 'more/'),
			left: {statements: ['Theirs'], rules: ['logs/', 'more/']},
		},
	])('stays where somebody $what', async ({change, left}) => {
		const world = await newWorld(inhabit);
		const records = memoryRecords();
		await world.run({records});
		await change(world);

		const undone = await world.undoAll(records);

		expect(undone.map(({outcome}) => outcome)).toEqual(['succeeded']);
		expect(await namesIn(world)).toEqual(left);
	});

	it.each([
		{what: 'adds a statement', change: addStatement, says: `The bucket policy of ${Bucket} was changed`},
		{what: 'adds a rule', change: addRule, says: `The replication configuration of ${source} was changed`},
	])('is shown as a new plan where somebody $what while the plan is read', async ({change, says}) => {
		const world = await newWorld(inhabit);
		const records = memoryRecords();
		await world.run({records});
		let changed: unknown;

		const stopped = await world.undo({
			records,
			async meanwhile() {
				await change(world);
				changed = await world.everything();
			},
		});

		expect(stopped.hasWritten).toBe(false);
		expect(stopped.said.join('\n')).toContain(says);
		expect(await world.everything()).toEqual(changed);
		const undone = await world.undoAll(records);
		expect(undone.map(({outcome}) => outcome)).toEqual(['succeeded']);
	});
});
