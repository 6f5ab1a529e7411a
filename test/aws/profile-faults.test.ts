import {once} from 'node:events';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {outputFault} from '../../source/aws/credentials/run-credential-process.js';
import {memoize} from '../../source/aws/credentials/memoize-credentials.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {type Problem, problemFrom} from '../../source/domain/problem.js';
import {readSharedConfig} from '../../source/aws/transport/shared-config.js';
import {temporaryFolder} from '../support/program.js';
import {seeHosts, sharedFiles} from './support/seen-hosts.js';

const role = 'role_arn = arn:aws:iam::111122223333:role/r';
const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x';
const session = '[sso-session s]\nsso_start_url = https://x.example/start\nsso_region = us-east-1\n';
const sso = 'sso_session = s\nsso_account_id = 111122223333\nsso_role_name = r';

type Files = Parameters<typeof sharedFiles>[0];

async function callOf(profile: string, files: Files, environment: NodeJS.ProcessEnv = {}, status = 403) {
	const {hosts, handler} = seeHosts(status);
	const config = await sharedFiles(files);
	const problem = await (async () =>
		connect(profile, {
			...{config, environment},
			transportOptions: {requestHandler: handler},
		}).identity.getCaller())().then(() => expect.unreachable(), problemFrom);
	return {problem, hosts};
}

const shownOf = ({headline, cause, nextSteps}: Problem): string => [headline, cause, ...nextSteps].join('\n');

