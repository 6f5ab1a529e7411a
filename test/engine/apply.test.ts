import {rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {GetRolePolicyCommand, ListRolePoliciesCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {CreateAliasCommand} from '@aws-sdk/client-kms';
import {
	DeleteBucketPolicyCommand,
	DeleteObjectCommand,
	GetBucketPolicyCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	HeadObjectCommand,
	ListObjectVersionsCommand,
	PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import {afterEach, describe, expect, it} from 'vitest';
import {systemClock} from '../../source/commands/host/system-clock.js';
import type {RunEvent, Stamped} from '../../source/domain/event.js';
import type {Mode} from '../../source/domain/answers/mode.js';
import {rolePolicyName} from '../../source/domain/role/role-policy-name.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import type {SandboxOptions} from '../../source/sandbox/start-sandbox.js';
import type {Session} from '../../source/session/session.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {lockstep} from '../support/lockstep.js';
import {requestDepth} from '../support/request-depth.js';
import {sandboxSession, type SandboxSessionOptions, tutorialAnswers} from '../support/sandbox-session.js';
import {sampled} from '../support/sampled.js';

const open: OpenSandbox[] = [];

afterEach(async () => {
	await Promise.all(open.splice(0).map(async (one) => one.close()));
});

async function sandboxOf(options?: SandboxOptions): Promise<OpenSandbox> {
	const one = await openSandbox(options);
	open.push(one);
	return one;
}

type Run = {readonly session: Session; readonly events: ReadonlyArray<Stamped<RunEvent>>};

async function started(one: OpenSandbox, options: SandboxSessionOptions): Promise<Run> {
	const session = sandboxSession(one.sandbox, options);
	const events: Array<Stamped<RunEvent>> = [];
	session.onEvent((event) => events.push(event));
	await session.openEnvironment('aws');
	return {session, events};
}

/** Plans and applies, and uploads so many files. */
async function run(
	one: OpenSandbox,
	mode: Mode,
	fileCount = 0,
	change: Partial<SandboxSessionOptions['answers']> = {},
): Promise<Run> {
	const answers = {...tutorialAnswers(mode), ...change};
	const made = await started(one, {answers});
	await made.session.makePlan(answers);
	const isDone = await made.session.apply();
	expect(isDone).toBe(true);
	await made.session.watchPlanned({staysOpen: false, followsOthers: false, fileCount, fileSizeBytes: 100});
	made.session.finish();
	return made;
}

const tutorials = [
	{mode: 'cross-region', destinationProfile: 'source', account: {}},
	{mode: 'cross-account', destinationProfile: 'destination', account: {Account: '444455556666'}},
] as const;

describe.each(sampled('tutorials of the engine', tutorials, 10))(
	'the $mode tutorial',
	({mode, destinationProfile, account}) => {
		const names = tutorialNames(mode);

		it('sets up what it says, from nothing, and the files arrive', async () => {
			const one = await sandboxOf();
			const {session} = await run(one, mode, 3);

			expect(session.getState().run.finished).toMatchObject({
				outcome: 'succeeded',
				objects: {uploaded: 3, replicated: 3, failed: 0, pending: 0},
				problem: null,
			});
			const versioning = await Promise.all([
				one.source.send(new GetBucketVersioningCommand({Bucket: names.sourceBucket})),
				one
					.s3(destinationProfile, 'us-west-2')
					.send(new GetBucketVersioningCommand({Bucket: names.destinationBucket})),
			]);
			expect(versioning.map(({Status}) => Status)).toEqual(['Enabled', 'Enabled']);
			const {ReplicationConfiguration: configuration} = await one.source.send(
				new GetBucketReplicationCommand({Bucket: names.sourceBucket}),
			);
			expect(configuration?.Rules).toEqual([
				{
					ID: `${mode}-rule`,
					Priority: 1,
					Status: 'Enabled',
					Filter: {},
					DeleteMarkerReplication: {Status: 'Disabled'},
					Destination: {
						Bucket: `arn:aws:s3:::${names.destinationBucket}`,
						...account,
					},
				},
			]);
		});

		it('reads and checks two requests deep, and writes five deep, the look before a CreateBucket in us-east-1 included', async () => {
			const steps = lockstep();
			const one = await sandboxOf({latencyMs: 1, clock: steps.clock});
			const answers = tutorialAnswers(mode);
			const {session} = await started(one, {answers, wrap: steps.wrap, clock: systemClock});
			await session.makePlan(answers);
			const reading = [...one.sandbox.requests];
			await session.apply();

			expect(session.finish()).toBe('succeeded');
			expect(requestDepth(reading)).toBe(2);
			expect(requestDepth(one.sandbox.requests.slice(reading.length))).toBe(5);
		});

		it('is as deep with a KMS key by its alias, whose policy is read besides', async () => {
			const steps = lockstep();
			const one = await sandboxOf({latencyMs: 1, clock: steps.clock});
			const kms = one.kms(
				({'cross-region': 'source', 'cross-account': 'destination'} as const)[mode],
				'us-west-2',
			);
			const TargetKeyId = await createKey(kms);
			await kms.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId}));
			const before = one.sandbox.requests.length;
			const answers = {...tutorialAnswers(mode), kmsKey: 'alias/replicas'};
			const {session} = await started(one, {answers, wrap: steps.wrap, clock: systemClock});
			await session.makePlan(answers);
			const read = one.sandbox.requests.length;
			await session.apply();

			expect(session.finish()).toBe('succeeded');
			expect(requestDepth(one.sandbox.requests.slice(before, read))).toBe(2);
			expect(requestDepth(one.sandbox.requests.slice(read))).toBe(5);
		});

		it('asks nothing twice while it reads and checks', async () => {
			const one = await sandboxOf();
			await run(one, mode);
			const before = one.sandbox.requests.length;
			const answers = tutorialAnswers(mode);
			const {session} = await started(one, {answers});
			await session.makePlan(answers);

			const asked = one.sandbox.requests
				.slice(before)
				.filter(({operation}) => operation !== 'SimulatePrincipalPolicy')
				.map(({operation, target, accountId}) => `${operation} ${target} ${accountId}`);
			expect(asked.length).toBeGreaterThan(15);
			expect(asked.filter((question, index) => asked.indexOf(question) < index)).toEqual([]);
		});

		it('finds nothing to do the second time, and writes nothing', async () => {
			const one = await sandboxOf();
			await run(one, mode);
			const before = one.sandbox.requests.length;
			const {session} = await run(one, mode);

			expect(session.getState().run.plan?.operations.map(({change}) => change)).toEqual(
				session.getState().run.plan?.operations.map(() => 'keep'),
			);
			const second = one.sandbox.requests.slice(before).map(({operation}) => operation);
			expect(second.filter((operation) => /^(Put|Create|Delete)/.test(operation))).toEqual([]);
		});

		it('names the expected owner in every call to a bucket that exists', async () => {
			const one = await sandboxOf();
			await run(one, mode, 1);

			const nameless = one.sandbox.requests.filter(
				({service, operation, expectedBucketOwner}) =>
					service === 's3' &&
					operation !== 'CreateBucket' &&
					operation !== 'ListBuckets' &&
					expectedBucketOwner === undefined,
			);
			expect(nameless).toEqual([]);
		});

		it('waits visibly for what AWS does not see yet, and arrives all the same', async () => {
			const one = await sandboxOf({propagationDelayMs: 700});
			const {session, events} = await run(one, mode, 2);

			expect(session.getState().run.finished).toMatchObject({outcome: 'succeeded', objects: {replicated: 2}});
			const reasons = new Set(
				events.flatMap((event) => (event.type === 'operation-retried' ? [event.reason] : [])),
			);
			expect([...reasons]).toContain('versioning is not effective yet');
		});

		it('sends one file first after a new role, and the rest when it has arrived', async () => {
			const one = await sandboxOf();
			const {events} = await run(one, mode, 3);

			const types = events.map(({type}) => type).filter((type) => /^(object|probe)/.test(type));
			expect(types.slice(0, 4)).toEqual([
				'object-uploaded',
				'probe-waited',
				'object-replicated',
				'object-uploaded',
			]);
		});
	},
);

