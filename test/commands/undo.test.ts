import {AttachRolePolicyCommand, GetRoleCommand, ListRolePoliciesCommand} from '@aws-sdk/client-iam';
import {GetBucketPolicyCommand, ListObjectVersionsCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {beforeEach, describe, expect, it} from 'vitest';
import {defaultRoleName} from '../../source/domain/answers/role-name.js';
import {rolePolicyName} from '../../source/domain/role/role-policy-name.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {
	createVersioned,
	destinationOf,
	everything,
	inhabit,
	orName,
	putRules,
	putStatements,
	rulesOf,
	statementsOf,
	theirRule,
	theirStatement,
} from '../support/inhabited-world.js';
import {contractFaults} from '../support/json-contract.js';
import {runProgram} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {sampled} from '../support/sampled.js';

const {sourceBucket, destinationBucket} = tutorialNames('cross-account');

let world: RecordedWorld;

beforeEach(async () => {
	world = await recordedWorld();
});

describe.each(sampled('undone modes', ['cross-region', 'cross-account'] as const, 10))(
	'after a %s run',
	(mode) => {
		const {sourceBucket, destinationBucket} = tutorialNames(mode);
		const roleName = defaultRoleName(mode, sourceBucket);

		it('removes everything that the run created, the test files and the buckets too, and does it once', async () => {
			const before = await everything(world.one, mode);
			const applied = await world.apply(mode, '--files', '2');
			expect(applied.exitCode).toBe(0);

			const undone = await world.run('undo', '--yes');

			expect(undone.exitCode).toBe(0);
			expect(contractFaults(undone.events())).toEqual([]);
			expect(undone.events()[0]).toMatchObject({type: 'run-started', command: 'undo', sandbox: false});
			expect(undone.events().at(-1)).toMatchObject({
				outcome: 'succeeded',
				operations: {created: 0, updated: 0},
			});
			expect(await everything(world.one, mode)).toEqual(before);
			const again = await world.run('undo', '--yes', String(applied.events()[0]?.runId));
			expect(again.exitCode).toBe(0);
			expect(again.events().at(-1)).toMatchObject({
				outcome: 'succeeded',
				operations: {deleted: 0, updated: 0},
			});
		});

		it('restores what was there before, document by document, and leaves what is of others', async () => {
			await inhabit(world.one, mode);
			const before = await everything(world.one, mode);
			const applied = await world.apply(mode, '--files', '1');
			expect(applied.exitCode).toBe(0);
			expect(await everything(world.one, mode)).not.toEqual(before);

			const undone = await world.run('undo', '--yes');

			expect(undone.exitCode).toBe(0);
			expect(await everything(world.one, mode)).toEqual(before);
		});

		it('takes out only its own part where somebody changed something since', async () => {
			const applied = await world.apply(mode);
			expect(applied.exitCode).toBe(0);
			const destination = destinationOf(world.one, mode);
			await createVersioned(world.one, 'third');
			await putRules(world.one, mode, [theirRule, ...(await rulesOf(world.one, mode))]);
			const theirs = theirStatement(destinationBucket, 'Since');
			await putStatements(world.one, mode, [theirs, ...(await statementsOf(world.one, mode))]);
			for (const [client, Bucket, Key] of [
				[destination, destinationBucket, 'theirs.txt'],
				[world.one.source, sourceBucket, 's3-replicate-test0'],
			] as const)
				await client.send(new PutObjectCommand({Bucket, Key, Body: 'theirs'}));

			const undone = await world.run('undo', '--yes');

			expect(undone.exitCode).toBe(0);
			expect(await rulesOf(world.one, mode)).toEqual([theirRule]);
			const {Policy} = await destination.send(new GetBucketPolicyCommand({Bucket: destinationBucket}));
			expect(JSON.parse(Policy ?? '')).toEqual({Version: '2012-10-17', Id: 'theirs', Statement: [theirs]});
			// Their rule uses the role, and their objects are in the buckets.
			await world.one.iam.send(new GetRoleCommand({RoleName: roleName}));
			const planned = undone.events().find(({type}) => type === 'plan-made');
			const stays = (planned!.operations as ReadonlyArray<{id: string; reason: string | null}>).filter(
				({reason}) => reason !== null,
			);
			expect(stays).toMatchObject([
				{id: `delete-role:${roleName}`, reason: 'other rules use it'},
				{
					id: `delete-bucket:${sourceBucket}`,
					reason: 'other objects are in it; other replication rules are in it: theirs',
				},
				{
					id: `delete-bucket:${destinationBucket}`,
					reason: 'other objects are in it; its policy has other statements',
				},
			]);
			// Both were turned on at the same time; which was done first depends on the machine.
			expect([...(planned!.notes as readonly string[])].sort()).toMatchObject(
				[sourceBucket, destinationBucket]
					.sort()
					.map((bucket) => expect.stringContaining(`Versioning of ${bucket} stays`) as unknown),
			);
			const listed = await world.run('runs');
			expect(listed.events()).toMatchObject([{type: 'run-listed', outcome: 'succeeded', leftToUndo: 0}]);
		});
	},
);

