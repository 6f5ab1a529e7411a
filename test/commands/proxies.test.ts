import {readFile, writeFile} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import type {Connection} from '../../source/aws/ports.js';
import {transportLimits} from '../../source/aws/transport/transport-limits.js';
import {type Problem, problemFrom} from '../../source/domain/problem.js';
import {sharedFiles} from '../aws/support/seen-hosts.js';
import {
	awsInPlace,
	connectProxy,
	pageProxy,
	refusingProxy,
	tlsFile,
	watchConnections,
} from '../support/connect-proxy.js';
import {loginSession, signedIn} from '../support/signed-in.js';

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x';
const config = `[profile keys]
${keys}
[profile role]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = keys
[profile http]
endpoint_url = http://minio.example.com:9000
${keys}
[sso-session work]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
[profile sso]
sso_session = work
sso_account_id = 111122223333
sso_role_name = r
[profile login]
login_session = ${loginSession}
region = eu-west-1
`;

const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
const inAMinute = new Date(Date.now() + 60_000).toISOString();

/** Answers of AWS SSO Portal API Reference, GetRoleCredentials, and OIDC API Reference, CreateToken; all else is refused. */
function answerAsAws({headers}: IncomingMessage, answered: ServerResponse): void {
	const answers: Record<string, unknown> = {
		'portal.sso.eu-west-1.amazonaws.com': {
			roleCredentials: {
				...{accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'x', sessionToken: 'y'},
				expiration: Date.now() + 3_600_000,
			},
		},
		'oidc.eu-west-1.amazonaws.com': {accessToken: 'new-token', expiresIn: 3600, tokenType: 'Bearer'},
	};
	const answer = answers[headers.host ?? ''];
	answered.writeHead(answer === undefined ? 403 : 200, {'content-type': 'application/json'});
	answered.end(answer === undefined ? '' : JSON.stringify(answer));
}

const before = {...process.env};

function setEnvironment(wanted: NodeJS.ProcessEnv): void {
	for (const name of Object.keys(process.env)) delete process.env[name];
	Object.assign(process.env, wanted);
}

beforeEach(() => setEnvironment({...before, AWS_MAX_ATTEMPTS: '1'}));
afterEach(() => setEnvironment(before));

type Given = {readonly profile: string; readonly expiresAt?: string; readonly connectMs?: number};

async function connectionWith(
	environment: NodeJS.ProcessEnv,
	{profile, expiresAt = inAnHour, connectMs}: Given,
) {
	const shared = await sharedFiles({config});
	const {configFile, credentialsFile} = shared.location;
	// The SDK looks for tokens in the process's own home, and for their sessions in its own files.
	Object.assign(process.env, {
		...{HOME: await signedIn(expiresAt), AWS_CONFIG_FILE: configFile},
		AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
	});
	const limits = {...transportLimits, ...(connectMs !== undefined && {connectMs})};
	return connect(profile, {config: shared, environment: {...environment, AWS_MAX_ATTEMPTS: '1'}, limits});
}

async function callAll({
	buckets,
	roles,
	identity,
	keys: kms,
	queues,
	metrics,
	jobs,
	homeRegion,
}: Connection): Promise<void> {
	const calls = [
		buckets.list(),
		roles.get('r'),
		identity.getCaller(),
		kms.listAliases(homeRegion),
		metrics.read({
			region: homeRegion,
			queries: [{metric: 'ReplicationLatency', statistic: 'Maximum', dimensions: {}}],
			from: 0,
			until: 60_000,
		}),
		jobs.list({accountId: '111122223333', region: homeRegion}, ['Active']),
		queues.receive({url: `https://sqs.${homeRegion}.amazonaws.com/111122223333/q`, region: homeRegion}, 0),
	];
	await Promise.allSettled(calls);
}

const hostsOf = (asked: readonly string[]) =>
	[...new Set(asked.map((one) => one.replace(/^CONNECT (.*):443$/, '$1')))].sort();

