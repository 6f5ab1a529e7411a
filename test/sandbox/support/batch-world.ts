import {
	type CreateJobCommandInput,
	CreateJobCommand,
	DescribeJobCommand,
	type JobDescriptor,
	type JobStatus,
	type S3ControlClient,
} from '@aws-sdk/client-s3-control';
import {CreateRoleCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	DeleteBucketReplicationCommand,
	GetBucketReplicationCommand,
	GetObjectCommand,
	ListObjectsV2Command,
	PutBucketReplicationCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {until} from '../../support/until.js';
import {type OpenSandbox, sourceAccountId} from './open-sandbox.js';
import {type Pair, type PairOptions, policyOf, put, setUpPair, type Statement} from './replicated-pair.js';

const trustOfBatch = policyOf([
	{Effect: 'Allow', Principal: {Service: 'batchoperations.s3.amazonaws.com'}, Action: 'sts:AssumeRole'},
]);

/** The rights of a job's role as AWS documents them (S3 User Guide, s3-batch-replication-policies), less some. */
function batchRights(source: string, files: string, missing: readonly string[] = []): string {
	const statement = (actions: readonly string[], resource: string): Statement => ({
		Effect: 'Allow',
		// An action that replication does not use keeps a list that loses all others from being empty.
		Action: ['s3:AbortMultipartUpload', ...actions.filter((action) => !missing.includes(action))],
		Resource: `arn:aws:s3:::${resource}`,
	});
	return policyOf([
		statement(['s3:InitiateReplication'], `${source}/*`),
		statement(['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'], source),
		statement(['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], `${files}/*`),
	]);
}

export type BatchPlace = {readonly files: string; readonly roleName: string; readonly roleArn: string};

/** A bucket for manifests and reports, and a role for jobs on a source. */
export async function setUpBatch(
	open: OpenSandbox,
	source: string,
	options: {readonly missing?: readonly string[]; readonly trust?: string} = {},
): Promise<BatchPlace> {
	const files = open.name('files');
	const roleName = open.name('batch-role');
	await open.source.send(new CreateBucketCommand({Bucket: files}));
	const {Role} = await open.iam.send(
		new CreateRoleCommand({
			RoleName: roleName,
			AssumeRolePolicyDocument: options.trust ?? trustOfBatch,
		}),
	);
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'batch',
			PolicyDocument: batchRights(source, files, options.missing),
		}),
	);
	return {files, roleName, roleArn: Role?.Arn ?? ''};
}

/** What a job is made with: a generator that takes all that a rule takes, and a report of all tasks. */
export function jobInput(
	{source}: Pick<Pair, 'source'>,
	{files, roleArn}: BatchPlace,
	changes: Partial<CreateJobCommandInput> = {},
): CreateJobCommandInput {
	return {
		AccountId: sourceAccountId,
		Operation: {S3ReplicateObject: {}},
		Report: {
			Enabled: true,
			Bucket: `arn:aws:s3:::${files}`,
			Format: 'Report_CSV_20180820',
			Prefix: 'reports',
			ReportScope: 'AllTasks',
		},
		Priority: 10,
		RoleArn: roleArn,
		ConfirmationRequired: false,
		ClientRequestToken: `token-${source}`,
		ManifestGenerator: {
			S3JobManifestGenerator: {
				SourceBucket: `arn:aws:s3:::${source}`,
				EnableManifestOutput: false,
				Filter: {EligibleForReplication: true},
			},
		},
		...changes,
	};
}

export async function describe(client: S3ControlClient, jobId: string): Promise<JobDescriptor> {
	const {Job} = await client.send(new DescribeJobCommand({AccountId: sourceAccountId, JobId: jobId}));
	return Job ?? {};
}

/** Waits until a job is in one of the states. */
export async function whenJob(
	client: S3ControlClient,
	jobId: string,
	states: readonly JobStatus[] = ['Complete', 'Failed', 'Cancelled'],
): Promise<JobDescriptor> {
	return until(async () => {
		const job = await describe(client, jobId);
		return states.includes(job.Status ?? 'New') ? job : undefined;
	});
}

