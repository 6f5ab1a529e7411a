import {CreateRoleCommand, DeleteRolePolicyCommand} from '@aws-sdk/client-iam';
import {ListJobsCommand} from '@aws-sdk/client-s3-control';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {batchPolicyName} from '../../source/domain/batch/batch-role.js';
import type {BatchEvent} from '../../source/domain/batch/batch-event.js';
import {isTooEarly, requestedAgain} from '../../source/domain/batch/too-early.js';
import type {BatchJob, JobRequest} from '../../source/domain/observed/batch-job.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {type Pair, policyOf, put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {withoutRules} from '../sandbox/support/batch-world.js';
import {mortal} from '../support/mortal.js';
import {noticed} from '../support/noticed.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {createTestClock, type TestClock} from '../support/test-clock.js';

// Third-party: users report 10 to 30 seconds until a new role can be assumed (hashicorp/terraform-provider-aws#6566). What a job fails with
// then is not known: the sandbox's words are guessed, after those that a user saw of a missing right (analytical-platform#8496).
const propagationDelayMs = 12_000;

let clock: TestClock;
let open: OpenSandbox;
let pair: Pair;

type WithStack = {readonly middlewareStack: {readonly add: (step: never, options: never) => void}};

/** Each request of a client comes when the one before it has taken effect. */
function unhurried<Client extends WithStack>(client: Client): Client {
	const step = (next: (request: object) => Promise<object>) => async (request: object) => {
		clock.jump(propagationDelayMs);
		return next(request);
	};
	client.middlewareStack.add(step as never, {step: 'initialize'} as never);
	return client;
}

async function setUp(): Promise<void> {
	clock = createTestClock(Date.now());
	open = await openSandbox({clock, propagationDelayMs, replicationDelayMs: 1000});
	const settled: OpenSandbox = {
		...open,
		source: unhurried(open.s3('source', 'us-east-1')),
		iam: unhurried(open.iamOf('source')),
		s3: (...place) => unhurried(open.s3(...place)),
	};
	pair = await setUpPair(settled);
	await withoutRules(settled, pair.source, async () => put(settled.source, pair.source, 'old'));
	clock.jump(propagationDelayMs);
}

const isPort = (value: unknown): value is object =>
	typeof value === 'object' &&
	value !== null &&
	Object.values(value).every((one) => typeof one === 'function');

async function sessionWith(
	records: RecordStore,
	wrap = (connection: Connection): Connection => connection,
): Promise<Session> {
	const session = sandboxSession(open.sandbox, {
		answers: {environment: 'aws', sourceProfile: 'source', sourceBucket: pair.source},
		command: 'batch',
		records,
		clock,
		wrap(connection) {
			const ports = Object.entries(wrap(connection)).map(([name, port]: [string, unknown]) => [
				name,
				isPort(port) ? noticed(port, clock) : port,
			]);
			return Object.fromEntries(ports) as Connection;
		},
	});
	await session.openEnvironment('aws');
	return session;
}

/** What `batch --yes` does, told and ended. */
async function copied(session: Session, roleArn?: string) {
	const events: BatchEvent[] = [];
	session.onEvent((event) => {
		if (event.type.startsWith('job-')) events.push(event as BatchEvent);
	});
	const run = async (): Promise<string | undefined> => {
		const plan = await session.planJob({
			sourceBucket: pair.source,
			answers: {sourceProfile: 'source'},
			destinationProfiles: [],
			wanted: {statuses: ['NONE', 'FAILED']},
			...(roleArn === undefined ? {} : {roleArn}),
		});
		const stopped = plan && (await session.makeJob());
		if (stopped) return stopped.code;
		const job = await session.followJob(5000);
		if (job.status === 'Suspended') await session.confirmJob();
		await session.followJob(5000);
		const problem = await session.endJob(false);
		return problem?.code;
	};

	const problem = await clock.runUntil(run());
	session.finish();
	await session.close();
	return {problem, retried: events.filter(({type}) => type === 'job-retried')};
}

async function jobs() {
	const control = open.s3Control('source', 'us-east-1');
	clock.jump(propagationDelayMs);
	const {Jobs = []} = await control.send(new ListJobsCommand({AccountId: sourceAccountId}));
	return Jobs.map(({Status}) => Status ?? '').sort();
}

