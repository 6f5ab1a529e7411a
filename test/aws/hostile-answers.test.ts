import {gzipSync} from 'node:zlib';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {Connection} from '../../source/aws/ports.js';
import {ownVersions} from '../../source/engine/clean-up/own-versions.js';
import {failureOf} from './support/connected-sandbox.js';
import {hasOthers, heads, listFrom, type PortCall, readings, writings} from './support/port-calls.js';
import {answerOf, type RawEndpoint, rawEndpoint} from './support/raw-endpoint.js';

let answer: Buffer;
let endpoint: RawEndpoint;
let aws: Connection;

beforeAll(async () => {
	endpoint = await rawEndpoint((socket, head) =>
		// An answer to HEAD ends with its headers.
		socket.write(head.startsWith('HEAD ') ? answer.subarray(0, answer.indexOf('\r\n\r\n') + 4) : answer),
	);
	aws = await endpoint.connection();
});

afterAll(async () => endpoint.close());

const html = {'content-type': 'text/html; charset=utf-8'};
const json = {'content-type': 'application/json'};
const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Welcome</body></html>';
const all = {...readings, ...writings, ...heads};
const bodied = {...readings, ...writings};

type Calls = Readonly<Record<string, PortCall>>;

/** Each with the calls that it is no answer to. */
const answers: Readonly<Record<string, readonly [Buffer, Calls]>> = {
	'a page with HTTP 200': [answerOf('200 OK', page, html), all],
	'a page with HTTP 404': [answerOf('404 Not Found', page, html), all],
	'a page with HTTP 403': [answerOf('403 Forbidden', page, html), all],
	'a page with HTTP 502': [answerOf('502 Bad Gateway', page, html), all],
	'a page that is XML': [
		answerOf('200 OK', '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>'),
		bodied,
	],
	'a redirect to a page': [
		answerOf('302 Found', page, {...html, location: 'http://portal.example/login'}),
		all,
	],
	'a redirect without a body': [answerOf('301 Moved', '', {location: 'https://elsewhere.example/'}), all],
	'a redirect that says nothing': [answerOf('307 Temporary Redirect', '', {}), all],
	'nothing new': [answerOf('304 Not Modified', '', {}), all],
	'HTTP 401 without a body': [answerOf('401 Unauthorized', '', {'www-authenticate': 'Basic'}), all],
	'HTTP 407 of a proxy': [
		answerOf('407 Proxy Authentication Required', '', {'proxy-authenticate': 'Basic'}),
		all,
	],
	'HTTP 201': [answerOf('201 Created', '', {etag: '"e"'}), all],
	'HTTP 202': [answerOf('202 Accepted', '', {etag: '"e"'}), all],
	'HTTP 206': [answerOf('206 Partial Content', '<ListAllMyBucketsResult/>'), all],
	'an empty page with HTTP 200': [answerOf('200 OK', '', html), all],
	'JSON with HTTP 200': [
		answerOf('200 OK', '{"ok":true,"Buckets":[]}', json),
		{...bodied, GetBucketPolicy: jsonPolicy()},
	],
	'JSON with HTTP 404': [answerOf('404 Not Found', '{"message":"no Route matched"}', json), bodied],
	'JSON with HTTP 400': [answerOf('400 Bad Request', '["no"]', json), bodied],
	'a word with HTTP 200': [answerOf('200 OK', 'OK', {'content-type': 'text/plain'}), bodied],
	'a word with HTTP 503': [answerOf('503 Service Unavailable', 'upstream gone', {}), bodied],
	'XML of somebody else': [
		answerOf('200 OK', '<?xml version="1.0"?><WISPAccessGatewayParam><Redirect/></WISPAccessGatewayParam>'),
		bodied,
	],
	'XML of somebody else with HTTP 404': [
		answerOf('404 Not Found', '<soap:Envelope><Fault/></soap:Envelope>'),
		bodied,
	],
	'an error that is cut off': [answerOf('404 Not Found', '<Error><Code>NoSuchBucket</Code><Mess'), bodied],
	'an error that is cut off with HTTP 200': [answerOf('200 OK', '<Error><Code>InternalError</Co'), bodied],
	'an error of IAM with HTTP 200': [
		answerOf('200 OK', '<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>'),
		bodied,
	],
	zeros: [answerOf('200 OK', Buffer.alloc(1000)), bodied],
	'bytes that nobody asked to be packed': [
		answerOf('200 OK', gzipSync(page), {'content-encoding': 'gzip'}),
		bodied,
	],
	'UTF-16': [answerOf('200 OK', Buffer.from('<Error/>', 'utf16le')), bodied],
	'nothing with HTTP 200': [
		answerOf('200 OK'),
		{...readings, PutObject: all.PutObject, HeadObject: all.HeadObject} as Calls,
	],
	'blanks with HTTP 200': [answerOf('200 OK', ' \r\n\t '), readings],
	'nothing with HTTP 204': [answerOf('204 No Content', '', {}), readings],
	'a declaration and nothing else': [answerOf('200 OK', '<?xml version="1.0" encoding="UTF-8"?>'), bodied],
};

