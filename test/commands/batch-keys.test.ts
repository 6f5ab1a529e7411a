import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {GetRolePolicyCommand, ListRolesCommand, PutRolePolicyCommand} from '@aws-sdk/client-iam';
import {
	CreateBucketCommand,
	HeadObjectCommand,
	PutBucketEncryptionCommand,
	PutObjectCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {batchPolicyName} from '../../source/domain/batch/batch-role.js';
import {withoutRules} from '../sandbox/support/batch-world.js';
import {createKey, keyRights, leftToIam, rulesWith} from '../sandbox/support/kms-keys.js';
import {
	destinationAccountId,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from '../sandbox/support/open-sandbox.js';
import {policyOf, setUpPair} from '../sandbox/support/replicated-pair.js';
import {runBuiltProgram, runProgram} from '../support/program.js';

let open: OpenSandbox;
let home: string;
beforeAll(async () => {
	open = await openSandbox({replicationDelayMs: 5});
	home = await mkdtemp(path.join(tmpdir(), 's3-replicate-batch-keys-'));
});
afterAll(async () => {
	await open.close();
	await rm(home, {recursive: true});
});

/** A way to run the program, at the sandbox. */
const by =
	(run: typeof runProgram) =>
	async (...args: readonly string[]) =>
		run([...args, '--endpoint-url', open.sandbox.endpointUrl], {
			env: {
				AWS_CONFIG_FILE: open.sandbox.configFile,
				AWS_SHARED_CREDENTIALS_FILE: open.sandbox.credentialsFile,
				XDG_STATE_HOME: path.join(home, 'state'),
			},
		});

/** A pair whose objects and replicas are encrypted with keys of KMS; one object is from before the rule. */
async function setUp(isCrossAccount: boolean) {
	const theirs = open.kms(isCrossAccount ? 'destination' : 'source', 'us-west-2');
	const keys = {
		source: await createKey(open.kms('source', 'us-east-1')),
		replica: await createKey(theirs, [leftToIam(destinationAccountId), leftToIam(sourceAccountId)]),
	};
	const pair = await setUpPair(open, {isCrossAccount, rules: rulesWith(keys.replica)});
	await open.iam.send(
		new PutRolePolicyCommand({
			RoleName: pair.roleName,
			PolicyName: 'keys',
			PolicyDocument: policyOf(keyRights(pair, keys)),
		}),
	);
	const {VersionId = ''} = await withoutRules(open, pair.source, async () =>
		open.source.send(
			new PutObjectCommand({
				...{Bucket: pair.source, Key: 'a b', Body: 'text'},
				...{ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: keys.source},
			}),
		),
	);
	return {pair, keys, versionId: VersionId};
}

/** A bucket for reports that encrypts with a key of KMS, or with S3's own. */
async function reportBucket(keyArn: string | undefined): Promise<string> {
	const Bucket = open.name('reports');
	await open.source.send(new CreateBucketCommand({Bucket}));
	const byDefault = {SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: keyArn};
	const Rules = [
		{
			ApplyServerSideEncryptionByDefault:
				keyArn === undefined ? {SSEAlgorithm: 'AES256' as const} : byDefault,
		},
	];
	await open.source.send(
		new PutBucketEncryptionCommand({Bucket, ServerSideEncryptionConfiguration: {Rules}}),
	);
	return Bucket;
}

/** The policy of the role that the last run made. */
async function policyOfJob(): Promise<string> {
	const {Roles = []} = await open.iam.send(new ListRolesCommand({}));
	const {RoleName} = Roles.findLast((role) => role.RoleName?.startsWith('s3-replicate-batch-')) ?? {};
	const got = await open.iam.send(new GetRolePolicyCommand({RoleName, PolicyName: batchPolicyName}));
	return decodeURIComponent(got.PolicyDocument ?? '');
}

// Documented: S3 User Guide, s3-batch-replication-policies: the job's role needs KMS where the manifest is encrypted, and nothing at the keys of
// the objects, which the role of the rules uses.
it.each([
	{isCrossAccount: false, isReportKept: true, hasList: true, run: runBuiltProgram},
	{isCrossAccount: true, isReportKept: true, hasList: false, run: runBuiltProgram},
	{isCrossAccount: true, isReportKept: false, hasList: true, run: runProgram},
])(
	'objects of KMS are copied; across accounts: $isCrossAccount, KMS in the bucket for reports: $isReportKept, a list of one’s own: $hasList',
	async ({isCrossAccount, isReportKept, hasList, run}) => {
		const {pair, keys, versionId} = await setUp(isCrossAccount);
		const reports = await reportBucket(isReportKept ? keys.source : undefined);
		const list = path.join(home, 'list.csv');
		await writeFile(list, `${pair.source},a%20b,${versionId}\n`);
		const {exitCode, stdout} = await by(run)(
			...['batch', '--source-bucket', pair.source, '--source-profile', 'source', '--yes'],
			...['--destination-profile', 'destination', '--report-bucket', reports],
			...(hasList ? ['--manifest', list] : []),
		);
		expect(stdout).toContain('✓ Complete: 1 copied, 0 failed');
		expect(exitCode).toBe(0);
		const replica = await pair.destinationClient.send(
			new HeadObjectCommand({Bucket: pair.destination, Key: 'a b', VersionId: versionId}),
		);
		expect(replica.SSEKMSKeyId).toBe(keys.replica);
		const policy = await policyOfJob();
		expect(policy.includes('kms:')).toBe(isReportKept);
		expect(policy).not.toContain(keys.replica);
		expect((await by(runProgram)('undo', '--yes')).exitCode).toBe(0);
	},
);
