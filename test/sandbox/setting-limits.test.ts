import {
	type BucketLifecycleConfiguration,
	CompleteMultipartUploadCommand,
	type CORSRule,
	CreateBucketCommand,
	CreateMultipartUploadCommand,
	DeleteObjectCommand,
	DeleteObjectTaggingCommand,
	GetBucketEncryptionCommand,
	GetBucketLifecycleConfigurationCommand,
	GetBucketNotificationConfigurationCommand,
	GetBucketTaggingCommand,
	GetObjectAttributesCommand,
	GetObjectTaggingCommand,
	type NotificationConfiguration,
	PutBucketCorsCommand,
	PutBucketEncryptionCommand,
	PutBucketLifecycleConfigurationCommand,
	PutBucketLoggingCommand,
	PutBucketNotificationConfigurationCommand,
	PutBucketTaggingCommand,
	PutBucketWebsiteCommand,
	PutObjectCommand,
	PutObjectLockConfigurationCommand,
	PutObjectTaggingCommand,
	type Tag,
	UploadPartCommand,
	type WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, put} from './support/replicated-pair.js';

let open: OpenSandbox;
let bucket: string;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('limits');
	await createVersioned(open.source, bucket);
	await put(open.source, bucket, 'k');
});
afterAll(() => open.close());

const Bucket = () => ({Bucket: bucket});
const malformed = {code: 'MalformedXML', status: 400};