// aws-sdk-js-v3#3505, #4757, #5158; aws-sdk-java-v2#1842; agent-squad#151 (a TypeError about sso_region); aws-cli's own words for each.
describe('a profile whose settings give no credentials says which, with the line, and asks nobody', () => {
	test.each<readonly [string, string, RegExp]>([
		['itself behind it', `${role}\nsource_profile = p`, /line 3 of \S+config\) names the profile itself/],
		['a circle', `${role}\nsource_profile = q\n[profile q]\n${role}\nsource_profile = p`, /p → q → p/],
		['a source that is none', `${role}\nsource_profile = nope`, /names nope, which no section has/],
		[
			'a source without keys',
			`${role}\nsource_profile = q\n[profile q]\naws_access_key_id = A`,
			/needs profile q first\. It has aws_access_key_id/,
		],
		['no source', role, /role_arn \(line 2 of \S+config\), and neither source_profile/],
		[
			'two sources',
			`${role}\nsource_profile = q\ncredential_source = Environment\n[profile q]\n${keys}`,
			/both source_profile \(line 3/,
		],
		[
			'a machine that is none',
			`${role}\ncredential_source = Ec2Metadata`,
			/“Ec2Metadata” \(line 3 .* is none/,
		],
		['a machine in small letters', `${role}\ncredential_source = environment`, /Write Environment in line 3/],
		[
			'metadata switched off',
			`${role}\ncredential_source = Ec2InstanceMetadata`,
			/unset AWS_EC2_METADATA_DISABLED/,
		],
		[
			'a source without a role',
			`source_profile = q\n[profile q]\n${keys}`,
			/source_profile \(line 2 .* no role_arn/,
		],
		['half a key', 'aws_access_key_id = A', /Add aws_secret_access_key below line 2/],
		['the other half', 'export aws_access_key_id = A\naws_secret_access_key = B', /no aws_access_key_id/],
		['a token without a role', 'web_identity_token_file = /nowhere', /token's file \(line 2 .* no role_arn/],
		[
			'a folder as token',
			`${role}\nweb_identity_token_file = /`,
			/web_identity_token_file \(line 3 .* is a folder/,
		],
		['no session', sso, /no section \[sso-session s\][\s\S]*aws configure sso-session/],
		['a session without region', `${sso}\n[sso-session s]\nsso_start_url = https://x`, /lacks sso_region/],
		['a session without account', `sso_session = s\nsso_role_name = r\n${session}`, /lacks sso_account_id/],
		[
			'two regions',
			`${sso}\nsso_region = eu-west-1\n${session}`,
			/sso_region “eu-west-1” \(line 5 .*“us-east-1” in/,
		],
		[
			'the old form without region',
			'sso_start_url = https://x\nsso_account_id = 1\nsso_role_name = r',
			/lacks sso_region/,
		],
		['only what SSO gives', 'sso_account_id = 1\nsso_role_name = r', /lacks sso_start_url, sso_region/],
	])('%s', async (_name, settings, words) => {
		const environment = {AWS_EC2_METADATA_DISABLED: 'TRUE'};
		const {problem, hosts} = await callOf('p', {config: `[profile p]\n${settings}\n`}, environment);
		expect(problem).toMatchObject({code: 'profile-fault', kind: 'fixable'});
		expect(shownOf(problem)).toMatch(words);
		// A sign-in mends none of these.
		expect(problem.signIn).toBeUndefined();
		expect(shownOf(problem)).not.toMatch(/sso login|AWS says|TypeError/);
		expect(hosts).toEqual([]);
	});

	test.each([
		['keys of its own behind its role', `${role}\nsource_profile = p\n${keys}`],
		[
			'keys that end a circle',
			`${role}\nsource_profile = q\n[profile q]\n${role}\nsource_profile = p\n${keys}`,
		],
	])('%s are whole: AWS is asked', async (_name, settings) => {
		const {problem, hosts} = await callOf('p', {config: `[profile p]\n${settings}\n`});
		expect(problem.code).toBe('not-allowed');
		expect(problem.nextSteps.join('\n')).toMatch(/trust policy[\s\S]*external_id or mfa_serial \(line 2/);
		expect(hosts).toHaveLength(1);
	});

	test('the default chain goes other ways first, and tells it where none is left', async () => {
		const config = `[default]\n${sso}\n`;
		const off = {AWS_EC2_METADATA_DISABLED: 'true'};
		vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
		onTestFinished(() => void vi.unstubAllEnvs());
		const {problem} = await callOf(defaultChain, {config}, off);
		expect(problem).toMatchObject({
			code: 'profile-fault',
			cause: expect.stringContaining('[sso-session s]') as string,
		});
	});
});

// granted: `assume` sets AWS_PROFILE and keys, for a profile that needs nothing in the files.
test('a profile without settings is one', async () => {
	const config = await sharedFiles({config: '[profile p]\n[profile q]\nregion = eu-west-1\n'});
	expect(Object.keys(config.profiles)).toEqual(['p', 'q']);
	const environment = {
		AWS_PROFILE: 'p',
		AWS_ACCESS_KEY_ID: 'ASIAX',
		AWS_SECRET_ACCESS_KEY: 'x',
		AWS_SESSION_TOKEN: 'y',
	};
	const {identity, settingRemarks} = connect('p', {config, environment});
	expect(await identity.getSession()).toMatchObject({isTemporary: true});
	expect(settingRemarks).toMatchObject([{code: 'keys-of-environment'}]);
});

// aws-cdk#12781, aws-cli#9484; configparser refuses both, the SDK takes the last.
test.each([
	[
		'[profile p]\noutput = a\n[profile p]\noutput = b',
		['Profile p has two sections in one file', 'Profile p says output twice'],
	],
	['[profile p]\noutput = a\n# c\nOutput = b', ['Profile p says output twice']],
	['[profile p]\noutput = a\ns3 =\n  output = c\n[profile q]\noutput = b', []],
	['[default]\noutput = a\n[profile default]\noutput = b\n[profile p]\noutput = a', []],
])('what a profile says twice is told: %j', async (text, headlines) => {
	const config = await sharedFiles({config: `${text}\n`, credentials: `[p]\n${keys}\noutput = d\n`});
	const {settingRemarks} = connect('p', {config, environment: {}});
	expect(settingRemarks.map(({headline}) => headline)).toEqual(headlines);
	for (const {cause} of settingRemarks)
		expect(cause).toMatch(/lines \d and \d of \S+config\. The last one counts/);
});

// @smithy/core, `getConfigData`: [profile default] counts as a whole; botocore, `build_profile_map`: the last one does.
test.each([
	['[default]\nregion = eu-west-1\noutput = a\n[profile default]\nregion = us-west-2\nrole_arn = r', 4, 6],
	['[profile default]\nregion = us-west-2\nrole_arn = r\n[default]\nregion = eu-west-1\noutput = a', 4, 3],
])('of two sections of the default profile one counts, and is told: %j', async (text, second, line) => {
	const config = await sharedFiles({config: `${text}\n`});
	expect(config.profiles).toEqual({default: {region: 'us-west-2', role_arn: 'r'}});
	const {settingRemarks} = connect('default', {config, environment: {}});
	expect(settingRemarks).toMatchObject([
		{
			headline: 'Profile default has two sections in one file',
			cause: expect.stringMatching(
				new RegExp(`lines 1 and ${second} .*\\[profile default\\] counts\\. The AWS CLI takes the last`),
			) as string,
		},
	]);
	// What counts is named with its line, not what stands first.
	const {problem} = await callOf('default', {config: `${text}\n`});
	expect(problem.cause).toContain(`role_arn (line ${line} of `);
});

test('of a key that stands there twice the line that counts is named', async () => {
	const {problem} = await callOf('p', {config: '[profile p]\nrole_arn = a\nrole_arn = b\n'});
	expect(problem.cause).toContain('role_arn (line 3 of ');
});

// botocore reads AWS_DEFAULT_PROFILE, and refuses half a pair: "Partial credentials found in env".
test.each<readonly [NodeJS.ProcessEnv, readonly string[]]>([
	[{AWS_DEFAULT_PROFILE: 'q'}, ['AWS_DEFAULT_PROFILE is not used']],
	[{AWS_DEFAULT_PROFILE: 'q', AWS_PROFILE: 'q'}, []],
	[{AWS_SECRET_ACCESS_KEY: 'x'}, ['AWS_SECRET_ACCESS_KEY is not used']],
	[{AWS_WEB_IDENTITY_TOKEN_FILE: '/t'}, ['AWS_WEB_IDENTITY_TOKEN_FILE is not used']],
	[{AWS_WEB_IDENTITY_TOKEN_FILE: '/t', AWS_ROLE_ARN: 'r'}, []],
])('a variable that the default chain passes over is told: %j', async (environment, headlines) => {
	const config = await sharedFiles({config: `[profile q]\n${keys}\n`});
	expect(connect(defaultChain, {config, environment}).settingRemarks.map(({headline}) => headline)).toEqual(
		headlines,
	);
	expect(connect('q', {config, environment}).settingRemarks).toEqual([]);
});

// aws-cli#774: a letter that pasting left; a key of a session without its token; a secret of a CI with a line break.
describe('an access key that AWS refuses', () => {
	test.each<readonly [string, NodeJS.ProcessEnv, RegExp]>([
		[
			'aws_access_key_id = "AKIAX"\naws_secret_access_key = x',
			{},
			/aws_access_key_id \(line 2 of \S+config\): it has quotation marks/,
		],
		[
			'aws_access_key_id = AKIAX\naws_secret_access_key = x\u200B',
			{},
			/aws_secret_access_key \(line 3 .* a letter that no key has/,
		],
		[
			'aws_access_key_id = ASIAX\naws_secret_access_key = x',
			{},
			/Add aws_session_token beside aws_access_key_id \(line 2/,
		],
		[
			'aws_access_key_id = ASIAX\naws_secret_access_key = x\naws_security_token = y',
			{},
			/Rename aws_security_token \(line 4/,
		],
		[
			'',
			{AWS_PROFILE: 'p', AWS_ACCESS_KEY_ID: 'AKIAX', AWS_SECRET_ACCESS_KEY: 'hush\n'},
			/variable AWS_SECRET_ACCESS_KEY: it has a line break/,
		],
	])('is looked at: %j %j', async (settings, environment, step) => {
		const config = await sharedFiles({config: `[profile p]\n${settings}\n`});
		const {handler} = seeHosts();
		const refuses = {
			...handler,
			handle: async () =>
				Promise.reject(
					Object.assign(new Error('no'), {name: 'InvalidClientTokenId', $metadata: {httpStatusCode: 403}}),
				),
		};
		const problem = await connect('p', {
			config,
			environment,
			transportOptions: {requestHandler: refuses as typeof handler},
		})
			.identity.getCaller()
			.then(() => expect.unreachable(), problemFrom);
		expect(problem.code).toBe('unknown-access-key');
		expect(problem.nextSteps[0]).toMatch(step);
		expect(JSON.stringify(problem)).not.toContain('hush');
	});
});

// The SDK's "Region not accepted", which no AWS said; localstack and friends take any region that a host may have.
test.each([
	['"us-east-1"', /Did you mean us-east-1\?[\s\S]*region of the profile p \(line 3 of/],
	['us-east-1;x', /Did you mean us-east-1\?/],
	['US East (N. Virginia)', /letters, digits and hyphens/],
])('a region that no host can have is told at any endpoint: %s', async (region, words) => {
	const config = `[profile p]\nendpoint_url = http://127.0.0.1:9\nregion = ${region}\n${keys}\n`;
	const {problem} = await callOf('p', {config});
	expect(problem.code).toBe('unknown-region');
	expect(shownOf(problem)).toMatch(words);
});

// AWS CLI User Guide, "Sourcing credentials with an external process"; terraform-provider-aws#43451, aws-vault#331.
describe('what a credential_process gives', () => {
	const now = Date.parse('2026-01-01T00:00:00Z');
	const json = (more: object, of: object = {Version: 1, AccessKeyId: 'A', SecretAccessKey: 'hush'}) =>
		JSON.stringify({...of, ...more});
	test.each([
		['', /nothing on standard output/],
		['\r\n', /nothing on standard output/],
		[`Welcome!\n${json({})}`, /no JSON: other text stands before/],
		['no session: hush', /no JSON$/],
		['null', /no object/],
		['[]', /no object/],
		[json({}, {AccessKeyId: 'A'}), /no "Version": 1/],
		[json({Version: '1'}), /not the number 1/],
		[json({SecretAccessKey: undefined}), /no SecretAccessKey$/],
		[json({}, {Version: 1, Credentials: {}}), /no AccessKeyId and no SecretAccessKey/],
		[json({Expiration: 'tomorrow'}), /no time/],
		[json({Expiration: 1_900_000_000}), /no time/],
		[json({Expiration: '2025-12-31T00:00:00Z'}), /ended at 2025-12-31/],
	])('is told without it: %j', (output, fault) => {
		expect(outputFault(output, now)).toMatch(fault);
		expect(outputFault(output, now)).not.toContain('hush');
	});

	test.each([
		json({}),
		`\uFEFF${json({})}\r\n`,
		json({Expiration: ''}),
		json({Expiration: '2026-01-01T01:00:00+00:00'}),
	])('is right: %j', (output) => {
		expect(outputFault(output, now)).toBeUndefined();
	});

	test('is asked once where its end is no date', async () => {
		let asked = 0;
		const kept = memoize(async () => {
			asked++;
			return {accessKeyId: 'A', secretAccessKey: 'B', expiration: new Date('')};
		});
		await kept.provide();
		await kept.provide();
		expect(asked).toBe(1);
	});
});

// aws-sdk-js-v3#5709, minio-java#1719, smithy-typescript#1143: the SDK says of each that no provider has credentials.
describe('a container’s endpoint that gives nothing', () => {
	async function problemOf(variables: NodeJS.ProcessEnv): Promise<Problem> {
		const environment = {...variables, AWS_EC2_METADATA_DISABLED: 'true'};
		for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
		onTestFinished(() => void vi.unstubAllEnvs());
		return (await callOf(defaultChain, {}, environment)).problem;
	}

	test.each<readonly [NodeJS.ProcessEnv, RegExp]>([
		[
			{AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://10.1.2.3/c'},
			/^Name https in AWS_CONTAINER_CREDENTIALS_FULL_URI/,
		],
		[
			{
				AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/c',
				AWS_CONTAINER_AUTHORIZATION_TOKEN: 'hush\n',
			},
			/^Take the line break out of AWS_CONTAINER_AUTHORIZATION_TOKEN/,
		],
	])('is told why: %j', async (variables, step) => {
		const problem = await problemOf(variables);
		expect(problem.code).toBe('no-credentials');
		expect(problem.nextSteps[0]).toMatch(step);
		expect(JSON.stringify(problem)).not.toContain('hush');
	});

	test('and answers what is no JSON is not called a fault of settings', async () => {
		const server = createServer((_request, answered) => answered.end('<html>sign in</html>'));
		await once(server.listen(0, '127.0.0.1'), 'listening');
		onTestFinished(() => void server.close());
		const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/c`;
		const problem = await problemOf({AWS_CONTAINER_CREDENTIALS_FULL_URI: uri});
		expect(problem).toMatchObject({
			code: 'no-credentials',
			cause: 'The container’s endpoint answers what is no JSON.',
		});
		expect(problem.nextSteps[0]).toContain(`curl -i ${uri}`);
	});
});

describe('a file that the environment names', () => {
	const container = {AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/c'};
	const role = {AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/r'};
	const states = {
		folder: async (file: string) => mkdir(file),
		empty: async (file: string) => writeFile(file, ''),
		missing: async () => undefined,
	};

	test.each<readonly [keyof typeof states, string, NodeJS.ProcessEnv, RegExp]>([
		['folder', 'AWS_WEB_IDENTITY_TOKEN_FILE', role, /its token file is a folder$/],
		['empty', 'AWS_WEB_IDENTITY_TOKEN_FILE', role, /its token file is empty$/],
		['missing', 'AWS_WEB_IDENTITY_TOKEN_FILE', role, /a file is unreadable$/],
		['folder', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', container, /its token file is a folder$/],
		['empty', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', container, /its token file is empty$/],
		['missing', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', container, /a file is unreadable$/],
		['folder', 'AWS_CA_BUNDLE', {}, /^Cannot use the CA bundle/],
		['empty', 'AWS_CA_BUNDLE', {}, /^Cannot use the CA bundle/],
		['missing', 'AWS_CA_BUNDLE', {}, /^Cannot use the CA bundle/],
		['missing', 'AWS_CONFIG_FILE', {}, /it gives no credentials$/],
		['missing', 'AWS_SHARED_CREDENTIALS_FILE', {}, /it gives no credentials$/],
	])('and that is %s, is told with its variable %s', async (state, variable, others, headline) => {
		const file = path.join(await temporaryFolder(), 'named');
		await states[state](file);
		const environment = {...others, [variable]: file, AWS_EC2_METADATA_DISABLED: 'true'};
		for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
		onTestFinished(() => void vi.unstubAllEnvs());
		const {problem} = await callOf(defaultChain, {}, environment);
		expect(problem.headline).toMatch(headline);
		const text = shownOf(problem);
		expect(text).toContain(variable);
		expect(text).toContain(file);
		expect(text).not.toMatch(/E\w+: E\w+:|file It/);
	});
});

// aws-cli#3419, #2366; PowerShell's > writes UTF-16.
test.each([
	[
		Buffer.from('\uFEFF[profile p]\r\n', 'utf16le'),
		/no UTF-8: it has null bytes[\s\S]*Set-Content -Encoding utf8/,
	],
	[
		Buffer.from('[profile caf\u00E9]\n', 'latin1'),
		/Line 1 has letters that are no UTF-8\.[\s\S]*Save the file as UTF-8/,
	],
])('a file that is no UTF-8 is named as such: %j', async (content, words) => {
	const {location} = await sharedFiles({});
	await writeFile(location.configFile, content);
	const problem = await readSharedConfig(location).then(() => expect.unreachable(), problemFrom);
	expect(problem.code).toBe('config-file-unparsable');
	expect(shownOf(problem)).toMatch(words);
	await writeFile(location.configFile, Buffer.from('# caf\u00E9\n[profile p]\n', 'latin1'));
	expect(Object.keys((await readSharedConfig(location)).profiles)).toEqual(['p']);
});

test.each([
	['prod', {config: '[profile Prod]\n'}, /^Did you mean Prod\?/],
	['profile p', {config: '[profile p]\n'}, /^Did you mean p\?/],
	['p', {credentials: '[profile p]\nregion = a\n'}, /^Write \[p\] in line 1 of \S+credentials/],
])('a profile that is called a little otherwise is named: %s', async (name, files, step) => {
	const {problem} = await callOf(name, files);
	expect(problem.code).toBe('unknown-profile');
	expect(problem.nextSteps[0]).toMatch(step);
});

// STS API Reference, AssumeRole: what a ValidationError names.
test.each([
	["Value '12' at 'durationSeconds' failed", /^Correct duration_seconds \(line 4 of \S+config\)/],
	['The requested DurationSeconds exceeds the 1 hour session limit', /^Correct duration_seconds/],
	['admin is invalid', /^Correct role_arn \(line 2/],
])('what STS refuses of a role leads to its setting: %s', async (message, step) => {
	const config = await sharedFiles({
		config: `[profile p]\n${role}\nsource_profile = q\nduration_seconds = 12h\n[profile q]\n${keys}\n`,
	});
	const handle = async () =>
		Promise.reject(
			Object.assign(new Error(message), {name: 'ValidationError', $metadata: {httpStatusCode: 400}}),
		);
	const requestHandler = {...seeHosts().handler, handle} as ReturnType<typeof seeHosts>['handler'];
	const problem = await connect('p', {config, environment: {}, transportOptions: {requestHandler}})
		.identity.getCaller()
		.then(() => expect.unreachable(), problemFrom);
	expect(problem.code).toBe('role-not-assumed');
	expect(problem.nextSteps[0]).toMatch(step);
});