describe('a role shared by two pairs of buckets', () => {
	it('keeps the policy of each', async () => {
		const one = await sandboxOf();
		const roleName = 'shared-role';
		const first = {roleName, sourceBucket: 'pair-one-a', destinationBucket: 'pair-one-b'};
		const second = {roleName, sourceBucket: 'pair-two-a', destinationBucket: 'pair-two-b'};
		await run(one, 'cross-region', 1, first);
		const {session} = await run(one, 'cross-region', 1, second);

		expect(session.getState().run.finished?.outcome).toBe('succeeded');
		const {PolicyNames: policyNames} = await one.iam.send(new ListRolePoliciesCommand({RoleName: roleName}));
		expect(policyNames?.toSorted()).toEqual(
			[rolePolicyName('pair-one-a', 'pair-one-b'), rolePolicyName('pair-two-a', 'pair-two-b')].toSorted(),
		);
		const again = await run(one, 'cross-region', 1, first);
		expect(again.session.getState().run.finished).toMatchObject({
			outcome: 'succeeded',
			operations: {kept: 7, created: 0},
		});
	});
});

describe('what somebody broke', () => {
	it('is found by the plan and mended: versioning suspended at the destination', async () => {
		const one = await sandboxOf();
		const {destinationBucket} = tutorialNames('cross-account');
		await run(one, 'cross-account');
		await one.destination.send(
			new PutBucketVersioningCommand({
				Bucket: destinationBucket,
				VersioningConfiguration: {Status: 'Suspended'},
			}),
		);
		const {session} = await run(one, 'cross-account', 1);

		const changes = session.getState().run.plan?.operations.filter(({change}) => change !== 'keep');
		expect(changes?.map(({id, change}) => [id, change])).toEqual([
			['enable-versioning:destination', 'update'],
		]);
		expect(session.getState().run.finished?.outcome).toBe('succeeded');
	});

	it('is found by the plan and mended: the bucket policy taken away', async () => {
		const one = await sandboxOf();
		const {destinationBucket} = tutorialNames('cross-account');
		await run(one, 'cross-account');
		await one.destination.send(new DeleteBucketPolicyCommand({Bucket: destinationBucket}));
		const {session} = await run(one, 'cross-account', 1);

		const changes = session.getState().run.plan?.operations.filter(({change}) => change !== 'keep');
		expect(changes?.map(({id, change}) => [id, change])).toEqual([['put-bucket-policy', 'create']]);
		expect(session.getState().run.finished?.outcome).toBe('succeeded');
		const {Policy: policy} = await one.destination.send(
			new GetBucketPolicyCommand({Bucket: destinationBucket}),
		);
		expect(JSON.parse(policy ?? '{}')).toMatchObject({Id: 'S3-Console-Replication-Policy'});
	});

	it('makes files fail, and the run with them: the role may not write replicas', async () => {
		const one = await sandboxOf();
		const names = tutorialNames('cross-region');
		const answers = tutorialAnswers('cross-region');
		await run(one, 'cross-region');
		const policyName = rolePolicyName(names.sourceBucket, names.destinationBucket);
		const RoleName = `s3crr_role_for_${names.sourceBucket}`;
		const {PolicyDocument: document} = await one.iam.send(
			new GetRolePolicyCommand({RoleName, PolicyName: policyName}),
		);
		const {session, events} = await started(one, {answers});
		await session.makePlan(answers);
		await session.apply();
		await one.iam.send(
			new PutRolePolicyCommand({
				RoleName,
				PolicyName: policyName,
				PolicyDocument: decodeURIComponent(document ?? '').replace(
					's3:ReplicateObject',
					's3:ReplicateNothing',
				),
			}),
		);
		await session.watchPlanned({staysOpen: false, followsOthers: false, fileCount: 2, fileSizeBytes: 10});

		expect(session.finish()).toBe('failed');
		expect(session.getState().run.finished).toMatchObject({
			objects: {uploaded: 2, replicated: 0, failed: 2, pending: 0},
			problem: {code: 'files-failed'},
		});
		expect(events.filter(({type}) => type === 'object-failed')).toHaveLength(2);
		expect(events.filter(({type}) => type === 'object-resent')).toHaveLength(0);
	});
});

