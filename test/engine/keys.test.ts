import {
	CreateAliasCommand,
	DisableKeyCommand,
	PutKeyPolicyCommand,
	ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
	GetBucketReplicationCommand,
	HeadObjectCommand,
	PutBucketEncryptionCommand,
	PutObjectCommand,
	type ServerSideEncryptionByDefault,
} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Answers} from '../../source/domain/answers/answers.js';
import type {PlanResult} from '../../source/domain/plan/make-plan.js';
import {createKey, leftToIam, letIn} from '../sandbox/support/kms-keys.js';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from '../sandbox/support/open-sandbox.js';
import {
	createVersioned,
	finalStatusOf,
	policyOf,
	type Statement,
} from '../sandbox/support/replicated-pair.js';
import {sandboxSession, tutorialAnswers} from '../support/sandbox-session.js';

let open: OpenSandbox;
beforeEach(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterEach(async () => open.close());

const oneAccount = tutorialAnswers('cross-region');
const {sourceBucket = '', destinationBucket = ''} = oneAccount;

async function run(answers: Answers): Promise<{readonly result: PlanResult; readonly isDone: boolean}> {
	const session = sandboxSession(open.sandbox, {answers});
	await session.openEnvironment('aws');
	const result = await session.makePlan(answers);
	const isDone = result.ok && (await session.apply());
	await session.close();
	return {result, isDone};
}

const codesOf = (result: PlanResult): readonly string[] =>
	'problems' in result ? result.problems.map(({code}) => code) : [];

const changesOf = (result: PlanResult): ReadonlySet<string> =>
	new Set('plan' in result ? result.plan.operations.map(({change}) => change) : []);

const encryptByDefault = async (KMSMasterKeyID: string, BucketKeyEnabled: boolean): Promise<void> => {
	const ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault = {
		SSEAlgorithm: 'aws:kms',
		KMSMasterKeyID,
	};
	await open.source.send(
		new PutBucketEncryptionCommand({
			Bucket: sourceBucket,
			ServerSideEncryptionConfiguration: {Rules: [{ApplyServerSideEncryptionByDefault, BucketKeyEnabled}]},
		}),
	);
};

describe('a source that encrypts with SSE-KMS (documented: S3 User Guide, "Replicating encrypted objects")', () => {
	it.each([true, false])(
		'is replicated under the key behind an alias, bucket key: %s',
		async (usesBucketKey) => {
			const sourceKey = await createKey(open.kms('source', 'us-east-1'));
			const there = open.kms('source', 'us-west-2');
			const replicaKey = await createKey(there);
			await there.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId: replicaKey}));
			await createVersioned(open.source, sourceBucket);
			await encryptByDefault(sourceKey, usesBucketKey);
			const answers = {...oneAccount, kmsKey: 'alias/replicas'};
			const made = await run(answers);
			expect([codesOf(made.result), made.isDone]).toEqual([[], true]);

			const {ReplicationConfiguration} = await open.source.send(
				new GetBucketReplicationCommand({Bucket: sourceBucket}),
			);
			expect(ReplicationConfiguration?.Rules).toMatchObject([
				{
					SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
					Destination: {EncryptionConfiguration: {ReplicaKmsKeyID: replicaKey}},
				},
			]);
			const {VersionId = ''} = await open.source.send(
				new PutObjectCommand({Bucket: sourceBucket, Key: 'k', Body: 'text'}),
			);
			expect(await finalStatusOf(open.source, sourceBucket, 'k', VersionId)).toBe('COMPLETED');
			const replica = await open
				.s3('source', 'us-west-2')
				.send(new HeadObjectCommand({Bucket: destinationBucket, Key: 'k', VersionId}));
			expect(replica).toMatchObject({ServerSideEncryption: 'aws:kms', SSEKMSKeyId: replicaKey});

			expect(changesOf((await run(answers)).result)).toEqual(new Set(['keep']));
			// A rule that is kept is judged as one that is made.
			expect(changesOf((await run(oneAccount)).result)).toEqual(new Set(['keep']));
		},
	);
});

describe('a key of another account', () => {
	const twoAccounts = tutorialAnswers('cross-account');
	const {sourceBucket: source = ''} = twoAccounts;

	/** Checks and applies; the faults that the key's policy has, and the statement that is offered. */
	async function tried(kmsKey: string) {
		const answers = {...twoAccounts, kmsKey};
		const session = sandboxSession(open.sandbox, {answers});
		await session.openEnvironment('aws');
		const result = await session.makePlan(answers);
		const checked = session.getState().run.checks.find(({id}) => id === 'destination-key-policy');
		const isDone = result.ok && (await session.apply());
		await session.close();
		return {isDone, checked};
	}

	const sent = async (key: string): Promise<string> => {
		const {VersionId = ''} = await open.source.send(
			new PutObjectCommand({
				Bucket: source,
				Key: key,
				Body: 'text',
				ServerSideEncryption: 'aws:kms',
				SSEKMSKeyId: 'alias/aws/s3',
			}),
		);
		return finalStatusOf(open.source, source, key, VersionId);
	};

	it('whose policy may not be read is let be: the statement that the check offers lets the role in (documented: KMS, "Allowing users in other accounts")', async () => {
		const there = open.kms('destination', 'us-west-2');
		const hidden = {
			...letIn(`arn:aws:iam::${destinationAccountId}:root`, 'kms:GetKeyPolicy'),
			Effect: 'Deny' as const,
		};
		const statements = [leftToIam(destinationAccountId), hidden];
		const kmsKey = await createKey(there, statements);
		const first = await tried(kmsKey);
		expect([first.isDone, first.checked?.verdict?.result, first.checked?.verdict?.problem?.code]).toEqual([
			true,
			'unknown',
			'key-policy-unread',
		]);
		expect(await sent('before')).toBe('FAILED');

		const offered = JSON.parse(
			first.checked?.verdict?.problem?.nextSteps[0]?.replace(/^[^{]*/, '') ?? '',
		) as Statement;
		await there.send(
			new PutKeyPolicyCommand({
				KeyId: kmsKey,
				Policy: policyOf([...statements, offered]),
			}),
		);
		expect(await sent('after')).toBe('COMPLETED');
	});
});

describe('a key that cannot encrypt replicas', () => {
	it.each<readonly [string, (key: string) => Promise<string>, string, RegExp]>([
		[
			'is not there',
			async () => `arn:aws:kms:us-west-2:${sourceAccountId}:key/134f2428-cec1-4b25-a1ae-9048164dba47`,
			'kms-key-not-found',
			/DstKmsKeyNotFound/,
		],
		['has no such alias', async () => 'alias/nobody', 'kms-key-not-found', /DstKmsKeyNotFound/],
		[
			'is disabled',
			async (key) => {
				await open.kms('source', 'us-west-2').send(new DisableKeyCommand({KeyId: key}));
				return key;
			},
			'kms-key-not-enabled',
			/DstKmsKeyInvalidState/,
		],
		[
			'is to be deleted',
			async (key) => {
				await open.kms('source', 'us-west-2').send(new ScheduleKeyDeletionCommand({KeyId: key}));
				return key;
			},
			'kms-key-not-enabled',
			/DstKmsKeyInvalidState/,
		],
	])('because it %s is named before anything is written', async (_why, nameOf, code, cause) => {
		const kmsKey = await nameOf(await createKey(open.kms('source', 'us-west-2')));
		const {result} = await run({...oneAccount, kmsKey});
		expect(codesOf(result)).toEqual([code]);
		expect('problems' in result && result.problems[0]?.cause).toMatch(cause);
	});
});
