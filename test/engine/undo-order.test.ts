import {GetRoleCommand} from '@aws-sdk/client-iam';
import {GetBucketPolicyCommand, PutBucketPolicyCommand} from '@aws-sdk/client-s3';
import {afterEach, expect, it} from 'vitest';
import {systemClock} from '../../source/commands/host/system-clock.js';
import type {Answers} from '../../source/domain/answers/answers.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {recordFiles} from '../../source/commands/files/record-files.js';
import type {RunRecord} from '../../source/domain/record/run-record.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {Session} from '../../source/session/session.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {destinationOf, inhabit} from '../support/inhabited-world.js';
import {temporaryFolder} from '../support/program.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';

const open: OpenSandbox[] = [];
afterEach(async () => {
	await Promise.all(open.splice(0).map(async (one) => one.close()));
});

async function sandboxOf(): Promise<OpenSandbox> {
	const one = await openSandbox();
	open.push(one);
	return one;
}

/** One session after the other, over the same records. */
function sessions(one: OpenSandbox) {
	const records = memoryRecords();
	const within = async <T>(answers: Answers, body: (session: Session) => Promise<T>): Promise<T> => {
		const session = sandboxSession(one.sandbox, {answers, records, clock: systemClock});
		await session.openEnvironment('aws');
		const result = await body(session);
		session.finish();
		await session.close();
		return result;
	};

	return {
		/** Gives the run's id. */
		run: async (answers: Answers) =>
			within(answers, async (session) => {
				expect(await session.makePlan(answers)).toMatchObject({ok: true});
				expect(await session.apply()).toBe(true);
				return session.runId;
			}),
		/** Gives the runs that it took back; none where nothing is left. */
		undo: async (runId?: string) =>
			within({}, async (session) => {
				const planned = await session.makeUndoPlan(runId);
				expect(planned.ok).toBe(true);
				const plan = planned.ok ? planned.plan : undefined;
				expect(plan === undefined || (await session.undo())).toBe(true);
				return plan?.runs.map((run) => run.runId) ?? [];
			}),
	};
}

const hasRole = async (one: OpenSandbox, RoleName: string): Promise<boolean> =>
	one.iam.send(new GetRoleCommand({RoleName})).then(
		() => true,
		() => false,
	);

it('a role that another run needed is offered again when that run is undone, and then nothing is left', async () => {
	const one = await sandboxOf();
	const {run, undo} = sessions(one);
	const answers = tutorialAnswers('cross-region');
	const roleName = 'shared';
	const first = await run({...answers, roleName});
	const second = await run({...answers, roleName, destinationBucket: 'second-destination'});

	expect(await undo(first)).toEqual([first]);
	expect(await hasRole(one, roleName)).toBe(true);
	expect(await undo()).toEqual([second]);
	expect(await hasRole(one, roleName)).toBe(true);
	expect(await undo()).toEqual([first]);
	expect(await hasRole(one, roleName)).toBe(false);
	expect(await undo()).toEqual([]);
});

it('a policy that nobody changed since is restored byte for byte', async () => {
	const one = await sandboxOf();
	const mode = 'cross-account';
	await inhabit(one, mode);
	const Bucket = tutorialNames(mode).destinationBucket;
	const client = destinationOf(one, mode);
	const Policy = `{
  "Version" : "2012-10-17",
  "Statement": [ {"Sid":"theirs", "Effect":"Deny","Principal":"*", "Action" : "s3:DeleteBucket",
    "Resource": "arn:aws:s3:::${Bucket}", "Condition": {"NumericLessThan": {"s3:TlsVersion": 1.20}} } ]
}`;
	await client.send(new PutBucketPolicyCommand({Bucket, Policy}));
	const policy = async () => (await client.send(new GetBucketPolicyCommand({Bucket}))).Policy;
	// The sandbox gives back the text that it was given, as S3 is expected to (guessed).
	expect(await policy()).toBe(Policy);
	const {run, undo} = sessions(one);
	const runId = await run(tutorialAnswers(mode));
	expect(await policy()).not.toBe(Policy);

	expect(await undo(runId)).toEqual([runId]);
	expect(await policy()).toBe(Policy);
});

it('a stopped run is gone on with by one session at a time', async () => {
	const one = await sandboxOf();
	const records = recordFiles(await temporaryFolder());
	const runId = '20261128-120000-stop';
	const end = {profile: 'source', accountId: '111122223333', region: 'us-east-1', bucket: 'from'};
	const writer = await records.create({
		type: 'run',
		schemaVersion: 1,
		runId,
		command: 'wizard',
		at: 1,
		endpointUrl: null,
		sandbox: false,
		mode: 'cross-region',
		ends: [end, {...end, region: 'us-west-2', bucket: 'to'}],
	});
	await writer.append({type: 'planned', at: 2, operations: ['put-replication']});
	const found = await records.list();
	const [stopped] = found.flatMap((each) => (each.ok ? [each.record] : []));
	const resumed = async () => {
		const session = sandboxSession(one.sandbox, {answers: {}, records, clock: systemClock});
		await session.resume(stopped as RunRecord);
		return session;
	};

	const first = await resumed();
	const second = await resumed();
	expect(first.getState().environment.state).toBe('ready');
	expect(second.getState().environment).toMatchObject({state: 'failed', problem: {code: 'run-busy'}});
	await first.close();
	await second.close();
	const third = await resumed();
	expect(third.getState().environment.state).toBe('ready');
	await third.close();

	const later = {type: 'run', schemaVersion: 1, command: 'wizard', at: 3, endpointUrl: null} as const;
	const ends = [end, {...end, region: 'us-west-2', bucket: 'to'}];
	await records.create({
		...later,
		runId: '20261128-130000-went',
		sandbox: false,
		mode: 'cross-region',
		ends,
	});
	const late = await resumed();
	expect(late.getState().environment).toMatchObject({state: 'failed', problem: {code: 'run-resumed'}});
	await late.close();
});
