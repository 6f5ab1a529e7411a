import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {DeleteRoleCommand, DeleteRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	DeleteBucketPolicyCommand,
	DeleteBucketReplicationCommand,
	DeleteObjectCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketReplicationCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	ruleTo,
} from '../sandbox/support/open-sandbox.js';
import {
	createVersioned,
	finalStatusOf,
	policyOf,
	put,
	setUpPair,
	type Pair,
} from '../sandbox/support/replicated-pair.js';
import {askingSession} from '../support/asking-session.js';
import {contractFaults} from '../support/json-contract.js';
import {runHere} from '../support/run-here.js';
import {sampled} from '../support/sampled.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-diagnose-'));
});
afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

const here = async (...args: readonly string[]) =>
	runHere(args, {
		home,
		env: {
			AWS_CONFIG_FILE: open.sandbox.configFile,
			AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
			XDG_STATE_HOME: path.join(home, 'state'),
			HOME: home,
		},
	});

const diagnose = async ({source}: Pick<Pair, 'source'>, ...more: readonly string[]) =>
	here(
		...['diagnose', '--source-bucket', source, '--source-profile', 'source'],
		...['--destination-profile', 'destination', '--endpoint-url', open.sandbox.endpointUrl, ...more],
	);

type Event = Readonly<Record<string, unknown>> & {readonly type: string; readonly at: string};
const eventsIn = (stdout: string): readonly Event[] =>
	stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Event);

const suspend = async ({destinationClient, destination}: Pair) =>
	destinationClient.send(
		new PutBucketVersioningCommand({
			Bucket: destination,
			VersioningConfiguration: {Status: 'Suspended'},
		}),
	);