/** Makes a job and gives it as it is at its end. */
export async function runJob(client: S3ControlClient, input: CreateJobCommandInput): Promise<JobDescriptor> {
	const {JobId} = await client.send(new CreateJobCommand(input));
	return whenJob(client, JobId ?? '');
}

type ReportFile = {readonly status: string; readonly md5: string; readonly text: string};

/** The report of a job, as its manifest.json lists it; nothing where there is none. */
export async function reportOf(
	open: OpenSandbox,
	{files}: BatchPlace,
	jobId: string | undefined,
): Promise<{readonly manifest: Record<string, unknown>; readonly files: readonly ReportFile[]} | undefined> {
	const read = async (key: string): Promise<string> => {
		const {Body} = await open.source.send(new GetObjectCommand({Bucket: files, Key: key}));
		return (await Body?.transformToString()) ?? '';
	};
	const key = `reports/job-${jobId ?? ''}/manifest.json`;
	const {Contents} = await open.source.send(new ListObjectsV2Command({Bucket: files, Prefix: key}));
	if (Contents === undefined) return undefined;
	const manifest = JSON.parse(await read(key)) as Record<string, unknown>;
	const results = manifest['Results'] as ReadonlyArray<Readonly<Record<string, string>>>;
	return {
		manifest,
		files: await Promise.all(
			results.map(async ({TaskExecutionStatus = '', MD5Checksum = '', Key = ''}) => ({
				status: TaskExecutionStatus,
				md5: MD5Checksum,
				text: await read(Key),
			})),
		),
	};
}

/** A pair whose source holds objects that were there before its rules, with the ids of their versions. */
export async function setUpOld(
	open: OpenSandbox,
	keys: readonly string[],
	options: PairOptions = {},
): Promise<{readonly pair: Pair; readonly versionIds: readonly string[]}> {
	const pair = await setUpPair(open, options);
	const versionIds = await withoutRules(open, pair.source, async () => {
		const ids: string[] = [];
		for (const key of keys) ids.push(await put(open.source, pair.source, key));
		return ids;
	});
	return {pair, versionIds};
}

/** Does something to a source while it has no rules. */
export async function withoutRules<T>(open: OpenSandbox, source: string, act: () => Promise<T>): Promise<T> {
	const {ReplicationConfiguration} = await open.source.send(
		new GetBucketReplicationCommand({Bucket: source}),
	);
	await open.source.send(new DeleteBucketReplicationCommand({Bucket: source}));
	const result = await act();
	await open.source.send(new PutBucketReplicationCommand({Bucket: source, ReplicationConfiguration}));
	return result;
}

export type ManifestLine = readonly [bucket: string, key: string, versionId?: string];

/** Puts a manifest of one's own, and gives what a job names it by. */
export async function putManifest(
	open: OpenSandbox,
	{files}: BatchPlace,
	lines: readonly ManifestLine[] | string,
	hasVersions: boolean,
): Promise<Pick<CreateJobCommandInput, 'Manifest' | 'ManifestGenerator'>> {
	const text = typeof lines === 'string' ? lines : lines.map((line) => `${line.join(',')}\n`).join('');
	const {ETag} = await open.source.send(
		new PutObjectCommand({Bucket: files, Key: 'manifest.csv', Body: text}),
	);
	return {
		ManifestGenerator: undefined,
		Manifest: {
			Spec: {
				Format: 'S3BatchOperations_CSV_20180820',
				Fields: hasVersions ? ['Bucket', 'Key', 'VersionId'] : ['Bucket', 'Key'],
			},
			Location: {ObjectArn: `arn:aws:s3:::${files}/manifest.csv`, ETag},
		},
	};
}

/** The rows of a report, of all its files. */
export async function rowsOf(
	open: OpenSandbox,
	place: BatchPlace,
	jobId: string | undefined,
): Promise<readonly string[]> {
	const report = await reportOf(open, place, jobId);
	return (report?.files ?? []).flatMap(({text}) => text.split('\n')).filter((row) => row !== '');
}
