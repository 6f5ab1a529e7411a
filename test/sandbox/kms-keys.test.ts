import {
	CancelKeyDeletionCommand,
	CreateAliasCommand,
	CreateKeyCommand,
	DeleteAliasCommand,
	DescribeKeyCommand,
	DisableKeyCommand,
	DisableKeyRotationCommand,
	EnableKeyCommand,
	EnableKeyRotationCommand,
	GetKeyRotationStatusCommand,
	type KMSClient,
	ListAliasesCommand,
	ListKeysCommand,
	ListResourceTagsCommand,
	ScheduleKeyDeletionCommand,
	TagResourceCommand,
	UntagResourceCommand,
	UpdateAliasCommand,
	UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox, sourceAccountId} from './support/open-sandbox.js';

let open: OpenSandbox;
let kms: KMSClient;
beforeAll(async () => {
	open = await openSandbox();
	kms = open.kms('source', 'us-east-1');
});
afterAll(() => open.close());

const create = async (client = kms): Promise<{readonly id: string; readonly arn: string}> => {
	const {KeyMetadata} = await client.send(new CreateKeyCommand({}));
	return {id: KeyMetadata?.KeyId ?? '', arn: KeyMetadata?.Arn ?? ''};
};
const describeKey = async (KeyId: string, client = kms) => client.send(new DescribeKeyCommand({KeyId}));
const uuid = '134f2428-cec1-4b25-a1ae-9048164dba47';
const arnOf = (rest: string): string => `arn:aws:kms:us-east-1:${sourceAccountId}:${rest}`;

