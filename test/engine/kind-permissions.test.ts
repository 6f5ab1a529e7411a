import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {CreateAliasCommand} from '@aws-sdk/client-kms';
import {PutObjectCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {neededActions} from '../../source/domain/checks/needed-permissions.js';
import {sides} from '../../source/domain/answers/mode.js';
import type {NeededActions} from '../../source/domain/operations/kind.js';
import {
	allPlannedKinds,
	type PlannedOperation,
	plannedKindOf,
	type UndoOperation,
} from '../../source/domain/operations/registry.js';
import type {Plan} from '../../source/domain/plan/plan.js';
import {problemFrom} from '../../source/domain/problem.js';
import type {UndoPlan} from '../../source/domain/undo/undo-plan.js';
import {findReplication} from '../../source/engine/watch/find-replication.js';
import {planReasons} from '../../source/domain/plan/plan-reasons.js';
import type {ReplicationConfiguration} from '../../source/domain/rule/replication-configuration.js';
import {createdTargets} from '../../source/engine/operations/operation-context.js';
import {runOperation, runUndoOperation} from '../../source/engine/operations/runners.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {Session} from '../../source/session/session.js';
import {createKey} from '../sandbox/support/kms-keys.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {sampled} from '../support/sampled.js';
import {neededPolicy} from '../support/needed-policy.js';
import {openSandboxAws, sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';
import {leapingClock} from '../support/tried-world.js';

const actionsOf = ({
	bucket = [],
	role = [],
	objects = [],
	key = [],
	queue = [],
	job = [],
}: Partial<NeededActions>): readonly string[] => [...bucket, ...role, ...objects, ...key, ...queue, ...job];

/** What came of an operation with all permissions that its kind names, or all but one. */
type Attempt = {readonly kind: string; readonly without?: string; readonly refusal?: string};

const mode = 'cross-account';
const answers = {...tutorialAnswers(mode), kmsKey: 'alias/replicas'};
let one: OpenSandbox;
let folder: string;
let userCount = 0;
const applied: Attempt[] = [];
const undone: Attempt[] = [];

/** A sandbox with a key at the destination. */
async function openWithKey(): Promise<OpenSandbox> {
	const open = await openSandbox();
	const client = open.kms('destination', 'us-west-2');
	const TargetKeyId = await createKey(client);
	await client.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId}));
	return open;
}

