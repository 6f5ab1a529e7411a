import {DisableKeyCommand, type KMSClient, ScheduleKeyDeletionCommand} from '@aws-sdk/client-kms';
import {PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CompleteMultipartUploadCommand,
	CreateMultipartUploadCommand,
	HeadObjectCommand,
	PutBucketEncryptionCommand,
	PutObjectCommand,
	UploadPartCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createKey, type Keys, keyRights, leftToIam, letIn, rulesWith} from './support/kms-keys.js';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	ruleTo,
	sourceAccountId,
} from './support/open-sandbox.js';
import {
	finalStatusOf,
	type Pair,
	policyOf,
	put,
	setUpPair,
	type Statement,
	statusOf,
} from './support/replicated-pair.js';

let open: OpenSandbox;
let kms: KMSClient;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	kms = open.kms('source', 'us-east-1');
});
afterAll(() => open.close());

const replicaClient = (isCrossAccount: boolean): KMSClient =>
	open.kms(isCrossAccount ? 'destination' : 'source', 'us-west-2');

const grant = async (pair: Pair, statements: readonly Statement[]): Promise<void> => {
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'keys',
			PolicyDocument: policyOf(statements),
		}),
	);
};

const putEncrypted = async (
	bucket: string,
	SSEKMSKeyId: string,
	BucketKeyEnabled = false,
): Promise<string> => {
	const {VersionId} = await open.source.send(
		new PutObjectCommand({
			Bucket: bucket,
			Key: 'k',
			Body: 'text',
			ServerSideEncryption: 'aws:kms',
			SSEKMSKeyId,
			BucketKeyEnabled,
		}),
	);
	return VersionId ?? '';
};

const replicaOf = async ({destination, destinationClient}: Pair, VersionId: string) =>
	destinationClient.send(new HeadObjectCommand({Bucket: destination, Key: 'k', VersionId}));

const reasonOf = (versionId: string): string | undefined =>
	open.sandbox.replications.find((entry) => entry.versionId === versionId)?.failureReason;

const setUp = async (
	isCrossAccount = false,
	policies: {readonly source?: readonly Statement[]; readonly replica?: readonly Statement[]} = {},
): Promise<{readonly pair: Pair; readonly keys: Keys}> => {
	const keys = {
		source: await createKey(kms, policies.source),
		replica: await createKey(replicaClient(isCrossAccount), policies.replica),
	};
	const pair = await setUpPair(open, {isCrossAccount, rules: rulesWith(keys.replica)});
	await grant(pair, keyRights(pair, keys));
	return {pair, keys};
};

const setBucketKey = async (
	{destination, destinationClient}: Pair,
	BucketKeyEnabled: boolean,
): Promise<void> => {
	await destinationClient.send(
		new PutBucketEncryptionCommand({
			Bucket: destination,
			ServerSideEncryptionConfiguration: {
				Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}, BucketKeyEnabled}],
			},
		}),
	);
};

