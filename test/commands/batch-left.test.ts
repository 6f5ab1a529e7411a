import {ListBucketsCommand, PutBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {openSandbox, type OpenSandbox, ruleTo} from '../sandbox/support/open-sandbox.js';
import {put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {cli, runProgram, startProgram, temporaryFolder} from '../support/program.js';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import {sandboxSession} from '../support/sandbox-session.js';
import {openTerminal} from '../support/terminal.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 1});
});
afterAll(async () => open.close());

/** A source with three objects that were there before its rule, and the environment of somebody who copies them. */
async function setUp() {
	const pair = await setUpPair(open, {rules: (to) => [ruleTo(to, {Status: 'Disabled'})]});
	for (const key of ['a', 'b', 'c']) await put(open.source, pair.source, key);
	await open.source.send(
		new PutBucketReplicationCommand({
			Bucket: pair.source,
			ReplicationConfiguration: {Role: pair.roleArn, Rules: [ruleTo(pair.destination)]},
		}),
	);
	const env = {
		AWS_CONFIG_FILE: open.sandbox.configFile,
		AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
		AWS_ENDPOINT_URL: open.sandbox.endpointUrl,
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
	};
	return {env, named: ['--source-bucket', pair.source, '--source-profile', 'source']};
}

it('Ctrl-C leaves the job running, says how one comes back, and runs names it', async () => {
	const {env, named} = await setUp();
	const program = await startProgram(['batch', ...named, '--yes', '--json'], {env});
	await program.waitForLines(/"job-progressed".*"Active"/);
	program.child.kill('SIGINT');
	const ended = await program.ended;
	const last = ended.events().at(-1);
	expect([ended.exitCode, last?.type]).toEqual([130, 'run-finished']);
	const jobId = /batch --job (\S+)/.exec(JSON.stringify(last))?.[1] ?? '';
	expect(JSON.stringify(last)).toContain('It runs on at AWS.');
	const runs = await runProgram(['runs'], {env});
	expect(runs.stdout).toContain(
		`job ${jobId}  Active when it was seen last: s3-replicate batch --job ${jobId}`,
	);
	// Who comes back sees it to its end, and the run knows of that.
	const back = await runProgram(['batch', '--job', jobId, '--source-profile', 'source'], {env});
	expect(back.exitCode).toBe(0);
	expect((await runProgram(['runs'], {env})).stdout).toContain(`job ${jobId}  Complete`);
});

it('in a terminal the job is asked about between its two views, and cancelled there', async () => {
	const {env, named} = await setUp();
	const terminal = openTerminal(process.execPath, [cli, 'batch', ...named], {env});
	await terminal.waitForText('Make 5 changes? Type yes:');
	terminal.type('yes\r');
	await terminal.waitForText('Copy 3 objects: about $0.25');
	terminal.type('yes\r');
	const running = await terminal.waitFor((frame) => /State +Active/.test(frame));
	expect(running).toContain('Copying objects that exist already');
	terminal.type('c');
	await terminal.waitForText('Cancel the job?');
	terminal.type('y');
	const {exitCode} = await terminal.waitForEnd();
	expect(exitCode).toBe(130);
	expect(terminal.frame()).toMatch(/– Cancelled the job \S+/);
});

// Documented: a job that is cancelled writes the report of what it has tried (S3 User Guide, batch-ops-job-status).
it('undo cancels a job that runs, and takes the report with it that the job writes then', async () => {
	const {named} = await setUp();
	const records = memoryRecords();
	const sessionOf = async (command: 'batch' | 'undo') => {
		const answers = {environment: 'aws', sourceProfile: 'source'} as const;
		const session = sandboxSession(open.sandbox, {answers, command, records});
		await session.openEnvironment('aws');
		return session;
	};
	const session = await sessionOf('batch');
	await session.planJob({
		...{sourceBucket: named[1] ?? '', answers: {sourceProfile: 'source'}, destinationProfiles: []},
		wanted: {statuses: ['NONE']},
	});
	expect(await session.makeJob()).toBeUndefined();
	await session.followJob(20);
	await session.confirmJob();
	session.onEvent((event) => {
		if (event.type === 'job-progressed' && event.succeeded > 0) session.leaveJob();
	});
	expect(await session.followJob(20)).toMatchObject({status: 'Active'});
	session.finish();
	await session.close();
	const undoing = await sessionOf('undo');
	expect(await undoing.makeUndoPlan(session.runId)).toMatchObject({ok: true});
	expect(await undoing.undo()).toBe(true);
	await undoing.close();
	const {Buckets = []} = await open.source.send(new ListBucketsCommand({}));
	expect(Buckets.filter(({Name}) => Name?.includes(session.runId))).toEqual([]);
});
