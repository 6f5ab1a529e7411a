import {
	CreateBucketCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListObjectsV2Command,
	PutBucketEncryptionCommand,
	PutBucketPolicyCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import type {JobManifestGeneratorFilter, S3ManifestOutputLocation} from '@aws-sdk/client-s3-control';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {CreateJobCommand} from '@aws-sdk/client-s3-control';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	type BatchPlace,
	jobInput,
	putManifest,
	reportOf,
	rowsOf,
	runJob,
	setUpBatch,
	setUpOld,
	withoutRules,
} from './support/batch-world.js';
import {createKey} from './support/kms-keys.js';
import {
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	ruleTo,
	sourceAccountId,
} from './support/open-sandbox.js';
import {type Pair, policyOf, setUpPair, statusOf} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5, batchObjectsPerSecond: 100_000});
});
afterAll(() => open.close());

const control = () => open.s3Control('source', 'us-east-1');

/** A job that lists what a filter takes, and writes the list to the place of manifests. */
function listing(
	{source}: Pick<Pair, 'source'>,
	{files}: BatchPlace,
	location: Partial<S3ManifestOutputLocation> = {},
	Filter: JobManifestGeneratorFilter = {EligibleForReplication: true},
) {
	return {
		ManifestGenerator: {
			S3JobManifestGenerator: {
				SourceBucket: `arn:aws:s3:::${source}`,
				EnableManifestOutput: true,
				ManifestOutputLocation: {
					Bucket: `arn:aws:s3:::${files}`,
					ManifestFormat: 'S3InventoryReport_CSV_20211130' as const,
					ManifestPrefix: 'manifests',
					...location,
				},
				Filter,
			},
		},
	};
}

const textOf = async (Bucket: string, Key: string): Promise<string> =>
	(await (await open.source.send(new GetObjectCommand({Bucket, Key}))).Body?.transformToString()) ?? '';

/** Lets the role of a job use a key. */
const allowKey = async ({roleName}: BatchPlace, key: string, Action: readonly string[]) =>
	open.iam.send(
		new PutRolePolicyCommand({
			RoleName: roleName,
			PolicyName: 'key',
			PolicyDocument: policyOf([{Effect: 'Allow', Action, Resource: key}]),
		}),
	);