function jsonPolicy(): PortCall {
	return readings['GetBucketPolicy'] as PortCall;
}

describe.each(Object.entries(answers))('%s', (_name, [bytes, calls]) => {
	test('is no answer to any call, and what came is told', async () => {
		answer = bytes;
		const failures = await Promise.all(
			Object.entries(calls).map(async ([operation, call]) => ({
				operation,
				problem: (await failureOf(call(aws))).problem,
			})),
		);
		for (const {operation, problem} of failures) {
			expect(problem, operation).toMatchObject({code: 'unexpected-answer', kind: 'fixable'});
			expect(problem.headline).toBe(`Cannot understand the answer to ${operation}`);
			expect(problem.cause).toContain(`was sent to ${endpoint.url}. `);
			expect(problem.cause).toMatch(/It came with HTTP \d{3}, |The policy in the answer|The answer has no /);
			expect(problem.cause).not.toMatch(/TypeError|undefined|\[object|Deserialization/);
		}
	});
});

const named = (operation: string, inner: string) =>
	`<${operation}Response><${operation}Result>${inner}</${operation}Result></${operation}Response>`;
const roled = (inner: string) => named('GetRole', `<Role>${inner}</Role>`);
const replicated = (inner: string) => `<ReplicationConfiguration>${inner}</ReplicationConfiguration>`;
const ruled = (rule: string) => replicated(`<Role>arn:aws:iam::1:role/r</Role>${rule}`);
const listed = (inner: string) => `<ListVersionsResult>${inner}</ListVersionsResult>`;
const version = (inner: string) => listed(`<Version>${inner}</Version>`);
const truncated = (inner: string) => listed(`<IsTruncated>true</IsTruncated>${inner}`);
const whole =
	'<Key>p/k</Key><VersionId>v</VersionId><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified>';
const read = (operation: string) => all[operation as keyof typeof all] as PortCall;
const again = 'comes to the same place again';

type Row = readonly [string, string, string, PortCall?];

const rows: readonly Row[] = [
	['GetRole', named('GetRole', ''), 'has no Role'],
	['GetRole', '<GetRoleResponse/>', 'has no GetRoleResult'],
	['GetRole', '<GetRoleResponse><GetRoleResult><Role>', 'ends before its GetRoleResponse does'],
	['GetRole', '<GetUserResponse><GetUserResult/></GetUserResponse>', 'should be a GetRoleResponse in XML'],
	['GetRole', roled('<RoleName>r</RoleName>'), 'has no Arn'],
	['GetRole', roled('<Arn>a</Arn>'), 'has no AssumeRolePolicyDocument'],
	[
		'GetRole',
		roled('<Arn>a</Arn><AssumeRolePolicyDocument>%7B</AssumeRolePolicyDocument>'),
		'no JSON document',
	],
	[
		'GetRole',
		roled('<Arn>a</Arn><AssumeRolePolicyDocument>%E0%A4%A</AssumeRolePolicyDocument>'),
		'no JSON document',
	],
	['GetRole', roled('<Arn>a</Arn><AssumeRolePolicyDocument>null</AssumeRolePolicyDocument>'), 'is no policy'],
	['GetRole', roled('<Arn><a>b</a></Arn>'), 'cannot be read'],
	['GetRolePolicy', named('GetRolePolicy', '<PolicyName>p</PolicyName>'), 'has no PolicyDocument'],
	['GetRolePolicy', named('GetRolePolicy', '<PolicyDocument>5</PolicyDocument>'), 'is no policy'],
	['GetPolicy', named('GetPolicy', '<Policy><Arn>a</Arn></Policy>'), 'has no DefaultVersionId'],
	[
		'ListRolePolicies',
		named('ListRolePolicies', '<PolicyNames><member/></PolicyNames>'),
		'has no PolicyName',
	],
	[
		'ListAttachedRolePolicies',
		named('ListAttachedRolePolicies', '<AttachedPolicies><member/></AttachedPolicies>'),
		'has no PolicyArn',
	],
	[
		'SimulatePrincipalPolicy',
		named('SimulatePrincipalPolicy', '<EvaluationResults><member/></EvaluationResults>'),
		'has no EvalActionName',
	],
	['GetCallerIdentity', named('GetCallerIdentity', '<Arn>arn:aws:iam::1:user/u</Arn>'), 'has no Account'],
	['GetCallerIdentity', named('GetCallerIdentity', '<Account>1</Account>'), 'has no Arn'],
	[
		'ListBuckets',
		'<ListAllMyBucketsResult><Buckets><Bucket><CreationDate>2026-01-01T00:00:00Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>',
		'has no Name',
	],
	[
		'ListBuckets',
		'<ListAllMyBucketsResult><Buckets><Bucket><Name>b</Name><CreationDate>soon</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>',
		'cannot be read',
	],
	['GetBucketVersioning', '<VersioningConfiguration><Status>Enab', 'ends before'],
	['GetBucketVersioning', '<ReplicationConfiguration/>', 'should be a VersioningConfiguration'],
	['GetBucketReplication', replicated(''), 'has no Role'],
	['GetBucketReplication', ruled(''), 'has no Rule'],
	['GetBucketReplication', ruled('<Rule/>'), 'has no Status of a rule'],
	[
		'GetBucketReplication',
		ruled('<Rule><Status>Enabled</Status></Rule>'),
		'has no Bucket of a rule’s Destination',
	],
	[
		'GetBucketReplication',
		ruled(
			'<Rule><Status>Enabled</Status><Priority>high</Priority><Destination><Bucket>b</Bucket></Destination></Rule>',
		),
		'no number',
	],
	['GetBucketPolicy', '{', 'no JSON document'],
	['GetBucketPolicy', '[]', 'should be a JSON document'],
	['GetBucketPolicy', '{}', 'is no policy'],
	['GetBucketPolicy', '{"Statement":5}', 'is no policy'],
	['GetBucketPolicy', '{"Statement":[null]}', 'is no policy'],
	['GetBucketPolicy', '{"Statement":{"Action":5}}', 'is no policy'],
	['GetBucketPolicy', '{"Statement":{"Principal":{"AWS":[{}]}}}', 'is no policy'],
	['GetBucketPolicy', '{"Statement":{"Condition":{"StringEquals":null}}}', 'is no policy'],
	['ListObjectVersions', version('<VersionId>v</VersionId>'), 'has no Key'],
	['ListObjectVersions', version('<Key>k</Key>'), 'has no VersionId'],
	['ListObjectVersions', version(whole.replace('<Size>1', '<Size>many')), 'no number'],
	['ListObjectVersions', version(whole.replace('2026-01-01', 'soon')), 'cannot be read'],
	['ListObjectVersions', version(whole.replace(/<LastModified>.*$/, '')), 'has no LastModified'],
	['ListObjectVersions', listed('<DeleteMarker/>'), 'has no Key'],
	['ListObjectVersions', truncated(''), 'does not say where'],
	['ListObjectVersions', truncated('<NextKeyMarker>k</NextKeyMarker>'), again, listFrom({keyMarker: 'k'})],
	[
		'ListObjectVersions',
		truncated('<NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>v</NextVersionIdMarker>'),
		again,
		listFrom({keyMarker: 'k', versionIdMarker: 'v'}),
	],
	[
		'ListObjectVersions',
		truncated('<NextKeyMarker>j</NextKeyMarker>'),
		'goes backwards',
		listFrom({keyMarker: 'k'}),
	],
	[
		'ListObjectVersions',
		truncated('<NextKeyMarker>\uE000</NextKeyMarker>'),
		'goes backwards',
		listFrom({keyMarker: '\u{10000}'}),
	],
	['ListObjectVersions', version(whole), 'a key that was not asked for', hasOthers],
];

test.each(rows.map(([operation, body, words, call = read(operation)]) => ({operation, body, words, call})))(
	'$operation is not taken from $body: the answer $words',
	async ({operation, body, words, call}) => {
		answer = answerOf('200 OK', body);
		const {problem} = await failureOf(call(aws));
		expect(problem).toMatchObject({code: 'unexpected-answer', kind: 'fixable'});
		expect(problem.headline).toBe(`Cannot understand the answer to ${operation}`);
		expect(problem.cause).toContain(endpoint.url);
		expect(problem.cause).toContain(words);
		expect(problem.cause).not.toMatch(/TypeError|Deserialization|\n/);
	},
);

test('a look for others’ files that is given what lies before its marker ends', async () => {
	const deaf = await rawEndpoint((socket, head) =>
		socket.write(answerOf('200 OK', head.includes('prefix=') ? listed('') : version(whole))),
	);
	onTestFinished(deaf.close);
	const {problem} = await failureOf(hasOthers(await deaf.connection()));
	expect(problem.code).toBe('unexpected-answer');
	expect(problem.cause).toContain(again);
	expect(deaf.requestCount()).toBe(3);
});

test('a listing that goes from one version of a key to another and back ends', async () => {
	let turn = 0;
	const circling = await rawEndpoint((socket) => {
		turn++;
		const marker = `<NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>${turn % 2}</NextVersionIdMarker>`;
		socket.write(answerOf('200 OK', truncated(marker)));
	});
	onTestFinished(circling.close);
	const {objects} = await circling.connection();
	const reference = {bucket: 'b', region: 'us-east-1', accountId: '111122223333'};
	const files = {prefix: 'p/', recorded: new Set<string>(), isComplete: false, isMarked: true};
	const listAll = async (): Promise<void> => {
		for await (const page of ownVersions(objects, reference, files, {patiently: async (call) => call()}))
			expect(page.own).toEqual([]);
	};
	const {problem} = await failureOf(listAll());
	expect(problem.cause).toContain(again);
	expect(circling.requestCount()).toBe(3);
});

const succeeding: readonly string[] = [
	'<Error><Code>InternalError</Code><Message>Try again.</Message></Error>\n',
	'<?xml version="1.0"?>\n<Error><Code>InternalError</Code></Error>',
];

test.each(succeeding)('S3’s own error with HTTP 200 is no success of a write: %s', async (body) => {
	answer = answerOf('200 OK', body);
	for (const call of Object.values(writings)) {
		const {problem} = await failureOf(call(aws));
		expect(problem.code).toBe('aws-refused');
		expect(problem.cause).toContain('InternalError');
	}
});
