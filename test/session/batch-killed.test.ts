import {ListRolesCommand} from '@aws-sdk/client-iam';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {S3ControlClient} from '@aws-sdk/client-s3-control';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {jobsPort} from '../../source/aws/calls/jobs.js';
import type {Connection} from '../../source/aws/ports.js';
import {callLoopbackAsItIs} from '../../source/aws/transport/endpoints.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {type Pair, setUpPair} from '../sandbox/support/replicated-pair.js';
import {type ControlServer, openControl} from '../support/control-server.js';
import {type Death, deaths, mortal} from '../support/mortal.js';
import {sampled} from '../support/sampled.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {until} from '../support/until.js';

let open: OpenSandbox;
let control: ControlServer;
let pair: Pair;
beforeEach(async () => {
	open = await openSandbox();
	control = await openControl(open.source);
	pair = await setUpPair(open);
});
afterEach(async () => {
	await control.close();
	await open.close();
});

/** The program's own way to S3 Control, at the test's. */
const withJobs = (connection: Connection): Connection => ({
	...connection,
	jobs: jobsPort(
		async (region) =>
			callLoopbackAsItIs(
				new S3ControlClient({
					region,
					endpoint: control.endpointUrl,
					maxAttempts: 1,
					credentials: {accessKeyId: 'a', secretAccessKey: 's'},
				}),
				control.endpointUrl,
			),
		() => ({profile: connection.profile}),
	),
});

async function sessionWith(
	records: RecordStore,
	wrap = (connection: Connection): Connection => connection,
	command: 'batch' | 'wizard' = 'batch',
): Promise<Session> {
	const session = sandboxSession(open.sandbox, {
		answers: {environment: 'aws', sourceProfile: 'source', sourceBucket: pair.source},
		command,
		records,
		wrap: (connection) => wrap(withJobs(connection)),
	});
	await session.openEnvironment('aws');
	return session;
}

/** Plans a job for a bucket, makes it, and confirms it. Gives the problem that ended it. */
async function copyOnce(session: Session, sourceBucket = pair.source): Promise<unknown> {
	try {
		const plan = await session.planJob({
			sourceBucket,
			answers: {sourceProfile: 'source'},
			destinationProfiles: ['destination'],
			wanted: {statuses: ['NONE', 'FAILED']},
		});
		const stopped = plan && (await session.makeJob());
		if (stopped) return stopped;
		const job = await session.followJob(1);
		if (job.status === 'Suspended') await session.confirmJob();
		await session.followJob(1);
		return await session.endJob(false);
	} catch (error) {
		return error;
	}
}

async function end(session: Session): Promise<void> {
	session.finish();
	await session.close();
}

/** What `batch --yes` does. Gives the problem that ended it. */
async function copy(session: Session): Promise<unknown> {
	const problem = await copyOnce(session);
	await end(session);
	return problem;
}

async function undoAll(records: RecordStore): Promise<void> {
	for (let round = 1; round <= 3; round++) {
		const session = await sessionWith(records);
		const made = await session.makeUndoPlan(undefined);
		expect(made.ok).toBe(true);
		const isLeft = made.ok && made.plan !== undefined;
		expect(isLeft ? await session.undo() : true).toBe(true);
		session.finish();
		await session.close();
		if (!isLeft) return;
	}
}

/** What is in the account besides the replication: a run leaves none of it. */
async function leftBehind(): Promise<readonly string[]> {
	const {Buckets: buckets = []} = await open.source.send(new ListBucketsCommand({}));
	const {Roles: roles = []} = await open.iam.send(new ListRolesCommand({}));
	return [...buckets.map(({Name}) => Name ?? ''), ...roles.map(({RoleName}) => RoleName ?? '')].filter(
		(name) => name.startsWith('s3-replicate-'),
	);
}

async function killedAndRerun(
	death: Death,
	{counts, command}: {readonly counts?: RegExp; readonly command?: 'wizard'} = {},
): Promise<boolean> {
	const records = memoryRecords();
	const killed = mortal(death, records, counts);
	await copy(await sessionWith(killed.records, killed.wrap, command));
	const problem = await copy(await sessionWith(records));
	expect(problem).toBeUndefined();
	expect([...control.jobs.values()].map(({status}) => status)).toEqual(['Complete']);
	await undoAll(records);
	expect(await leftBehind()).toEqual([]);
	return killed.hasDied();
}