describe('the manifest that a job writes', () => {
	// Documented: S3 Control API reference, S3ManifestOutputLocation, S3GeneratedManifestDescriptor; that it is one of an inventory: S3
	// User Guide, storage-inventory-location. How its files are called: guessed.
	it('lists the versions that were taken, and the job says where it is', async () => {
		const {pair, versionIds} = await setUpOld(open, ['a b', 'é']);
		const place = await setUpBatch(open, pair.source);
		const job = await runJob(control(), jobInput(pair, place, listing(pair, place)));
		expect(job).toMatchObject({
			Status: 'Complete',
			GeneratedManifestDescriptor: {Format: 'S3InventoryReport_CSV_20211130'},
		});
		const {ObjectArn = '', ETag} = job.GeneratedManifestDescriptor?.Location ?? {};
		const key = ObjectArn.replace(`arn:aws:s3:::${place.files}/`, '');
		expect(key).toMatch(/^manifests\/.+\/manifest\.json$/);
		const head = await open.source.send(new HeadObjectCommand({Bucket: place.files, Key: key}));
		expect(head).toMatchObject({ETag: `"${ETag}"`, ServerSideEncryption: 'AES256'});
		const manifest = JSON.parse(await textOf(place.files, key)) as Readonly<Record<string, unknown>>;
		expect(manifest).toMatchObject({
			sourceBucket: pair.source,
			fileFormat: 'CSV',
			fileSchema: 'Bucket, Key, VersionId',
		});
		const [file] = manifest['files'] as ReadonlyArray<{readonly key: string}>;
		expect(await textOf(place.files, file?.key ?? '')).toBe(
			`${pair.source},a+b,${versionIds[0]}\n${pair.source},%C3%A9,${versionIds[1]}\n`,
		);
	});

	// Documented: S3 User Guide, batch-ops-iam-role-policies (kms:Decrypt and kms:GenerateDataKey for an encrypted manifest).
	it.each([
		{rights: ['kms:GenerateDataKey', 'kms:Decrypt'], status: 'Complete'},
		{rights: ['kms:GenerateDataKey'], status: 'Failed'},
		{rights: ['kms:Decrypt'], status: 'Failed'},
	])('is encrypted with a key of KMS where the role has $rights: $status', async ({rights, status}) => {
		const {pair} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		const key = await createKey(open.kms('source', 'us-east-1'));
		await allowKey(place, key, rights);
		const location = {ManifestEncryption: {SSEKMS: {KeyId: key}}};
		const job = await runJob(control(), jobInput(pair, place, listing(pair, place, location)));
		expect(job.Status).toBe(status);
		const {Contents = []} = await open.source.send(
			new ListObjectsV2Command({Bucket: place.files, Prefix: 'manifests/'}),
		);
		const heads = await Promise.all(
			Contents.map(async ({Key}) => open.source.send(new HeadObjectCommand({Bucket: place.files, Key}))),
		);
		expect(heads.map(({SSEKMSKeyId}) => SSEKMSKeyId)).toEqual(status === 'Complete' ? [key, key] : []);
	});

	// Documented: the account has to be the bucket's owner (S3 Control API reference, S3ManifestOutputLocation). Third-party: the words
	// where it may not be written (S3 User Guide, troubleshooting-batch-operations).
	it.each([
		{
			what: 'the bucket is another’s',
			location: {ExpectedManifestBucketOwner: destinationAccountId},
			missing: [],
		},
		{what: 'the role may not put it', location: {}, missing: ['s3:PutObject']},
		{what: 'the role may not read it', location: {}, missing: ['s3:GetObject']},
	])('fails the job where $what', async ({location, missing}) => {
		const {pair} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source, {missing});
		const job = await runJob(control(), jobInput(pair, place, listing(pair, place, location)));
		expect(job.Status).toBe('Failed');
		expect(job.FailureReasons?.[0]?.FailureReason).toMatch(
			/^Error occurred when preparing manifest: (Failed to write manifest|Access denied)/,
		);
	});

	// Documented: S3 Control API reference, S3JobManifestGenerator and GeneratedManifestFormat; the code: guessed.
	it.each([
		{ManifestOutputLocation: undefined},
		{ManifestOutputLocation: {Bucket: 'arn:aws:s3:::b', ManifestFormat: 'S3InventoryReport_ORC' as never}},
	])('is refused with %j', async (change) => {
		const {pair} = await setUpOld(open, []);
		const place = await setUpBatch(open, pair.source);
		const {S3JobManifestGenerator: generator} = listing(pair, place).ManifestGenerator;
		const input = jobInput(pair, place, {
			ManifestGenerator: {S3JobManifestGenerator: {...generator, ...change}},
		});
		expect(await errorOf(control().send(new CreateJobCommand(input)))).toMatchObject({status: 400});
	});
});

