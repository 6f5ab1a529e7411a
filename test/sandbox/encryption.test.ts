import {createHash} from 'node:crypto';
import {
	CompleteMultipartUploadCommand,
	CopyObjectCommand,
	CreateMultipartUploadCommand,
	DeletePublicAccessBlockCommand,
	GetBucketEncryptionCommand,
	GetObjectAttributesCommand,
	GetObjectCommand,
	HeadObjectCommand,
	PutBucketEncryptionCommand,
	PutBucketPolicyCommand,
	PutObjectCommand,
	type PutObjectCommandInput,
	type S3Client,
	UploadPartCommand,
	UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import {
	CreateAliasCommand,
	DescribeKeyCommand,
	DisableKeyCommand,
	type KMSClient,
	ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createKey, leftToIam, letIn} from './support/kms-keys.js';
import {
	type Credentials,
	destinationAccountId,
	errorOf,
	openSandbox,
	type OpenSandbox,
	sourceAccountId,
} from './support/open-sandbox.js';
import {codeOf, sendRaw} from './support/raw-request.js';
import {createVersioned, policyOf} from './support/replicated-pair.js';

const region = 'us-east-1';
let open: OpenSandbox;
let s3: S3Client;
let kms: KMSClient;
beforeAll(async () => {
	open = await openSandbox();
	s3 = open.source;
	kms = open.kms('source', region);
});
afterAll(() => open.close());

const newBucket = async (): Promise<string> => {
	const bucket = open.name('encrypted');
	await createVersioned(s3, bucket);
	return bucket;
};
const put = async (Bucket: string, input: Partial<PutObjectCommandInput> = {}, client = s3) =>
	client.send(new PutObjectCommand({Bucket, Key: 'k', Body: 'test-sse', ...input}));
const withKey = (SSEKMSKeyId: string) => ({ServerSideEncryption: 'aws:kms', SSEKMSKeyId}) as const;
const setDefault = async (Bucket: string, KMSMasterKeyID: string | undefined, BucketKeyEnabled?: boolean) =>
	s3.send(
		new PutBucketEncryptionCommand({
			Bucket,
			ServerSideEncryptionConfiguration: {
				Rules: [
					{
						ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID},
						BucketKeyEnabled,
					},
				],
			},
		}),
	);
const managedArn = async (client = kms): Promise<string> =>
	(await client.send(new DescribeKeyCommand({KeyId: 'alias/aws/s3'}))).KeyMetadata?.Arn ?? '';
const md5 = createHash('md5').update('test-sse').digest('hex');

const addUser = (accountId: string, statements: readonly object[]): Credentials =>
	open.sandbox.addUser({
		accountId,
		userName: open.name('user'),
		policy: {
			Version: '2012-10-17',
			Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}, ...statements],
		},
	});