/** A caller who may do this and nothing else. */
async function callerWith(
	accountId: string,
	actions: readonly string[],
	attempt: (connection: Connection) => Promise<unknown>,
): Promise<string | undefined> {
	const profile = `user-${++userCount}`;
	const {accessKeyId, secretAccessKey} = one.sandbox.addUser({
		accountId,
		userName: profile,
		policy: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: actions, Resource: '*'}]},
	});
	const files = {
		configFile: path.join(folder, `${profile}-config`),
		credentialsFile: path.join(folder, `${profile}-credentials`),
	};
	await writeFile(files.configFile, `[profile ${profile}]\nregion = us-east-1\n`);
	await writeFile(
		files.credentialsFile,
		`[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
	);
	const opened = await openSandboxAws({...files, endpointUrl: one.sandbox.endpointUrl});
	try {
		await attempt(await opened.connect(profile));
		return undefined;
	} catch (error) {
		return JSON.stringify(problemFrom(error));
	} finally {
		await opened.close();
	}
}

/** Nothing is waited for, and nothing is told. */
const quietly = () => ({
	clock: leapingClock(),
	signal: new AbortController().signal,
	onRetry: () => undefined,
	onWritten: () => undefined,
	onMerged: async () => undefined,
	onNote: () => undefined,
	onReading: () => undefined,
});

/** Tries with all permissions but one, each in its turn, and last with all: then it is done. */
async function tryEach(
	{kind, account}: PlannedOperation | UndoOperation,
	{exact, removed}: {readonly exact: readonly string[]; readonly removed: readonly string[]},
	attempt: (connection: Connection) => Promise<unknown>,
): Promise<readonly Attempt[]> {
	const attempts: Attempt[] = [];
	for (const without of removed) {
		const others = exact.filter((action) => action !== without);
		attempts.push({kind, without, refusal: await callerWith(account, others, attempt)});
	}

	return [...attempts, {kind, refusal: await callerWith(account, exact, attempt)}];
}

async function applyWith(plan: Plan, operation: PlannedOperation): Promise<readonly Attempt[]> {
	const needed = neededActions(operation.side, {...plan, operations: [operation]}, 0);
	const removed = actionsOf(plannedKindOf(operation.kind).needs);
	return tryEach(operation, {exact: actionsOf(needed), removed}, async (connection) => {
		const context = quietly();
		await runOperation(operation, {
			...context,
			plan,
			connections: {source: connection, destination: connection},
			createdTargets: createdTargets(context.clock),
		});
	});
}

/** One operation of an undo, with all that its kind says that it needs. */
async function undoWith(plan: Plan, {files}: UndoPlan, undo: UndoOperation): Promise<readonly Attempt[]> {
	const kind = allPlannedKinds().find(({undoKinds}) => undo.kind in undoKinds);
	const operation = plan.operations.find(
		(planned) => planned.kind === kind?.kind && planned.side === undo.side,
	);
	const needed = operation && neededActions(operation.side, {...plan, operations: [operation]}, 0);
	const exact = [...actionsOf(needed ?? {}), ...actionsOf(kind?.undoNeeds ?? {})];
	return tryEach(undo, {exact, removed: []}, async (connection) =>
		runUndoOperation(undo, {...quietly(), connection, files}),
	);
}

/** Of the kinds that a set-up has. */
const undoPermissions = [
	...new Set(
		allPlannedKinds()
			.filter(({mayBeAt}) => sides.some((side) => mayBeAt(side, mode)))
			.flatMap(({undoNeeds}) => actionsOf(undoNeeds)),
	),
];

/** What a run and its undo may need, whichever it is. */
const everyPermission = neededPolicy().flatMap(({Action: action}) => action);

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-permissions-'));
	one = await openWithKey();
	const planning = sandboxSession(one.sandbox, {answers});
	await planning.openEnvironment('aws');
	await planning.makePlan(answers);
	const {plan} = planning.getState().run;
	await planning.close();
	for (const operation of plan?.operations ?? []) applied.push(...(await applyWith(plan as Plan, operation)));
	const reasons = await reasonsPlan(plan as Plan);
	for (const operation of reasons.operations) applied.push(...(await applyWith(reasons, operation)));
	const job = await jobPlan(plan as Plan);
	for (const operation of job.operations) applied.push(...(await applyWith(job, operation)));

	// What was made above is nobody's run: another place, a run of its own.
	await one.close();
	one = await openWithKey();
	const records = memoryRecords();
	await withSession(records, async (session) => {
		await session.makePlan(answers);
		await session.apply();
	});
	await withSession(records, async (session) => {
		const {sourceBucket = '', sourceProfile, destinationProfile = ''} = answers;
		const found = await session.findReplication(sourceBucket, {sourceProfile}, [destinationProfile]);
		const result = await session.planReasons(found, false);
		expect(result.ok && (await session.setUpReasons(found, 0))).toBeTruthy();
		await session.makeUndoPlan(session.runId);
		const {undo} = session.getState().run;
		for (const {operation} of undo?.steps ?? [])
			undone.push(...(await undoWith(reasons, undo as UndoPlan, operation)));
	});
	// The watch of the bucket belongs to its set-up.
	const whole = {...(plan as Plan), operations: [...(plan?.operations ?? []), ...reasons.operations]};
	await withSession(records, async (session) => {
		await session.makeUndoPlan(undefined);
		const {undo} = session.getState().run;
		for (const {operation} of undo?.steps ?? [])
			undone.push(...(await undoWith(whole, undo as UndoPlan, operation)));
	});
});

/** A job of the replication that is there. */
async function jobPlan({source, destination}: Plan): Promise<Plan> {
	const session = sandboxSession(one.sandbox, {answers, command: 'batch'});
	await session.openEnvironment('aws');
	const plan = await session.planJob(jobOf(source.bucket, [destination.profile]));
	await session.close();
	return plan as Plan;
}

const jobOf = (sourceBucket: string, destinationProfiles: readonly string[]) => ({
	...{sourceBucket, destinationProfiles, answers: {sourceProfile: 'source'}},
	wanted: {statuses: ['COMPLETED', 'NONE'] as const},
});

/** What it takes that S3 tells of failures of a replication that is there; no set-up has it. */
async function reasonsPlan({source, destination}: Plan): Promise<Plan> {
	const {sandbox} = one;
	const aws = await openSandboxAws(sandbox);
	const connection = await aws.connect(source.profile);
	const found = await findReplication(
		source.bucket,
		connection,
		[await aws.connect(destination.profile)],
		{},
	);
	const replication = await connection.buckets.getReplication(found.source.reference);
	await aws.close();
	const {rulePrefix: prefix, tags} = found;
	const files = {prefix, tags};
	const made = planReasons({
		...{runId: 'permissions', partition: 'aws', source, destination, files},
		notifications: {},
		replication: replication as ReplicationConfiguration,
	});
	expect(made.ok).toBe(true);
	return (made as Extract<typeof made, {readonly ok: true}>).plan;
}

/** What a session with all rights does. */
async function withSession(records: RecordStore, body: (session: Session) => Promise<void>): Promise<void> {
	const session = sandboxSession(one.sandbox, {answers, records});
	await session.openEnvironment('aws');
	await body(session);
	session.finish();
	await session.close();
}

afterAll(async () => {
	await one.close();
	await rm(folder, {recursive: true, force: true});
});

const kinds = allPlannedKinds().map(({kind, needs, undoNeeds, undoKinds}) => ({
	kind,
	needs: actionsOf(needs),
	undoNeeds: actionsOf(undoNeeds),
	undoKinds: Object.keys(undoKinds),
}));

describe('an operation', () => {
	it.each(kinds)('$kind runs with exactly the permissions that its kind names', ({kind}) => {
		const attempts = applied.filter((one) => one.kind === kind && one.without === undefined);
		expect(attempts.length).toBeGreaterThan(0);
		expect(attempts.map(({refusal}) => refusal)).toEqual(attempts.map(() => undefined));
	});

	it.each(kinds.flatMap(({kind, needs}) => needs.map((permission) => ({kind, permission}))))(
		'$kind is refused without $permission, and the refusal names it',
		({kind, permission}) => {
			const attempts = applied.filter((one) => one.kind === kind && one.without === permission);
			expect(attempts.length).toBeGreaterThan(0);
			for (const {refusal} of attempts) expect(refusal).toContain(permission);
		},
	);
});

describe('an undo', () => {
	it('deletes and restores with exactly the permissions that the kinds name', () => {
		expect(undone.map(({kind}) => kind)).toEqual(
			expect.arrayContaining([
				'restore-replication',
				'restore-bucket-policy',
				'restore-key-policy',
				'delete-role',
				'delete-bucket',
				'delete-queue',
				'restore-bucket-notification',
			]),
		);
		expect(undone.filter(({refusal}) => refusal !== undefined)).toEqual([]);
	});

	it.each(sampled('permissions of an undo', undoPermissions))(
		'leaves something without %s, and says that it is missing',
		async (permission) => {
			await one.close();
			one = await openWithKey();
			const records = memoryRecords();
			await withSession(records, async (session) => {
				await session.makePlan(answers);
				await session.apply();
			});
			const rights = everyPermission.filter((action) => action !== permission);
			const said: unknown[] = [];
			await callerWith('111122223333', rights, async (source) =>
				callerWith('444455556666', rights, async (destination) => {
					const restricted = {source, destination};
					const session = sandboxSession(one.sandbox, {
						answers,
						records,
						wrap: (_connection, profile) => restricted[profile as keyof typeof restricted],
					});
					session.onEvent((event) => said.push('problem' in event && event.problem));
					await session.openEnvironment('aws');
					const planned = await session.makeUndoPlan(undefined);
					const {undo} = session.getState().run;
					said.push(
						planned,
						undo?.steps.map(({reason}) => reason),
					);
					await (undo && session.undo());
					session.finish();
					await session.close();
				}),
			);
			expect(JSON.stringify(said.map(withoutDocuments))).toContain(permission);
		},
	);
});

describe('a job for objects that exist already', () => {
	it('is made, confirmed, followed and taken back with exactly the permissions that README lists', async () => {
		await one.close();
		one = await openWithKey();
		await withSession(memoryRecords(), async (session) => {
			await session.makePlan(answers);
			await session.apply();
		});
		const {sourceBucket = ''} = answers;
		const put = new PutObjectCommand({Bucket: sourceBucket, Key: 'a', Body: 'a'});
		await one.source.send(put);
		const records = memoryRecords();
		const refusal = await callerWith('111122223333', everyPermission, async (source) =>
			callerWith('444455556666', everyPermission, async (destination) => {
				const restricted = {source, destination};
				const session = sandboxSession(one.sandbox, {
					...{answers, records, command: 'batch'},
					wrap: (_connection, profile) => restricted[profile as keyof typeof restricted],
				});
				await session.openEnvironment('aws');
				await session.planJob(jobOf(sourceBucket, ['destination']));
				expect(await session.makeJob()).toBeUndefined();
				const waiting = await session.followJob(5);
				await session.confirmJob();
				const ended = await session.followJob(5);
				expect([waiting.status, ended.status]).toEqual(['Suspended', 'Complete']);
				expect(await session.endJob(false)).toBeUndefined();
				session.finish();
				await session.close();
				const undoing = sandboxSession(one.sandbox, {
					...{answers, records, command: 'undo'},
					wrap: (_connection, profile) => restricted[profile as keyof typeof restricted],
				});
				await undoing.openEnvironment('aws');
				expect(await undoing.makeUndoPlan(undefined)).toMatchObject({ok: true});
				expect(await undoing.undo()).toBe(true);
				undoing.finish();
				await undoing.close();
			}),
		);
		expect(refusal).toBeUndefined();
	});
});

/** A plan that could be made says by its reasons what is missing; its documents name permissions of others. */
function withoutDocuments(said: unknown): unknown {
	return said !== null && typeof said === 'object' && 'plan' in said ? null : said;
}