// Documented: S3 Control API reference, ObjectEncryptionFilter and its members: S3's keys, KMS with a key and with bucket keys or without,
// two layers, a customer's key, none. That nothing in the sandbox has the last two: it takes no such objects.
describe('a generator takes by encryption', () => {
	let pair: Pair;
	let place: BatchPlace;
	let keyArn: string;
	beforeAll(async () => {
		pair = await setUpPair(open, {
			rules: (to) => [
				ruleTo(to, {
					SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
					Destination: {
						Bucket: `arn:aws:s3:::${to}`,
						EncryptionConfiguration: {ReplicaKmsKeyID: 'arn:aws:kms:us-west-2:111122223333:key/k'},
					},
				}),
			],
		});
		place = await setUpBatch(open, pair.source);
		keyArn = await createKey(open.kms('source', 'us-east-1'));
		const objects: ReadonlyArray<Partial<PutObjectCommandInput>> = [
			{Key: 's3'},
			{Key: 'kms', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn},
			{Key: 'bucket-key', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keyArn, BucketKeyEnabled: true},
			{Key: 'managed', ServerSideEncryption: 'aws:kms'},
			{Key: 'dsse', ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: keyArn},
		];
		await withoutRules(open, pair.source, async () => {
			for (const object of objects)
				await open.source.send(
					new PutObjectCommand({Bucket: pair.source, Body: 'x', ...object} as PutObjectCommandInput),
				);
		});
	});

	it.each([
		{filter: {SSES3: {}}, taken: ['s3']},
		{filter: {SSEKMS: {}}, taken: ['bucket-key', 'kms', 'managed']},
		{filter: {SSEKMS: {BucketKeyEnabled: true}}, taken: ['bucket-key']},
		{filter: {SSEKMS: {KmsKeyArn: 'the key'}}, taken: ['bucket-key', 'kms']},
		{filter: {SSEKMS: {KmsKeyArn: 'the key', BucketKeyEnabled: false}}, taken: ['kms']},
		{filter: {DSSEKMS: {}}, taken: ['dsse']},
		{filter: {SSEC: {}}, taken: []},
		{filter: {NOTSSE: {}}, taken: []},
	])('$filter: $taken', async ({filter, taken}) => {
		const wanted = JSON.parse(JSON.stringify(filter).replace('the key', keyArn)) as never;
		const changes = listing(pair, place, {}, {MatchAnyObjectEncryption: [wanted]});
		const job = await runJob(
			control(),
			jobInput(pair, place, {...changes, ClientRequestToken: JSON.stringify(filter).slice(0, 64)}),
		);
		const key = job.GeneratedManifestDescriptor?.Location?.ObjectArn?.split(`${place.files}/`)[1];
		const listed = key === undefined ? undefined : (JSON.parse(await textOf(place.files, key)) as never);
		const data = (listed as {files: ReadonlyArray<{key: string}>} | undefined)?.files[0]?.key;
		const rows = data === undefined ? '' : await textOf(place.files, data);
		expect(rows.split('\n').flatMap((row) => row.split(',')[1] ?? [])).toEqual(taken);
	});
});