describe('an object that is put with a key', () => {
	it('tells it, and its entity tag is no digest (recorded: test_s3_sse_validate_kms_key_state)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		const {ETag, ...answer} = await put(bucket, withKey(key));
		expect(answer).toMatchObject({ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key});
		expect(answer.BucketKeyEnabled).toBeUndefined();
		expect(ETag).toMatch(/^"[0-9a-f]{32}"$/);
		expect(ETag).not.toBe(`"${md5}"`);
		const got = await s3.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		expect(await got.Body?.transformToString()).toBe('test-sse');
		const head = await s3.send(new HeadObjectCommand({Bucket: bucket, Key: 'k'}));
		for (const seen of [got, head]) {
			expect(seen).toMatchObject({ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key, ETag});
		}
	});

	it('has S3’s own key of the caller’s account where it names none (recorded: test_s3_sse_default_kms_key)', async () => {
		const bucket = await newBucket();
		const answer = await put(bucket, {ServerSideEncryption: 'aws:kms'});
		expect(answer).toMatchObject({ServerSideEncryption: 'aws:kms', SSEKMSKeyId: await managedArn()});
	});

	it('may have two layers, and then no bucket key (documented: S3 User Guide, UsingDSSEncryption)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		await setDefault(bucket, key, true);
		const answer = await put(bucket, {ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: key});
		expect(answer).toMatchObject({ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: key});
		expect(answer.BucketKeyEnabled).toBeUndefined();
	});

	it.each([
		{
			what: 'no id',
			key: () => 'fake-key-id',
			message: (): string => "Invalid keyId 'fake-key-id'",
		},
		{
			what: 'an id that is not there',
			key: () => '134f2428-cec1-4b25-a1ae-9048164dba47',
			message: (): string =>
				`Key 'arn:aws:kms:us-east-1:${sourceAccountId}:key/134f2428-cec1-4b25-a1ae-9048164dba47' does not exist`,
		},
		{
			what: 'another region’s',
			key: async () => createKey(open.kms('source', 'eu-west-1')),
			message: (): string => 'Invalid arn eu-west-1',
		},
	])('is refused with $what (recorded: test_s3_sse_validate_kms_key)', async ({key, message}) => {
		const bucket = await newBucket();
		const text = message();
		const SSEKMSKeyId = await key();
		const where = {Bucket: bucket, Key: 'k', ...withKey(SSEKMSKeyId)};
		await put(bucket, {Key: 'source'});
		const calls = [
			async () => s3.send(new PutObjectCommand(where)),
			async () => s3.send(new CreateMultipartUploadCommand(where)),
			async () => s3.send(new CopyObjectCommand({...where, CopySource: `${bucket}/source`})),
		];
		for (const call of calls) {
			expect(await errorOf(call())).toMatchObject({
				code: 'KMS.NotFoundException',
				message: text,
				status: 400,
			});
		}
	});

	it('is neither written nor read while its key is not enabled (recorded: test_s3_sse_validate_kms_key_state)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		await put(bucket, withKey(key));
		const get = async () => s3.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		await kms.send(new DisableKeyCommand({KeyId: key}));
		const disabled = {code: 'KMS.DisabledException', message: `${key} is disabled.`, status: 400};
		expect(await errorOf(get())).toMatchObject(disabled);
		expect(await errorOf(put(bucket, withKey(key)))).toMatchObject(disabled);
		await kms.send(new ScheduleKeyDeletionCommand({KeyId: key}));
		expect(await errorOf(get())).toMatchObject({
			code: 'KMS.KMSInvalidStateException',
			message: `${key} is pending deletion.`,
			status: 400,
		});
		// Only checksums are encrypted with it (documented: S3 API reference, HeadObject).
		await s3.send(new HeadObjectCommand({Bucket: bucket, Key: 'k'}));
		const attributes = new GetObjectAttributesCommand({
			Bucket: bucket,
			Key: 'k',
			ObjectAttributes: ['Checksum'],
		});
		expect(await errorOf(s3.send(attributes))).toMatchObject({code: 'KMS.KMSInvalidStateException'});
	});

	it.each([
		{
			what: 'a key and no kind',
			input: {SSEKMSKeyId: 'x'},
			message:
				'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
			source: 'third-party',
		},
		{
			what: 'a kind that there is not',
			input: {ServerSideEncryption: 'rot13' as 'aws:kms'},
			message: 'The encryption method specified is not supported',
			source: 'third-party',
		},
		{
			what: 'a context that is none',
			input: {ServerSideEncryption: 'aws:kms', SSEKMSEncryptionContext: 'x'} as const,
			message: 'The header is not the base64 of a JSON object of texts',
			source: 'guessed',
		},
	])('is refused with $what ($source)', async ({input, message}) => {
		expect(await errorOf(put(await newBucket(), input))).toMatchObject({
			code: 'InvalidArgument',
			message,
			status: 400,
		});
	});
});

