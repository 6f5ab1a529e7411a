import {
	type BucketLocationConstraint,
	CreateBucketCommand,
	DeleteBucketCommand,
	DeleteObjectCommand,
	GetBucketAnalyticsConfigurationCommand,
	GetBucketLocationCommand,
	GetBucketPolicyCommand,
	GetBucketVersioningCommand,
	GetObjectCommand,
	HeadBucketCommand,
	ListBucketsCommand,
	ListObjectsV2Command,
	PutBucketPolicyCommand,
	PutBucketVersioningCommand,
	PutObjectCommand,
	type BucketVersioningStatus,
} from '@aws-sdk/client-s3';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {isBucketName} from '../../source/sandbox/s3/buckets/bucket-name.js';
import {errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {createVersioned, policyOf, put} from './support/replicated-pair.js';

let open: OpenSandbox;
beforeAll(async () => {
	open = await openSandbox();
});
afterAll(() => open.close());

const create = (region: string, bucket: string, constraint?: string): Promise<unknown> => {
	// The SDK adds the constraint of its own region where there is none: the first call is built without it.
	const client = open.s3('source', region);
	client.middlewareStack.remove('locationConstraintMiddleware');
	return client.send(
		new CreateBucketCommand({
			Bucket: bucket,
			...(constraint === undefined
				? {}
				: {CreateBucketConfiguration: {LocationConstraint: constraint as BucketLocationConstraint}}),
		}),
	);
};

describe('CreateBucket', () => {
	const recorded = 'recorded: docs/aws-facts.md, 7.2 (LocalStack snapshot test_s3)';

	it.each([
		{region: 'us-east-1', constraint: undefined, location: '', source: recorded},
		{region: 'us-west-2', constraint: 'us-west-2', location: 'us-west-2', source: recorded},
		{region: 'eu-west-1', constraint: 'EU', location: 'EU', source: recorded},
		{region: 'mx-central-1', constraint: 'mx-central-1', location: 'mx-central-1', source: recorded},
	])('at $region with $constraint is in "$location" ($source)', async ({region, constraint, location}) => {
		const bucket = open.name('located');
		await create(region, bucket, constraint);
		const client = open.s3('source', region);
		const answer = await client.send(new GetBucketLocationCommand({Bucket: bucket}));
		expect(answer.LocationConstraint ?? '').toBe(location);
	});

	it.each([
		{
			region: 'us-east-1',
			constraint: 'us-east-1',
			code: 'InvalidLocationConstraint',
			message: 'The specified location-constraint is not valid',
		},
		{
			region: 'us-east-1',
			constraint: 'foo',
			code: 'InvalidLocationConstraint',
			message: 'The specified location-constraint is not valid',
		},
		{
			region: 'us-west-2',
			constraint: 'foo',
			code: 'IllegalLocationConstraintException',
			message:
				'The foo location constraint is incompatible for the region specific endpoint this request was sent to.',
		},
		{
			region: 'us-west-2',
			constraint: 'eu-west-1',
			code: 'IllegalLocationConstraintException',
			message:
				'The eu-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.',
		},
	])(
		`at $region with $constraint is refused: $code (${recorded})`,
		async ({region, constraint, code, message}) => {
			expect(await errorOf(create(region, open.name('refused'), constraint))).toMatchObject({
				code,
				message,
				status: 400,
			});
		},
	);

	it.each([
		'ab',
		'a'.repeat(64),
		'Upper-case',
		'under_score',
		'-begins',
		'ends-',
		'two..dots',
		'192.168.5.4',
		'xn--punycode',
		'sthree-bucket',
		'amzn-s3-demo-bucket',
		'an-alias-s3alias',
		'a-lambda--ol-s3',
		'a-table--table-s3',
	])('refuses the name %s (documented: S3 User Guide, bucketnamingrules)', async (bucket) => {
		expect(await errorOf(create('us-east-1', bucket))).toMatchObject({
			code: 'InvalidBucketName',
			message: 'The specified bucket is not valid.',
			status: 400,
		});
	});

	// S3 User Guide, gpbucketnamespaces; the error for a name of another account or region: guessed.
	it.each([
		{what: 'its own', bucket: 'mine-111122223333-us-east-1-an', namespace: 'account-regional', code: 'none'},
		{what: 'another account', bucket: 'mine-444455556666-us-east-1-an', namespace: 'account-regional'},
		{what: 'another region', bucket: 'mine-111122223333-us-west-2-an', namespace: 'account-regional'},
		{what: 'nothing', bucket: 'mine', namespace: 'account-regional'},
		{what: 'its own', bucket: 'other-111122223333-us-east-1-an', namespace: 'global'},
	] as const)(
		'answers a name that ends as $what in the namespace $namespace',
		async ({bucket, namespace, ...expected}) => {
			const answer = open.source
				.send(new CreateBucketCommand({Bucket: bucket, BucketNamespace: namespace}))
				.then(
					() => 'none',
					(error: Error) => error.name,
				);
			expect(await answer).toBe('code' in expected ? expected.code : 'InvalidBucketName');
		},
	);

	it('again is a conflict everywhere in the account’s own namespace (S3 User Guide, gpbucketnamespaces)', async () => {
		const input = {Bucket: 'again-111122223333-us-east-1-an', BucketNamespace: 'account-regional'} as const;
		await open.source.send(new CreateBucketCommand(input));
		const again = open.source.send(new CreateBucketCommand(input));
		expect(await errorOf(again)).toMatchObject({code: 'BucketAlreadyOwnedByYou', status: 409});
	});

	it.each(['a-directory--x-s3', 'an-access-point.mrap'])(
		'would refuse %s, which the SDK does not send',
		(name) => {
			expect(isBucketName(name)).toBe(false);
		},
	);

	it('again is fine in us-east-1 and a conflict elsewhere (recorded, docs/aws-facts.md, 7.2)', async () => {
		const home = open.name('home');
		const west = open.name('west');
		await create('us-east-1', home);
		await create('us-east-1', home);
		await create('us-west-2', west, 'us-west-2');
		expect(await errorOf(create('us-west-2', west, 'us-west-2'))).toMatchObject({
			code: 'BucketAlreadyOwnedByYou',
			message: 'Your previous request to create the named bucket succeeded and you already own it.',
			status: 409,
			fields: {BucketName: west},
		});
	});

	it('refuses a name that another account has (documented: ErrorResponses)', async () => {
		const bucket = open.name('taken');
		await create('us-east-1', bucket);
		const again = open.destination.send(new CreateBucketCommand({Bucket: bucket}));
		expect(await errorOf(again)).toMatchObject({code: 'BucketAlreadyExists', status: 409});
	});
});

describe('a bucket of another region', () => {
	let bucket: string;
	beforeAll(async () => {
		bucket = open.name('west');
		await create('us-west-2', bucket, 'us-west-2');
	});

	it('is redirected to by name (recorded, docs/aws-facts.md, 7.5)', async () => {
		expect(await errorOf(open.source.send(new ListObjectsV2Command({Bucket: bucket})))).toMatchObject({
			code: 'PermanentRedirect',
			status: 301,
			fields: {Endpoint: 's3.us-west-2.amazonaws.com', Bucket: bucket},
		});
	});

	it('answers HEAD with its region and no body (documented: HeadBucket)', async () => {
		const error = await errorOf(open.source.send(new HeadBucketCommand({Bucket: bucket})));
		expect(error.status).toBe(301);
		const {headers} = (error.fields as {$response?: {headers: Record<string, string>}}).$response ?? {
			headers: {},
		};
		expect(headers['x-amz-bucket-region']).toBe('us-west-2');
	});

	// Documented: S3 User Guide, Redirects.
	it('tells where it is to a client that follows redirects', async () => {
		const answer = await open.source.send(new GetBucketLocationCommand({Bucket: bucket}));
		expect(answer.LocationConstraint).toBe('us-west-2');
	});
});

describe('a bucket of somebody else', () => {
	it.each([
		{what: 'that is not there', bucket: () => open.name('nobody'), status: 404, region: undefined},
		{
			what: 'of another account',
			bucket: async () => {
				const bucket = open.name('theirs');
				await createVersioned(open.s3('destination', 'us-east-1'), bucket);
				return bucket;
			},
			status: 403,
			region: 'us-east-1',
		},
	])('HEAD of one $what is $status (documented: HeadBucket)', async ({bucket, status, region}) => {
		const error = await errorOf(open.source.send(new HeadBucketCommand({Bucket: await bucket()})));
		expect(error.status).toBe(status);
		const {headers} = (error.fields as {$response?: {headers: Record<string, string>}}).$response ?? {
			headers: {},
		};
		expect(headers['x-amz-bucket-region']).toBe(region);
	});

	it('is not touched where another owner is expected (recorded, docs/aws-facts.md, 7.5)', async () => {
		const bucket = open.name('mine');
		await createVersioned(open.source, bucket);
		const call = open.source.send(
			new GetBucketVersioningCommand({Bucket: bucket, ExpectedBucketOwner: '444455556666'}),
		);
		expect(await errorOf(call)).toMatchObject({code: 'AccessDenied', message: 'Access Denied', status: 403});
		const {Status} = await open.source.send(
			new GetBucketVersioningCommand({Bucket: bucket, ExpectedBucketOwner: '111122223333'}),
		);
		expect(Status).toBe('Enabled');
	});
});

describe('versioning', () => {
	const putStatus = (bucket: string, Status: string | undefined): Promise<unknown> =>
		open.source.send(
			new PutBucketVersioningCommand({
				Bucket: bucket,
				VersioningConfiguration: {Status: Status as BucketVersioningStatus | undefined},
			}),
		);

	it('is nothing, then what was put (recorded: TestS3BucketVersioning::test_bucket_versioning_crud)', async () => {
		const bucket = open.name('versioning');
		const status = async () =>
			(await open.source.send(new GetBucketVersioningCommand({Bucket: bucket}))).Status ?? 'none';
		await create('us-east-1', bucket);
		expect(await status()).toBe('none');
		await putStatus(bucket, 'Suspended');
		expect(await status()).toBe('Suspended');
		await putStatus(bucket, 'Enabled');
		expect(await status()).toBe('Enabled');
	});

	it.each([
		{
			status: 'enabled',
			code: 'MalformedXML',
			message: 'The XML you provided was not well-formed or did not validate against our published schema',
		},
		{
			status: 'Disabled',
			code: 'MalformedXML',
			message: 'The XML you provided was not well-formed or did not validate against our published schema',
		},
		{
			status: undefined,
			code: 'IllegalVersioningConfigurationException',
			message: 'The Versioning element must be specified',
		},
	])(
		'refuses $status: $code (recorded: TestS3BucketVersioning::test_bucket_versioning_crud)',
		async ({status, code, message}) => {
			const bucket = open.name('versioning');
			await create('us-east-1', bucket);
			expect(await errorOf(putStatus(bucket, status))).toMatchObject({code, message, status: 400});
		},
	);

	it('of no bucket is NoSuchBucket (recorded: TestS3BucketVersioning::test_bucket_versioning_crud)', async () => {
		expect(await errorOf(putStatus('there-is-none', 'Enabled'))).toMatchObject({
			code: 'NoSuchBucket',
			message: 'The specified bucket does not exist',
			status: 404,
			fields: {BucketName: 'there-is-none'},
		});
	});
});

describe('bucket policies', () => {
	const recorded = 'recorded: TestS3BucketPolicy::test_bucket_policy_exc';
	const notJson = "Policies must be valid JSON and the first byte must be '{'";
	const allowTo = (principal: unknown) => (bucket: string) =>
		policyOf([
			{Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*`},
		]);

	it.each([
		{what: 'nothing', policy: () => '', message: notJson, source: recorded},
		{what: 'no JSON', policy: () => 'random string', message: notJson, source: recorded},
		{what: 'no statement', policy: () => '{}', message: 'Missing required field Statement', source: recorded},
		{
			what: 'a role that does not exist',
			policy: allowTo({AWS: 'arn:aws:iam::111122223333:role/none'}),
			message: 'Invalid principal in policy',
			source: 'third-party: docs/aws-facts.md, 4.3',
		},
		{
			what: 'an account that does not exist',
			policy: allowTo({AWS: '999999999999'}),
			message: 'Invalid principal in policy',
			source: 'third-party: docs/aws-facts.md, 4.3',
		},
		{
			what: 'another bucket',
			policy: () => allowTo({AWS: '444455556666'})('another-bucket'),
			message: 'Policy has invalid resource',
			source: 'documented: ErrorResponses; text from public issues',
		},
	])('are refused with $what ($source)', async ({policy, message}) => {
		const bucket = open.name('policy');
		await create('us-east-1', bucket);
		const call = open.source.send(new PutBucketPolicyCommand({Bucket: bucket, Policy: policy(bucket)}));
		expect(await errorOf(call)).toMatchObject({code: 'MalformedPolicy', message, status: 400});
	});

	it('are not for everybody on a new bucket (documented: access-control-block-public-access)', async () => {
		const bucket = open.name('policy');
		await create('us-east-1', bucket);
		const call = open.source.send(new PutBucketPolicyCommand({Bucket: bucket, Policy: allowTo('*')(bucket)}));
		const error = await errorOf(call);
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
		expect(error.message).toContain('BlockPublicPolicy');
	});

	it('come back as they were written, and are not there before (recorded: test_bucket_policy_crud)', async () => {
		const bucket = open.name('policy');
		await create('us-east-1', bucket);
		const get = new GetBucketPolicyCommand({Bucket: bucket});
		expect(await errorOf(open.source.send(get))).toMatchObject({
			code: 'NoSuchBucketPolicy',
			message: 'The bucket policy does not exist',
			status: 404,
			fields: {BucketName: bucket},
		});
		const Policy = allowTo({AWS: 'arn:aws:iam::444455556666:root'})(bucket);
		await open.source.send(new PutBucketPolicyCommand({Bucket: bucket, Policy}));
		expect((await open.source.send(get)).Policy).toBe(Policy);
	});

	it('are not for another account to write, even one that is allowed (documented: PutBucketPolicy)', async () => {
		const bucket = open.name('policy');
		await createVersioned(open.destination, bucket);
		const all = policyOf([
			{
				Effect: 'Allow',
				Principal: {AWS: '111122223333'},
				Action: 's3:*',
				Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
			},
		]);
		await open.destination.send(new PutBucketPolicyCommand({Bucket: bucket, Policy: all}));
		const foreigner = open.s3('source', 'us-west-2');
		expect(
			await errorOf(foreigner.send(new PutBucketPolicyCommand({Bucket: bucket, Policy: all}))),
		).toMatchObject({
			code: 'MethodNotAllowed',
			status: 405,
		});
		expect(await put(foreigner, bucket, 'k')).toMatch(/^[\w.]{32}$/);
	});
});

describe('DeleteBucket', () => {
	it('wants every version gone first (recorded: test_delete_versioned_bucket_with_objects)', async () => {
		const bucket = open.name('full');
		await createVersioned(open.source, bucket);
		const versionId = await put(open.source, bucket, 'k');
		expect(await errorOf(open.source.send(new DeleteBucketCommand({Bucket: bucket})))).toMatchObject({
			code: 'BucketNotEmpty',
			message: 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
			status: 409,
		});
		await open.source.send(new DeleteObjectCommand({Bucket: bucket, Key: 'k', VersionId: versionId}));
		await open.source.send(new DeleteBucketCommand({Bucket: bucket}));
		const {Buckets} = await open.source.send(new ListBucketsCommand({}));
		expect(Buckets?.map(({Name}) => Name)).not.toContain(bucket);
	});
});

// The sandbox's own.
it('refuses what it does not do and names it', async () => {
	const bucket = open.name('analytics');
	await create('us-east-1', bucket);
	expect(
		await errorOf(open.source.send(new GetBucketAnalyticsConfigurationCommand({Bucket: bucket, Id: 'i'}))),
	).toMatchObject({
		code: 'NotImplemented',
		status: 501,
		message: 'The sandbox does not implement GetBucketAnalyticsConfiguration.',
	});
});

describe('permissions', () => {
	const userWith = (statements: readonly Readonly<Record<string, unknown>>[]) =>
		open.s3(
			open.sandbox.addUser({
				accountId: '111122223333',
				userName: open.name('user'),
				policy: {Version: '2012-10-17', Statement: statements},
			}),
			'us-east-1',
		);

	it('of a caller of the account are refused with the reason (documented: troubleshoot-403-errors)', async () => {
		const bucket = open.name('mine');
		await createVersioned(open.source, bucket);
		const user = userWith([{Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*'}]);
		const error = await errorOf(user.send(new PutObjectCommand({Bucket: bucket, Key: 'k', Body: 'x'})));
		expect(error).toMatchObject({code: 'AccessDenied', status: 403});
		expect(error.message).toMatch(
			/^User: arn:aws:iam::111122223333:user\/user-\d+ is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::mine-\d+\/k" because no identity-based policy allows the s3:PutObject action$/,
		);
	});

	it('of another account are refused without one (documented: troubleshoot-403-errors)', async () => {
		const bucket = open.name('mine');
		await createVersioned(open.source, bucket);
		const call = open.s3('destination', 'us-east-1').send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		expect(await errorOf(call)).toMatchObject({code: 'AccessDenied', message: 'Access Denied', status: 403});
	});

	it.each([
		{may: 's3:GetObject', code: 'AccessDenied', status: 403},
		{may: 's3:*', code: 'NoSuchKey', status: 404},
	])('$may shows a missing key as $code (documented: GetObject)', async ({may, code, status}) => {
		const bucket = open.name('mine');
		await createVersioned(open.source, bucket);
		const user = userWith([{Effect: 'Allow', Action: may, Resource: '*'}]);
		expect(await errorOf(user.send(new GetObjectCommand({Bucket: bucket, Key: 'k'})))).toMatchObject({
			code,
			status,
		});
	});

	it('for a version are those of GetObjectVersion instead (documented: GetObject)', async () => {
		const bucket = open.name('mine');
		await createVersioned(open.source, bucket);
		const VersionId = await put(open.source, bucket, 'k');
		const user = userWith([{Effect: 'Allow', Action: 's3:GetObject', Resource: '*'}]);
		await user.send(new GetObjectCommand({Bucket: bucket, Key: 'k'}));
		expect(
			await errorOf(user.send(new GetObjectCommand({Bucket: bucket, Key: 'k', VersionId}))),
		).toMatchObject({
			code: 'AccessDenied',
			status: 403,
		});
	});
});