describe('a key', () => {
	it('is described as it was made (recorded: test_create_key)', async () => {
		const {KeyMetadata} = await kms.send(new CreateKeyCommand({Description: 'test key 123'}));
		const keyId = KeyMetadata?.KeyId ?? '';
		expect(KeyMetadata).toEqual({
			AWSAccountId: sourceAccountId,
			Arn: arnOf(`key/${keyId}`),
			CreationDate: expect.any(Date) as Date,
			CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
			CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
			Description: 'test key 123',
			Enabled: true,
			EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
			KeyId: keyId,
			KeyManager: 'CUSTOMER',
			KeySpec: 'SYMMETRIC_DEFAULT',
			KeyState: 'Enabled',
			KeyUsage: 'ENCRYPT_DECRYPT',
			MultiRegion: false,
			Origin: 'AWS_KMS',
		});
		expect((await describeKey(keyId)).KeyMetadata).toEqual(KeyMetadata);
	});

	it.each([
		{what: 'another spec', input: {KeySpec: 'RSA_2048'}, says: 'keys of the spec RSA_2048'},
		{what: 'another use', input: {KeyUsage: 'SIGN_VERIFY'}, says: 'keys for SIGN_VERIFY'},
		{what: 'material of the customer', input: {Origin: 'EXTERNAL'}, says: 'keys of the origin EXTERNAL'},
		{what: 'several Regions', input: {MultiRegion: true}, says: 'multi-Region keys'},
		{what: 'a store of the customer', input: {CustomKeyStoreId: 'x'}, says: 'keys in custom key stores'},
	] as const)('with $what is refused by its name', async ({input, says}) => {
		expect(await errorOf(kms.send(new CreateKeyCommand(input)))).toMatchObject({
			code: 'NotImplemented',
			status: 501,
			message: `The sandbox does not implement ${says}.`,
		});
	});

	it.each([
		{
			by: 'a text that is no id',
			keyId: 'fake-key-id',
			message: "Invalid keyId 'fake-key-id'",
			source: 'recorded: test_get_key_invalid_uuid',
		},
		{
			by: 'an id',
			keyId: uuid,
			message: `Key '${arnOf(`key/${uuid}`)}' does not exist`,
			source: 'recorded: test_get_key_does_not_exist',
		},
		{
			by: 'an ARN',
			keyId: arnOf(`key/${uuid}`),
			message: `Key '${arnOf(`key/${uuid}`)}' does not exist`,
			source: 'recorded: test_get_key_does_not_exist',
		},
		{
			by: 'an ARN of another region',
			keyId: `arn:aws:kms:eu-west-1:${sourceAccountId}:key/${uuid}`,
			message: 'Invalid arn eu-west-1',
			source: 'recorded: test_get_key_in_different_region',
		},
		{
			by: 'an alias',
			keyId: 'alias/none',
			message: `Alias ${arnOf('alias/none')} is not found.`,
			source: 'third-party',
		},
	])('that is not there is NotFoundException by $by ($source)', async ({keyId, message}) => {
		expect(await errorOf(describeKey(keyId))).toMatchObject({
			code: 'NotFoundException',
			message,
			status: 400,
		});
	});

	it('is one of its region alone (recorded: test_get_key_in_different_region)', async () => {
		const {id} = await create();
		const elsewhere = open.kms('source', 'eu-west-1');
		const arn = `arn:aws:kms:eu-west-1:${sourceAccountId}:key/${id}`;
		expect(await errorOf(describeKey(id, elsewhere))).toMatchObject({
			code: 'NotFoundException',
			message: `Key '${arn}' does not exist`,
		});
	});

	it('is listed with the others of account and region, page by page (documented: KMS API reference, ListKeys)', async () => {
		const region = open.kms('source', 'sa-east-1');
		const made = [await create(region), await create(region), await create(region)];
		const first = await region.send(new ListKeysCommand({Limit: 2}));
		const second = await region.send(new ListKeysCommand({Limit: 2, Marker: first.NextMarker}));
		expect([first.Truncated, second.Truncated]).toEqual([true, false]);
		expect([...(first.Keys ?? []), ...(second.Keys ?? [])].map(({KeyArn}) => KeyArn).sort()).toEqual(
			made.map(({arn}) => arn).sort(),
		);
		expect((await open.kms('destination', 'sa-east-1').send(new ListKeysCommand({}))).Keys).toEqual([]);
		expect(await errorOf(region.send(new ListKeysCommand({Marker: 'x'})))).toMatchObject({
			code: 'InvalidMarkerException',
		});
	});

	it('changes its description', async () => {
		const {id} = await create();
		await kms.send(new UpdateKeyDescriptionCommand({KeyId: id, Description: 'another'}));
		expect((await describeKey(id)).KeyMetadata?.Description).toBe('another');
	});

	it('is turned off and on (documented: KMS API reference, DisableKey)', async () => {
		const {id} = await create();
		await kms.send(new DisableKeyCommand({KeyId: id}));
		expect((await describeKey(id)).KeyMetadata).toMatchObject({KeyState: 'Disabled', Enabled: false});
		await kms.send(new EnableKeyCommand({KeyId: id}));
		expect((await describeKey(id)).KeyMetadata).toMatchObject({KeyState: 'Enabled', Enabled: true});
	});

	it('waits for its deletion, which can be cancelled and leaves it disabled (documented: ScheduleKeyDeletion)', async () => {
		const {id, arn} = await create();
		const schedule = new ScheduleKeyDeletionCommand({KeyId: id, PendingWindowInDays: 7});
		const scheduled = await kms.send(schedule);
		expect(scheduled).toMatchObject({KeyId: arn, KeyState: 'PendingDeletion', PendingWindowInDays: 7});
		expect((await describeKey(id)).KeyMetadata).toMatchObject({
			KeyState: 'PendingDeletion',
			DeletionDate: scheduled.DeletionDate,
		});
		const pending = {code: 'KMSInvalidStateException', message: `${arn} is pending deletion.`};
		expect(await errorOf(kms.send(schedule))).toMatchObject(pending);
		expect(await errorOf(kms.send(new EnableKeyCommand({KeyId: id})))).toMatchObject(pending);
		const cancel = new CancelKeyDeletionCommand({KeyId: id});
		expect(await kms.send(cancel)).toMatchObject({KeyId: arn});
		expect((await describeKey(id)).KeyMetadata).toMatchObject({KeyState: 'Disabled'});
		expect(await errorOf(kms.send(cancel))).toMatchObject({
			code: 'KMSInvalidStateException',
			message: `${arn} is not pending deletion.`,
		});
	});

	it('tells whether its material is rotated (recorded: test_key_enable_rotation_status)', async () => {
		const {id, arn} = await create();
		const status = async () => kms.send(new GetKeyRotationStatusCommand({KeyId: id}));
		expect(await status()).toMatchObject({KeyRotationEnabled: false});
		await kms.send(new EnableKeyRotationCommand({KeyId: id, RotationPeriodInDays: 90}));
		expect(await status()).toMatchObject({
			KeyId: arn,
			KeyRotationEnabled: true,
			RotationPeriodInDays: 90,
			NextRotationDate: expect.any(Date) as Date,
		});
		await kms.send(new DisableKeyRotationCommand({KeyId: id}));
		expect(await status()).toMatchObject({KeyRotationEnabled: false});
	});
});