describe('a bucket’s default', () => {
	it('is taken by what comes without a say, by header it is not (recorded: test_s3_bucket_encryption_sse_kms)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		const keyId = key.split('/')[1] ?? '';
		await setDefault(bucket, keyId, true);
		const {ServerSideEncryptionConfiguration} = await s3.send(
			new GetBucketEncryptionCommand({Bucket: bucket}),
		);
		expect(ServerSideEncryptionConfiguration).toEqual({
			Rules: [
				{
					ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId},
					BucketKeyEnabled: true,
				},
			],
		});
		const byDefault = {ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key, BucketKeyEnabled: true};
		expect(await put(bucket)).toMatchObject(byDefault);
		expect(await s3.send(new HeadObjectCommand({Bucket: bucket, Key: 'k'}))).toMatchObject(byDefault);
		expect((await put(bucket, {BucketKeyEnabled: false})).BucketKeyEnabled).toBeUndefined();
		const own = await put(bucket, {ServerSideEncryption: 'AES256'});
		expect([own.ServerSideEncryption, own.SSEKMSKeyId, own.ETag]).toEqual(['AES256', undefined, `"${md5}"`]);
	});

	it('may be S3’s own key (recorded: test_s3_bucket_encryption_sse_kms_aws_managed_key)', async () => {
		const bucket = await newBucket();
		await setDefault(bucket, undefined, true);
		expect(await put(bucket)).toMatchObject({SSEKMSKeyId: await managedArn(), BucketKeyEnabled: true});
	});

	it('may name a key by an alias, or one that is not there: asked is at the write (documented: S3 API reference, PutBucketEncryption)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		const AliasName = `alias/${open.name('bucket')}`;
		await setDefault(bucket, AliasName);
		expect(await errorOf(put(bucket))).toMatchObject({code: 'KMS.NotFoundException'});
		await kms.send(new CreateAliasCommand({AliasName, TargetKeyId: key}));
		expect(await put(bucket)).toMatchObject({SSEKMSKeyId: key});
	});

	it('that names its key by an id means one of who writes (documented: S3 User Guide, bucket-encryption)', async () => {
		const bucket = await newBucket();
		const writer = addUser(destinationAccountId, [{Effect: 'Allow', Action: 'kms:*', Resource: '*'}]);
		const Policy = policyOf([
			{
				Effect: 'Allow',
				Principal: {AWS: destinationAccountId},
				Action: 's3:PutObject',
				Resource: `arn:aws:s3:::${bucket}/*`,
			},
		]);
		await s3.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
		const key = await createKey(kms);
		await setDefault(bucket, key.split('/')[1]);
		const theirs = key.replace(sourceAccountId, destinationAccountId);
		expect(await errorOf(put(bucket, {}, open.s3(writer, region)))).toMatchObject({
			code: 'KMS.NotFoundException',
			message: `Key '${theirs}' does not exist`,
		});
		await setDefault(bucket, undefined);
		expect(await put(bucket, {}, open.s3(writer, region))).toMatchObject({
			SSEKMSKeyId: await managedArn(open.kms('destination', region)),
		});
	});
});

describe('a copy', () => {
	it('has the encryption of its own request or bucket, not its source’s (recorded: test_s3_copy_object_in_place_with_encryption)', async () => {
		const bucket = await newBucket();
		const [one, two] = [await createKey(kms), await createKey(kms)];
		await put(bucket, {...withKey(one), BucketKeyEnabled: true});
		const copy = async (input = {}) =>
			s3.send(new CopyObjectCommand({Bucket: bucket, Key: 'k2', CopySource: `${bucket}/k`, ...input}));
		const other = await copy(withKey(two));
		expect(other).toMatchObject({ServerSideEncryption: 'aws:kms', SSEKMSKeyId: two});
		expect(other.BucketKeyEnabled).toBeUndefined();
		const plain = await copy();
		expect(plain).toMatchObject({ServerSideEncryption: 'AES256', CopyObjectResult: {ETag: `"${md5}"`}});
		await setDefault(bucket, two, true);
		expect(await copy()).toMatchObject({SSEKMSKeyId: two, BucketKeyEnabled: true});
	});

	it('needs its source decrypted (documented: S3 API reference, CopyObject)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		await put(bucket, withKey(key));
		await kms.send(new DisableKeyCommand({KeyId: key}));
		const call = s3.send(new CopyObjectCommand({Bucket: bucket, Key: 'k2', CopySource: `${bucket}/k`}));
		expect(await errorOf(call)).toMatchObject({code: 'KMS.DisabledException'});
	});
});