async function undoAll(records: RecordStore): Promise<void> {
	const session = await sessionWith(records);
	expect(await clock.runUntil(session.makeUndoPlan(undefined))).toMatchObject({ok: true});
	expect(await clock.runUntil(session.undo())).toBe(true);
	session.finish();
	await session.close();
}

describe('a job of a new role', () => {
	beforeEach(setUp);
	afterEach(async () => open.close());

	it('a job that failed since its role is new is made again, with a token of its own, and told', async () => {
		const records = memoryRecords();
		const {problem, retried} = await copied(await sessionWith(records));
		expect(problem).toBeUndefined();
		expect(retried).toMatchObject([{attempt: 2, delayMs: 5000, reason: /role/ as unknown}]);
		expect(await jobs()).toEqual(['Complete', 'Failed']);
		await undoAll(records);
	});

	// The bucket, the role, the job, and the job again.
	it.each(['before', 'after'] as const)(
		'there is one more job where the run is killed %s that one is made',
		async (when) => {
			const records = memoryRecords();
			const killed = mortal({at: 4, when}, records, /^create$/);
			await copied(await sessionWith(killed.records, killed.wrap)).catch(() => undefined);
			expect(killed.hasDied()).toBe(true);
			clock.jump(propagationDelayMs);
			const {problem} = await copied(await sessionWith(records));
			expect(problem).toBeUndefined();
			expect(await jobs()).toEqual(['Complete', 'Failed']);
			await undoAll(records);
		},
	);

	it('it is made again a few times only', async () => {
		// Somebody takes the role's rights away each time.
		const deprived = (connection: Connection): Connection => ({
			...connection,
			jobs: {
				...connection.jobs,
				async create(place, request) {
					const RoleName = request.RoleArn.split('/').at(-1);
					await open.iam
						.send(new DeleteRolePolicyCommand({RoleName, PolicyName: batchPolicyName}))
						.catch(() => undefined);
					clock.jump(propagationDelayMs);
					return connection.jobs.create(place, request);
				},
			},
		});
		const {problem, retried} = await copied(await sessionWith(memoryRecords(), deprived));
		expect([problem, retried.length]).toEqual(['job-failed', 3]);
		expect(await jobs()).toEqual(['Failed', 'Failed', 'Failed', 'Failed']);
	});

	it('a job of a role that somebody named is not made again', async () => {
		const Principal = {Service: 'batchoperations.s3.amazonaws.com'};
		const AssumeRolePolicyDocument = policyOf([{Effect: 'Allow', Principal, Action: 'sts:AssumeRole'}]);
		const {Role} = await open.iam.send(new CreateRoleCommand({RoleName: 'own', AssumeRolePolicyDocument}));
		clock.jump(60_000);
		const {problem, retried} = await copied(await sessionWith(memoryRecords()), Role?.Arn);
		expect([problem, retried]).toEqual(['job-failed', []]);
	});
});

const failed: BatchJob = {
	jobId: 'j',
	description: '',
	status: 'Failed',
	createdAt: 1000,
	endedAt: 9000,
	progress: {succeeded: 0, failed: 0},
	failures: [{code: 'X', reason: 'Error occurred when preparing manifest: Access denied when accessing b.'}],
};

it.each<[string, Partial<BatchJob>, boolean]>([
	['for access', {}, true],
	['for its role', {failures: [{code: 'X', reason: 'Could not assume the role r.'}]}, true],
	['as nothing meets its filter', {failures: [{code: 'X', reason: 'found no keys'}]}, false],
	['after it began', {progress: {succeeded: 0, failed: 1}}, false],
	['late', {endedAt: 200_000}, false],
	['not at all', {status: 'Complete'}, false],
])('a job that failed %s', (_how, change, expected) => {
	expect(isTooEarly({...failed, ...change}, 120_000)).toBe(expected);
});

it('each job has a token of its own', () => {
	const first = {ClientRequestToken: 's3-replicate-run-1'} as JobRequest;
	const again = requestedAgain(first);
	expect([again, requestedAgain(again)]).toEqual([
		{ClientRequestToken: 's3-replicate-run-1-again-2'},
		{ClientRequestToken: 's3-replicate-run-1-again-3'},
	]);
});