describe('the report of a job', () => {
	/** A job of one object that is copied, and one that is not there. */
	async function half(place: BatchPlace, pair: Pair, version: string) {
		return putManifest(
			open,
			place,
			[
				[pair.source, 'a', version],
				[pair.source, 'gone', ''],
			],
			true,
		);
	}

	// Documented: S3 User Guide, batch-ops-examples-reports; S3 Control API reference, JobReport.
	it.each([
		{ReportScope: 'AllTasks' as const, statuses: ['failed', 'succeeded']},
		{ReportScope: 'FailedTasksOnly' as const, statuses: ['failed']},
	])('is about $ReportScope', async ({ReportScope, statuses}) => {
		const {pair, versionIds} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		const input = jobInput(pair, place, await half(place, pair, versionIds[0] ?? ''));
		const job = await runJob(control(), {...input, Report: {...input.Report, Enabled: true, ReportScope}});
		const report = await reportOf(open, place, job.JobId);
		expect(report?.files.map(({status}) => status).sort()).toEqual(statuses);
		expect(job).toMatchObject({ProgressSummary: {NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 1}});
	});

	// Documented: S3 User Guide, batch-ops-examples-reports: reports are encrypted with SSE-S3, whatever the bucket does by default.
	it('is encrypted with keys of S3’s own in a bucket that uses a key of KMS', async () => {
		const {pair} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		const KMSMasterKeyID = await createKey(open.kms('source', 'us-east-1'));
		const byDefault = {SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID};
		await open.source.send(
			new PutBucketEncryptionCommand({
				Bucket: place.files,
				ServerSideEncryptionConfiguration: {Rules: [{ApplyServerSideEncryptionByDefault: byDefault}]},
			}),
		);
		const job = await runJob(control(), jobInput(pair, place));
		const Key = `reports/job-${job.JobId}/manifest.json`;
		const head = await open.source.send(new HeadObjectCommand({Bucket: place.files, Key}));
		expect(head.ServerSideEncryption).toBe('AES256');
		expect(await rowsOf(open, place, job.JobId)).toHaveLength(1);
	});

	// Documented: S3 User Guide, batch-ops-iam-role-policies (s3:PutObject for the report); JobReport, ExpectedBucketOwner. That a job whose
	// report is refused fails, and with which words: guessed. What it has copied is copied.
	it.each([
		{
			what: 'the bucket’s policy denies it',
			policy: {Effect: 'Deny', Principal: '*', Action: 's3:PutObject'},
			change: {},
		},
		{
			what: 'the bucket’s policy asks for KMS',
			policy: {
				...{Effect: 'Deny', Principal: '*', Action: 's3:PutObject'},
				Condition: {StringNotEquals: {'s3:x-amz-server-side-encryption': 'aws:kms'}},
			},
			change: {},
		},
		{what: 'the bucket is another’s', policy: undefined, change: {ExpectedBucketOwner: destinationAccountId}},
	])('is not there where $what, and the job fails', async ({policy, change}) => {
		const {pair, versionIds} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		const statements = [policy ?? {Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject'}];
		const Policy = policyOf(statements.map((one) => ({...one, Resource: `arn:aws:s3:::${place.files}/*`})));
		await open.source.send(new PutBucketPolicyCommand({Bucket: place.files, Policy}));
		const input = jobInput(pair, place);
		const job = await runJob(control(), {...input, Report: {...input.Report, Enabled: true, ...change}});
		expect(job).toMatchObject({Status: 'Failed', ProgressSummary: {NumberOfTasksSucceeded: 1}});
		expect(job.FailureReasons?.[0]?.FailureReason).toContain('s3:PutObject');
		expect(await reportOf(open, place, job.JobId)).toBeUndefined();
		expect(await statusOf(open.source, pair.source, 'a', versionIds[0] ?? '')).toBe('COMPLETED');
	});

	// Documented: S3 User Guide, batch-ops-iam-role-policies: a bucket of another account has to let the role, too.
	it.each([
		{isLet: true, status: 'Complete'},
		{isLet: false, status: 'Failed'},
	])('goes to a bucket of another account that lets the role: $isLet', async ({isLet, status}) => {
		const {pair} = await setUpOld(open, ['a']);
		const place = await setUpBatch(open, pair.source);
		const foreign = open.name('foreign');
		const theirs = open.s3('destination', 'us-east-1');
		await theirs.send(new CreateBucketCommand({Bucket: foreign}));
		const Resource = `arn:aws:s3:::${foreign}/*`;
		await open.iam.send(
			new PutRolePolicyCommand({
				RoleName: place.roleName,
				PolicyName: 'foreign',
				PolicyDocument: policyOf([{Effect: 'Allow', Action: 's3:PutObject', Resource}]),
			}),
		);
		const Principal = {AWS: isLet ? place.roleArn : `arn:aws:iam::${sourceAccountId}:root`};
		const Action = isLet ? 's3:PutObject' : 's3:GetObject';
		const Policy = policyOf([{Effect: 'Allow', Principal, Action, Resource}]);
		await theirs.send(new PutBucketPolicyCommand({Bucket: foreign, Policy}));
		const input = jobInput(pair, place);
		const job = await runJob(control(), {
			...input,
			Report: {...input.Report, Enabled: true, Bucket: `arn:aws:s3:::${foreign}`},
		});
		expect(job.Status).toBe(status);
	});
});