describe('a file that comes before the permissions have spread', () => {
	it('is sent again as a new version, at most three times, and counted once', async () => {
		const one = await sandboxOf();
		const answers = tutorialAnswers('cross-account');
		const {session, events} = await started(one, {answers});
		await session.makePlan(answers);
		await session.apply();
		const {destinationBucket, sourceBucket} = tutorialNames('cross-account');
		await one.destination.send(new DeleteBucketPolicyCommand({Bucket: destinationBucket}));
		await session.watchPlanned({staysOpen: false, followsOthers: false, fileCount: 1, fileSizeBytes: 10});

		expect(session.finish()).toBe('failed');
		expect(events.filter(({type}) => type === 'object-resent')).toHaveLength(3);
		expect(session.getState().run.finished?.objects).toEqual({
			uploaded: 1,
			replicated: 0,
			failed: 1,
			pending: 0,
		});
		const {Versions: versions} = await one.source.send(new ListObjectVersionsCommand({Bucket: sourceBucket}));
		expect(versions).toHaveLength(4);
	});
});

describe('a replica', () => {
	it('says REPLICA at the destination and COMPLETED at the source, under the same version', async () => {
		const one = await sandboxOf();
		const {events} = await run(one, 'cross-region', 1);
		const names = tutorialNames('cross-region');
		const uploaded = events.find((event) => event.type === 'object-uploaded') as {
			key: string;
			versionId: string;
		};
		const version = {Key: uploaded.key, VersionId: uploaded.versionId};

		const there = await one
			.s3('source', 'us-west-2')
			.send(new HeadObjectCommand({Bucket: names.destinationBucket, ...version}));
		const here = await one.source.send(new HeadObjectCommand({Bucket: names.sourceBucket, ...version}));
		expect([here.ReplicationStatus, there.ReplicationStatus]).toEqual(['COMPLETED', 'REPLICA']);
	});
});

