import {ListRolesCommand} from '@aws-sdk/client-iam';
import {ListBucketsCommand} from '@aws-sdk/client-s3';
import {S3ControlClient} from '@aws-sdk/client-s3-control';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {jobsPort} from '../../source/aws/calls/jobs.js';
import type {Connection} from '../../source/aws/ports.js';
import {callLoopbackAsItIs} from '../../source/aws/transport/loopback-endpoint.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {type Pair, setUpPair} from '../sandbox/support/replicated-pair.js';
import {type ControlServer, openControl} from '../support/control-server.js';
import {type Death, deaths, mortal} from '../support/mortal.js';
import {sampled} from '../support/sampled.js';
import {sandboxSession} from '../support/sandbox-session.js';

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
): Promise<Session> {
	const session = sandboxSession(open.sandbox, {
		answers: {environment: 'aws', sourceProfile: 'source', sourceBucket: pair.source},
		command: 'batch',
		records,
		wrap: (connection) => wrap(withJobs(connection)),
	});
	await session.openEnvironment('aws');
	return session;
}

/** What `batch --yes` does. Gives the problem that ended it. */
async function copy(session: Session): Promise<unknown> {
	try {
		const plan = await session.planJob({
			sourceBucket: pair.source,
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
	} finally {
		session.finish();
		await session.close();
	}
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

async function killedAndRerun(death: Death, counts?: RegExp): Promise<boolean> {
	const records = memoryRecords();
	const killed = mortal(death, records, counts);
	await copy(await sessionWith(killed.records, killed.wrap));
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
			expect(await killedAndRerun(death, /^describe$/)).toBe(true);
		},
	);

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
