import {afterEach, describe, expect, test, vi} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {seeHosts, sharedFiles} from '../aws/support/seen-hosts.js';
import {loginSession, signedIn} from '../support/signed-in.js';

const lab = 'http://127.0.0.1:2';
const hour = 3_600_000;
const sso = 'sso_account_id = 111122223333\nsso_role_name = r';
const files = (more: string) => `[sso-session work]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
[profile sso]
sso_session = work
${sso}
${more}
[profile legacy]
sso_region = eu-west-1
sso_start_url = https://example.awsapps.com/start
${sso}
${more}
[profile login]
login_session = ${loginSession}
region = eu-west-1
${more}
[profile over]
role_arn = arn:aws:iam::111122223333:role/r
source_profile = sso
${more}
`;

const portal = 'portal.sso.eu-west-1.amazonaws.com';
const oidc = 'oidc.eu-west-1.amazonaws.com';
const signin = 'eu-west-1.signin.aws.amazon.com';
const good = new Date(Date.now() + hour).toISOString();
const ending = new Date(Date.now() + 60_000).toISOString();

describe('tokens of a sign-in go to AWS, whatever endpoint is named', () => {
	const before = {...process.env};
	afterEach(() => {
		vi.useRealTimers();
		for (const name of Object.keys(process.env)) delete process.env[name];
		Object.assign(process.env, before);
	});

	const endpoints: ReadonlyArray<
		readonly [string, {file?: string; env?: NodeJS.ProcessEnv; option?: string}]
	> = [
		['AWS_ENDPOINT_URL', {env: {AWS_ENDPOINT_URL: lab}}],
		['--endpoint-url', {option: lab}],
		['endpoint_url', {file: `endpoint_url = ${lab}`}],
	];
	test.each(
		endpoints.flatMap(([name, given]) =>
			(
				[
					['sso', good, [portal]],
					['legacy', good, [portal]],
					['over', good, [portal]],
					['login', ending, [signin]],
					// Renewed ahead; the one that is there serves meanwhile. The SDK tries that once in 30 s, whatever profile asks.
					...(name === 'AWS_ENDPOINT_URL' ? [['sso', ending, [oidc, portal]] as const] : []),
				] as const
			).map(([profile, expiresAt, expected]) => [name, profile, expected, expiresAt, given] as const),
		),
	)('%s and profile %s: %j', async (_name, profile, expected, expiresAt, {file = '', env = {}, option}) => {
		// Whatever asked before in this process is longer ago than those 30 s.
		vi.setSystemTime(Date.now() + 31_000);
		const home = await signedIn(expiresAt);
		const {hosts, handler} = seeHosts();
		const config = await sharedFiles({config: files(file)});
		const {configFile, credentialsFile} = config.location;
		// The SDK looks for tokens in the process's own home, and for their sessions in its own files.
		const own = {HOME: home, AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile};
		Object.assign(process.env, {...own, ...env});
		const connection = connect(profile, {
			...{config, environment: env, endpointUrl: option},
			transportOptions: {requestHandler: handler},
		});
		await connection.buckets.list().catch(() => undefined);
		// What a login session has is good for a minute more, and then S3 is asked at the endpoint, signed, without any token.
		const seen = new Set(hosts);
		expect(seen.delete('127.0.0.1:2')).toBe(profile === 'login');
		expect([...seen]).toEqual(expected);
	});
});
