import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	DeleteBucketPolicyCommand,
	PutBucketVersioningCommand,
	type ReplicationRule,
} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it} from 'vitest';
import {trustPolicy} from '../../source/domain/role/trust-policy.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {sampled} from '../support/sampled.js';
import {ruleTo} from '../sandbox/support/open-sandbox.js';
import {
	destinationOf,
	inhabit,
	putRules,
	putStatements,
	rulesOf,
	statementsOf,
	theirStatement,
} from '../support/inhabited-world.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';

const open: TriedWorld[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (world) => world.close()));
});

async function newWorld(prepare: Parameters<typeof triedWorld>[1]): Promise<TriedWorld> {
	const world = await triedWorld(mode, prepare);
	open.push(world);
	return world;
}

const nothing = async (): Promise<void> => undefined;
const Bucket = 'my-destination-account';
const source = 'my-source-account';
const RoleName = 's3-cross-account-rep';

const mode = 'cross-account';

const ruleFor = (prefix: string, priority: number): ReplicationRule =>
	ruleTo('third', {ID: prefix, Priority: priority, Filter: {Prefix: prefix}});

const putRulesFor =
	(...prefixes: readonly string[]) =>
	async ({one}: TriedWorld) =>
		putRules(
			one,
			mode,
			prefixes.map((prefix, index) => ruleFor(prefix, index + 4)),
		);

const dangerous: ReadonlyArray<{
	readonly what: string;
	readonly prepare: Parameters<typeof triedWorld>[1];
	readonly change: (world: TriedWorld) => Promise<unknown>;
	readonly says: string;
}> = [
	{
		what: 'adds a statement to the bucket policy',
		prepare: inhabit,
		change: async ({one}) =>
			putStatements(one, mode, [theirStatement(Bucket), theirStatement(Bucket, 'Newer')]),
		says: `The bucket policy of ${Bucket} was changed by somebody.`,
	},
	{
		what: 'takes the bucket policy away',
		prepare: inhabit,
		change: async ({one}) => destinationOf(one, mode).send(new DeleteBucketPolicyCommand({Bucket})),
		says: `The bucket policy of ${Bucket} is gone.`,
	},
	{
		what: 'changes the rules',
		prepare: inhabit,
		change: putRulesFor('logs/', 'more/'),
		says: `The replication configuration of ${source} was changed by somebody.`,
	},
	{
		what: 'creates the destination bucket with a policy',
		prepare: nothing,
		async change(world) {
			await destinationOf(world.one, mode).send(
				new CreateBucketCommand({Bucket, CreateBucketConfiguration: {LocationConstraint: 'us-west-2'}}),
			);
			// Versioning could not be taken back again.
			await destinationOf(world.one, mode).send(
				new PutBucketVersioningCommand({Bucket, VersioningConfiguration: {Status: 'Enabled'}}),
			);
			await putStatements(world.one, mode, [theirStatement(Bucket)]);
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

/** Somebody who changes something while a person reads the plan, and what there is then. */
function somebody(world: TriedWorld, change: (world: TriedWorld) => Promise<unknown>) {
	let everything: unknown;
	return {
		async meanwhile() {
			await change(world);
			everything = await world.everything();
		},
		changed: () => everything,
	};
}

describe('what somebody does between the plan and its execution', () => {
	it.each(sampled('changed meanwhile', dangerous))(
		'is not written over where somebody $what',
		async ({prepare, change, says}) => {
			const world = await newWorld(prepare);
			const records = memoryRecords();
			const {meanwhile, changed} = somebody(world, change);

			const stopped = await world.run({records, meanwhile});

			expect(stopped.hasWritten).toBe(false);
			expect(await world.everything()).toEqual(changed());
			expect(stopped.said.join('\n')).toContain(says);
			expect(await records.list()).toEqual([]);
			// The next plan is made from what is there; taken back, what somebody did is there again.
			const again = await world.run({records});
			expect(again).toMatchObject({outcome: 'succeeded', problem: null});
			await world.undoAll(records);
			expect(await world.everything()).toEqual(changed());
		},
	);

	it.each([
		{
			what: 'enables versioning',
			prepare: inhabit,
			change: async ({one}: TriedWorld) =>
				destinationOf(one, mode).send(
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
		const {meanwhile, changed} = somebody(world, change);

		const done = await world.run({records, meanwhile});

		expect(done).toMatchObject({outcome: 'succeeded', problem: null});
		await world.undoAll(records);
		expect(await world.everything()).toEqual(changed());
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
	await putStatements(one, mode, [...(await statementsOf(one, mode)), theirStatement(Bucket, 'Newer')]);
}

async function addRule({one}: TriedWorld): Promise<void> {
	await putRules(one, mode, [...(await rulesOf(one, mode)), ruleFor('newer', 9)]);
}

/** Whose statements and rules there are. */
async function namesIn({one}: TriedWorld) {
	const [statements, rules] = [await statementsOf(one, mode), await rulesOf(one, mode)];
	return {statements: statements.map(({Sid}) => Sid), rules: rules.map(({ID}) => ID)};
}

describe('what somebody does between a run and its undo', () => {
	it.each(
		sampled(
			'changed before the undo',
			[
				{
					what: 'adds a statement',
					change: addStatement,
					left: {statements: ['Theirs', 'Newer'], rules: ['theirs']},
				},
				{what: 'adds a rule', change: addRule, left: {statements: ['Theirs'], rules: ['theirs', 'newer']}},
				{
					what: 'takes the bucket policy away',
					change: async ({one}: TriedWorld) =>
						destinationOf(one, mode).send(new DeleteBucketPolicyCommand({Bucket})),
					left: {statements: [], rules: ['theirs']},
				},
				{
					what: 'puts other rules',
					change: putRulesFor('logs/', 'more/'),
					left: {statements: ['Theirs'], rules: ['logs/', 'more/']},
				},
			],
			8,
		),
	)('stays where somebody $what', async ({change, left}) => {
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
		const {meanwhile, changed} = somebody(world, change);

		const stopped = await world.undo({records, meanwhile});

		expect(stopped.hasWritten).toBe(false);
		expect(stopped.said.join('\n')).toContain(says);
		expect(await world.everything()).toEqual(changed());
		const undone = await world.undoAll(records);
		expect(undone.map(({outcome}) => outcome)).toEqual(['succeeded']);
	});

	it('that is nothing lets the plan stand that was shown: it is not shown again', async () => {
		const world = await newWorld(nothing);
		const records = memoryRecords();
		await world.run({records});

		const {outcome, said} = await world.undo({records, meanwhile: nothing});

		expect(outcome).toBe('succeeded');
		expect(said.filter((line) => line.startsWith('{"type":"plan-made"'))).toHaveLength(1);
	});
});
