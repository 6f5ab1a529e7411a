import {
	CreateBucketCommand,
	DeleteObjectsCommand,
	GetBucketTaggingCommand,
	GetObjectTaggingCommand,
	ListObjectsV2Command,
	ListObjectVersionsCommand,
	PutBucketTaggingCommand,
	PutObjectCommand,
	PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import {
	AttachRolePolicyCommand,
	CreatePolicyCommand,
	CreateRoleCommand,
	CreateUserCommand,
	GetRoleCommand,
	GetRolePolicyCommand,
	ListRolesCommand,
	PutRolePolicyCommand,
	SimulateCustomPolicyCommand,
} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Credentials, errorOf, openSandbox, type OpenSandbox} from './support/open-sandbox.js';
import {codeOf, headerOf, type RawAnswer, type RawRequest, sendRaw} from './support/raw-request.js';
import {createVersioned} from './support/replicated-pair.js';

// Names that every object of JavaScript has by itself are ordinary to AWS: that they are taken follows from the rules
// for each kind of name (documented: S3 User Guide, object-keys, UsingMetadata and bucketnamingrules; IAM User Guide,
// reference_iam-quotas). What AWS says where they break such a rule is documented there, too.
const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf', '__defineGetter__'];

let open: OpenSandbox;
let bucket: string;
let key: Credentials;
beforeAll(async () => {
	open = await openSandbox();
	bucket = open.name('bucket');
	await createVersioned(open.source, bucket);
	key = open.sandbox.addUser({accountId: '111122223333', userName: 'namer'});
});
afterAll(() => open.close());

const send = async (request: RawRequest): Promise<RawAnswer> =>
	sendRaw(open.sandbox.endpointUrl, key, request);