describe('Ctrl-C', () => {
	it('while changes are made finishes the calls under way, begins nothing new, and says so', async () => {
		const one = await sandboxOf({latencyMs: 30});
		const answers = tutorialAnswers('cross-region');
		const {session, events} = await started(one, {answers});
		await session.makePlan(answers);
		session.onEvent((event) => {
			if (event.type === 'operation-finished') session.interrupt();
		});
		const isDone = await session.apply();

		expect(isDone).toBe(false);
		expect(session.finish()).toBe('cancelled');
		const startedIds = events.flatMap((event) => (event.type === 'operation-started' ? [event.id] : []));
		const endedIds = events.flatMap((event) => (event.type === 'operation-finished' ? [event.id] : []));
		expect(endedIds.toSorted()).toEqual(startedIds.toSorted());
		expect(startedIds).not.toContain('put-replication');
	});

	it('while a write is read back tells of it as written, and that nothing has confirmed it', async () => {
		const one = await sandboxOf({propagationDelayMs: 600_000});
		const answers = tutorialAnswers('cross-region');
		const {session} = await started(one, {answers});
		await session.makePlan(answers);
		session.onEvent((event) => {
			if (event.type === 'operation-retried' && event.id === 'enable-versioning:source') session.interrupt();
		});
		await session.apply();

		expect(session.finish()).toBe('cancelled');
		const {problem} = session.getState().run.finished ?? {};
		expect(problem?.cause).toMatch(/^It was stopped while changes were made: \d of 7 are done\.$/);
		expect(problem?.details).toContain('Bucket created: my-us-east-1');
		expect(problem?.details).toContain('Versioning enabled: my-us-east-1 (not confirmed)');
		expect(problem?.details?.join()).not.toContain('rule');
	});

	it('while files are watched ends the watch at once', async () => {
		const one = await sandboxOf({replicationDelayMs: 600_000});
		const answers = tutorialAnswers('cross-region');
		const {session} = await started(one, {answers});
		await session.makePlan(answers);
		await session.apply();
		session.onEvent((event) => {
			if (event.type === 'object-uploaded') session.interrupt();
		});
		await session.watchPlanned({staysOpen: false, followsOthers: false, fileCount: 1, fileSizeBytes: 10});

		expect(session.finish()).toBe('cancelled');
		expect(session.getState().run.finished?.objects).toMatchObject({uploaded: 1, pending: 1});
	});
});