describe('an upload in parts', () => {
	it('is encrypted as it was begun, and each answer says so (recorded: test_s3_multipart_upload_sse)', async () => {
		const bucket = await newBucket();
		const key = await createKey(kms);
		const where = {Bucket: bucket, Key: 'parts'};
		const shown = {ServerSideEncryption: 'aws:kms', SSEKMSKeyId: key, BucketKeyEnabled: true};
		const begun = await s3.send(
			new CreateMultipartUploadCommand({...where, ...withKey(key), BucketKeyEnabled: true}),
		);
		expect(begun).toMatchObject(shown);
		const part = {...where, UploadId: begun.UploadId};
		const first = await s3.send(
			new UploadPartCommand({...part, PartNumber: 1, Body: Buffer.alloc(5 * 1024 * 1024)}),
		);
		expect(first).toMatchObject(shown);
		await put(bucket);
		const second = await s3.send(
			new UploadPartCopyCommand({...part, PartNumber: 2, CopySource: `${bucket}/k`}),
		);
		expect(second).toMatchObject(shown);
		expect(second.CopyPartResult?.ETag).not.toBe(`"${md5}"`);
		const whole = await s3.send(
			new CompleteMultipartUploadCommand({
				...part,
				MultipartUpload: {
					Parts: [
						{PartNumber: 1, ETag: first.ETag},
						{PartNumber: 2, ETag: second.CopyPartResult?.ETag},
					],
				},
			}),
		);
		expect(whole).toMatchObject(shown);
		expect(await s3.send(new HeadObjectCommand(where))).toMatchObject({...shown, ETag: whole.ETag});
	});
});

const rights = (actions: readonly string[], conditions: object = {}) => [
	{Effect: 'Allow', Action: actions, Resource: '*', ...conditions},
];
const viaS3 = (context: string) => ({
	Condition: {
		StringEquals: {'kms:ViaService': 's3.us-east-1.amazonaws.com'},
		StringLike: {'kms:EncryptionContext:aws:s3:arn': context},
	},
});