// Documented: the same request with its token makes no second job (S3 Control API Reference, CreateJob).
describe('a run that is killed and run again', () => {
	// A bucket, a role, its policy, the job, its confirmation.
	it.each(sampled('a job killed at a write', deaths(5), 4))(
		'makes one job: killed at write $at, $when',
		async (death) => {
			expect(await killedAndRerun(death)).toBe(true);
		},
	);

	it.each(sampled('a job killed at a look', deaths(3), 4))(
		'makes one job: killed at look $at, $when',
		async (death) => {
			expect(await killedAndRerun(death, {counts: /^describe$/})).toBe(true);
		},
	);

	// The fourth write is CreateJob.
	it.each(sampled('a job of the wizard killed', deaths(4).slice(2), 2))(
		'makes one job, whoever began it: the wizard is killed at write $at, $when, and batch goes on',
		async (death) => {
			expect(await killedAndRerun(death, {command: 'wizard'})).toBe(true);
		},
	);

	it('goes on beside a record of its own, and each run takes back what it recorded', async () => {
		const records = memoryRecords();
		const killed = mortal({at: 4, when: 'before'}, records);
		await copy(await sessionWith(killed.records, killed.wrap));
		const session = await sessionWith(records, undefined, 'wizard');
		const other = await setUpPair(open);
		expect(await copyOnce(session, other.source)).toBeUndefined();
		expect(await copyOnce(session)).toBeUndefined();
		await end(session);
		expect([...control.jobs.values()].map(({status}) => status)).toEqual(['Complete', 'Complete']);
		const recorded = (await records.list()).map((one) => one.ok && one.record);
		expect(recorded).toMatchObject([
			{header: {command: 'wizard'}, job: {jobId: 'job-1'}},
			{header: {command: 'batch'}, job: {jobId: 'job-2', status: 'Complete'}},
		]);
		await undoAll(records);
		expect(await leftBehind()).toEqual([]);
	});

	it('makes another job where somebody plans again, with a token of its own', async () => {
		const records = memoryRecords();
		const session = await sessionWith(records, undefined, 'wizard');
		expect([await copyOnce(session), await copyOnce(session)]).toEqual([undefined, undefined]);
		expect(session.getState().run.batch?.job?.jobId).toBe('job-2');
		await end(session);
		expect([...control.jobs.values()].map(({status}) => status)).toEqual(['Complete', 'Complete']);
		await undoAll(records);
		expect(await leftBehind()).toEqual([]);
	});

	it('makes one job where the answer to CreateJob is lost', async () => {
		let lost = 0;
		control.onRequest = (request) =>
			request === 'POST /v20180820/jobs' && lost++ === 0 ? 'drop-after' : 'answer';
		const records = memoryRecords();
		expect(await copy(await sessionWith(records))).toBeUndefined();
		expect(control.jobs.size).toBe(1);
		expect(lost).toBeGreaterThan(1);
	});
});

// Cancelled elsewhere is a failure, see `test/commands/batch.test.ts`; here it is what somebody wanted.
describe('a job that is cancelled here', () => {
	it('is told as that, with what it had copied and how to copy the rest', async () => {
		const session = await sessionWith(memoryRecords());
		const made = await session.planJob({
			...{sourceBucket: pair.source, answers: {sourceProfile: 'source'}, destinationProfiles: []},
			wanted: {statuses: ['NONE', 'FAILED']},
		});
		expect(made && (await session.makeJob())).toBeUndefined();
		await session.followJob(1);
		await session.confirmJob();
		await session.cancelJob();
		await session.followJob(1);
		expect(session.finish(await session.endJob(false))).toBe('cancelled');
		expect(session.getState().run.finished?.problem).toMatchObject({
			headline: 'Cancelled the job job-1',
			cause: 'It had copied 0: what it copied stays.',
			nextSteps: [
				expect.stringMatching(
					new RegExp(
						`^To copy what is left: s3-replicate batch --source-bucket ${pair.source} --source-profile source`,
					),
				),
			],
		});
		await session.close();
	});

	it('ends nothing else in the wizard', async () => {
		control.script = {isLong: true};
		const session = await sessionWith(memoryRecords(), undefined, 'wizard');
		await session.planCopy();
		const making = session.makeCopy();
		await until(() => session.getState().copying?.stage === 'confirming');
		session.agreeCopy('yes');
		await until(() => session.getState().run.batch?.progress?.status === 'Active');
		await session.cancelJob();
		await making;
		const {copying, copyProblem, run} = session.getState();
		expect([copying?.stage, copyProblem, run.batch?.finished?.status]).toEqual([
			'ended',
			undefined,
			'Cancelled',
		]);
		expect(session.finish()).toBe('succeeded');
		await session.close();
	});
});
