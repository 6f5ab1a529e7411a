import {
	CreateRoleCommand,
	GetRoleCommand,
	ListRolePoliciesCommand,
	PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {GetBucketPolicyCommand, GetBucketReplicationCommand} from '@aws-sdk/client-s3';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {Mode} from '../../source/domain/answers/mode.js';
import type {Problem} from '../../source/domain/problem.js';
import {tutorialNames} from '../../source/domain/answers/tutorial.js';
import {openSandbox, type OpenSandbox} from '../sandbox/support/open-sandbox.js';
import {rolePolicy, trustOfS3} from '../sandbox/support/replicated-pair.js';
import {awsFiles, runProgram, temporaryFolder} from '../support/program.js';

let one: OpenSandbox;
let env: Record<string, string>;
const roleArn = 'arn:aws:iam::111122223333:role/service-role/central';

/** A user who may do everything with S3, and of IAM only hand this role to S3. */
const withoutIam = {
	Version: '2012-10-17',
	Statement: [
		{Effect: 'Allow', Action: 's3:*', Resource: '*'},
		{Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn},
	],
};

beforeEach(async () => {
	one = await openSandbox();
	const keys = [
		['here', one.sandbox.addUser({accountId: '111122223333', userName: 'here', policy: withoutIam})],
		['there', one.sandbox.addUser({accountId: '444455556666', userName: 'there', policy: withoutIam})],
	] as const;
	env = {
		AWS_ENDPOINT_URL: one.sandbox.endpointUrl,
		S3_REPLICATE_STATE_DIR: await temporaryFolder(),
		...(await awsFiles({
			config: '[profile here]\nregion = us-east-1\n[profile there]\nregion = us-west-2\n',
			credentials: keys
				.map(
					([name, {accessKeyId, secretAccessKey}]) =>
						`[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
				)
				.join(''),
		})),
	};
});
afterEach(async () => one.close());

const answersOf = (mode: Mode): readonly string[] => {
	const {sourceBucket, sourceRegion, destinationBucket, destinationRegion} = tutorialNames(mode);
	return [
		...['--mode', mode, '--source-profile', 'here'],
		...['--destination-profile', {'cross-region': 'here', 'cross-account': 'there'}[mode]],
		...['--source-bucket', sourceBucket, '--source-region', sourceRegion],
		...['--destination-bucket', destinationBucket, '--destination-region', destinationRegion],
	];
};

const run = async (command: string, mode: Mode, ...more: readonly string[]) =>
	runProgram([command, ...answersOf(mode), ...more], {env});

/** The central role, as whoever manages it has made it: with what the tutorial's buckets need. */
async function makeRole(mode: Mode): Promise<void> {
	const {sourceBucket, destinationBucket} = tutorialNames(mode);
	await one.iam.send(
		new CreateRoleCommand({
			RoleName: 'central',
			Path: '/service-role/',
			AssumeRolePolicyDocument: trustOfS3,
		}),
	);
	await one.iam.send(
		new PutRolePolicyCommand({
			RoleName: 'central',
			PolicyName: 'theirs',
			PolicyDocument: rolePolicy(sourceBucket, destinationBucket),
		}),
	);
}

const iamCalls = (): readonly string[] =>
	one.sandbox.requests.filter(({service}) => service === 'iam').map(({operation}) => operation);

it.each<[Mode]>([['cross-region'], ['cross-account']])(
	'--role-arn sets up the %s tutorial for who may only pass the role, and undo leaves it',
	async (mode) => {
		await makeRole(mode);
		const before = iamCalls().length;
		const applied = await run('apply', mode, '--role-arn', roleArn, '--json', '--yes', '--files', '2');
		const names = tutorialNames(mode);

		expect(applied.events().at(-1)).toMatchObject({outcome: 'succeeded', objects: {replicated: 2}});
		// IAM's simulation is about the caller; nothing else is asked of IAM.
		expect(new Set(iamCalls().slice(before))).toEqual(new Set(['SimulatePrincipalPolicy']));
		expect(
			(await one.source.send(new GetBucketReplicationCommand({Bucket: names.sourceBucket})))
				.ReplicationConfiguration?.Role,
		).toBe(roleArn);

		const again = await run('plan', mode, '--role-arn', roleArn, '--json');
		const plan = again.events().find(({type}) => type === 'plan-made') as unknown as {
			readonly operations: ReadonlyArray<{readonly kind: string; readonly change: string}>;
		};
		expect(plan.operations.filter(({change}) => change !== 'keep')).toEqual([]);
		expect(plan.operations.map(({kind}) => kind)).not.toContain('create-role');

		const undone = await runProgram(['undo', '--json', '--yes'], {env});
		expect(undone.events().at(-1)).toMatchObject({outcome: 'succeeded', operations: {kept: 0}});
		expect((await one.iam.send(new GetRoleCommand({RoleName: 'central'}))).Role?.Arn).toBe(roleArn);
		expect((await one.iam.send(new ListRolePoliciesCommand({RoleName: 'central'}))).PolicyNames).toEqual([
			'theirs',
		]);
	},
);

it('names a role with its path in the bucket policy of another account', async () => {
	await makeRole('cross-account');
	await run('apply', 'cross-account', '--role-arn', roleArn, '--json', '--yes', '--files', '0');
	const {Policy: policy = ''} = await one.destination.send(
		new GetBucketPolicyCommand({Bucket: tutorialNames('cross-account').destinationBucket}),
	);

	expect((JSON.parse(policy) as {Statement: Array<{Principal: object}>}).Statement).toMatchObject([
		{Principal: {AWS: roleArn}},
		{Principal: {AWS: roleArn}},
	]);
});

it('says of the role that it is not known, who has to know it, and what it has to allow', async () => {
	const {exitCode, stdout} = await run('plan', 'cross-region', '--role-arn', roleArn);

	expect(exitCode).toBe(0);
	expect(stdout).toContain('! Cannot tell whether role central may replicate');
	expect(stdout).toContain(`whoever manages ${roleArn} has to know its policies`);
	expect(stdout).toContain('Upload a test file');
	expect(stdout).toContain('What the role central has to allow:');
	expect(stdout).toContain('s3:GetObjectVersionForReplication');
	expect(stdout).toContain('"Service": "s3.amazonaws.com"');
	expect(stdout).toContain('? Role, PassRole: not known: iam:PassRole');
});

it('a role that is missing from the other account’s view is told at once, not waited for', async () => {
	const {exitCode, stdout} = await run(
		'apply',
		'cross-account',
		...['--role-arn', roleArn, '--json', '--yes', '--files', '0'],
	);

	expect(exitCode).not.toBe(0);
	expect(stdout).toMatch(/invalid principal/i);
	expect(stdout).not.toContain('operation-retried');
});

it.each<readonly [string, readonly string[], string]>([
	['another account', ['arn:aws:iam::444455556666:role/central'], 'role-of-another-account'],
	['another partition', ['arn:aws-cn:iam::111122223333:role/central'], 'role-of-another-partition'],
	['a name as well', [roleArn, '--role-name', 'central'], 'role-arn-alone'],
	['a path as well', [roleArn, '--role-path', '/service-role/'], 'role-arn-alone'],
	['a boundary as well', [roleArn, '--permissions-boundary', 'arn:aws:iam::aws:policy/B'], 'role-arn-alone'],
	['keep-role as well', [roleArn, '--keep-role'], 'role-arn-alone'],
])('refuses %s before anything is written', async (_what, words, code) => {
	const refused = await run('apply', 'cross-region', '--json', '--yes', '--role-arn', ...words);
	const last = refused.events().at(-1) as unknown as {readonly problem: Problem};

	expect(refused.exitCode).not.toBe(0);
	expect(JSON.stringify(last)).toContain(`"${code}"`);
	expect(one.sandbox.requests.some(({operation}) => /^(?:Put|Create|Delete)/.test(operation))).toBe(false);
});