describe.each(names)('the name %s', (name) => {
	it('is an object like others', async () => {
		const Bucket = open.name('keys');
		await createVersioned(open.source, Bucket);
		const path = `/${Bucket}/${name}`;
		expect(await send({method: 'PUT', path, body: 'hello'})).toMatchObject({status: 200});
		expect(await send({method: 'GET', path})).toMatchObject({status: 200, body: 'hello'});
		const copy = await send({method: 'PUT', path: `${path}/copy`, headers: {'x-amz-copy-source': path}});
		expect(copy.status).toBe(200);
		const listed = await open.source.send(new ListObjectsV2Command({Bucket, Prefix: name, Delimiter: '/'}));
		expect(listed.Contents?.map(({Key}) => Key)).toEqual([name]);
		expect(listed.CommonPrefixes).toEqual([{Prefix: `${name}/`}]);
		const tags = {Bucket, Key: name, Tagging: {TagSet: [{Key: name, Value: name}]}};
		await open.source.send(new PutObjectTaggingCommand(tags));
		const {TagSet} = await open.source.send(new GetObjectTaggingCommand({Bucket, Key: name}));
		expect(TagSet).toEqual([{Key: name, Value: name}]);
		const gone = await open.source.send(new DeleteObjectsCommand({Bucket, Delete: {Objects: [{Key: name}]}}));
		expect(gone.Deleted?.map(({Key}) => Key)).toEqual([name]);
		const {DeleteMarkers} = await open.source.send(new ListObjectVersionsCommand({Bucket}));
		expect(DeleteMarkers?.map(({Key}) => Key)).toEqual([name]);
	});

	// Header names are sent in lower case by the SDKs, and S3 gives metadata back so (S3 User Guide, UsingMetadata).
	it.each<{what: string; more: Readonly<Record<string, string>>}>([
		{what: 'alone', more: {}},
		{what: 'beside a date', more: {expires: 'Thu, 01 Dec 2033 16:00:00 GMT'}},
		{what: 'beside a lock', more: {'x-amz-object-lock-legal-hold': 'OFF'}},
	])('is metadata like others, $what', async ({more}) => {
		const Bucket = open.name('metadata');
		await open.source.send(new CreateBucketCommand({Bucket, ObjectLockEnabledForBucket: true}));
		const meta = `x-amz-meta-${name.toLowerCase()}`;
		const path = `/${Bucket}/described`;
		const headers = {[meta]: 'kept', 'x-amz-meta-other': 'too', ...more};
		expect(await send({method: 'PUT', path, headers})).toMatchObject({status: 200});
		const head = await send({method: 'HEAD', path});
		expect(headerOf(head, meta)).toBe('kept');
		expect(headerOf(head, 'x-amz-meta-other')).toBe('too');
		await send({method: 'PUT', path: `${path}-copy`, headers: {'x-amz-copy-source': path}});
		expect(headerOf(await send({method: 'HEAD', path: `${path}-copy`}), meta)).toBe('kept');
		const {body} = await send({method: 'POST', path: `${path}-parts`, query: [['uploads', '']], headers});
		const uploadId = /<UploadId>(.+)<\/UploadId>/.exec(body)?.[1] ?? '';
		const part = [['uploadId', uploadId] as const];
		const sent = await send({
			method: 'PUT',
			path: `${path}-parts`,
			query: [['partNumber', '1'], ...part],
			body: 'a',
		});
		const parts = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${headerOf(sent, 'etag')}</ETag></Part></CompleteMultipartUpload>`;
		await send({method: 'POST', path: `${path}-parts`, query: part, body: parts});
		expect(headerOf(await send({method: 'HEAD', path: `${path}-parts`}), meta)).toBe('kept');
	});

	it('is a header and a parameter like others', async () => {
		const path = `/${bucket}`;
		const query = [
			[name, 'x'],
			['list-type', '2'],
		] as const;
		expect(await send({method: 'GET', path, query, headers: {[name.toLowerCase()]: 'x'}})).toMatchObject({
			status: 200,
		});
		const put = {method: 'PUT', path: `/${bucket}/named`, unsignedHeaders: {[name]: 'x'}};
		expect(await send(put)).toMatchObject({status: 200});
	});

	it('is a tag of a header and of a bucket like others', async () => {
		const Key = `tagged-${name}`;
		const headers = {'x-amz-tagging': `${name}=${name}`};
		expect(await send({method: 'PUT', path: `/${bucket}/${Key}`, headers})).toMatchObject({status: 200});
		const {TagSet} = await open.source.send(new GetObjectTaggingCommand({Bucket: bucket, Key}));
		expect(TagSet).toEqual([{Key: name, Value: name}]);
		const Tagging = {TagSet: [{Key: name, Value: name}]};
		await open.source.send(new PutBucketTaggingCommand({Bucket: bucket, Tagging}));
		const ofBucket = await open.source.send(new GetBucketTaggingCommand({Bucket: bucket}));
		expect(ofBucket.TagSet).toEqual(Tagging.TagSet);
	});

	it('is no ACL, no storage class and no element', async () => {
		const path = `/${bucket}/none`;
		const withAcl = await send({method: 'PUT', path, headers: {'x-amz-acl': name}});
		expect(withAcl).toMatchObject({status: 400});
		const withClass = await send({method: 'PUT', path, headers: {'x-amz-storage-class': name}});
		// Documented: S3 API reference, ErrorResponses.
		expect(codeOf(withClass)).toBe('InvalidStorageClass');
		// As other algorithms that S3 does not know (test/sandbox/refusals.test.ts).
		const algorithm = {'x-amz-checksum-algorithm': name};
		const begun = await send({method: 'POST', path, query: [['uploads', '']], headers: algorithm});
		expect(begun).toMatchObject({status: 400});
		expect(codeOf(begun)).toBe('InvalidRequest');
		const body = `<Tagging><${name}>x</${name}><TagSet></TagSet></Tagging>`;
		const withElement = await send({method: 'PUT', path: `/${bucket}`, query: [['tagging', '']], body});
		expect(codeOf(withElement)).toBe('MalformedXML');
		const withRoot = await send({
			method: 'PUT',
			path: `/${bucket}`,
			query: [['tagging', '']],
			body: `<${name}/>`,
		});
		expect(codeOf(withRoot)).toBe('MalformedXML');
	});

	it('is a role, a policy, a tag and a user like others', async () => {
		const RoleName = name;
		const trust = JSON.stringify({
			Version: '2012-10-17',
			Statement: [{Effect: 'Allow', Principal: {Service: 's3.amazonaws.com'}, Action: 'sts:AssumeRole'}],
		});
		expect(await errorOf(open.iam.send(new GetRoleCommand({RoleName})))).toMatchObject({
			code: 'NoSuchEntity',
		});
		const Tags = [{Key: name, Value: name}];
		const role = {RoleName, AssumeRolePolicyDocument: trust, Tags};
		await open.iam.send(new CreateRoleCommand(role));
		const {Role} = await open.iam.send(new GetRoleCommand({RoleName}));
		expect(Role).toMatchObject({RoleName, Tags});
		const {Roles} = await open.iam.send(new ListRolesCommand({}));
		expect(Roles?.map((listed) => listed.RoleName)).toContain(name);
		const PolicyDocument = JSON.stringify({
			Version: '2012-10-17',
			Statement: [{Effect: 'Allow', Action: 's3:*', Resource: '*'}],
		});
		await open.iam.send(new PutRolePolicyCommand({RoleName, PolicyName: name, PolicyDocument}));
		const inline = await open.iam.send(new GetRolePolicyCommand({RoleName, PolicyName: name}));
		expect(decodeURIComponent(inline.PolicyDocument ?? '')).toBe(PolicyDocument);
		const {Policy} = await open.iam.send(new CreatePolicyCommand({PolicyName: name, PolicyDocument}));
		await open.iam.send(new AttachRolePolicyCommand({RoleName, PolicyArn: Policy?.Arn}));
		const {User} = await open.iam.send(new CreateUserCommand({UserName: name, Tags}));
		expect(User).toMatchObject({UserName: name, Tags});
	});

	it('is a key of a condition like others', async () => {
		const document = (condition: object): string =>
			JSON.stringify({
				Version: '2012-10-17',
				Statement: [{Effect: 'Allow', Action: '*', Resource: '*', Condition: condition}],
			});
		const decisionOn = async (condition: object): Promise<string | undefined> => {
			const {EvaluationResults} = await open.iam.send(
				new SimulateCustomPolicyCommand({
					ActionNames: ['s3:GetObject'],
					PolicyInputList: [document(condition)],
					ContextEntries: [{ContextKeyName: name, ContextKeyType: 'string', ContextKeyValues: ['x']}],
				}),
			);
			return EvaluationResults?.[0]?.EvalDecision;
		};
		const of = (key: string): object => Object.fromEntries([[key, 'x']]);
		expect(await decisionOn({StringEquals: of(name)})).toBe('allowed');
		expect(await decisionOn({StringEquals: of(`aws:PrincipalTag/${name}`)})).toBe('implicitDeny');
		expect(await errorOf(decisionOn(Object.fromEntries([[name, of('aws:username')]])))).toMatchObject({
			code: 'InvalidInput',
		});
	});

	it('is no operation and a parameter of a form that does not count', async () => {
		const form = (body: string): RawRequest => ({
			method: 'POST',
			path: '/',
			body,
			service: 'iam',
			headers: {'content-type': 'application/x-www-form-urlencoded'},
		});
		expect(codeOf(await send(form(`Action=${name}&Version=2010-05-08`)))).toBe('InvalidAction');
		const answer = await send(form(`Action=ListRoles&Version=2010-05-08&${name}=x&${name}.member.1=y`));
		expect(answer).toMatchObject({status: 200});
	});
});

describe('as the name of a bucket', () => {
	it('constructor is like others (documented: bucketnamingrules)', async () => {
		await createVersioned(open.source, 'constructor');
		await open.source.send(new PutObjectCommand({Bucket: 'constructor', Key: 'constructor', Body: 'x'}));
		expect(await send({method: 'GET', path: '/constructor/constructor'})).toMatchObject({body: 'x'});
	});

	it.each(['__proto__', 'hasOwnProperty', 'toString'])(
		'%s is none (documented: bucketnamingrules)',
		async (name) => {
			expect(codeOf(await send({method: 'PUT', path: `/${name}`}))).toBe('InvalidBucketName');
			expect(codeOf(await send({method: 'GET', path: `/${name}`}))).toBe('NoSuchBucket');
		},
	);
});