describe('what is not the run’s own', () => {
	it('keeps a role into which somebody put a policy, or attached one', async () => {
		const RoleName = defaultRoleName('cross-region', tutorialNames('cross-region').sourceBucket);
		await world.apply('cross-region');
		await world.one.iam.send(
			new AttachRolePolicyCommand({
				RoleName,
				PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
			}),
		);

		const undone = await world.run('undo', '--yes');

		expect(undone.exitCode).toBe(0);
		const {Role: role} = await world.one.iam.send(new GetRoleCommand({RoleName}));
		expect(role?.RoleName).toBe(RoleName);
	});

	it('leaves what a later run made for another pair with the same role, until that is taken back too', async () => {
		const RoleName = defaultRoleName('cross-account', sourceBucket);
		const first = await world.apply('cross-account');
		const second = await world.run(
			'apply',
			'--yes',
			...tutorialArgs('cross-account').map((word) => (/^my-/.test(word) ? `${word}-b` : word)),
		);
		expect(second.exitCode).toBe(0);

		const undone = await world.run('undo', '--yes', String(first.events()[0]?.runId));

		expect(undone.exitCode).toBe(0);
		const {PolicyNames} = await world.one.iam.send(new ListRolePoliciesCommand({RoleName}));
		expect(PolicyNames).toEqual([rolePolicyName(`${sourceBucket}-b`, `${destinationBucket}-b`)]);
		const latest = await world.run('undo', '--yes');
		expect(latest.events().at(-1)).toMatchObject({outcome: 'succeeded'});
		// The role is the first run's, which left it to the second.
		const again = await world.run('undo', '--yes', String(first.events()[0]?.runId));
		expect(again.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {deleted: 1}});
		expect(await orName(world.one.iam.send(new GetRoleCommand({RoleName})))).toContain('NoSuchEntity');
	});
});

describe('the test files of a watch', () => {
	const whereToWatch = [
		...['--source-bucket', sourceBucket],
		...['--source-profile', 'source', '--destination-profile', 'destination'],
	];

	it('are taken back with all their versions and replicas, and the setup stays', async () => {
		await world.apply('cross-account');
		const watched = await world.run('watch', ...whereToWatch, ...['--files', '2']);
		expect(watched.exitCode).toBe(0);

		const undone = await world.run('undo', '--yes', String(watched.events()[0]?.runId));

		expect(undone.events().find(({type}) => type === 'plan-made')?.operations).toMatchObject([
			{kind: 'delete-objects', target: sourceBucket},
			{kind: 'delete-objects', target: destinationBucket},
		]);
		for (const [client, Bucket] of [
			[world.one.source, sourceBucket],
			[world.one.destination, destinationBucket],
		] as const) {
			const {Versions} = await client.send(new ListObjectVersionsCommand({Bucket}));
			expect(Versions).toBeUndefined();
		}
	});

	it('are not left to take back when the watch has removed them', async () => {
		await world.apply('cross-account');
		await world.run('watch', ...whereToWatch, ...['--files', '1', '--clean-up']);

		const listed = await world.run('runs');

		expect(listed.events()).toMatchObject([
			{command: 'watch', leftToUndo: 0},
			{command: 'apply', leftToUndo: 6},
		]);
	});
});

describe('undo', () => {
	it('writes nothing without a yes where there is no terminal to ask on', async () => {
		await world.apply('cross-region');
		const before = await everything(world.one, 'cross-region');

		const refused = await world.run('undo');

		expect(refused.exitCode).toBe(2);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'not-confirmed'}});
		expect(await everything(world.one, 'cross-region')).toEqual(before);
	});

	it('takes back a run only at the endpoint that it recorded', async () => {
		const applied = await world.apply('cross-region');
		const runId = String(applied.events()[0]?.runId);
		const other = ['--endpoint-url', 'http://127.0.0.1:9'];

		const named = await world.run('undo', '--yes', runId, ...other);
		const latest = await world.run('undo', '--yes', ...other);

		expect(named.exitCode).toBe(1);
		expect(named.events().at(-1)).toMatchObject({problem: {code: 'another-endpoint'}});
		expect(latest.exitCode).toBe(0);
		expect(latest.events().map(({type}) => type)).toEqual(['run-started', 'run-finished']);
	});

	it('takes back a run only in the account that it recorded', async () => {
		await world.apply('cross-region');

		const refused = await world.run('undo', '--yes', '--source-profile', 'destination');

		expect(refused.exitCode).toBe(1);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'another-account'}});
	});

	it.each(['20990101-000000-beef', '../../etc/passwd'])('knows of no run %s', async (runId) => {
		const refused = await world.run('undo', '--yes', runId);

		expect(refused.exitCode).toBe(2);
		expect(refused.events().at(-1)).toMatchObject({problem: {code: 'unknown-run'}});
	});

	it('is named by the run that it takes back, in lines for people as well', async () => {
		const applied = await runProgram(['apply', '--yes', ...tutorialArgs('cross-region')], {env: world.env});
		const runId = /Run (\S+) on/.exec(applied.stdout)?.[1] ?? '';
		expect(applied.stdout).toContain(
			`Undo       s3-replicate undo ${runId} --endpoint-url http://127.0.0.1:`,
		);

		const listed = await runProgram(['runs'], {env: world.env});
		const undone = await runProgram(['undo', runId, '--yes'], {env: world.env});

		expect(listed.stdout).toMatch(
			new RegExp(`^${runId}  apply .*5 to undo .*my-us-east-1 → my-us-west-2`, 'm'),
		);
		expect(undone.stdout).toContain('✓ Replication restored: my-us-east-1');
		expect(undone.stdout).toContain(`✓ Run ${runId} is undone`);
	});
});
