import {
	CreateKeyCommand,
	DecryptCommand,
	DescribeKeyCommand,
	EncryptCommand,
	GenerateDataKeyCommand,
	GetKeyPolicyCommand,
	ListKeyPoliciesCommand,
	PutKeyPolicyCommand,
	type KMSClient,
	ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {CreateRoleCommand, DeleteRoleCommand} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
	type Credentials,
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from './support/open-sandbox.js';
import {policyOf, type Statement, trustOfS3} from './support/replicated-pair.js';

let open: OpenSandbox;
let kms: KMSClient;
beforeAll(async () => {
	open = await openSandbox();
	kms = open.kms('source', 'us-east-1');
});
afterAll(() => open.close());

const rootOf = (accountId: string): string => `arn:aws:iam::${accountId}:root`;
const adminArn = `arn:aws:iam::${sourceAccountId}:user/admin`;
const allow = (principal: string, action: string | readonly string[], rest: Statement = {}): Statement => ({
	Effect: 'Allow',
	Principal: {AWS: principal},
	Action: action,
	Resource: '*',
	...rest,
});
/** Keeps the administrator in, who is no account root. */
const admin = allow(adminArn, 'kms:*');
const toRoot = allow(rootOf(sourceAccountId), 'kms:*');

const createKey = async (statements?: readonly Statement[], client = kms): Promise<string> => {
	const Policy = statements === undefined ? undefined : policyOf(statements);
	return (await client.send(new CreateKeyCommand({Policy}))).KeyMetadata?.Arn ?? '';
};

const addUser = (
	accountId: string,
	actions: readonly string[],
): {readonly arn: string; readonly key: Credentials} => {
	const userName = open.name('user');
	const Statement = [{Effect: 'Allow', Action: ['kms:ListKeys', ...actions], Resource: '*'}];
	const key = open.sandbox.addUser({accountId, userName, policy: {Version: '2012-10-17', Statement}});
	return {arn: `arn:aws:iam::${accountId}:user/${userName}`, key};
};

const generate = async (who: Credentials, KeyId: string, context?: Record<string, string>) =>
	open
		.kms(who, 'us-east-1')
		.send(new GenerateDataKeyCommand({KeyId, KeySpec: 'AES_256', EncryptionContext: context}))
		.then(
			() => 'allowed',
			(error: Error) => `${error.name}: ${error.message}`,
		);

const refused = (arn: string, why: string): string =>
	`AccessDeniedException: User: ${arn} is not authorized to perform: kms:GenerateDataKey ${why}`;

const inOwnAccount = [
	{
		what: 'the key’s policy leaves it to IAM and IAM allows',
		policy: () => [toRoot],
		rights: ['kms:GenerateDataKey'],
		why: undefined,
		source: 'documented: KMS Developer Guide, key-policy-default',
	},
	{
		what: 'the key’s policy leaves it to IAM and IAM does not allow',
		policy: () => [toRoot],
		rights: [],
		why: (key: string) =>
			`on resource: ${key} because no identity-based policy allows the kms:GenerateDataKey action`,
		source: 'documented: key-policy-default; words: third-party',
	},
	{
		what: 'the key’s policy names others and IAM allows',
		policy: () => [admin],
		rights: ['kms:GenerateDataKey'],
		why: (key: string) =>
			`on resource: ${key} because no resource-based policy allows the kms:GenerateDataKey action`,
		source: 'documented: KMS Developer Guide, key-policies; words: third-party',
	},
	{
		what: 'the key’s policy names the user and IAM says nothing',
		policy: (user: string) => [admin, allow(user, 'kms:GenerateDataKey')],
		rights: [],
		why: undefined,
		source: 'documented: KMS Developer Guide, key-policies',
	},
	{
		what: 'the key’s policy leaves another action to IAM',
		policy: () => [admin, allow(rootOf(sourceAccountId), 'kms:Decrypt')],
		rights: ['kms:*'],
		why: (key: string) =>
			`on resource: ${key} because no resource-based policy allows the kms:GenerateDataKey action`,
		source: 'documented: KMS Developer Guide, key-policies',
	},
	{
		what: 'the key’s policy denies what both allow',
		policy: (user: string) => [
			toRoot,
			allow(user, 'kms:*'),
			{...allow(user, 'kms:GenerateDataKey*'), Effect: 'Deny'},
		],
		rights: ['kms:GenerateDataKey'],
		why: (key: string) => `on resource: ${key} with an explicit deny in a resource-based policy`,
		source: 'documented: KMS Developer Guide, policy-evaluation',
	},
	{
		what: 'the context is the one that the policy wants',
		policy: (user: string) => [
			admin,
			allow(user, 'kms:GenerateDataKey', {
				Condition: {
					StringEquals: {'kms:EncryptionContext:app': 'mine', 'kms:CallerAccount': sourceAccountId},
				},
			}),
		],
		rights: [],
		context: {app: 'mine'},
		why: undefined,
		source: 'documented: KMS Developer Guide, conditions-kms',
	},
	{
		what: 'the context is another than the policy wants',
		policy: (user: string) => [
			admin,
			allow(user, 'kms:GenerateDataKey', {
				Condition: {StringEquals: {'kms:EncryptionContext:app': 'mine'}},
			}),
		],
		rights: [],
		context: {app: 'yours'},
		why: (key: string) =>
			`on resource: ${key} because no resource-based policy allows the kms:GenerateDataKey action`,
		source: 'documented: KMS Developer Guide, conditions-kms',
	},
	{
		what: 'it is to come through S3 and comes by itself',
		policy: (user: string) => [
			admin,
			allow(user, 'kms:GenerateDataKey', {
				Condition: {StringEquals: {'kms:ViaService': 's3.us-east-1.amazonaws.com'}},
			}),
		],
		rights: [],
		why: (key: string) =>
			`on resource: ${key} because no resource-based policy allows the kms:GenerateDataKey action`,
		source: 'documented: KMS Developer Guide, conditions-kms',
	},
] as const;

const vague =
	'on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

const fromAnother = [
	{
		what: 'both sides allow, the key the account',
		policy: () => [toRoot, allow(rootOf(destinationAccountId), 'kms:GenerateDataKey')],
		rights: ['kms:GenerateDataKey'],
		why: undefined,
	},
	{
		what: 'both sides allow, the key the user',
		policy: (user: string) => [toRoot, allow(user, 'kms:GenerateDataKey')],
		rights: ['kms:GenerateDataKey'],
		why: undefined,
	},
	{
		what: 'the key’s policy alone allows',
		policy: (user: string) => [toRoot, allow(user, 'kms:GenerateDataKey')],
		rights: [],
		why: (key: string) =>
			`on resource: ${key} because no identity-based policy allows the kms:GenerateDataKey action`,
	},
	{what: 'IAM alone allows', policy: () => [toRoot], rights: ['kms:*'], why: () => vague},
] as const;

describe('a key is used by somebody of its own account', () => {
	it.each(inOwnAccount)('where $what ($source)', async (row) => {
		const {arn, key} = addUser(sourceAccountId, row.rights);
		const keyArn = await createKey(row.policy(arn));
		const expected = row.why === undefined ? 'allowed' : refused(arn, row.why(keyArn));
		expect(await generate(key, keyArn, 'context' in row ? row.context : undefined)).toBe(expected);
	});
});

describe('a key is used by somebody of another account', () => {
	it.each(fromAnother)(
		'where $what (documented: KMS Developer Guide, key-policy-modifying-external-accounts; words: third-party)',
		async ({policy, rights, why}) => {
			const {arn, key} = addUser(destinationAccountId, rights);
			const keyArn = await createKey(policy(arn));
			expect(await generate(key, keyArn)).toBe(why === undefined ? 'allowed' : refused(arn, why(keyArn)));
		},
	);

	it('and is not told whether it is there (third-party)', async () => {
		const {arn, key} = addUser(destinationAccountId, ['kms:*']);
		const keyArn = `arn:aws:kms:us-east-1:${sourceAccountId}:key/134f2428-cec1-4b25-a1ae-9048164dba47`;
		expect(await generate(key, keyArn)).toBe(refused(arn, vague));
	});

	it('but not managed, whatever both policies say (documented: KMS API reference, "Cross-account use")', async () => {
		const {arn, key} = addUser(destinationAccountId, ['kms:*']);
		const KeyId = await createKey([toRoot, allow(arn, 'kms:*')]);
		const client = open.kms(key, 'us-east-1');
		await client.send(new DescribeKeyCommand({KeyId}));
		expect(await errorOf(client.send(new GetKeyPolicyCommand({KeyId})))).toMatchObject({
			code: 'AccessDeniedException',
		});
	});
});

describe('the key that AWS manages for S3', () => {
	const alias = 'alias/aws/s3';

	it('is used through S3 only, its policy says (documented: KMS Developer Guide, key-policies)', async () => {
		const call = kms.send(new EncryptCommand({KeyId: alias, Plaintext: Buffer.from('x')}));
		const {code, message} = await errorOf(call);
		expect([
			code,
			message.includes('because no resource-based policy allows the kms:Encrypt action'),
		]).toEqual(['AccessDeniedException', true]);
	});

	it('is looked at and not changed (documented: KMS Developer Guide, concepts)', async () => {
		const KeyId = (await kms.send(new DescribeKeyCommand({KeyId: alias}))).KeyMetadata?.KeyId ?? '';
		const {Policy = ''} = await kms.send(new GetKeyPolicyCommand({KeyId}));
		expect(JSON.parse(Policy)).toMatchObject({
			Statement: [
				{
					Condition: {
						StringEquals: {
							'kms:ViaService': 's3.us-east-1.amazonaws.com',
							'kms:CallerAccount': sourceAccountId,
						},
					},
				},
				{Principal: {AWS: rootOf(sourceAccountId)}},
			],
		});
		const changes = [
			async () => kms.send(new PutKeyPolicyCommand({KeyId, Policy: policyOf([toRoot])})),
			async () => kms.send(new ScheduleKeyDeletionCommand({KeyId})),
		];
		for (const change of changes)
			expect(await errorOf(change())).toMatchObject({code: 'AccessDeniedException'});
	});
});

describe('a key’s policy', () => {
	it('is by itself the one that leaves all to IAM (recorded: test_replicate_key)', async () => {
		const KeyId = await createKey();
		const {Policy = '', PolicyName} = await kms.send(new GetKeyPolicyCommand({KeyId}));
		expect(JSON.parse(Policy)).toEqual({
			Version: '2012-10-17',
			Id: 'key-default-1',
			Statement: [
				{
					Sid: 'Enable IAM User Permissions',
					Effect: 'Allow',
					Principal: {AWS: rootOf(sourceAccountId)},
					Action: 'kms:*',
					Resource: '*',
				},
			],
		});
		expect(PolicyName).toBe('default');
		const {PolicyNames} = await kms.send(new ListKeyPoliciesCommand({KeyId}));
		expect(PolicyNames).toEqual(['default']);
	});

	it('is given back byte for byte', async () => {
		const KeyId = await createKey();
		const Policy = `${policyOf([toRoot])}  \n`;
		await kms.send(new PutKeyPolicyCommand({KeyId, Policy}));
		expect((await kms.send(new GetKeyPolicyCommand({KeyId}))).Policy).toBe(Policy);
	});

	it.each([
		{
			what: 'that locks the caller out',
			policy: policyOf([allow(rootOf(sourceAccountId), 'kms:Decrypt')]),
			message: 'The new key policy will not allow you to update the key policy in the future.',
			source: 'documented: KMS API reference, PutKeyPolicy; words: third-party',
		},
		{
			what: 'that names nobody there is',
			policy: policyOf([toRoot, allow(`arn:aws:iam::${sourceAccountId}:role/none`, 'kms:Decrypt')]),
			message: 'Policy contains a statement with one or more invalid principals.',
			source: 'third-party',
		},
		{
			what: 'that is no JSON',
			policy: '{',
			message: "Policies must be valid JSON and the first byte must be '{'",
			source: 'guessed',
		},
	])('is refused $what ($source)', async ({policy, message}) => {
		const KeyId = await createKey();
		const calls = [
			async () => kms.send(new PutKeyPolicyCommand({KeyId, Policy: policy})),
			async () => kms.send(new CreateKeyCommand({Policy: policy})),
		];
		for (const call of calls) {
			expect(await errorOf(call())).toMatchObject({
				code: 'MalformedPolicyDocumentException',
				message,
				status: 400,
			});
		}
	});

	it('locks the caller out where it asks for that (documented: KMS API reference, PutKeyPolicy)', async () => {
		const KeyId = await createKey();
		const Policy = policyOf([allow(rootOf(sourceAccountId), 'kms:Decrypt')]);
		await kms.send(new PutKeyPolicyCommand({KeyId, Policy, BypassPolicyLockoutSafetyCheck: true}));
		expect(await errorOf(kms.send(new PutKeyPolicyCommand({KeyId, Policy})))).toMatchObject({
			code: 'AccessDeniedException',
		});
	});

	it('takes a statement without an action, which does nothing (documented: KMS Developer Guide, key-policy-overview)', async () => {
		const {arn, key} = addUser(sourceAccountId, []);
		const KeyId = await createKey([toRoot, {Effect: 'Allow', Principal: {AWS: arn}, Resource: '*'}]);
		expect(await generate(key, KeyId)).toBe(
			refused(
				arn,
				`on resource: ${KeyId} because no identity-based policy allows the kms:GenerateDataKey action`,
			),
		);
	});

	it('shows the unique id of a role that was deleted (documented: IAM User Guide, reference_policies_elements_principal)', async () => {
		const RoleName = open.name('role');
		const {Role} = await open.iam.send(
			new CreateRoleCommand({RoleName, AssumeRolePolicyDocument: trustOfS3}),
		);
		const KeyId = await createKey([toRoot, allow(Role?.Arn ?? '', 'kms:Decrypt')]);
		await open.iam.send(new DeleteRoleCommand({RoleName}));
		const {Policy = ''} = await kms.send(new GetKeyPolicyCommand({KeyId}));
		expect(JSON.parse(Policy)).toMatchObject({Statement: [{}, {Principal: {AWS: Role?.RoleId}}]});
	});

	it('is asked for both keys where a blob of another account is opened', async () => {
		const {arn, key} = addUser(destinationAccountId, ['kms:Decrypt']);
		const KeyId = await createKey([toRoot, allow(arn, 'kms:Decrypt')]);
		const {CiphertextBlob} = await kms.send(new EncryptCommand({KeyId, Plaintext: Buffer.from('x')}));
		const opened = await open.kms(key, 'us-east-1').send(new DecryptCommand({CiphertextBlob}));
		expect(opened.KeyId).toBe(KeyId);
	});
});
