import {
	CreateBucketCommand,
	DeleteBucketCorsCommand,
	DeleteBucketEncryptionCommand,
	DeleteBucketOwnershipControlsCommand,
	DeleteBucketTaggingCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	DeletePublicAccessBlockCommand,
	GetBucketAccelerateConfigurationCommand,
	GetBucketAclCommand,
	GetBucketCorsCommand,
	GetBucketEncryptionCommand,
	GetBucketLifecycleConfigurationCommand,
	GetBucketLoggingCommand,
	GetBucketNotificationConfigurationCommand,
	GetBucketOwnershipControlsCommand,
	GetBucketPolicyStatusCommand,
	GetBucketRequestPaymentCommand,
	GetBucketTaggingCommand,
	GetBucketVersioningCommand,
	GetBucketWebsiteCommand,
	GetObjectAclCommand,
	GetObjectAttributesCommand,
	GetObjectCommand,
	GetObjectLegalHoldCommand,
	GetObjectLockConfigurationCommand,
	GetObjectRetentionCommand,
	GetPublicAccessBlockCommand,
	PutBucketAccelerateConfigurationCommand,
	PutBucketCorsCommand,
	PutBucketEncryptionCommand,
	PutBucketLifecycleConfigurationCommand,
	PutBucketNotificationConfigurationCommand,
	PutBucketOwnershipControlsCommand,
	PutBucketPolicyCommand,
	PutBucketRequestPaymentCommand,
	PutBucketTaggingCommand,
	PutBucketVersioningCommand,
	PutBucketWebsiteCommand,
	PutObjectCommand,
	PutObjectLegalHoldCommand,
	PutObjectLockConfigurationCommand,
	PutObjectRetentionCommand,
	PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, policyOf, put} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('settings');
	await createVersioned(open.source, bucket);
});
afterAll(() => open.close());

const Bucket = () => ({Bucket: bucket});