describe('tags', () => {
	const twice = [
		{Key: 'Key1', Value: '1'},
		{Key: 'Key1', Value: '2'},
	];
	// Recorded: TestS3BucketObjectTagging::test_tagging_validation; the counts: third-party, as clients report of AWS.
	it.each([
		{tags: twice, message: 'Cannot provide multiple Tags with the same key', TagKey: 'Key1'},
		{
			tags: [{Key: 'Key1,Key2', Value: 'v'}],
			message: 'The TagKey you have provided is invalid',
			TagKey: 'Key1,Key2',
		},
		{
			tags: [{Key: 'aws:prefixed', Value: 'v'}],
			message: 'Your TagKey cannot be prefixed with aws:',
			TagKey: 'aws:prefixed',
		},
	])('of objects: $message', async ({tags, message, TagKey}) => {
		const command = new PutObjectTaggingCommand({...Bucket(), Key: 'k', Tagging: {TagSet: tags}});
		const error = await errorOf(open.source.send(command));
		expect(error).toMatchObject({code: 'InvalidTag', message, status: 400, fields: {TagKey}});
	});

	// Documented: S3 User Guide, object-tagging; words: third-party.
	it('of an object are at most ten', async () => {
		const tags = Array.from({length: 11}, (_, index) => ({Key: `k${index}`, Value: ''}));
		const refused = {code: 'BadRequest', message: 'Object tags cannot be greater than 10', status: 400};
		const command = new PutObjectTaggingCommand({...Bucket(), Key: 'k', Tagging: {TagSet: tags}});
		expect(await errorOf(open.source.send(command))).toMatchObject(refused);
		const Tagging = tags.map(({Key}) => `${Key}=`).join('&');
		const write = new PutObjectCommand({...Bucket(), Key: 'other', Body: '', Tagging});
		expect(await errorOf(open.source.send(write))).toMatchObject(refused);
	});

	it('of a bucket name the key that is there twice, and are gone when none is put', async () => {
		const tag = (TagSet: Tag[]) =>
			open.source.send(new PutBucketTaggingCommand({...Bucket(), Tagging: {TagSet}}));
		expect(await errorOf(tag(twice))).toMatchObject({code: 'InvalidTag', fields: {TagKey: 'Key1'}});
		await tag([{Key: 'a', Value: ''}]);
		// Recorded: test_put_bucket_tagging_none_value.
		await tag([]);
		const get = open.source.send(new GetBucketTaggingCommand(Bucket()));
		expect(await errorOf(get)).toMatchObject({code: 'NoSuchTagSet', status: 404});
	});

	// Recorded: TestS3BucketObjectTagging::test_create_bucket_with_tags_exc.
	it.each([
		{tags: [{Key: 'aws:a', Value: 'b'}], code: 'InvalidTag', message: /can't start with "aws:"/},
		{tags: twice, code: 'InternalError', message: /^We encountered an internal error/},
		{tags: [{Key: 'test', Value: 'value1,value2'}], code: 'InvalidTag', message: /TagValue/},
		{tags: [{Key: 'test,test2', Value: 'v'}], code: 'InvalidTag', message: /TagKey/},
		{tags: [{Key: undefined, Value: 'v'}], code: 'MalformedXML', message: /XML/},
		{tags: [{Key: 'k', Value: undefined}], code: 'MalformedXML', message: /XML/},
	])('of a new bucket: $code $message', async ({tags, code, message}) => {
		const create = new CreateBucketCommand({
			Bucket: open.name('new'),
			CreateBucketConfiguration: {Tags: tags as Tag[]},
		});
		const error = await errorOf(open.source.send(create));
		expect(error.code).toBe(code);
		expect(error.message).toMatch(message);
	});

	// Recorded: TestS3BucketObjectTagging::test_object_tagging_versioned, test_object_tagging_exc.
	it('of a delete marker are refused, and a missing key is named', async () => {
		const at = (Key: string) => ({...Bucket(), Key});
		await put(open.source, bucket, 'marked');
		const {VersionId} = await open.source.send(new DeleteObjectCommand(at('marked')));
		const TagSet = [{Key: 'a', Value: ''}];
		const calls = (key: string, more: object = {}) => [
			() => open.source.send(new GetObjectTaggingCommand({...at(key), ...more})),
			() => open.source.send(new PutObjectTaggingCommand({...at(key), ...more, Tagging: {TagSet}})),
			() => open.source.send(new DeleteObjectTaggingCommand({...at(key), ...more})),
		];
		for (const call of [...calls('marked'), ...calls('marked', {VersionId})]) {
			expect(await errorOf(call())).toMatchObject({
				code: 'MethodNotAllowed',
				status: 405,
				fields: {ResourceType: 'DeleteMarker'},
			});
		}
		const errors = await Promise.all(calls('none').map((call) => errorOf(call())));
		expect(errors.map(({code, fields}) => [code, fields['Key']])).toEqual([
			['NoSuchKey', `${bucket}/none`],
			['NoSuchKey', 'none'],
			['NoSuchKey', 'none'],
		]);
	});
});

describe('lifecycle rules', () => {
	const rule = {ID: 'r', Status: 'Enabled', Filter: {Prefix: 'a/'}, Expiration: {Days: 3}} as const;
	const putRules = (...rules: object[]) =>
		open.source.send(
			new PutBucketLifecycleConfigurationCommand({
				...Bucket(),
				LifecycleConfiguration: {Rules: rules as unknown as BucketLifecycleConfiguration['Rules']},
			}),
		);

	it('get an Id and the default minimum size (S3 API reference)', async () => {
		const {ID: _id, ...unnamed} = rule;
		const answer = await putRules(unnamed);
		expect(answer.TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K');
		const got = await open.source.send(new GetBucketLifecycleConfigurationCommand(Bucket()));
		expect(got).toMatchObject({
			TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
			Rules: [unnamed],
		});
		expect(got.Rules?.[0]?.ID).toMatch(/^.{36}$/);
	});

	// Rules: S3 User Guide, intro-lifecycle-rules; words: third-party.
	it.each([
		{rules: [{...rule, Status: 'Nope'}], code: 'MalformedXML'},
		{rules: [{...rule, Filter: undefined}], code: 'MalformedXML'},
		{rules: [{...rule, Prefix: 'b'}], code: 'MalformedXML'},
		{rules: [{...rule, Expiration: {}}], code: 'MalformedXML'},
		{rules: [{...rule, Transitions: [{Days: 1, StorageClass: 'STANDARD'}]}], code: 'MalformedXML'},
		{rules: [{...rule, Transitions: [{StorageClass: 'GLACIER'}]}], code: 'MalformedXML'},
		{rules: [{...rule, Transitions: [{Days: -1, StorageClass: 'GLACIER'}]}], code: 'InvalidArgument'},
		{rules: [{...rule, Expiration: undefined}], code: 'InvalidRequest'},
		{rules: [{...rule, Expiration: {Days: 0}}], code: 'InvalidArgument'},
		{rules: [{...rule, Expiration: {Date: new Date('2030-01-01T03:00:00Z')}}], code: 'InvalidArgument'},
		{rules: [{...rule, ID: 'x'.repeat(256)}], code: 'InvalidArgument'},
		{rules: [rule, rule], code: 'InvalidArgument'},
	])('are not $rules: $code', async ({rules, code}) => {
		expect(await errorOf(putRules(...rules))).toMatchObject({code, status: 400});
	});
});

describe('notifications', () => {
	const queue = {
		QueueArn: 'arn:aws:sqs:us-east-1:111122223333:q',
		Events: ['s3:Replication:*' as const],
	};
	const putOnly = (NotificationConfiguration: NotificationConfiguration) =>
		open.source.send(new PutBucketNotificationConfigurationCommand({...Bucket(), NotificationConfiguration}));
	const filtered = (...FilterRules: object[]) => ({
		QueueConfigurations: [{...queue, Filter: {Key: {FilterRules}}}],
	});

	// Recorded: TestS3BucketNotificationConfiguration.
	it.each([{}, {Name: 'prefix'}, {Value: 'x'}])('have no filter %o', async (rule) => {
		expect(await errorOf(putOnly(filtered(rule)))).toMatchObject(malformed);
	});

	it('filter by prefix and suffix alone (recorded: test_bucket_notification_with_invalid_filter_rules)', async () => {
		expect(await errorOf(putOnly(filtered({Name: 'INVALID', Value: 'x'})))).toMatchObject({
			code: 'InvalidArgument',
			message: 'filter rule name must be either prefix or suffix',
			fields: {ArgumentName: 'FilterRule.Name', ArgumentValue: 'INVALID'},
		});
	});

	// Third-party: moto and others.
	it.each([{QueueArn: 'nope'}, {QueueArn: 'arn:aws:sns:us-east-1:111122223333:t'}, {Events: ['s3:Nope']}])(
		'do not go by %o',
		async (more) => {
			const QueueConfigurations = [{...queue, ...more} as typeof queue];
			expect(await errorOf(putOnly({QueueConfigurations}))).toMatchObject({code: 'InvalidArgument'});
		},
	);

	it('get an Id (S3 API reference, QueueConfiguration)', async () => {
		await putOnly({QueueConfigurations: [queue]});
		const {QueueConfigurations} = await open.source.send(
			new GetBucketNotificationConfigurationCommand(Bucket()),
		);
		expect(QueueConfigurations).toMatchObject([queue]);
		expect(QueueConfigurations?.[0]?.Id).toMatch(/^.{36}$/);
	});
});

// Third-party: LocalStack's checks, which follow recordings of AWS that are not among ours.
it.each([
	{website: {}, code: 'InvalidArgument'},
	{website: {IndexDocument: {Suffix: 'a/b'}}, code: 'InvalidArgument'},
	{
		website: {RedirectAllRequestsTo: {HostName: 'h'}, IndexDocument: {Suffix: 'i'}},
		code: 'InvalidArgument',
	},
	{website: {IndexDocument: {Suffix: 'i'}, ErrorDocument: {Key: ''}}, code: 'MalformedXML'},
] as {website: WebsiteConfiguration; code: string}[])(
	'a website is not $website',
	async ({website, code}) => {
		const command = new PutBucketWebsiteCommand({...Bucket(), WebsiteConfiguration: website});
		expect(await errorOf(open.source.send(command))).toMatchObject({code, status: 400});
	},
);

// S3 API reference, PutBucketCors; words: third-party (moto).
it.each([
	{rule: {AllowedMethods: ['NOPE'], AllowedOrigins: ['*']}, code: 'InvalidRequest'},
	{rule: {AllowedMethods: ['GET'], AllowedOrigins: undefined}, code: 'MalformedXML'},
])('a CORS rule is not $rule', async ({rule, code}) => {
	const CORSConfiguration = {CORSRules: [rule as CORSRule]};
	const command = new PutBucketCorsCommand({...Bucket(), CORSConfiguration});
	expect(await errorOf(open.source.send(command))).toMatchObject({code, status: 400});
});

it('logs go to an own bucket of the same region (S3 API reference, ErrorResponses)', async () => {
	const foreign = open.name('foreign');
	await createVersioned(open.destination, foreign);
	const far = open.name('far');
	await createVersioned(open.s3('source', 'eu-west-1'), far);
	const logTo = (TargetBucket: string) =>
		open.source.send(
			new PutBucketLoggingCommand({
				...Bucket(),
				BucketLoggingStatus: {LoggingEnabled: {TargetBucket, TargetPrefix: ''}},
			}),
		);
	expect(await errorOf(logTo('nowhere'))).toMatchObject({
		code: 'InvalidTargetBucketForLogging',
		message: 'The target bucket for logging does not exist',
	});
	expect(await errorOf(logTo(foreign))).toMatchObject({code: 'InvalidTargetBucketForLogging'});
	expect(await errorOf(logTo(far))).toMatchObject({code: 'CrossLocationLoggingProhibitted', status: 403});
	await logTo(bucket);
});

it('encryption says of bucket keys that they are off (recorded: test_s3_default_bucket_encryption)', async () => {
	const rule = {ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'AES256' as const}};
	const ServerSideEncryptionConfiguration = {Rules: [rule]};
	await open.source.send(new PutBucketEncryptionCommand({...Bucket(), ServerSideEncryptionConfiguration}));
	const got = await open.source.send(new GetBucketEncryptionCommand(Bucket()));
	expect(got.ServerSideEncryptionConfiguration?.Rules).toEqual([{...rule, BucketKeyEnabled: false}]);
});

// Third-party, as reported of AWS; at most 100 years: S3 User Guide, object-lock-managing.
it.each([{Days: 0}, {Days: -1}, {Years: 0}, {Years: 101}, {Days: 36_501}])(
	'default retention is not %o',
	async (period) => {
		const command = new PutObjectLockConfigurationCommand({
			...Bucket(),
			ObjectLockConfiguration: {
				ObjectLockEnabled: 'Enabled',
				Rule: {DefaultRetention: {Mode: 'GOVERNANCE', ...period}},
			},
		});
		expect(await errorOf(open.source.send(command))).toMatchObject({
			code: 'InvalidArgument',
			fields: {ArgumentName: Object.keys(period)[0]},
		});
	},
);

describe('GetObjectAttributes', () => {
	const attributesOf = (Key: string, more: object) =>
		open.source.send(
			new GetObjectAttributesCommand({...Bucket(), Key, ObjectAttributes: ['ObjectParts'], ...more}),
		);

	it('tells the parts with their checksums, by pages (S3 API reference, GetObjectAttributesParts)', async () => {
		const at = {...Bucket(), Key: 'parts'};
		const {UploadId} = await open.source.send(
			new CreateMultipartUploadCommand({...at, ChecksumAlgorithm: 'SHA256'}),
		);
		const upload = async (PartNumber: number, Body: Buffer) => {
			const {ETag, ChecksumSHA256} = await open.source.send(
				new UploadPartCommand({...at, UploadId, PartNumber, Body, ChecksumAlgorithm: 'SHA256'}),
			);
			return {PartNumber, ETag, ChecksumSHA256};
		};
		const Parts = [await upload(2, Buffer.alloc(5 * 1024 * 1024)), await upload(5, Buffer.from('end'))];
		await open.source.send(new CompleteMultipartUploadCommand({...at, UploadId, MultipartUpload: {Parts}}));
		const first = await attributesOf('parts', {MaxParts: 1});
		expect(first.ObjectParts).toEqual({
			TotalPartsCount: 2,
			PartNumberMarker: '0',
			NextPartNumberMarker: '2',
			MaxParts: 1,
			IsTruncated: true,
			Parts: [{PartNumber: 2, Size: 5 * 1024 * 1024, ChecksumSHA256: Parts[0]?.ChecksumSHA256}],
		});
		const second = await attributesOf('parts', {MaxParts: 1, PartNumberMarker: '2'});
		expect(second.ObjectParts).toMatchObject({
			IsTruncated: false,
			Parts: [{PartNumber: 5, Size: 3, ChecksumSHA256: Parts[1]?.ChecksumSHA256}],
		});
	});

	it('tells no parts of an object that has none', async () => {
		expect((await attributesOf('k', {})).ObjectParts).toBeUndefined();
	});

	// Third-party, tested against AWS by others.
	it('knows no other attribute', async () => {
		expect(await errorOf(attributesOf('k', {ObjectAttributes: ['Nope']}))).toMatchObject({
			code: 'InvalidArgument',
			message: 'Invalid attribute name specified.',
		});
	});
});