describe('diagnose', () => {
	it.each(sampled('accounts of a diagnosis', [false, true], 10))(
		'ends with 0 where nothing is wrong, across accounts: %s',
		async (isCrossAccount) => {
			const pair = await setUpPair(open, {isCrossAccount});
			const {exitCode, stdout} = await diagnose(pair);
			expect([exitCode, stdout]).toEqual([
				0,
				expect.stringMatching(
					new RegExp(`✓ Rule rule: every object to ${pair.destination}[\\s\\S]*✓ Nothing is wrong`),
				),
			]);
		},
	);

	it('tells each cause as an event, with the operations that mend it, and ends with 1', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		await pair.destinationClient.send(new DeleteBucketPolicyCommand({Bucket: pair.destination}));
		await suspend(pair);
		const {exitCode, stdout} = await diagnose(pair, '--json');
		const events = eventsIn(stdout);
		expect([exitCode, contractFaults(events)]).toEqual([1, []]);
		const causes = events.filter(({type}) => type === 'cause-found');
		expect(causes.map(({reason, certainty}) => [reason, certainty])).toEqual([
			['DstBucketUnversioned', 'certain'],
			['DstPutObjectNotPermitted', 'certain'],
			['policy-lacks-versioning', 'possible'],
		]);
		expect(causes[0]).toMatchObject({
			ruleId: 'rule',
			destination: pair.destination,
			key: null,
			fix: [{kind: 'enable-versioning'}, {kind: 'put-bucket-policy'}],
		});
		expect(events.at(-1)).toMatchObject({
			outcome: 'failed',
			causes: {certain: 2, likely: 0, possible: 1},
			problem: {code: 'causes-found'},
		});
	});

	it('finds the profile of a destination in another account by what the files say, as watch does', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		const own = ['--source-bucket', pair.source, '--source-profile', 'source'];
		const place = ['--endpoint-url', open.sandbox.endpointUrl];
		const diagnosed = await here('diagnose', ...own, ...place);
		expect(diagnosed.stdout).toContain(`to ${pair.destination}, seen with profile destination`);
		const watched = await here('watch', ...own, ...place, '--files', '1');
		expect(watched.stdout).toContain(`${pair.destination} is seen with profile destination`);
		expect([diagnosed.exitCode, watched.exitCode]).toEqual([0, 0]);
	});

	it('tells what CloudWatch says of a rule with metrics, and what to do where it says nothing', async () => {
		const pair = await setUpPair(open, {
			rules: (destination) => [
				ruleTo(destination, {
					Destination: {Bucket: `arn:aws:s3:::${destination}`, Metrics: {Status: 'Enabled'}},
				}),
			],
		});
		const {exitCode, stdout} = await diagnose(pair);
		expect([exitCode, stdout]).toEqual([
			0,
			expect.stringMatching(/CloudWatch on rule rule: no values yet.*Send a file/),
		]);
	});

	it('tells one object’s story, and its cause', async () => {
		const pair = await setUpPair(open, {
			rules: (destination) => [ruleTo(destination, {Filter: {Prefix: 'logs/'}})],
		});
		await suspend(pair);
		const versionId = await put(open.source, pair.source, 'logs/a');
		await finalStatusOf(open.source, pair.source, 'logs/a', versionId);
		await put(open.source, pair.source, 'other');
		const failed = await diagnose(pair, '--key', 'logs/a');
		expect(failed.exitCode).toBe(1);
		expect(failed.stdout).toContain(`${pair.source}: replication status FAILED`);
		expect(failed.stdout).toContain(`${pair.destination}: not there`);
		expect(failed.stdout).toContain('DstBucketUnversioned, certain');
		const leftOut = await diagnose(pair, '--key', 'other', '--json');
		expect(eventsIn(leftOut.stdout).filter(({type}) => type === 'cause-found')).toMatchObject([
			{key: 'other', reason: 'other-prefix', certainty: 'certain'},
		]);
	});

	// A rule for other objects is no cause where another takes the object; where none does, it is.
	it('tells the causes of the rules that take an object, and of the others that they do not', async () => {
		const pair = await setUpPair(open, {
			rules: (destination) => [
				ruleTo(destination, {ID: 'logs', Priority: 2, Filter: {Prefix: 'logs/'}}),
				ruleTo(destination, {ID: 'all', Priority: 1}),
				ruleTo(destination, {ID: 'off', Priority: 3, Status: 'Disabled'}),
			],
		});
		await suspend(pair);
		const versionId = await put(open.source, pair.source, 'a');
		await finalStatusOf(open.source, pair.source, 'a', versionId);
		const told = await diagnose(pair, '--key', 'a', '--json');
		const events = eventsIn(told.stdout);
		expect(contractFaults(events)).toEqual([]);
		expect(events.filter(({type}) => type === 'cause-found')).toMatchObject([
			{ruleId: 'all', reason: 'DstBucketUnversioned'},
		]);
		expect(events.at(-1)).toMatchObject({causes: {certain: 1, likely: 0, possible: 0}});
		const {stdout} = await diagnose(pair, '--key', 'a');
		expect(stdout).toMatch(
			/– Rule logs: .*\n {4}Does not take the object: Rule logs takes .*; the key is a\./,
		);
		expect(stdout).toMatch(/✗ Rule all: /);
		expect(stdout).toMatch(/– Rule off: .*\n {4}Does not take the object: Status of rule off is Disabled\./);
	});

	it('names the key that somebody may mean who asks about another, and says of slashes nothing where none is', async () => {
		const pair = await setUpPair(open);
		await put(open.source, pair.source, 'a b/c.txt');
		const toldOf = async (key: string) => {
			const {exitCode, stdout} = await diagnose(pair, '--key', key);
			return [exitCode, stdout] as const;
		};
		for (const typed of ['/a b/c.txt', 'a+b/c.txt', `s3://${pair.source}/a%20b/c.txt`, 'a b/c'])
			expect(await toldOf(typed)).toEqual([1, expect.stringContaining("--key 'a b/c.txt'")]);
		const [, stdout] = await toldOf('nope');
		expect(stdout).toContain('Check the key: it is case-sensitive.');
		expect(stdout).not.toContain('slash');
	});

	// Documented: S3 User Guide, "Replicating metadata changes with replica modification sync": on the rules of both buckets.
	it('remarks that changes of replicas go one way, where a rule of one bucket alone syncs them', async () => {
		const pair = await setUpPair(open);
		const synced = (bucket: string, Status: 'Enabled' | 'Disabled', Prefix = '') => ({
			Role: pair.roleArn,
			Rules: [
				ruleTo(bucket, {
					Filter: {Prefix},
					SourceSelectionCriteria: {ReplicaModifications: {Status}},
				}),
			],
		});
		const putBoth = async (there: 'Enabled' | 'Disabled', back: 'Enabled' | 'Disabled', prefix?: string) => {
			await open.source.send(
				new PutBucketReplicationCommand({
					Bucket: pair.source,
					ReplicationConfiguration: synced(pair.destination, there, 'a/'),
				}),
			);
			await pair.destinationClient.send(
				new PutBucketReplicationCommand({
					Bucket: pair.destination,
					ReplicationConfiguration: synced(pair.source, back, prefix),
				}),
			);
			return diagnose(pair);
		};

		const lost = (from: string, to: string) => `changed on replicas in ${from} do not reach ${to}.`;
		expect(await putBoth('Enabled', 'Disabled')).toMatchObject({
			exitCode: 0,
			stdout: expect.stringContaining(lost(pair.destination, pair.source)),
		});
		expect(await putBoth('Disabled', 'Enabled')).toMatchObject({
			exitCode: 0,
			stdout: expect.stringContaining(lost(pair.source, pair.destination)),
		});
		expect((await putBoth('Enabled', 'Enabled')).stdout).not.toContain('replica-changes-one-way');
		expect((await putBoth('Enabled', 'Disabled', 'b/')).stdout).not.toContain('replica-changes-one-way');
	});

	// Documented: S3 API Reference, PutBucketReplication: it replaces the configuration.
	it('tells that a rule which a run has put is no longer there, until the run is undone', async () => {
		const pair = await setUpPair(open);
		await open.source.send(new DeleteBucketReplicationCommand({Bucket: pair.source}));
		const place = ['--endpoint-url', open.sandbox.endpointUrl];
		const ends = ['--source-bucket', pair.source, '--destination-bucket', pair.destination];
		const profiles = ['--source-profile', 'source', '--source-region', 'us-east-1'];
		const applied = await here(
			...['apply', '--yes', '--json', ...ends, ...profiles, ...place, '--destination-region', 'us-west-2'],
			...['--mode', 'cross-region', '--rule-id', 'ours', '--prefix', 'ours/', '--files', '0'],
		);
		expect(applied.exitCode).toBe(0);
		const [{runId = ''} = {}] = eventsIn(applied.stdout) as unknown as ReadonlyArray<{
			readonly runId: string;
		}>;
		const lost = /! Rule ours is no longer there {2}rule-replaced, possible/;
		expect((await diagnose(pair)).stdout).not.toMatch(lost);

		const replace = async (ID: string) =>
			open.source.send(
				new PutBucketReplicationCommand({
					Bucket: pair.source,
					ReplicationConfiguration: {
						Role: pair.roleArn,
						Rules: [ruleTo(pair.destination, {ID, Filter: {Prefix: ID === 'renamed' ? 'ours/' : 'logs/'}})],
					},
				}),
			);
		// Under another name it does the same.
		await replace('renamed');
		expect((await diagnose(pair)).stdout).not.toMatch(lost);
		await replace('theirs');
		const told = await diagnose(pair, '--json');
		expect(contractFaults(eventsIn(told.stdout))).toEqual([]);
		const {exitCode, stdout} = await diagnose(pair);
		expect([exitCode, stdout]).toEqual([0, expect.stringMatching(lost)]);
		expect(stdout).toContain(`Run ${runId} put it on `);
		expect(stdout).toContain('has other rules: theirs. PutBucketReplication replaces all rules.');
		expect(stdout).toMatch(/Set it up again: s3-replicate apply .*--rule-id ours/);
		expect(stdout).toContain(
			'Rule theirs has no metrics. Neither the console nor CloudWatch shows pending operations.',
		);
		const {session} = await askingSession({
			answers: {environment: 'aws', sourceProfile: 'source', sourceBucket: pair.source},
			aws: open.sandbox,
			stateDirectory: path.join(home, 'state', 's3-replicate'),
		});
		await session.openEnvironment('aws');
		await session.diagnoseExisting();
		expect(session.getState().run.diagnosed?.remarks?.join('\n')).toContain(
			`Rule ours is no longer there. Run ${runId} put it on `,
		);

		await open.source.send(new DeleteBucketReplicationCommand({Bucket: pair.source}));
		const none = await diagnose(pair);
		expect([none.exitCode, none.stdout]).toEqual([
			1,
			expect.stringMatching(/Rule ours is no longer there\. Run .* and .* has no rules\./),
		]);
		await replace('theirs');
		expect((await here('undo', runId, '--yes', ...place)).exitCode).toBe(0);
		expect((await diagnose(pair)).stdout).not.toMatch(lost);
	});

	// Documented: S3 User Guide, "What does Amazon S3 replicate?": objects that the bucket owner may read, with their ACLs.
	it('samples on where one object belongs to another account, and says so', async () => {
		const pair = await setUpPair(open);
		const {source: Bucket} = pair;
		await open.source.send(
			new PutBucketOwnershipControlsCommand({
				Bucket,
				OwnershipControls: {Rules: [{ObjectOwnership: 'ObjectWriter'}]},
			}),
		);
		const Principal = {AWS: destinationAccountId};
		const Resource = `arn:aws:s3:::${Bucket}/*`;
		const Policy = policyOf([{Effect: 'Allow', Principal, Action: 's3:PutObject', Resource}]);
		await open.source.send(new PutBucketPolicyCommand({Bucket, Policy}));
		await open.s3('destination', 'us-east-1').send(new PutObjectCommand({Bucket, Key: 'elb/log', Body: 'x'}));
		await suspend(pair);
		const versionId = await put(open.source, Bucket, 'own');
		await finalStatusOf(open.source, Bucket, 'own', versionId);
		const events = eventsIn((await diagnose(pair, '--json')).stdout);
		expect(contractFaults(events)).toEqual([]);
		expect(
			events
				.filter(({type}) => type === 'cause-found')
				.map(({key, reason, certainty}) => [key, reason, certainty]),
		).toEqual([
			[null, 'DstBucketUnversioned', 'certain'],
			['elb/log', 'SrcGetAclNotPermitted', 'possible'],
		]);
		expect(events.find(({type}) => type === 'existing-seen')).toMatchObject({looked: 2, failed: 1});
	});

	// Reports: diagnose is asked about the destination; a version was deleted, and its replica stays (S3 User Guide, what is not replicated).
	it('tells the destination from the source, and what S3 never deletes there', async () => {
		const pair = await setUpPair(open);
		const VersionId = await put(open.source, pair.source, 'k');
		await finalStatusOf(open.source, pair.source, 'k', VersionId);
		const asked = ['--source-bucket', pair.destination, '--source-region', 'us-west-2'];
		const place = ['--source-profile', 'source', '--endpoint-url', open.sandbox.endpointUrl];
		const there = await here('diagnose', ...asked, ...place);
		expect([there.exitCode, there.stdout]).toEqual([
			1,
			expect.stringContaining('It holds replicas: the rules are those of the bucket that they come from.'),
		]);
		await open.source.send(new DeleteObjectCommand({Bucket: pair.source, Key: 'k', VersionId}));
		const gone = await diagnose(pair, '--key', 'k');
		expect([gone.exitCode, gone.stdout]).toEqual([
			1,
			expect.stringContaining(`${pair.destination} has one: S3 never replicates the delete of a version.`),
		]);
	});

	it('mends a rule after a yes, and a test file proves it; undo takes the mend back', async () => {
		const pair = await setUpPair(open, {isCrossAccount: true});
		await pair.destinationClient.send(new DeleteBucketPolicyCommand({Bucket: pair.destination}));
		const unasked = await diagnose(pair, '--fix');
		expect([unasked.exitCode, unasked.stdout.includes('--yes')]).toEqual([2, true]);
		const mended = await diagnose(pair, '--fix', '--yes', '--json');
		expect(eventsIn(mended.stdout).at(-1)).toMatchObject({
			outcome: 'succeeded',
			objects: {replicated: 1, failed: 0},
		});
		expect(mended.exitCode).toBe(0);
		expect((await diagnose(pair)).exitCode).toBe(0);

		const {exitCode} = await here('undo', '--endpoint-url', open.sandbox.endpointUrl, '--yes');
		expect([exitCode, (await diagnose(pair)).exitCode]).toEqual([0, 1]);
	});

	it('mends every rule, one after the other, each with a file of its own; undo takes all of it back', async () => {
		const pair = await setUpPair(open);
		const second = open.name('second');
		await createVersioned(pair.destinationClient, second);
		const Rules = [
			ruleTo(pair.destination, {ID: 'a', Filter: {Prefix: 'a/'}}),
			ruleTo(second, {ID: 'b', Priority: 2, Filter: {Prefix: 'b/'}}),
		];
		await open.source.send(
			new PutBucketReplicationCommand({
				Bucket: pair.source,
				ReplicationConfiguration: {Role: pair.roleArn, Rules},
			}),
		);
		// The role lets nothing into the second bucket, besides.
		await suspend(pair);
		await suspend({...pair, destination: second});
		const mended = await diagnose(pair, '--fix', '--yes', '--json');
		const events = eventsIn(mended.stdout);
		expect([mended.exitCode, contractFaults(events)]).toEqual([0, []]);
		const arrived = events.filter(({type}) => type === 'object-replicated');
		expect(arrived.map(({destination}) => destination)).toEqual([pair.destination, second]);
		// Each rule's file counts, not the last one's alone.
		expect(events.at(-1)).toMatchObject({objects: {uploaded: 2, replicated: 2, failed: 0, pending: 0}});
		expect((await diagnose(pair)).exitCode).toBe(0);

		await here('undo', '--endpoint-url', open.sandbox.endpointUrl, '--yes');
		const broken = eventsIn((await diagnose(pair, '--json')).stdout);
		const causes = broken.filter(({type}) => type === 'cause-found');
		expect(causes.map(({ruleId, reason}) => [ruleId, reason])).toEqual([
			['a', 'DstBucketUnversioned'],
			['b', 'DstBucketUnversioned'],
			['b', 'DstPutObjectNotPermitted'],
		]);
	});

	it.each(
		sampled(
			'mends of diagnose',
			[
				{
					what: 'a role that is gone, and its rights with it',
					isCrossAccount: false,
					async breakIt({roleName: RoleName}: Pair) {
						await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'replication'}));
						await open.iam.send(new DeleteRoleCommand({RoleName}));
					},
				},
				{
					what: 'a role without its policy',
					isCrossAccount: false,
					breakIt: async ({roleName: RoleName}: Pair) =>
						open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'replication'})),
				},
				{what: 'suspended versioning', isCrossAccount: false, breakIt: suspend},
				{what: 'suspended versioning across accounts', isCrossAccount: true, breakIt: suspend},
			],
			6,
		),
	)('mends $what, and a test file arrives', async ({isCrossAccount, breakIt}) => {
		const pair = await setUpPair(open, {isCrossAccount});
		await breakIt(pair);
		expect((await diagnose(pair)).exitCode).toBe(1);
		const mended = await diagnose(pair, '--fix', '--yes', '--json');
		expect(eventsIn(mended.stdout).at(-1)).toMatchObject({
			outcome: 'succeeded',
			objects: {replicated: 1, failed: 0},
		});
	});

	it('ends with 1 after --fix where the test file does not arrive, by a condition that nobody here can know', async () => {
		const pair = await setUpPair(open);
		const {destination, destinationClient, roleName: RoleName, roleArn} = pair;
		await open.iam.send(new DeleteRolePolicyCommand({RoleName, PolicyName: 'replication'}));
		const denied = {
			...{Sid: 'Others', Effect: 'Deny', Principal: {AWS: roleArn}},
			...{Action: 's3:ReplicateObject', Resource: `arn:aws:s3:::${destination}/*`},
			Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-1234567890'}},
		};
		await destinationClient.send(
			new PutBucketPolicyCommand({Bucket: destination, Policy: policyOf([denied])}),
		);
		const mended = await diagnose(pair, '--fix', '--yes', '--json', '--timeout', '2');
		const events = eventsIn(mended.stdout);
		expect([mended.exitCode, contractFaults(events)]).toEqual([1, []]);
		// What only may stand in the way is named before the mend, too.
		const told = events
			.filter(({type}) => type === 'cause-found')
			.map(({certainty, headline}) => [certainty, headline]);
		expect(told).toContainEqual([
			'possible',
			`Role ${RoleName} may not reach ${destination}, by a condition`,
		]);
		const done = events.filter(({type}) => type === 'operation-finished');
		expect(done).toContainEqual(expect.objectContaining({kind: 'put-role-policy', change: 'create'}));
		expect(events.at(-1)).toMatchObject({
			...{outcome: 'failed', objects: {replicated: 0, failed: 1}},
			problem: {code: 'files-failed', cause: expect.stringContaining('by a condition')},
		});
	});

	it('sends a file with --probe, after a yes alone', async () => {
		const pair = await setUpPair(open);
		const unasked = await diagnose(pair, '--probe');
		expect(unasked.exitCode).toBe(2);
		const probed = await diagnose(pair, '--probe', '--yes', '--json');
		expect(eventsIn(probed.stdout).at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 1}});
		await suspend(pair);
		expect((await diagnose(pair, '--probe', '--yes')).exitCode).toBe(1);
	});

	it('has S3 tell why a probe fails with --reasons, and takes down what that took', async () => {
		const pair = await setUpPair(open);
		await open.iam.send(new DeleteRolePolicyCommand({RoleName: pair.roleName, PolicyName: 'replication'}));
		const more = ['--probe', '--reasons', '--reasons-wait', '0', '--yes', '--json'];
		const {exitCode, stdout} = await diagnose(pair, ...more);
		const events = eventsIn(stdout);
		expect(events.filter(({type}) => type === 'failure-reason-received')).toMatchObject([
			{destination: pair.destination, reason: 'SrcGetObjectNotPermitted'},
		]);
		const done = events.filter(({type}) => type === 'operation-finished').map(({kind}) => kind);
		expect(done).toEqual(expect.arrayContaining(['create-queue', 'delete-queue']));
		expect(exitCode).toBe(1);
	});

	it('sends a file a rule with --probe, each with the rule’s own prefix, and counts all of them', async () => {
		const second = open.name('second');
		await createVersioned(open.source, second);
		const pair = await setUpPair(open, {
			rules: (destination) => [
				ruleTo(destination, {ID: 'a', Filter: {Prefix: 'a/'}}),
				ruleTo(second, {ID: 'b', Priority: 2, Filter: {Prefix: 'b/'}}),
			],
		});
		const {exitCode, stdout} = await diagnose(pair, '--probe', '--yes', '--json', '--timeout', '2');
		const events = eventsIn(stdout);
		const sent = events.filter(({type}) => type === 'object-uploaded');
		expect(sent.map(({key}) => String(key).slice(0, 2))).toEqual(['a/', 'b/']);
		// The role lets nothing into the second bucket.
		expect(events.at(-1)).toMatchObject({objects: {uploaded: 2, replicated: 1, failed: 1, pending: 0}});
		expect(exitCode).toBe(1);
	});

	it.each([
		[['--version-id', 'x'], '--key'],
		[['--key', 'a', '--probe'], '--probe'],
		[['--fix', '--probe'], '--probe'],
		[['--reasons'], '--probe'],
		[['--probe', '--keep-reasons'], '--reasons'],
	])('refuses %j', async (more, said) => {
		const {exitCode, stderr} = await diagnose({source: 'any-bucket'}, ...more);
		expect([exitCode, stderr.includes(said)]).toEqual([2, true]);
	});
});