describe('with HTTPS_PROXY nothing is asked but by it', () => {
	const ours = (region: string) => [
		'iam.amazonaws.com',
		// CloudWatch, and S3 Control with the account before its host.
		...['monitoring', '111122223333.s3-control', 'kms', 's3', 'sqs', 'sts'].map(
			(service) => `${service}.${region}.amazonaws.com`,
		),
	];
	test.each<readonly [Given, readonly string[]]>([
		[{profile: 'keys'}, ours('us-east-1')],
		[{profile: 'role'}, ['sts.us-east-1.amazonaws.com']],
		[{profile: 'sso'}, [...ours('us-east-1'), 'portal.sso.eu-west-1.amazonaws.com']],
		[
			{profile: 'sso', expiresAt: inAMinute},
			[...ours('us-east-1'), 'oidc.eu-west-1.amazonaws.com', 'portal.sso.eu-west-1.amazonaws.com'],
		],
		[{profile: 'login', expiresAt: inAMinute}, [...ours('eu-west-1'), 'eu-west-1.signin.aws.amazon.com']],
	])('%j', async (given, expected) => {
		const proxy = await connectProxy(await awsInPlace(answerAsAws));
		const connection = await connectionWith(
			{HTTPS_PROXY: `http://${proxy.place}`, AWS_CA_BUNDLE: tlsFile('aws-names-cert')},
			given,
		);
		const connections = watchConnections();
		await callAll(connection);
		expect(hostsOf(proxy.asked)).toEqual([...expected].sort());
		// 0 direct connections.
		expect(
			[...connections].filter((place) => place !== proxy.place && !place.startsWith('127.0.0.1:')),
		).toEqual([]);
	});

	test('not even a name is looked up where a host is not an exception', async () => {
		const proxy = await connectProxy(await awsInPlace(answerAsAws));
		const environment = {
			...{HTTPS_PROXY: proxy.place, NO_PROXY: 'iam.amazonaws.com,.example.com'},
			AWS_CA_BUNDLE: tlsFile('aws-names-cert'),
		};
		const connections = watchConnections();
		await callAll(await connectionWith(environment, {profile: 'keys'}));
		expect(hostsOf(proxy.asked)).not.toContain('iam.amazonaws.com');
		expect([...connections]).toContain('iam.amazonaws.com:443');
	});
});

