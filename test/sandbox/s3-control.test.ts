import {
	CreateJobCommand,
	DeletePublicAccessBlockCommand,
	DescribeJobCommand,
	GetPublicAccessBlockCommand,
	ListJobsCommand,
	PutPublicAccessBlockCommand,
	UpdateJobPriorityCommand,
	UpdateJobStatusCommand,
} from '@aws-sdk/client-s3-control';
import {
	DeletePublicAccessBlockCommand as DeleteOfBucket,
	GetObjectCommand,
	PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {describe as describeJob, jobInput, setUpBatch, setUpOld, whenJob} from './support/batch-world.js';
import {
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from './support/open-sandbox.js';
import {createVersioned, policyOf, put} from './support/replicated-pair.js';
import {sendRaw} from './support/raw-request.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterAll(() => open.close());

const control = () => open.s3Control('source', 'us-east-1');
const AccountId = sourceAccountId;

describe('CreateJob', () => {
	// Documented: S3 Control API reference, CreateJob, ClientRequestToken and IdempotencyException.
	it('makes one job of a request that is repeated, and refuses its token for another', async () => {
		const {pair} = await setUpOld(open, ['a']);
		const input = jobInput(pair, await setUpBatch(open, pair.source));
		const first = await control().send(new CreateJobCommand(input));
		expect(await control().send(new CreateJobCommand(input))).toMatchObject({JobId: first.JobId});
		const other = control().send(new CreateJobCommand({...input, Priority: 11}));
		expect(await errorOf(other)).toMatchObject({code: 'IdempotencyException', status: 400});
	});

	// Documented: S3 User Guide, batch-ops-iam-role-policies; troubleshooting-batch-operations for the words of the last.
	it.each([
		{denied: 's3:CreateJob', code: 'AccessDenied', says: 's3:CreateJob'},
		{denied: 'iam:PassRole', code: 'AccessDenied', says: 'iam:PassRole'},
	])('is refused to a caller without $denied', async ({denied, code, says}) => {
		const {pair} = await setUpOld(open, []);
		const input = jobInput(pair, await setUpBatch(open, pair.source));
		const key = open.sandbox.addUser({
			accountId: AccountId,
			userName: open.name('user'),
			policy: JSON.parse(
				policyOf([
					{Effect: 'Allow', Action: '*', Resource: '*'},
					{Effect: 'Deny', Action: denied, Resource: '*'},
				]),
			) as object,
		});
		const error = await errorOf(open.s3Control(key, 'us-east-1').send(new CreateJobCommand(input)));
		expect(error).toMatchObject({code, status: 403});
		expect(error.message).toContain(says);
	});

	it('is refused with a role of another account', async () => {
		const {pair} = await setUpOld(open, []);
		const RoleArn = `arn:aws:iam::${destinationAccountId}:role/other`;
		const input = {...jobInput(pair, await setUpBatch(open, pair.source)), RoleArn};
		expect(await errorOf(control().send(new CreateJobCommand(input)))).toMatchObject({
			message: 'Cross-account pass role is not allowed',
		});
	});
});

describe('a job that cannot be prepared fails', () => {
	// Words: the first documented (S3 User Guide, s3-batch-replication-batch), the second third-party (MoJ
	// analytical-platform#8496), that of the trust guessed; all codes guessed.
	it.each([
		{
			keys: [],
			missing: [],
			trust: undefined,
			reason: 'Manifest generation found no keys matching the filter criteria.',
		},
		{
			keys: ['a'],
			missing: ['s3:PutInventoryConfiguration'],
			trust: undefined,
			reason:
				/^Error occurred when preparing manifest: Access denied when accessing arn:aws:s3:::source-\d+\. s3:PutInventoryConfiguration required for the role/,
		},
		{
			keys: ['a'],
			missing: [],
			trust: policyOf([
				{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'},
			]),
			reason: /Could not assume the role/,
		},
	])('with “$reason”', async ({keys, missing, trust, reason}) => {
		const {pair} = await setUpOld(open, keys);
		const place = await setUpBatch(open, pair.source, {missing, ...(trust === undefined ? {} : {trust})});
		const {JobId} = await control().send(new CreateJobCommand(jobInput(pair, place)));
		const job = await whenJob(control(), JobId ?? '');
		expect(job).toMatchObject({Status: 'Failed', ProgressSummary: {TotalNumberOfTasks: 0}});
		expect(job.FailureReasons?.map(({FailureReason}) => FailureReason)).toEqual([
			expect.stringMatching(reason),
		]);
	});
});

describe('jobs', () => {
	// Documented: S3 Control API reference, ListJobs, UpdateJobPriority; S3 User Guide, troubleshooting-batch-operations (another
	// Region). The order of the list: guessed.
	it('are listed in pages and by state, and known in their region only', async () => {
		const alone = await openSandbox({replicationDelayMs: 5});
		try {
			const {pair} = await setUpOld(alone, []);
			const place = await setUpBatch(alone, pair.source);
			const client = alone.s3Control('source', 'us-east-1');
			const ids: string[] = [];
			for (const ClientRequestToken of ['1', '2', '3']) {
				const {JobId} = await client.send(new CreateJobCommand(jobInput(pair, place, {ClientRequestToken})));
				ids.unshift((await whenJob(client, JobId ?? '')).JobId ?? '');
			}
			const first = await client.send(new ListJobsCommand({AccountId, MaxResults: 2}));
			const second = await client.send(new ListJobsCommand({AccountId, NextToken: first.NextToken}));
			expect([...(first.Jobs ?? []), ...(second.Jobs ?? [])].map(({JobId}) => JobId)).toEqual(ids);
			expect([first.Jobs?.length, second.NextToken]).toEqual([2, undefined]);
			const failed = await client.send(new ListJobsCommand({AccountId, JobStatuses: ['Failed', 'New']}));
			expect(failed.Jobs?.length).toBe(3);
			const active = await client.send(new ListJobsCommand({AccountId, JobStatuses: ['Active']}));
			expect(active.Jobs ?? []).toEqual([]);
			await client.send(new UpdateJobPriorityCommand({AccountId, JobId: ids[0], Priority: 99}));
			expect(await describeJob(client, ids[0]!)).toMatchObject({Priority: 99});
			const elsewhere = alone.s3Control('source', 'us-west-2');
			expect(await errorOf(describeJob(elsewhere, ids[0]!))).toMatchObject({code: 'NoSuchJob', status: 404});
		} finally {
			await alone.close();
		}
	});

	it.each(['Ready', 'Cancelled'] as const)(
		'that have failed cannot become %s',
		async (RequestedJobStatus) => {
			const {pair} = await setUpOld(open, []);
			const place = await setUpBatch(open, pair.source);
			const {JobId} = await control().send(new CreateJobCommand(jobInput(pair, place)));
			await whenJob(control(), JobId ?? '');
			const update = new UpdateJobStatusCommand({AccountId, JobId, RequestedJobStatus});
			expect(await errorOf(control().send(update))).toMatchObject({code: 'JobStatusException', status: 400});
		},
	);

	it('of another account are refused', async () => {
		const describe = new DescribeJobCommand({AccountId: destinationAccountId, JobId: 'any'});
		expect(await errorOf(control().send(describe))).toMatchObject({code: 'AccessDenied', status: 403});
	});
});

describe('Block Public Access of an account', () => {
	// Documented: S3 User Guide, access-control-block-public-access, of account and bucket the stricter.
	it('keeps public policies out of its buckets, until it is taken away', async () => {
		const account = '777788889999';
		const key = open.sandbox.addUser({accountId: account, userName: 'owner'});
		const [s3, s3Control] = [open.s3(key, 'us-east-1'), open.s3Control(key, 'us-east-1')];
		const Bucket = open.name('public');
		await createVersioned(s3, Bucket);
		await s3.send(new DeleteOfBucket({Bucket}));
		const putPolicy = async (): Promise<unknown> =>
			s3.send(
				new PutBucketPolicyCommand({
					Bucket,
					Policy: policyOf([
						{
							Effect: 'Allow',
							Principal: '*',
							Action: 's3:GetObject',
							Resource: `arn:aws:s3:::${Bucket}/*`,
						},
					]),
				}),
			);
		const get = async () => s3Control.send(new GetPublicAccessBlockCommand({AccountId: account}));
		expect(await errorOf(get())).toMatchObject({
			code: 'NoSuchPublicAccessBlockConfiguration',
			status: 404,
		});
		const PublicAccessBlockConfiguration = {BlockPublicPolicy: true};
		await s3Control.send(
			new PutPublicAccessBlockCommand({AccountId: account, PublicAccessBlockConfiguration}),
		);
		expect(await get()).toMatchObject({
			PublicAccessBlockConfiguration: {BlockPublicPolicy: true, RestrictPublicBuckets: false},
		});
		expect(await errorOf(putPolicy())).toMatchObject({code: 'AccessDenied', status: 403});
		await s3Control.send(new DeletePublicAccessBlockCommand({AccountId: account}));
		await putPolicy();
	});

	// Documented: S3 User Guide, access-control-block-public-access, RestrictPublicBuckets: other accounts are out where a policy is public.
	it('keeps other accounts from what a public policy allows, and not its own', async () => {
		const account = '777788880000';
		const key = open.sandbox.addUser({accountId: account, userName: 'owner'});
		const [s3, s3Control] = [open.s3(key, 'us-east-1'), open.s3Control(key, 'us-east-1')];
		const Bucket = open.name('restricted');
		await createVersioned(s3, Bucket);
		await put(s3, Bucket, 'k');
		await s3.send(new DeleteOfBucket({Bucket}));
		const Policy = policyOf([
			{Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*`},
		]);
		await s3.send(new PutBucketPolicyCommand({Bucket, Policy}));
		const read = async (client: typeof s3) => client.send(new GetObjectCommand({Bucket, Key: 'k'}));
		await read(open.source);
		await s3Control.send(
			new PutPublicAccessBlockCommand({
				AccountId: account,
				PublicAccessBlockConfiguration: {RestrictPublicBuckets: true},
			}),
		);
		expect(await errorOf(read(open.source))).toMatchObject({code: 'AccessDenied', status: 403});
		await read(s3);
	});
});

describe('a request in the form for a proxy', () => {
	// Measured with boto3 and the AWS CLI, which sign the host with the account's id; RFC 9112, 3.2.2.
	it('is taken where the host is the sandbox, under whatever account', async () => {
		const key = open.sandbox.addUser({accountId: AccountId, userName: open.name('proxied')});
		const authority = `${AccountId}.localhost:${new URL(open.sandbox.endpointUrl).port}`;
		const answer = await sendRaw(open.sandbox.endpointUrl, key, {
			method: 'GET',
			path: '/v20180820/jobs',
			headers: {host: authority, 'x-amz-account-id': AccountId},
			origin: `http://${authority}`,
		});
		expect(answer).toMatchObject({status: 200, body: expect.stringContaining('<ListJobsResult') as string});
	});

	it('is refused where the host is another', async () => {
		const answer = await sendRaw(open.sandbox.endpointUrl, undefined, {
			method: 'GET',
			path: '/',
			origin: 'http://example.com',
		});
		expect(answer.status).toBe(403);
	});
});