describe('tags of a key', () => {
	const tagsOf = async (KeyId: string) => (await kms.send(new ListResourceTagsCommand({KeyId}))).Tags;
	const tag = (TagKey: string, TagValue: string) => ({TagKey, TagValue});

	it('are given at its making, added, replaced and taken off (recorded: test_update_and_add_tags_on_tagged_key)', async () => {
		const {KeyMetadata} = await kms.send(new CreateKeyCommand({Tags: [tag('tag1', 'a'), tag('tag2', 'b')]}));
		const KeyId = KeyMetadata?.KeyId ?? '';
		await kms.send(new TagResourceCommand({KeyId, Tags: [tag('tag2', 'c'), tag('tag3', 'd')]}));
		expect(await tagsOf(KeyId)).toEqual([tag('tag1', 'a'), tag('tag2', 'c'), tag('tag3', 'd')]);
		await kms.send(new UntagResourceCommand({KeyId, TagKeys: ['tag2']}));
		expect(await tagsOf(KeyId)).toEqual([tag('tag1', 'a'), tag('tag3', 'd')]);
	});

	it.each([
		{
			what: 'of AWS',
			tags: [tag('AWS:key', 'x')],
			code: 'TagException',
			message: 'Tags beginning with aws: are reserved',
			source: 'recorded: test_create_key_with_invalid_tag_key',
		},
		{
			what: 'twice',
			tags: [tag('a', '1'), tag('a', '2')],
			code: 'TagException',
			message: 'Duplicate tag keys',
			source: 'recorded: test_tag_key_with_duplicate_tag_keys_raises_error',
		},
		{
			what: 'more than 50',
			tags: Array.from({length: 51}, (_, index) => tag(`key${index}`, 'x')),
			code: 'TagException',
			message: 'Too many tags',
			source: 'recorded: test_create_key_with_too_many_tags_raises_error',
		},
		{
			what: 'with too long a key',
			tags: [tag('a'.repeat(129), 'x')],
			code: 'ValidationException',
			message: `1 validation error detected: Value '${'a'.repeat(129)}' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 128`,
			source: 'recorded: test_create_key_with_invalid_tag_key',
		},
	])('are refused $what ($source)', async ({tags, code, message}) => {
		expect(await errorOf(kms.send(new CreateKeyCommand({Tags: tags})))).toMatchObject({
			code,
			message,
			status: 400,
		});
	});
});

describe('an alias', () => {
	it('names a key, another one later, and none after it was deleted (documented: KMS API reference, UpdateAlias)', async () => {
		const [one, two] = [await create(), await create()];
		const AliasName = `alias/${open.name('a')}`;
		await kms.send(new CreateAliasCommand({AliasName, TargetKeyId: one.id}));
		expect((await describeKey(AliasName)).KeyMetadata?.Arn).toBe(one.arn);
		expect((await describeKey(arnOf(AliasName))).KeyMetadata?.Arn).toBe(one.arn);
		const {Aliases} = await kms.send(new ListAliasesCommand({KeyId: one.id}));
		expect(Aliases).toMatchObject([{AliasName, AliasArn: arnOf(AliasName), TargetKeyId: one.id}]);
		const again = kms.send(new CreateAliasCommand({AliasName, TargetKeyId: two.id}));
		expect(await errorOf(again)).toMatchObject({
			code: 'AlreadyExistsException',
			message: `An alias with the name ${arnOf(AliasName)} already exists`,
		});
		await kms.send(new UpdateAliasCommand({AliasName, TargetKeyId: two.id}));
		expect((await describeKey(AliasName)).KeyMetadata?.Arn).toBe(two.arn);
		await kms.send(new DeleteAliasCommand({AliasName}));
		expect(await errorOf(describeKey(AliasName))).toMatchObject({code: 'NotFoundException'});
		expect(await errorOf(kms.send(new DeleteAliasCommand({AliasName})))).toMatchObject({
			code: 'NotFoundException',
			message: `Alias ${arnOf(AliasName)} is not found.`,
		});
	});

	it.each([
		{
			name: 'fakealias',
			code: 'ValidationException',
			message:
				'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
			source: 'recorded: test_create_alias',
		},
		{
			name: 'alias/aws/mine',
			code: 'InvalidAliasNameException',
			message: 'Alias alias/aws/mine is reserved for AWS managed keys',
			source: 'documented: KMS API reference, CreateAlias; words guessed',
		},
		{
			name: 'alias/a b',
			code: 'ValidationException',
			message:
				"1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
			source: 'documented: KMS API reference, CreateAlias',
		},
	])('is not called $name ($source)', async ({name, code, message}) => {
		const {id} = await create();
		const call = kms.send(new CreateAliasCommand({AliasName: name, TargetKeyId: id}));
		expect(await errorOf(call)).toMatchObject({code, message, status: 400});
	});

	it('does not stand for a key where the key itself is asked for (documented: KMS API reference, DisableKey)', async () => {
		const {id} = await create();
		const AliasName = `alias/${open.name('a')}`;
		await kms.send(new CreateAliasCommand({AliasName, TargetKeyId: id}));
		expect(await errorOf(kms.send(new DisableKeyCommand({KeyId: AliasName})))).toMatchObject({
			code: 'NotFoundException',
		});
	});

	it('of S3’s own key has no key until somebody asks for it (documented: KMS API reference, ListAliases, DescribeKey)', async () => {
		const region = open.kms('source', 'ap-south-1');
		const list = async () => (await region.send(new ListAliasesCommand({}))).Aliases;
		const AliasArn = `arn:aws:kms:ap-south-1:${sourceAccountId}:alias/aws/s3`;
		expect(await list()).toEqual([{AliasName: 'alias/aws/s3', AliasArn}]);
		const {KeyMetadata} = await describeKey('alias/aws/s3', region);
		expect(KeyMetadata).toMatchObject({
			KeyManager: 'AWS',
			Description: 'Default key that protects my S3 objects when no other key is defined',
		});
		expect(await list()).toMatchObject([{AliasName: 'alias/aws/s3', TargetKeyId: KeyMetadata?.KeyId}]);
	});
});