describe('an object that is encrypted with a key of KMS', () => {
	it('is left alone by a rule that does not ask for it, without a status (documented: S3 User Guide, replication-config-for-kms-objects)', async () => {
		const pair = await setUpPair(open);
		const versionId = await putEncrypted(pair.source, await createKey(kms));
		const other = await put(open.source, pair.source, 'other');
		expect(await finalStatusOf(open.source, pair.source, 'other', other)).toBe('COMPLETED');
		expect(await statusOf(open.source, pair.source, 'k', versionId)).toBe('none');
	});

	it('is left alone by a rule that says so (documented: S3 API reference, SseKmsEncryptedObjects)', async () => {
		const pair = await setUpPair(open, {
			rules: (destination) => [
				ruleTo(destination, {SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Disabled'}}}),
			],
		});
		const versionId = await putEncrypted(pair.source, await createKey(kms));
		expect(await statusOf(open.source, pair.source, 'k', versionId)).toBe('none');
	});

	it.each([{isCrossAccount: false}, {isCrossAccount: true}])(
		'arrives under the rule’s key, others as they were (documented: same; across accounts: $isCrossAccount)',
		async ({isCrossAccount}) => {
			const {pair, keys} = await setUp(isCrossAccount, {
				replica: [
					leftToIam(isCrossAccount ? destinationAccountId : sourceAccountId),
					letIn(sourceAccountId, ['kms:Encrypt', 'kms:GenerateDataKey']),
				],
			});
			const versionId = await putEncrypted(pair.source, keys.source);
			expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
			expect(await replicaOf(pair, versionId)).toMatchObject({
				ReplicationStatus: 'REPLICA',
				ServerSideEncryption: 'aws:kms',
				SSEKMSKeyId: keys.replica,
			});
			const plain = await put(open.source, pair.source, 'k');
			expect(await finalStatusOf(open.source, pair.source, 'k', plain)).toBe('COMPLETED');
			expect(await replicaOf(pair, plain)).toMatchObject({ServerSideEncryption: 'AES256'});
		},
	);

	it.each([
		{hasSource: false, hasDestination: true},
		{hasSource: true, hasDestination: false},
		{hasSource: true, hasDestination: true},
	])(
		'arrives with bucket keys at source: $hasSource, at destination: $hasDestination (documented: S3 User Guide, bucket-key)',
		async ({hasSource, hasDestination}) => {
			const {pair, keys} = await setUp();
			await setBucketKey(pair, hasDestination);
			const versionId = await putEncrypted(pair.source, keys.source, hasSource);
			expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
			const replica = await replicaOf(pair, versionId);
			expect([replica.SSEKMSKeyId, replica.BucketKeyEnabled ?? false]).toEqual([
				keys.replica,
				hasDestination,
			]);
		},
	);

	it('needs no GenerateDataKey (third-party: awslabs/landing-zone-accelerator-on-aws#1144)', async () => {
		const {pair, keys} = await setUp();
		await grant(pair, keyRights(pair, keys, ['kms:GenerateDataKey']));
		const versionId = await putEncrypted(pair.source, keys.source);
		expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
	});

	it('arrives under S3’s own keys within an account (documented: S3 User Guide, replication-config-for-kms-objects)', async () => {
		const alias = `arn:aws:kms:us-west-2:${sourceAccountId}:alias/aws/s3`;
		const pair = await setUpPair(open, {rules: rulesWith(alias)});
		const versionId = await putEncrypted(pair.source, 'alias/aws/s3');
		expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('COMPLETED');
	});
});

type Broken = {
	readonly what: string;
	readonly reason: string;
	readonly source: string;
	readonly isCrossAccount?: boolean;
	readonly policies?: Parameters<typeof setUp>[1];
	readonly break: (made: {readonly pair: Pair; readonly keys: Keys}) => Promise<unknown>;
};

const events = 'documented: S3 User Guide, replication-metrics-events';
const nothing = async (): Promise<void> => Promise.resolve();
const conditioned = (key: string, value: string): readonly Statement[] => [
	letIn(`arn:aws:iam::${sourceAccountId}:user/admin`, 'kms:*'),
	letIn(sourceAccountId, 'kms:*', {[key]: value}),
];

const broken: readonly Broken[] = [
	{
		what: 'the replica’s key is disabled',
		reason: 'DstKmsKeyInvalidState',
		source: events,
		break: async ({keys}) => replicaClient(false).send(new DisableKeyCommand({KeyId: keys.replica})),
	},
	{
		what: 'the replica’s key is to be deleted',
		reason: 'DstKmsKeyInvalidState',
		source: events,
		break: async ({keys}) => replicaClient(false).send(new ScheduleKeyDeletionCommand({KeyId: keys.replica})),
	},
	{
		what: 'the source’s key is to be deleted',
		reason: 'SrcKmsKeyInvalidState',
		source: events,
		break: async ({keys}) => kms.send(new ScheduleKeyDeletionCommand({KeyId: keys.source})),
	},
	{
		what: 'the role may not decrypt the source',
		reason: 'SrcGetObjectNotPermitted',
		source: events,
		break: async ({pair, keys}) => grant(pair, keyRights(pair, keys, ['kms:Decrypt'])),
	},
	{
		what: 'the role may not encrypt the replica',
		reason: 'DstPutObjectNotPermitted',
		source: events,
		break: async ({pair, keys}) => grant(pair, keyRights(pair, keys, ['kms:Encrypt'])),
	},
	{
		what: 'the source’s key lets its account in for another bucket only',
		reason: 'SrcGetObjectNotPermitted',
		source: 'documented: S3 User Guide, bucket-key',
		policies: {source: conditioned('kms:EncryptionContext:aws:s3:arn', 'arn:aws:s3:::other/*')},
		break: nothing,
	},
	{
		what: 'the replica’s key lets its account in through the source’s region only',
		reason: 'DstPutObjectNotPermitted',
		source: 'documented: KMS Developer Guide, conditions-kms',
		policies: {replica: conditioned('kms:ViaService', 's3.us-east-1.amazonaws.com')},
		break: nothing,
	},
	{
		what: 'the policy of another account’s key does not let the role in',
		reason: 'DstPutObjectNotPermitted',
		source: 'documented: S3 User Guide, replication-troubleshoot',
		isCrossAccount: true,
		break: nothing,
	},
];

describe('a copy of an encrypted object fails', () => {
	it.each(broken)('with $reason where $what ($source)', async (row) => {
		const made = await setUp(row.isCrossAccount, row.policies);
		const {pair, keys} = made;
		const versionId = await putThen(pair, keys.source, async () => row.break(made));
		expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('FAILED');
		expect(reasonOf(versionId)).toBe(row.reason);
	});

	it.each([
		{
			what: 'there is no such key',
			key: `arn:aws:kms:us-west-2:${sourceAccountId}:key/134f2428-cec1-4b25-a1ae-9048164dba47`,
			isCrossAccount: false,
			reason: 'DstKmsKeyNotFound',
		},
		{
			what: 'there is no such alias',
			key: `arn:aws:kms:us-west-2:${sourceAccountId}:alias/none`,
			isCrossAccount: false,
			reason: 'DstKmsKeyNotFound',
		},
		{
			what: 'there is no such key in another account',
			key: `arn:aws:kms:us-west-2:${destinationAccountId}:key/134f2428-cec1-4b25-a1ae-9048164dba47`,
			isCrossAccount: true,
			reason: 'DstKmsKeyNotFound',
		},
		{
			what: 'the key is another account’s own of S3',
			key: `arn:aws:kms:us-west-2:${destinationAccountId}:alias/aws/s3`,
			isCrossAccount: true,
			reason: 'DstPutObjectNotPermitted',
		},
	])(
		'with $reason where $what, and the Put takes it ($what: documented: S3 User Guide, replication-metrics-events)',
		async ({key, isCrossAccount, reason}) => {
			const pair = await setUpPair(open, {isCrossAccount, rules: rulesWith(key)});
			await grant(pair, [{Effect: 'Allow', Action: 'kms:*', Resource: '*'}]);
			const versionId = await putEncrypted(pair.source, await createKey(kms));
			expect(await finalStatusOf(open.source, pair.source, 'k', versionId)).toBe('FAILED');
			expect(reasonOf(versionId)).toBe(reason);
		},
	);

	it('with the reason of its step where it comes in parts (documented: S3 User Guide, replication-metrics-events)', async () => {
		const {pair, keys} = await setUp();
		await grant(pair, keyRights(pair, keys, ['kms:Encrypt']));
		const where = {Bucket: pair.source, Key: 'k'};
		const {UploadId} = await open.source.send(
			new CreateMultipartUploadCommand({...where, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: keys.source}),
		);
		const bodies = [Buffer.alloc(5 * 1024 * 1024), Buffer.alloc(1)];
		const Parts = await Promise.all(
			bodies.map(async (Body, index) => {
				const part = {...where, UploadId, PartNumber: index + 1, Body};
				const {ETag} = await open.source.send(new UploadPartCommand(part));
				return {PartNumber: index + 1, ETag};
			}),
		);
		const {VersionId = ''} = await open.source.send(
			new CompleteMultipartUploadCommand({...where, UploadId, MultipartUpload: {Parts}}),
		);
		expect(await finalStatusOf(open.source, pair.source, 'k', VersionId)).toBe('FAILED');
		expect(reasonOf(VersionId)).toBe('DstMultipartInitNotPermitted');
	});
});

/** Puts an object and breaks something before its copy is made: keys must be whole at the Put. */
async function putThen(pair: Pair, key: string, breakIt: () => Promise<unknown>): Promise<string> {
	open.sandbox.setFaults([{operation: 'Replication', fault: 'InternalError'}]);
	const versionId = await putEncrypted(pair.source, key);
	await breakIt();
	open.sandbox.setFaults([]);
	return versionId;
}