describe('the caller’s rights on the key', () => {
	const attempts = [
		{
			what: 'GenerateDataKey to write and Decrypt to read',
			statements: () => rights(['kms:GenerateDataKey', 'kms:Decrypt']),
			hasBucketKey: false,
			outcome: ['written', 'read'],
		},
		{
			what: 'GenerateDataKey only',
			statements: () => rights(['kms:GenerateDataKey']),
			hasBucketKey: false,
			outcome: ['written', 'kms:Decrypt'],
		},
		{
			what: 'Decrypt only',
			statements: () => rights(['kms:Decrypt']),
			hasBucketKey: false,
			outcome: ['kms:GenerateDataKey', 'read'],
		},
		{
			what: 'both through S3 for the object',
			statements: (bucket: string) =>
				rights(['kms:GenerateDataKey', 'kms:Decrypt'], viaS3(`arn:aws:s3:::${bucket}/k`)),
			hasBucketKey: false,
			outcome: ['written', 'read'],
		},
		{
			what: 'both through S3 for the objects, where a bucket key makes it the bucket',
			statements: (bucket: string) =>
				rights(['kms:GenerateDataKey', 'kms:Decrypt'], viaS3(`arn:aws:s3:::${bucket}/*`)),
			hasBucketKey: true,
			outcome: ['kms:GenerateDataKey', 'kms:Decrypt'],
		},
		{
			what: 'both through S3 for the bucket, with a bucket key',
			statements: (bucket: string) =>
				rights(['kms:GenerateDataKey', 'kms:Decrypt'], viaS3(`arn:aws:s3:::${bucket}`)),
			hasBucketKey: true,
			outcome: ['written', 'read'],
		},
	] as const;

	it.each(attempts)(
		'are $what (documented: S3 User Guide, UsingKMSEncryption, bucket-key; words: third-party)',
		async ({statements, hasBucketKey, outcome}) => {
			const bucket = await newBucket();
			const key = await createKey(kms);
			const input = {...withKey(key), BucketKeyEnabled: hasBucketKey};
			await put(bucket, input);
			const client = open.s3(addUser(sourceAccountId, statements(bucket)), region);
			const missing = (error: Error) =>
				/is not authorized to perform: (kms:\w+) on resource: \S+ because no identity-based policy allows the \1 action$/.exec(
					error.message,
				)?.[1] ?? error.message;
			const written = await put(bucket, input, client).then(() => 'written', missing);
			const get = new GetObjectCommand({Bucket: bucket, Key: 'k'});
			expect([written, await client.send(get).then(() => 'read', missing)]).toEqual(outcome);
		},
	);

	it('are not asked for with S3’s own key in its account (documented: S3 User Guide, UsingKMSEncryption)', async () => {
		const bucket = await newBucket();
		const client = open.s3(addUser(sourceAccountId, []), region);
		await put(bucket, {ServerSideEncryption: 'aws:kms'}, client);
		const got = await client.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		expect(await got.Body?.transformToString()).toBe('test-sse');
	});

	it('from another account take its key’s policy, too, and S3’s own key lets nobody in (documented: S3 User Guide, bucket-encryption)', async () => {
		const bucket = await newBucket();
		const reader = addUser(destinationAccountId, rights(['kms:Decrypt']));
		const Policy = policyOf([
			{
				Effect: 'Allow',
				Principal: {AWS: destinationAccountId},
				Action: 's3:GetObject',
				Resource: `arn:aws:s3:::${bucket}/*`,
			},
		]);
		await s3.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
		const read = async () =>
			open
				.s3(reader, region)
				.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}))
				.then(
					() => 'read',
					(error: Error) => error.message.split('on this resource')[1] ?? error.message,
				);
		const refused =
			' because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';
		await put(bucket, {ServerSideEncryption: 'aws:kms'});
		expect(await read()).toBe(refused);
		await put(bucket, withKey(await createKey(kms)));
		expect(await read()).toBe(refused);
		const statements = [leftToIam(sourceAccountId), letIn(destinationAccountId, 'kms:Decrypt')];
		await put(bucket, withKey(await createKey(kms, statements)));
		expect(await read()).toBe('read');
	});
});

it('who does not sign cannot have what is encrypted with a key (third-party)', async () => {
	const bucket = await newBucket();
	await s3.send(new DeletePublicAccessBlockCommand({Bucket: bucket}));
	const Resource = `arn:aws:s3:::${bucket}/*`;
	const Policy = policyOf([{Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource}]);
	await s3.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
	await put(bucket, {Key: 'plain'});
	await put(bucket, withKey(await createKey(kms)));
	const get = async (key: string) =>
		sendRaw(open.sandbox.endpointUrl, undefined, {method: 'GET', path: `/${bucket}/${key}`});
	expect((await get('plain')).status).toBe(200);
	const refused = await get('k');
	expect([refused.status, codeOf(refused)]).toEqual([400, 'InvalidArgument']);
	expect(refused.body).toContain(
		'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.',
	);
});

it('a bucket’s policy can ask for a key (documented: S3 User Guide, UsingKMSEncryption)', async () => {
	const bucket = await newBucket();
	const key = await createKey(kms);
	const Policy = policyOf([
		{
			Effect: 'Deny',
			Principal: '*',
			Action: 's3:PutObject',
			Resource: `arn:aws:s3:::${bucket}/*`,
			Condition: {StringNotEquals: {'s3:x-amz-server-side-encryption-aws-kms-key-id': key}},
		},
	]);
	await s3.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
	expect(await errorOf(put(bucket))).toMatchObject({code: 'AccessDenied', status: 403});
	expect(await put(bucket, withKey(key))).toMatchObject({SSEKMSKeyId: key});
});
