import {createHash} from 'node:crypto';
import {HeadObjectCommand} from '@aws-sdk/client-s3';
import {CreateJobCommand, UpdateJobStatusCommand} from '@aws-sdk/client-s3-control';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {jobInput, reportOf, runJob, setUpBatch, setUpOld, whenJob} from './support/batch-world.js';
import {openSandbox, type OpenSandbox, ruleTo, sourceAccountId} from './support/open-sandbox.js';
import {createVersioned, statusOf} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 100_000});
});
afterAll(() => open.close());

const control = () => open.s3Control('source', 'us-east-1');

describe('a job of Batch Replication', () => {
	// Documented: S3 User Guide, s3-batch-replication-batch, replication-status, replication-what-is-isnot.
	it('copies what was never tried, under its own version id', async () => {
		const {pair, versionIds} = await setUpOld(open, ['a', 'b c']);
		const place = await setUpBatch(open, pair.source);
		expect(await statusOf(open.source, pair.source, 'a', versionIds[0]!)).toBe('none');
		const job = await runJob(control(), jobInput(pair, place));
		expect(job).toMatchObject({
			Status: 'Complete',
			ProgressSummary: {TotalNumberOfTasks: 2, NumberOfTasksSucceeded: 2, NumberOfTasksFailed: 0},
		});
		expect(await statusOf(open.source, pair.source, 'a', versionIds[0]!)).toBe('COMPLETED');
		const replica = await pair.destinationClient.send(
			new HeadObjectCommand({Bucket: pair.destination, Key: 'b c', VersionId: versionIds[1]!}),
		);
		expect(replica.ReplicationStatus).toBe('REPLICA');
		const report = await reportOf(open, place, job.JobId);
		expect(report?.manifest).toMatchObject({
			Format: 'Report_CSV_20180820',
			ReportSchema: 'Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage',
		});
		expect(report?.files.map(({status, md5, text}) => [status, md5, text])).toEqual([
			[
				'succeeded',
				createHash('md5')
					.update(report?.files[0]?.text ?? '')
					.digest('hex'),
				`${pair.source},a,${versionIds[0]},succeeded,200,,Successful\n${pair.source},b+c,${versionIds[1]},succeeded,200,,Successful\n`,
			],
		]);
	});

	// Documented: S3 User Guide, batch-ops-job-status. That the total is told in Suspended: guessed.
	it('waits to be confirmed, and is cancelled or carried out', async () => {
		const {pair, versionIds} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		const make = async (token: string) => {
			const input = jobInput(pair, place, {ConfirmationRequired: true, ClientRequestToken: token});
			const {JobId} = await control().send(new CreateJobCommand(input));
			return whenJob(control(), JobId ?? '', ['Suspended']);
		};
		const update = (JobId: string | undefined, RequestedJobStatus: 'Ready' | 'Cancelled') =>
			control().send(new UpdateJobStatusCommand({AccountId: sourceAccountId, JobId, RequestedJobStatus}));
		const first = await make('first');
		expect(first).toMatchObject({ProgressSummary: {TotalNumberOfTasks: 1, NumberOfTasksSucceeded: 0}});
		expect(first.SuspendedDate).toBeInstanceOf(Date);
		expect(await update(first.JobId, 'Cancelled')).toMatchObject({Status: 'Cancelling'});
		expect(await whenJob(control(), first.JobId ?? '')).toMatchObject({Status: 'Cancelled'});
		expect(await reportOf(open, place, first.JobId)).toBeUndefined();
		expect(await statusOf(open.source, pair.source, 'a', versionIds[0]!)).toBe('none');
		const second = await make('second');
		await update(second.JobId, 'Ready');
		expect(await whenJob(control(), second.JobId ?? '')).toMatchObject({Status: 'Complete'});
		await expect(update(second.JobId, 'Cancelled')).rejects.toThrow('Complete');
	});

	// Third-party: MoJ analytical-platform#8496.
	it('runs every rule of the source, the broken ones too', async () => {
		const other = open.name('other');
		await createVersioned(open.s3('source', 'us-west-2'), other);
		const {pair} = await setUpOld(open, ['a', 'b'], {
			rules: (destination) => [
				ruleTo(destination),
				ruleTo(other, {ID: 'broken', Priority: 2, Filter: {Prefix: 'a'}}),
			],
		});
		const place = await setUpBatch(open, pair.source);
		const job = await runJob(control(), jobInput(pair, place));
		expect(job).toMatchObject({
			Status: 'Complete',
			ProgressSummary: {NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 1},
		});
	});
});