describe('a new bucket', () => {
	// Recorded: TestS3PublicAccessBlock::test_crud_public_access_block.
	it('blocks public access', async () => {
		const {PublicAccessBlockConfiguration: block} = await open.source.send(
			new GetPublicAccessBlockCommand(Bucket()),
		);
		expect(block).toEqual({
			BlockPublicAcls: true,
			IgnorePublicAcls: true,
			BlockPublicPolicy: true,
			RestrictPublicBuckets: true,
		});
	});

	// Recorded: TestS3BucketOwnershipControls::test_crud_bucket_ownership_controls.
	it('has objects of its owner', async () => {
		const {OwnershipControls} = await open.source.send(new GetBucketOwnershipControlsCommand(Bucket()));
		expect(OwnershipControls).toEqual({Rules: [{ObjectOwnership: 'BucketOwnerEnforced'}]});
	});

	// Recorded: TestS3BucketEncryption::test_s3_default_bucket_encryption.
	it('is encrypted', async () => {
		const {ServerSideEncryptionConfiguration: encryption} = await open.source.send(
			new GetBucketEncryptionCommand(Bucket()),
		);
		expect(encryption?.Rules).toEqual([
			{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256'}, BucketKeyEnabled: false},
		]);
	});

	// S3 API Reference, the answers of these calls: a setting that was never made is an empty element, not an empty body.
	it.each([
		{query: 'accelerate', root: 'AccelerateConfiguration'},
		{query: 'logging', root: 'BucketLoggingStatus'},
		{query: 'notification', root: 'NotificationConfiguration'},
		{query: 'versioning', root: 'VersioningConfiguration'},
	])('answers ?$query with an empty $root', async ({query, root}) => {
		const Command = {
			accelerate: GetBucketAccelerateConfigurationCommand,
			logging: GetBucketLoggingCommand,
			notification: GetBucketNotificationConfigurationCommand,
			versioning: GetBucketVersioningCommand,
		}[query] as typeof GetBucketVersioningCommand;
		const name = open.name('unset');
		await open.source.send(new CreateBucketCommand({Bucket: name}));
		const command = new Command({Bucket: name});
		let text = '';
		command.middlewareStack.add(
			(next) => async (given) => {
				const result = await next(given);
				const response = result.response as {body: AsyncIterable<Uint8Array> | Uint8Array};
				const chunks: Uint8Array[] = [];
				for await (const chunk of response.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
				response.body = Buffer.concat(chunks);
				text = Buffer.concat(chunks).toString();
				return result;
			},
			{step: 'deserialize', priority: 'low'},
		);
		await open.source.send(command);
		expect(text).toMatch(new RegExp(`<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></${root}>$`));
	});

	it('has an ACL that gives its owner full control (S3 User Guide, acl-overview)', async () => {
		await put(open.source, bucket, 'acl');
		const grants = [{Grantee: {Type: 'CanonicalUser'}, Permission: 'FULL_CONTROL'}];
		expect(await open.source.send(new GetBucketAclCommand(Bucket()))).toMatchObject({Grants: grants});
		expect(await open.source.send(new GetObjectAclCommand({...Bucket(), Key: 'acl'}))).toMatchObject({
			Grants: grants,
		});
	});

	// Recorded where a scenario stands behind it, else S3 API reference, ErrorResponses.
	it.each([
		{
			of: 'tags (test_bucket_tagging_crud)',
			get: () => new GetBucketTaggingCommand(Bucket()),
			code: 'NoSuchTagSet',
		},
		{
			of: 'lifecycle',
			get: () => new GetBucketLifecycleConfigurationCommand(Bucket()),
			code: 'NoSuchLifecycleConfiguration',
		},
		{of: 'website', get: () => new GetBucketWebsiteCommand(Bucket()), code: 'NoSuchWebsiteConfiguration'},
		{of: 'CORS', get: () => new GetBucketCorsCommand(Bucket()), code: 'NoSuchCORSConfiguration'},
		{
			of: 'Object Lock (test_get_object_lock_configuration_exc)',
			get: () => new GetObjectLockConfigurationCommand(Bucket()),
			code: 'ObjectLockConfigurationNotFoundError',
		},
		{
			of: 'policy status',
			get: () => new GetBucketPolicyStatusCommand(Bucket()),
			code: 'NoSuchBucketPolicy',
		},
	])('has no $of: $code', async ({get, code}) => {
		const error = await errorOf(open.source.send(get() as GetBucketTaggingCommand));
		expect(error).toMatchObject({code, status: 404, fields: {BucketName: bucket}});
	});
});

describe('settings', () => {
	// Documented: S3 API reference, the operations of each.
	it('are given back as they were put', async () => {
		const {source} = open;
		const rule = {ID: 'r', Status: 'Enabled', Filter: {Prefix: 'a/'}, Expiration: {Days: 3}} as const;
		await source.send(
			new PutBucketLifecycleConfigurationCommand({...Bucket(), LifecycleConfiguration: {Rules: [rule]}}),
		);
		expect((await source.send(new GetBucketLifecycleConfigurationCommand(Bucket()))).Rules).toEqual([rule]);
		const cors = {AllowedMethods: ['GET'], AllowedOrigins: ['*']};
		await source.send(new PutBucketCorsCommand({...Bucket(), CORSConfiguration: {CORSRules: [cors]}}));
		expect((await source.send(new GetBucketCorsCommand(Bucket()))).CORSRules).toEqual([cors]);
		await source.send(new DeleteBucketCorsCommand(Bucket()));
		expect(await errorOf(source.send(new GetBucketCorsCommand(Bucket())))).toMatchObject({status: 404});
		const website = {IndexDocument: {Suffix: 'index.html'}};
		await source.send(new PutBucketWebsiteCommand({...Bucket(), WebsiteConfiguration: website}));
		expect(await source.send(new GetBucketWebsiteCommand(Bucket()))).toMatchObject(website);
		const topic = {TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Events: ['s3:Replication:*' as const]};
		await source.send(
			new PutBucketNotificationConfigurationCommand({
				...Bucket(),
				NotificationConfiguration: {TopicConfigurations: [topic]},
			}),
		);
		expect(await source.send(new GetBucketNotificationConfigurationCommand(Bucket()))).toMatchObject({
			TopicConfigurations: [topic],
		});
		expect((await source.send(new GetBucketLoggingCommand(Bucket()))).LoggingEnabled).toBeUndefined();
		expect((await source.send(new GetBucketRequestPaymentCommand(Bucket()))).Payer).toBe('BucketOwner');
		await source.send(
			new PutBucketRequestPaymentCommand({...Bucket(), RequestPaymentConfiguration: {Payer: 'Requester'}}),
		);
		expect((await source.send(new GetBucketRequestPaymentCommand(Bucket()))).Payer).toBe('Requester');
		await source.send(
			new PutBucketAccelerateConfigurationCommand({
				...Bucket(),
				AccelerateConfiguration: {Status: 'Suspended'},
			}),
		);
		expect((await source.send(new GetBucketAccelerateConfigurationCommand(Bucket()))).Status).toBe(
			'Suspended',
		);
	});

	it('of tags, also those of the creation (recorded: test_bucket_tagging_crud, test_create_bucket_with_tags)', async () => {
		const name = open.name('tagged');
		const TagSet = [{Key: 'tag1', Value: 'value1'}];
		const create = (Tags: {Key: string; Value: string}[]) =>
			open.source.send(new CreateBucketCommand({Bucket: name, CreateBucketConfiguration: {Tags}}));
		await create(TagSet);
		const get = () => open.source.send(new GetBucketTaggingCommand({Bucket: name}));
		expect((await get()).TagSet).toEqual(TagSet);
		expect(await errorOf(create(TagSet))).toMatchObject({code: 'BucketAlreadyOwnedByYou', status: 409});
		await create([]);
		expect((await get()).TagSet).toEqual(TagSet);
		const other = [{Key: 'tag3', Value: ''}];
		const answer = await open.source.send(
			new PutBucketTaggingCommand({Bucket: name, Tagging: {TagSet: other}}),
		);
		expect(answer.$metadata.httpStatusCode).toBe(204);
		expect((await get()).TagSet).toEqual(other);
		await open.source.send(new DeleteBucketTaggingCommand({Bucket: name}));
		expect(await errorOf(get())).toMatchObject({code: 'NoSuchTagSet'});
	});

	// Recorded: TestS3BucketObjectTagging::test_tagging_validation.
	it.each([
		{tag: {Key: 'aws:a', Value: 'b'}, message: /^System tags cannot be added\/updated by requester$/},
		{tag: {Key: 'test,test2', Value: 'b'}, message: /^The TagKey you have provided is invalid$/},
		{tag: {Key: 'test', Value: 'value1,value2'}, message: /^The TagValue you have provided is invalid$/},
	])('of the tag $tag.Key=$tag.Value are InvalidTag', async ({tag, message}) => {
		const error = await errorOf(
			open.source.send(new PutBucketTaggingCommand({...Bucket(), Tagging: {TagSet: [tag]}})),
		);
		expect(error).toMatchObject({code: 'InvalidTag', status: 400});
		expect(error.message).toMatch(message);
	});

	// Recorded: TestS3BucketEncryption::test_s3_default_bucket_encryption_exc; that the sandbox has no KMS is its own.
	it.each([
		{rules: [], code: 'MalformedXML'},
		{rules: [{BucketKeyEnabled: true}, {BucketKeyEnabled: false}], code: 'MalformedXML'},
		{
			rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256' as const, KMSMasterKeyID: 'k'}}],
			code: 'InvalidArgument',
		},
		{
			rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:fsx' as const}}],
			code: 'NotImplemented',
		},
	])('of encryption are refused with $code', async ({rules, code}) => {
		const command = new PutBucketEncryptionCommand({
			...Bucket(),
			ServerSideEncryptionConfiguration: {Rules: rules},
		});
		expect(await errorOf(open.source.send(command))).toMatchObject({code});
		await open.source.send(new DeleteBucketEncryptionCommand(Bucket()));
	});

	// Recorded: TestS3BucketOwnershipControls.
	it('of ownership can be put, deleted and given at creation', async () => {
		const name = open.name('owned');
		await open.source.send(new CreateBucketCommand({Bucket: name, ObjectOwnership: 'BucketOwnerPreferred'}));
		const get = () => open.source.send(new GetBucketOwnershipControlsCommand({Bucket: name}));
		const putRules = (rules: {ObjectOwnership: 'ObjectWriter'}[]) =>
			open.source.send(
				new PutBucketOwnershipControlsCommand({Bucket: name, OwnershipControls: {Rules: rules}}),
			);
		expect((await get()).OwnershipControls?.Rules).toEqual([{ObjectOwnership: 'BucketOwnerPreferred'}]);
		await putRules([{ObjectOwnership: 'ObjectWriter'}]);
		expect((await get()).OwnershipControls?.Rules).toEqual([{ObjectOwnership: 'ObjectWriter'}]);
		expect(await errorOf(putRules([]))).toMatchObject({code: 'MalformedXML', status: 400});
		await open.source.send(new DeleteBucketOwnershipControlsCommand({Bucket: name}));
		expect(await errorOf(get())).toMatchObject({code: 'OwnershipControlsNotFoundError', status: 404});
		expect(
			await errorOf(
				open.source.send(
					new CreateBucketCommand({Bucket: `${name}-2`, ObjectOwnership: 'RandomValue' as 'ObjectWriter'}),
				),
			),
		).toMatchObject({
			code: 'InvalidArgument',
			message: 'Invalid x-amz-object-ownership header: RandomValue',
			status: 400,
		});
	});
});

describe('Block Public Access', () => {
	const everyone = (more: object = {}) => ({
		Effect: 'Allow',
		Principal: '*',
		Action: 's3:GetObject',
		Resource: `arn:aws:s3:::${bucket}/*`,
		...more,
	});
	const putPolicy = (statement: Readonly<Record<string, unknown>>) =>
		open.source.send(new PutBucketPolicyCommand({...Bucket(), Policy: policyOf([statement])}));
	const block = (flags: object) =>
		open.source.send(new PutPublicAccessBlockCommand({...Bucket(), PublicAccessBlockConfiguration: flags}));
	const isPublic = async () =>
		(await open.source.send(new GetBucketPolicyStatusCommand(Bucket()))).PolicyStatus?.IsPublic;
	const readAsOther = () =>
		open.s3('destination', 'us-east-1').send(new GetObjectCommand({...Bucket(), Key: 'public'}));

	// What is public: S3 User Guide, access-control-block-public-access.
	it.each([
		{condition: {StringEquals: {'aws:PrincipalAccount': '444455556666'}}, expected: false},
		{condition: {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}, expected: false},
		{condition: {IpAddress: {'aws:SourceIp': '0.0.0.0/0'}}, expected: true},
		{condition: {StringLike: {'aws:PrincipalArn': '*'}}, expected: true},
		{condition: {Bool: {'aws:SecureTransport': 'true'}}, expected: true},
		{condition: {StringNotEquals: {'aws:PrincipalAccount': '444455556666'}}, expected: true},
	])('takes a policy for everyone under $condition for public: $expected', async ({condition, expected}) => {
		await block({});
		await putPolicy(everyone({Condition: condition}));
		expect(await isPublic()).toBe(expected);
	});

	// Documented: S3 User Guide, access-control-block-public-access.
	it('refuses public policies, or cuts other accounts off, or does neither', async () => {
		await put(open.source, bucket, 'public');
		await block({BlockPublicPolicy: true});
		expect(await errorOf(putPolicy(everyone()))).toMatchObject({code: 'AccessDenied', status: 403});
		await block({});
		await putPolicy(everyone());
		expect(await isPublic()).toBe(true);
		await readAsOther().then(({Body}) => Body?.transformToString());
		const anonymous = await fetch(`${open.sandbox.endpointUrl}/${bucket}/public`);
		expect([anonymous.status, await anonymous.text()]).toEqual([200, 'content of public']);
		await block({RestrictPublicBuckets: true});
		expect(await errorOf(readAsOther())).toMatchObject({code: 'AccessDenied'});
		expect((await fetch(`${open.sandbox.endpointUrl}/${bucket}/public`)).status).toBe(403);
		await open.source.send(new DeletePublicAccessBlockCommand(Bucket()));
		await readAsOther().then(({Body}) => Body?.transformToString());
		expect(await errorOf(open.source.send(new GetPublicAccessBlockCommand(Bucket())))).toMatchObject({
			code: 'NoSuchPublicAccessBlockConfiguration',
			status: 404,
		});
	});
});

describe('Object Lock', () => {
	let locked: string;
	const later = new Date(Date.now() + 3_600_000);
	const inLocked = (key: string) => ({Bucket: locked, Key: key});
	beforeAll(async () => {
		locked = open.name('locked');
		await open.source.send(new CreateBucketCommand({Bucket: locked, ObjectLockEnabledForBucket: true}));
	});

	// Recorded: TestS3ObjectLock::test_disable_versioning_on_locked_bucket.
	it('keeps versioning on', async () => {
		const suspend = new PutBucketVersioningCommand({
			Bucket: locked,
			VersioningConfiguration: {Status: 'Suspended'},
		});
		expect(await errorOf(open.source.send(suspend))).toMatchObject({code: 'InvalidBucketState', status: 409});
	});

	// Recorded: TestS3ObjectLock::test_put_object_lock_configuration_exc.
	it.each([
		{rule: {}},
		{rule: {DefaultRetention: {}}},
		{rule: {DefaultRetention: {Mode: 'GOVERNANCE' as const}}},
		{rule: {DefaultRetention: {Mode: 'BAD' as 'GOVERNANCE', Days: 1}}},
		{rule: {DefaultRetention: {Mode: 'GOVERNANCE' as const, Days: 1, Years: 1}}},
	])('takes no rule $rule', async ({rule}) => {
		const command = new PutObjectLockConfigurationCommand({
			Bucket: locked,
			ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled', Rule: rule},
		});
		expect(await errorOf(open.source.send(command))).toMatchObject({code: 'MalformedXML', status: 400});
	});

	// Recorded: TestS3ObjectLock::test_put_object_lock_configuration_on_existing_bucket.
	it('needs versioning', async () => {
		const plain = open.name('plain');
		await open.source.send(new CreateBucketCommand({Bucket: plain}));
		const command = new PutObjectLockConfigurationCommand({
			Bucket: plain,
			ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled'},
		});
		expect(await errorOf(open.source.send(command))).toMatchObject({
			code: 'InvalidBucketState',
			message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
			status: 409,
		});
	});

	it('keeps a version that is under legal hold or retention (S3 User Guide, object-lock)', async () => {
		const {VersionId} = await open.source.send(
			new PutObjectCommand({...inLocked('k'), Body: 'x', ObjectLockLegalHoldStatus: 'ON'}),
		);
		const remove = (more: object = {}) =>
			open.source.send(new DeleteObjectCommand({...inLocked('k'), VersionId, ...more}));
		const refused = {code: 'AccessDenied', message: 'Access Denied because object protected by object lock.'};
		expect(await errorOf(remove({BypassGovernanceRetention: true}))).toMatchObject(refused);
		const {LegalHold} = await open.source.send(new GetObjectLegalHoldCommand(inLocked('k')));
		expect(LegalHold?.Status).toBe('ON');
		await open.source.send(new PutObjectLegalHoldCommand({...inLocked('k'), LegalHold: {Status: 'OFF'}}));
		await open.source.send(
			new PutObjectRetentionCommand({
				...inLocked('k'),
				Retention: {Mode: 'GOVERNANCE', RetainUntilDate: later},
			}),
		);
		const {Retention} = await open.source.send(new GetObjectRetentionCommand(inLocked('k')));
		expect(Retention).toEqual({Mode: 'GOVERNANCE', RetainUntilDate: later});
		expect(await errorOf(remove())).toMatchObject(refused);
		const {Errors} = await open.source.send(
			new DeleteObjectsCommand({Bucket: locked, Delete: {Objects: [{Key: 'k', VersionId}]}}),
		);
		expect(Errors).toMatchObject([{Code: 'AccessDenied', Key: 'k', VersionId}]);
		await remove({BypassGovernanceRetention: true});
	});

	it('gives every new version the default retention of the bucket', async () => {
		const setRule = (rule?: {DefaultRetention: {Mode: 'COMPLIANCE'; Days: number}}) =>
			open.source.send(
				new PutObjectLockConfigurationCommand({
					Bucket: locked,
					ObjectLockConfiguration: {ObjectLockEnabled: 'Enabled', ...(rule ? {Rule: rule} : {})},
				}),
			);
		const rule = {DefaultRetention: {Mode: 'COMPLIANCE', Days: 1}} as const;
		await setRule(rule);
		const {ObjectLockConfiguration} = await open.source.send(
			new GetObjectLockConfigurationCommand({Bucket: locked}),
		);
		expect(ObjectLockConfiguration).toEqual({ObjectLockEnabled: 'Enabled', Rule: rule});
		const VersionId = await put(open.source, locked, 'default');
		await setRule();
		const remove = open.source.send(
			new DeleteObjectCommand({...inLocked('default'), VersionId, BypassGovernanceRetention: true}),
		);
		expect(await errorOf(remove)).toMatchObject({code: 'AccessDenied'});
	});

	// Recorded: TestS3ObjectLock::test_delete_object_with_no_locking; the others: S3 API reference.
	it('is asked for in vain where the bucket has none', async () => {
		const bypass = new DeleteObjectCommand({...Bucket(), Key: 'k', BypassGovernanceRetention: true});
		expect(await errorOf(open.source.send(bypass))).toMatchObject({code: 'InvalidArgument', status: 400});
		const hold = new PutObjectCommand({...Bucket(), Key: 'k', Body: '', ObjectLockLegalHoldStatus: 'ON'});
		expect(await errorOf(open.source.send(hold))).toMatchObject({
			code: 'InvalidRequest',
			message: 'Bucket is missing Object Lock Configuration',
		});
	});
});

// Documented: S3 API reference, GetObjectAttributes.
it('GetObjectAttributes gives what is asked for', async () => {
	await put(open.source, bucket, 'attributes');
	const attributes = await open.source.send(
		new GetObjectAttributesCommand({
			...Bucket(),
			Key: 'attributes',
			ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum'],
		}),
	);
	expect(attributes).toMatchObject({ObjectSize: 21, Checksum: {ChecksumType: 'FULL_OBJECT'}});
	expect(attributes.StorageClass).toBeUndefined();
});
