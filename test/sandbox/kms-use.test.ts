import {
	CreateAliasCommand,
	CreateKeyCommand,
	DecryptCommand,
	DisableKeyCommand,
	EncryptCommand,
	GenerateDataKeyCommand,
	GenerateDataKeyWithoutPlaintextCommand,
	type KMSClient,
	ReEncryptCommand,
	ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {sendRaw} from './support/raw-request.js';

let open: OpenSandbox;
let kms: KMSClient;
beforeAll(async () => {
	open = await openSandbox();
	kms = open.kms('source', 'us-east-1');
});
afterAll(() => open.close());

const create = async (client = kms): Promise<string> =>
	(await client.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
const context = {department: 'red', 'aws:s3:arn': 'arn:aws:s3:::b/k'};
const secret = Buffer.from('a secret');

describe('what was encrypted', () => {
	it('is decrypted with the same context, whatever its order (recorded: test_encrypt_decrypt_encryption_context)', async () => {
		const KeyId = await create();
		const {CiphertextBlob, ...encrypted} = await kms.send(
			new EncryptCommand({KeyId, Plaintext: secret, EncryptionContext: context}),
		);
		expect(encrypted).toMatchObject({KeyId, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT'});
		expect(Buffer.from(CiphertextBlob ?? []).includes(secret)).toBe(false);
		const EncryptionContext = Object.fromEntries(Object.entries(context).reverse());
		const {Plaintext, ...decrypted} = await kms.send(new DecryptCommand({CiphertextBlob, EncryptionContext}));
		expect(Buffer.from(Plaintext ?? []).toString()).toBe('a secret');
		expect(decrypted).toMatchObject({KeyId, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT'});
	});

	it.each([
		{how: 'without its context', EncryptionContext: undefined},
		{how: 'with less of it', EncryptionContext: {department: 'red'}},
		{how: 'with another value', EncryptionContext: {...context, department: 'blue'}},
		{how: 'with another case', EncryptionContext: {...context, department: 'RED'}},
	])('stays closed $how (recorded: test_encrypt_decrypt_encryption_context)', async ({EncryptionContext}) => {
		const KeyId = await create();
		const {CiphertextBlob} = await kms.send(
			new EncryptCommand({KeyId, Plaintext: secret, EncryptionContext: context}),
		);
		const call = kms.send(new DecryptCommand({CiphertextBlob, EncryptionContext}));
		expect(await errorOf(call)).toMatchObject({code: 'InvalidCiphertextException', status: 400});
	});

	it('stays closed where it is changed, or none (recorded: test_encrypt_decrypt_encryption_context)', async () => {
		const KeyId = await create();
		const {CiphertextBlob = new Uint8Array()} = await kms.send(
			new EncryptCommand({KeyId, Plaintext: secret}),
		);
		const changed = Buffer.from(CiphertextBlob);
		changed[changed.length - 1]! ^= 1;
		for (const blob of [changed, Buffer.from('none of ours')]) {
			const call = kms.send(new DecryptCommand({CiphertextBlob: blob}));
			expect(await errorOf(call)).toMatchObject({code: 'InvalidCiphertextException', status: 400});
		}
	});

	it('is opened by its own key only (recorded: test_re_encrypt_incorrect_source_key)', async () => {
		const [KeyId, other] = [await create(), await create()];
		const {CiphertextBlob} = await kms.send(new EncryptCommand({KeyId, Plaintext: secret}));
		expect(await errorOf(kms.send(new DecryptCommand({CiphertextBlob, KeyId: other})))).toMatchObject({
			code: 'IncorrectKeyException',
			message: 'The key ID in the request does not identify a CMK that can perform this operation.',
		});
	});

	it('is not opened in another region (third-party)', async () => {
		const {CiphertextBlob} = await kms.send(new EncryptCommand({KeyId: await create(), Plaintext: secret}));
		const call = open.kms('source', 'eu-west-1').send(new DecryptCommand({CiphertextBlob}));
		expect(await errorOf(call)).toMatchObject({
			code: 'AccessDeniedException',
			message:
				'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
		});
	});

	it('is encrypted anew under another key (recorded: test_re_encrypt)', async () => {
		const [SourceKeyId, KeyId] = [await create(), await create()];
		const sealed = await kms.send(new EncryptCommand({KeyId: SourceKeyId, Plaintext: secret}));
		const again = await kms.send(
			new ReEncryptCommand({
				CiphertextBlob: sealed.CiphertextBlob,
				DestinationKeyId: KeyId,
				DestinationEncryptionContext: context,
			}),
		);
		expect(again).toMatchObject({KeyId, SourceKeyId});
		const opened = await kms.send(
			new DecryptCommand({CiphertextBlob: again.CiphertextBlob, EncryptionContext: context}),
		);
		expect(opened.KeyId).toBe(KeyId);
	});

	it('is 4096 bytes at most (recorded: test_plaintext_size_for_encrypt)', async () => {
		const call = kms.send(new EncryptCommand({KeyId: await create(), Plaintext: Buffer.alloc(4097)}));
		expect(await errorOf(call)).toMatchObject({
			code: 'ValidationException',
			message:
				"1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
		});
	});
});

describe('a data key', () => {
	it('comes open and sealed, by any name of its key (recorded: test_generate_data_key)', async () => {
		const TargetKeyId = await create();
		const AliasName = `alias/${open.name('a')}`;
		await kms.send(new CreateAliasCommand({AliasName, TargetKeyId}));
		const {Plaintext, CiphertextBlob, KeyId} = await kms.send(
			new GenerateDataKeyCommand({KeyId: AliasName, KeySpec: 'AES_256', EncryptionContext: context}),
		);
		expect([KeyId, Plaintext?.length]).toEqual([TargetKeyId, 32]);
		const opened = await kms.send(new DecryptCommand({CiphertextBlob, EncryptionContext: context}));
		expect(opened.Plaintext).toEqual(Plaintext);
	});

	it('comes sealed only (recorded: test_generate_data_key_without_plaintext)', async () => {
		const KeyId = await create();
		const answer = await kms.send(
			new GenerateDataKeyWithoutPlaintextCommand({KeyId, NumberOfBytes: 7, EncryptionContext: context}),
		);
		expect(Object.keys(answer)).not.toContain('Plaintext');
		const {CiphertextBlob} = answer;
		const opened = await kms.send(new DecryptCommand({CiphertextBlob, EncryptionContext: context}));
		expect(opened.Plaintext?.length).toBe(7);
	});

	it.each([
		{what: 'neither length nor spec', input: {}},
		{what: 'both', input: {NumberOfBytes: 1, KeySpec: 'AES_256'}},
	] as const)('is refused with $what (third-party)', async ({input}) => {
		const call = kms.send(new GenerateDataKeyCommand({KeyId: await create(), ...input}));
		expect(await errorOf(call)).toMatchObject({
			code: 'ValidationException',
			message: 'Please specify either number of bytes or key spec.',
		});
	});

	it('is only tried with DryRun (documented: KMS API reference, GenerateDataKey)', async () => {
		const call = kms.send(
			new GenerateDataKeyCommand({KeyId: await create(), KeySpec: 'AES_256', DryRun: true}),
		);
		expect(await errorOf(call)).toMatchObject({
			code: 'DryRunOperationException',
			message: 'The request would have succeeded, but the DryRun option is set.',
		});
	});

	it('is refused with grants by their name', async () => {
		const call = kms.send(
			new GenerateDataKeyCommand({KeyId: await create(), KeySpec: 'AES_256', GrantTokens: ['x']}),
		);
		expect(await errorOf(call)).toMatchObject({
			code: 'NotImplemented',
			message: 'The sandbox does not implement grants.',
		});
	});
});

describe('a key that is not enabled', () => {
	it('encrypts nothing and opens nothing (recorded, through S3: test_s3_sse_validate_kms_key_state)', async () => {
		const KeyId = await create();
		const {CiphertextBlob} = await kms.send(new EncryptCommand({KeyId, Plaintext: secret}));
		const uses = async () => [
			await errorOf(kms.send(new EncryptCommand({KeyId, Plaintext: secret}))),
			await errorOf(kms.send(new GenerateDataKeyCommand({KeyId, KeySpec: 'AES_256'}))),
			await errorOf(kms.send(new DecryptCommand({CiphertextBlob}))),
		];
		await kms.send(new DisableKeyCommand({KeyId}));
		const disabled = {code: 'DisabledException', message: `${KeyId} is disabled.`, status: 400};
		expect(await uses()).toMatchObject([disabled, disabled, disabled]);
		await kms.send(new ScheduleKeyDeletionCommand({KeyId}));
		const pending = {code: 'KMSInvalidStateException', message: `${KeyId} is pending deletion.`, status: 400};
		expect(await uses()).toMatchObject([pending, pending, pending]);
	});
});

describe('a request to KMS', () => {
	const send = async (target: string, body: string, service = 'kms') => {
		const key = open.sandbox.addUser({accountId: '111122223333', userName: open.name('raw')});
		const headers = {'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target};
		return sendRaw(open.sandbox.endpointUrl, key, {method: 'POST', path: '/', service, headers, body});
	};

	it('names its type in the error, and says nothing where KMS says nothing (guessed)', async () => {
		const answer = await send('TrentService.ListKeys', '{');
		expect([answer.status, answer.body]).toEqual([400, '{"__type":"SerializationException"}']);
	});

	it.each([
		{what: 'a text for a number', body: '{"Limit":"2"}'},
		{what: 'a list', body: '[]'},
	])('is SerializationException with $what (documented: Smithy, AWS JSON 1.1)', async ({body}) => {
		expect((await send('TrentService.ListKeys', body)).body).toContain('SerializationException');
	});

	it('misses what it must have (documented: KMS API reference, CommonErrors)', async () => {
		expect(JSON.parse((await send('TrentService.DescribeKey', '{}')).body)).toEqual({
			__type: 'ValidationException',
			message:
				"1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
		});
	});

	it('is UnknownOperationException for what KMS has not (documented: Smithy, AWS JSON 1.1)', async () => {
		expect((await send('TrentService.MakeTea', '{}')).body).toContain('UnknownOperationException');
	});

	it('must be signed, and for KMS (documented: KMS API reference, CommonErrors)', async () => {
		const headers = {'x-amz-target': 'TrentService.ListKeys'};
		const request = {method: 'POST', path: '/', headers, body: '{}'};
		const unsigned = await sendRaw(open.sandbox.endpointUrl, undefined, request);
		expect(unsigned.body).toContain('MissingAuthenticationTokenException');
		const wrong = await sendRaw(
			open.sandbox.endpointUrl,
			{accessKeyId: 'AKIAAAAAAAAAAAAAAAAA', secretAccessKey: 'x'},
			{...request, service: 'kms'},
		);
		expect(wrong.body).toContain('UnrecognizedClientException');
	});

	it('is found in the log by its operation and key', async () => {
		const KeyId = await create();
		await kms.send(new GenerateDataKeyCommand({KeyId, KeySpec: 'AES_256'}));
		expect(open.sandbox.requests.at(-1)).toMatchObject({
			service: 'kms',
			operation: 'GenerateDataKey',
			target: KeyId,
			accountId: '111122223333',
			status: 200,
		});
	});
});
