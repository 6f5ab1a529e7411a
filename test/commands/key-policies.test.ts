import {readFile} from 'node:fs/promises';
import {CreateRoleCommand, DeleteRoleCommand} from '@aws-sdk/client-iam';
import {CreateAliasCommand, GetKeyPolicyCommand, PutKeyPolicyCommand} from '@aws-sdk/client-kms';
import {PutBucketEncryptionCommand, PutObjectCommand} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createKey, leftToIam, letIn} from '../sandbox/support/kms-keys.js';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from '../sandbox/support/open-sandbox.js';
import {createVersioned, finalStatusOf, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {awsFiles, runProgram, temporaryFolder} from '../support/program.js';
import {tutorialArgs} from '../support/tutorial-args.js';

let open: OpenSandbox;
beforeEach(async () => {
	open = await openSandbox({replicationDelayMs: 5});
});
afterEach(async () => open.close());

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const permissions = JSON.parse(
	/<!-- permissions -->\s*```json\n([\s\S]*?)```/.exec(readme)?.[1] ?? '',
) as object;

type Key = {readonly accountId: string; readonly client: ReturnType<OpenSandbox['kms']>};

/** A key whose policy leaves its management and uploads to IAM, and nothing that the role does with it. */
const closed = ({accountId, client}: Key) =>
	createKey(client, [
		letIn(`arn:aws:iam::${accountId}:root`, [
			'kms:DescribeKey',
			'kms:GetKeyPolicy',
			'kms:PutKeyPolicy',
			'kms:CreateAlias',
			// For uploads: what the role needs besides is not there.
			'kms:GenerateDataKey',
		]),
	]);
const leftToAccount = ({accountId, client}: Key) => createKey(client, [leftToIam(accountId)]);

const textOf = async (client: Key['client'], KeyId: string) =>
	(await client.send(new GetKeyPolicyCommand({KeyId}))).Policy;

/** Documented: S3 User Guide, "Replicating encrypted objects"; KMS Developer Guide, "Allowing users in other accounts". */
describe('SSE-KMS with exactly the permissions of the README', () => {
	it.each([
		{
			accounts: 'one account',
			mode: 'cross-region',
			there: sourceAccountId,
			make: closed,
			puts: ['destination', 'source'],
		},
		{
			accounts: 'two accounts',
			mode: 'cross-account',
			there: destinationAccountId,
			make: closed,
			puts: ['destination', 'source'],
		},
		{
			accounts: 'one account that IAM decides in',
			mode: 'cross-region',
			there: sourceAccountId,
			make: leftToAccount,
			puts: [],
		},
		{
			accounts: 'two accounts that IAM decides in',
			mode: 'cross-account',
			there: destinationAccountId,
			make: leftToAccount,
			puts: ['destination'],
		},
	] as const)(
		'replicates in $accounts, is kept, and is taken back letter by letter',
		async ({mode, there, make, puts}) => {
			const side = there === sourceAccountId ? 'source' : 'destination';
			const sourceKms = open.kms('source', 'us-east-1');
			const replicaKms = open.kms(side, 'us-west-2');
			const sourceKey = await make({accountId: sourceAccountId, client: sourceKms});
			const replicaKey = await make({accountId: there, client: replicaKms});
			await replicaKms.send(new CreateAliasCommand({AliasName: 'alias/replicas', TargetKeyId: replicaKey}));
			// As a person wrote it: white space is nothing that JSON keeps.
			const spaced = JSON.stringify(JSON.parse((await textOf(replicaKms, replicaKey)) ?? ''), null, 3);
			await replicaKms.send(
				new PutKeyPolicyCommand({KeyId: replicaKey, PolicyName: 'default', Policy: spaced}),
			);
			const policies = async () => [await textOf(sourceKms, sourceKey), await textOf(replicaKms, replicaKey)];
			const before = await policies();

			await createVersioned(open.source, 'kms-here');
			await open.source.send(
				new PutBucketEncryptionCommand({
					Bucket: 'kms-here',
					ServerSideEncryptionConfiguration: {
						Rules: [
							{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: sourceKey}},
						],
					},
				}),
			);
			const user = (accountId: string, userName: string) => {
				const key = open.sandbox.addUser({accountId, userName, policy: permissions});
				return `[${userName}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
			};
			const files = await awsFiles({
				config: '[profile here]\nregion = us-east-1\n[profile there]\nregion = us-west-2\n',
				credentials: user(sourceAccountId, 'here') + user(there, 'there'),
			});
			const env = {
				AWS_ENDPOINT_URL: open.sandbox.endpointUrl,
				...files,
				S3_REPLICATE_STATE_DIR: await temporaryFolder(),
			};
			const applying = [
				...['apply', '--json', '--yes', '--mode', mode, '--files', '0', '--kms-key', 'alias/replicas'],
				...['--source-profile', 'here', '--destination-profile', mode === 'cross-account' ? 'there' : 'here'],
				...[
					'--source-bucket',
					'kms-here',
					'--destination-bucket',
					'kms-there',
					'--destination-region',
					'us-west-2',
				],
			];
			const applied = await runProgram(applying, {env});
			expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded'});
			const written = applied.events().filter(({type}) => type === 'operation-finished');
			expect(written.map(({id}) => id).filter((id) => String(id).startsWith('put-key-policy'))).toEqual(
				puts.map((end) => `put-key-policy:${end}`),
			);

			const {VersionId = ''} = await open.source.send(
				new PutObjectCommand({Bucket: 'kms-here', Key: 'k', Body: 'text'}),
			);
			expect(await finalStatusOf(open.source, 'kms-here', 'k', VersionId)).toBe('COMPLETED');

			const again = await runProgram(applying, {env});
			const {operations} = again.events().find(({type}) => type === 'plan-made') as unknown as {
				readonly operations: ReadonlyArray<{readonly change: string}>;
			};
			expect(new Set(operations.map(({change}) => change))).toEqual(new Set(['keep']));

			const undone = await runProgram(['undo', '--json', '--yes'], {env});
			expect(undone.events().find(({type}) => type === 'problem')).toBeUndefined();
			expect(await policies()).toEqual(before);
		},
	);
});

// Documented: IAM User Guide, "AWS JSON policy elements: Principal" (a deleted role is left as its id); KMS API Reference, PutKeyPolicy.
it('names a deleted role in a key’s policy before the first write, drops it after its own yes, and leaves it dropped', async () => {
	const kms = open.kms('destination', 'us-west-2');
	const iam = open.iamOf('destination');
	await iam.send(new CreateRoleCommand({RoleName: 'gone', AssumeRolePolicyDocument: trustOfS3}));
	const theirs = letIn(`arn:aws:iam::${destinationAccountId}:role/gone`, 'kms:Decrypt');
	const key = await createKey(kms, [leftToIam(destinationAccountId), {...theirs, Sid: 'Theirs'}]);
	await iam.send(new DeleteRoleCommand({RoleName: 'gone'}));
	const {configFile: AWS_CONFIG_FILE, credentialsFile, endpointUrl} = open.sandbox;
	const env = {
		...{AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE: credentialsFile, AWS_ENDPOINT_URL: endpointUrl},
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
	};
	const applying = ['apply', '--json', '--yes', ...tutorialArgs('cross-account'), '--kms-key', key];

	const refused = await runProgram(applying, {env});

	expect(refused.events().at(-1)).toMatchObject({
		problem: {
			code: 'policy-names-deleted',
			headline: `Cannot write the policy of ${key}: invalid principal`,
			cause: expect.stringMatching(
				/^Statement “Theirs” names AROA\w+, a deleted role\. KMS refuses/,
			) as string,
			documents: [{consent: 'dropsDeletedPrincipals'}],
		},
	});
	expect(open.sandbox.requests.filter(({operation}) => /^(?:Put|Create)/.test(operation)).length).toBe(
		// The key and the role of above.
		2,
	);

	const applied = await runProgram([...applying, '--drop-deleted-principals'], {env});

	expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded'});
	const sids = async () =>
		(JSON.parse((await textOf(kms, key)) ?? '{}') as {Statement: Array<{Sid?: string}>}).Statement.map(
			({Sid}) => Sid,
		);
	expect(await sids()).toEqual([undefined, 'S3Replication']);

	const undone = await runProgram(['undo', '--json', '--yes'], {env});

	expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded'});
	expect(undone.stdout).toMatch(/Statement “Theirs” of arn\S+ does not come back as it was: it names AROA/);
	expect(await sids()).toEqual([undefined]);
});
