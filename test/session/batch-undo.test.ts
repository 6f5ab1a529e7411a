import {
	DeleteObjectCommand,
	GetBucketLifecycleConfigurationCommand,
	GetPublicAccessBlockCommand,
	HeadObjectCommand,
	PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import {CreateJobCommand, UpdateJobStatusCommand} from '@aws-sdk/client-s3-control';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import type {UndoPlan} from '../../source/domain/undo/undo-plan.js';
import type {Session} from '../../source/session/session.js';
import {batchRoleName, reportBucketName} from '../../source/domain/batch/batch-role.js';
import {jobInput, whenJob} from '../sandbox/support/batch-world.js';
import {openSandbox, type OpenSandbox, sourceAccountId} from '../sandbox/support/open-sandbox.js';
import {finalStatusOf, type Pair, policyOf, put, setUpPair} from '../sandbox/support/replicated-pair.js';
import {sandboxSession} from '../support/sandbox-session.js';

let open: OpenSandbox;
let pair: Pair;
let records: RecordStore;
beforeEach(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	pair = await setUpPair(open);
	records = memoryRecords();
	// Its replica is gone for good, so that a job that is asked for it fails: documented, replication-metrics-events.
	const version = await put(open.source, pair.source, 'gone');
	await finalStatusOf(open.source, pair.source, 'gone', version);
	await pair.destinationClient.send(
		new DeleteObjectCommand({Bucket: pair.destination, Key: 'gone', VersionId: version}),
	);
});
afterEach(async () => open.close());

async function sessionOf(command: 'batch' | 'undo'): Promise<Session> {
	const session = sandboxSession(open.sandbox, {
		...{answers: {environment: 'aws', sourceProfile: 'source'}, command, records},
	});
	await session.openEnvironment('aws');
	return session;
}

/** A run of batch that was left when its job was over, as Ctrl-C leaves it: nobody has read the report. */
async function leftRun(isConfirmed = true): Promise<{readonly runId: string; readonly jobId: string}> {
	const session = await sessionOf('batch');
	await session.planJob({
		sourceBucket: pair.source,
		answers: {sourceProfile: 'source'},
		destinationProfiles: [],
		wanted: {statuses: ['COMPLETED']},
	});
	expect(await session.makeJob()).toBeUndefined();
	const {jobId} = await session.followJob(5);
	if (isConfirmed) {
		await session.confirmJob();
		expect(await session.followJob(5)).toMatchObject({status: 'Complete', progress: {failed: 1}});
	}

	session.finish();
	await session.close();
	return {runId: session.runId, jobId};
}

async function undoPlanOf(runId: string) {
	const session = await sessionOf('undo');
	const made = await session.makeUndoPlan(runId);
	expect(made.ok).toBe(true);
	const plan = (made as {readonly plan: UndoPlan}).plan;
	const left = plan.steps.flatMap(({operation, reason}) =>
		reason ? [`${operation.kind}: ${reason.text}`] : [],
	);
	return {session, plan, left};
}

describe('undo of a run of batch', () => {
	it('reads the report before it goes, and says how to keep it', async () => {
		const {runId, jobId} = await leftRun();
		const {session, plan, left} = await undoPlanOf(runId);
		expect(plan.notes).toContainEqual(expect.stringContaining(`1 DstObjectHardDeleted. Its report goes`));
		expect(plan.notes).toContainEqual(
			expect.stringContaining(
				`s3-replicate batch --job ${jobId} --source-region us-east-1 --source-profile source --endpoint-url ${open.sandbox.endpointUrl} --report-file FILE`,
			),
		);
		expect(await session.undo()).toBe(true);
		expect(left).toEqual([expect.stringContaining('cancel-job: it is over (Complete)')]);
		await session.close();
	});

	it('leaves a report that nobody could read, and the bucket that it is in', async () => {
		const {runId} = await leftRun();
		const Bucket = reportBucketName(sourceAccountId, runId);
		const Policy = policyOf([
			{Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`},
		]);
		await open.source.send(new PutBucketPolicyCommand({Bucket, Policy}));
		const {session, left} = await undoPlanOf(runId);
		expect(left).toContainEqual(
			expect.stringMatching(/^delete-reports: the report of the job .* could not be read/),
		);
		expect(left).toContainEqual(expect.stringMatching(/^delete-bucket: .*a report in it is not read/));
		await session.close();
	});

	it('leaves the role and the bucket that a job of somebody else runs with, until that is over', async () => {
		const {runId} = await leftRun();
		const control = open.s3Control('source', 'us-east-1');
		const files = reportBucketName(sourceAccountId, runId);
		const roleArn = `arn:aws:iam::${sourceAccountId}:role/${batchRoleName(runId)}`;
		const place = {files, roleArn, roleName: ''};
		const {JobId = ''} = await control.send(
			new CreateJobCommand(jobInput(pair, place, {ConfirmationRequired: true})),
		);
		await whenJob(control, JobId, ['Suspended']);
		const {session, left} = await undoPlanOf(runId);
		await session.close();
		const why = `the job ${JobId} still runs with it`;
		expect(left).toEqual(
			expect.arrayContaining([`delete-role-policy: ${why}`, `delete-role: ${why}`, `delete-bucket: ${why}`]),
		);
		await control.send(
			new UpdateJobStatusCommand({AccountId: sourceAccountId, JobId, RequestedJobStatus: 'Cancelled'}),
		);
		await whenJob(control, JobId);
		const after = await undoPlanOf(runId);
		expect(await after.session.undo()).toBe(true);
		await after.session.close();
		expect(after.left).toEqual([expect.stringContaining('cancel-job')]);
	});

	// Documented: S3 User Guide, "Default settings for new S3 buckets": Block Public Access is on.
	it('made a bucket for reports that nobody sees, and leaves it where somebody keeps something in it', async () => {
		const {runId} = await leftRun(false);
		const Bucket = reportBucketName(sourceAccountId, runId);
		const {PublicAccessBlockConfiguration: block = {}} = await open.source.send(
			new GetPublicAccessBlockCommand({Bucket}),
		);
		expect(new Set(Object.values(block))).toEqual(new Set([true]));
		await expect(
			open.source.send(new GetBucketLifecycleConfigurationCommand({Bucket})),
		).rejects.toMatchObject({name: 'NoSuchLifecycleConfiguration'});
		await put(open.source, Bucket, 'of-somebody');
		const {session, left} = await undoPlanOf(runId);
		expect(left).toContainEqual(expect.stringMatching(/^delete-bucket: /));
		expect(await session.undo()).toBe(true);
		await session.close();
		await open.source.send(new HeadObjectCommand({Bucket, Key: 'of-somebody'}));
	});

	it('cancels its own job that waits, and takes the rest with it', async () => {
		const {runId} = await leftRun(false);
		const {session, left} = await undoPlanOf(runId);
		expect(await session.undo()).toBe(true);
		await session.close();
		expect(left).toEqual(['delete-reports: there is no report']);
	});
});