test('a plain endpoint is asked for by its whole URL, with user and password', async () => {
	const {createServer} = await import('node:http');
	const hosts: Array<string | undefined> = [];
	const server = createServer(({headers}, answered) => {
		hosts.push(headers.host);
		answered.writeHead(403).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as {port: number};
	const proxy = await connectProxy(port, {password: 'ana:s3cr3t'});
	const environment = {HTTP_PROXY: `http://ana:s3cr3t@${proxy.place}`};
	const {buckets} = await connectionWith(environment, {profile: 'http'});
	await expect(buckets.list()).rejects.toThrow('403');
	expect(proxy.asked).toEqual([expect.stringMatching(/^GET http:\/\/minio\.example\.com:9000\//)]);
	expect(hosts).toEqual(['minio.example.com:9000']);
	server.close();
});

test('a proxy may itself be asked by TLS, with an authority of the bundle', async () => {
	const proxy = await connectProxy(await awsInPlace(answerAsAws), {isSecure: true});
	const {configFile} = (await sharedFiles({})).location;
	const bundle = path.join(path.dirname(configFile), 'bundle.pem');
	const names = ['aws-names-cert', 'loopback-cert'].map((name) => tlsFile(name));
	await writeFile(bundle, (await Promise.all(names.map(async (name) => readFile(name, 'utf8')))).join(''));
	const environment = {HTTPS_PROXY: `https://${proxy.place}`, AWS_CA_BUNDLE: bundle};
	const {identity} = await connectionWith(environment, {profile: 'keys'});
	await expect(identity.getCaller()).rejects.toThrow('403');
	expect(proxy.asked).toEqual(['CONNECT sts.us-east-1.amazonaws.com:443']);
});

describe('a proxy that fails is named, and AWS is not blamed', () => {
	async function problemBehind(place: string, given: Partial<Given> = {}): Promise<Problem> {
		const {buckets} = await connectionWith(
			{HTTPS_PROXY: `http://ana:s3cr3t@${place}`, HTTP_PROXY: `http://ana:s3cr3t@${place}`},
			{profile: 'keys', ...given},
		);
		const problem = await buckets.list().then(() => expect.unreachable(), problemFrom);
		expect(JSON.stringify(problem)).not.toMatch(/s3cr3t|AWS says/);
		expect(problem.headline).toContain(place);
		expect([problem.cause, ...problem.nextSteps].join('\n')).toMatch(/HTTPS?_PROXY[\s\S]*NO_PROXY/);
		return problem;
	}

	test.each([
		['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'proxy-refused', /user name and the password/],
		['HTTP/1.1 403 Forbidden\r\n\r\n<html>no</html>', 'proxy-refused', /allow the hosts of AWS/],
		['HTTP/1.1 405\r\n\r\n', 'proxy-refused', /It answers 405\./],
		[
			'HTTP/1.1 502 Bad Gateway\r\n\r\n<html>',
			'proxy-unreachable',
			/It answers 502 Bad Gateway\.[^]*does not reach AWS/,
		],
		[
			'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Welcome to the hotel</html>',
			'proxy-refused',
			/It answers 200 OK, with a web page \([^]*sign in first[^]*names a proxy/,
		],
		['HTTP/1.1 200 OK\r\n\r\n', 'proxy-refused', /It answers 200 OK, but opens no tunnel \(/],
		[
			'HTTP/1.1 302 Found\r\nLocation: http://hotel.example/\r\n\r\n',
			'proxy-refused',
			/302 Found\.[^]*sign in first/,
		],
		['HTTP/1.1 511 Network Authentication Required\r\n\r\n', 'proxy-refused', /511[^]*sign in first/],
		['SSH-2.0-OpenSSH\r\n\r\n', 'proxy-unreachable', /listens at/],
		['HTTP/1.1', 'proxy-unreachable', /ended before/],
		[
			'HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n',
			'proxy-refused',
			/takes Negotiate or NTLM[\s\S]*CNTLM/,
		],
		[
			'HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm="x, y"\r\n\r\n',
			'proxy-refused',
			/user name and the password/,
		],
	])('where it answers %j', async (answer, code, words) => {
		const problem = await problemBehind(await refusingProxy(answer));
		expect(problem).toMatchObject({code, kind: 'fixable'});
		expect([problem.cause, ...problem.nextSteps].join('\n')).toMatch(words);
	});

	test('where nothing listens, for SSO’s portal as well', async () => {
		for (const profile of ['keys', 'sso', 'role', 'http']) {
			const problem = await problemBehind('127.0.0.1:9', {profile});
			expect(problem).toMatchObject({code: 'proxy-unreachable', kind: 'fixable'});
			expect(problem.cause).toContain('ECONNREFUSED');
		}
	});

	test('where https stands before one that speaks no TLS', async () => {
		const place = await refusingProxy('HTTP/1.1 400 Bad Request\r\n\r\n');
		const {buckets} = await connectionWith({HTTPS_PROXY: `https://${place}`}, {profile: 'keys'});
		const problem = await buckets.list().then(() => expect.unreachable(), problemFrom);
		expect(problem.code).toBe('proxy-unreachable');
		expect(problem.nextSteps[0]).toBe(
			`Write http://${place} into HTTPS_PROXY: https is for a proxy that speaks TLS itself.`,
		);
	});

	test('where it never answers', async () => {
		const problem = await problemBehind(await refusingProxy(''), {connectMs: 100});
		expect(problem.code).toBe('proxy-unreachable');
		expect(problem.cause).toContain('did not answer within 0.1 s');
	});

	test.each([
		['a page', '<html>Welcome</html>', /200 OK, with a web page \(what comes is no TLS, E/],
		['nothing', '', /200 OK, with a web page \(no TLS within 0\.5 s\)/],
	])('where %s follows its answer, and the connection stays open', async (_what, page, words) => {
		const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n';
		const problem = await problemBehind(await pageProxy(head, page), {connectMs: 500});
		expect(problem).toMatchObject({code: 'proxy-refused', kind: 'fixable'});
		expect(problem.cause).toMatch(words);
	});

	test('where a plain request lacks the password', async () => {
		const proxy = await connectProxy(9, {password: 'bob:other'});
		expect(await problemBehind(proxy.place, {profile: 'http'})).toMatchObject({code: 'proxy-refused'});
	});
});