describe('files that take longer than the time limit', () => {
	it('are called pending, not failed, and the run fails', async () => {
		const one = await sandboxOf({replicationDelayMs: 600_000});
		const answers = tutorialAnswers('cross-region');
		const {session} = await started(one, {answers, timeoutMs: 50});
		await session.makePlan(answers);
		await session.apply();
		await session.watchPlanned({staysOpen: false, followsOthers: false, fileCount: 1, fileSizeBytes: 10});

		expect(session.finish()).toBe('failed');
		expect(session.getState().run.finished).toMatchObject({
			objects: {uploaded: 1, pending: 1, failed: 0},
			problem: {code: 'files-pending'},
		});
	});
});

describe('a bucket of the own account that may not be looked at', () => {
	it('is told from somebody else’s, and its rules are kept', async () => {
		const one = await sandboxOf();
		await run(one, 'cross-region', 0, {ruleId: 'first'});
		const user = one.sandbox.addUser({
			accountId: '111122223333',
			userName: 'blindfolded',
			policy: {
				Version: '2012-10-17',
				Statement: [
					{Effect: 'Allow', Action: ['s3:*', 'iam:*'], Resource: '*'},
					{Effect: 'Deny', Action: 's3:ListBucket', Resource: '*'},
				],
			},
		});
		const {configFile} = one.sandbox;
		const credentialsFile = path.join(path.dirname(configFile), 'blindfolded');
		await writeFile(
			credentialsFile,
			`[source]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
		);
		const answers = {...tutorialAnswers('cross-region'), ruleId: 'second', destinationRegion: undefined};
		const session = sandboxSession({...one.sandbox, credentialsFile}, {answers});
		await session.openEnvironment('aws');
		const result = await session.makePlan(answers);
		await rm(credentialsFile);

		expect(result).toMatchObject({ok: true, plan: {destination: {region: 'us-west-2'}}});
		const rules = session.getState().run.plan?.operations.find(({kind}) => kind === 'put-replication');
		// The first rule does already what the second would have done.
		expect(rules).toMatchObject({change: 'keep', ruleId: 'first', after: {Rules: [{ID: 'first'}]}});
	});
});

describe('a file that somebody deletes while it is under way', () => {
	it('is let go, and is not said to have arrived', async () => {
		const one = await sandboxOf({replicationDelayMs: 600_000});
		const answers = tutorialAnswers('cross-region');
		const {session, events} = await started(one, {answers});
		await session.makePlan(answers);
		await session.apply();
		session.onEvent((event) => {
			if (event.type !== 'object-uploaded') return;
			const {key: Key, versionId: VersionId} = event;
			const {sourceBucket: Bucket} = tutorialNames('cross-region');
			void one.source.send(new DeleteObjectCommand({Bucket, Key, VersionId}));
		});
		await session.watchPlanned({staysOpen: false, followsOthers: false, fileCount: 1, fileSizeBytes: 10});

		expect(session.finish()).toBe('failed');
		expect(events.map(({type}) => type)).toContain('object-deleted-at-source');
		expect(session.watchView.objectCounts()).toEqual({uploaded: 0, replicated: 0, failed: 0, pending: 0});
	});
});
