import {describe, expect, test} from 'vitest';
import {connect} from '../../source/aws/connect.js';
import {signInAdvice} from '../../source/aws/transport/sign-in-advice.js';
import {nameOf, plainName} from '../../source/aws/transport/plain-names.js';
import {placeOfSetting} from '../../source/aws/transport/setting-places.js';
import {profilesOf} from '../../source/aws/transport/shared-config.js';
import {defaultChain} from '../../source/domain/answers/answers.js';
import {problemFrom} from '../../source/domain/problem.js';
import {seeHosts, sharedFiles} from './support/seen-hosts.js';

const keys = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n';

// Measured with the AWS CLI 1.45 (botocore 1.43): `aws configure list --profile NAME` takes each of these.
const names = [
	'My Profile',
	'a  b',
	'prüfung',
	'日本',
	'a=b',
	'a(b)',
	'a,b',
	'a&b',
	"o'brien",
	'say "hi"',
	String.raw`back\slash`,
	'100%',
	'a%20b',
	'a b',
	'plain',
	'DOMAIN/user@example.com',
	'constructor',
];

/** As somebody writes it in the config file: a word of a shell. */
const head = (name: string) => `[profile ${/^[\w@/-]+$/.test(name) ? name : JSON.stringify(name)}]`;

describe.each(names)('a profile called %s', (name) => {
	test('is read from both files as one, and called with its own settings', async () => {
		const config = await sharedFiles({
			config: `[default]\nregion = us-east-1\n${head(name)}\nregion = eu-west-1\nuse_fips_endpoint = true\n`,
			credentials: `[other]\n${keys}[${name}]\n${keys}`,
		});
		expect(Object.keys(config.profiles).sort()).toEqual(['default', 'other', name].sort());
		expect(config.profiles[name]).toMatchObject({region: 'eu-west-1', aws_secret_access_key: 'x'});
		const {hosts, handler} = seeHosts();
		const connection = connect(name, {config, environment: {}, transportOptions: {requestHandler: handler}});
		await connection.identity.getCaller().catch(() => undefined);
		expect(hosts).toContain('sts-fips.eu-west-1.amazonaws.com');
		expect(placeOfSetting(config, name, 'region')).toMatch(/^line 4 of \S+config$/);
		expect(placeOfSetting(config, name)).toMatch(/^line 4 of \S+credentials$/);
	});

	test('is the source of a role, and what AWS_PROFILE names', async () => {
		const role = `[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = ${name}\nregion = eu-west-1\n`;
		const config = await sharedFiles({config: `${role}${head(name)}\nregion = eu-west-3\n${keys}`});
		for (const [profile, environment, host] of [
			['r', {}, 'sts.eu-west-1.amazonaws.com'],
			[defaultChain, {AWS_PROFILE: name}, 'sts.eu-west-3.amazonaws.com'],
		] as const) {
			const {hosts, handler} = seeHosts();
			const connection = connect(profile, {
				...{config, environment},
				transportOptions: {requestHandler: handler},
			});
			const problem = await connection.identity.getCaller().then(() => expect.unreachable(), problemFrom);
			expect(problem.code).not.toBe('no-credentials');
			expect(hosts).toContain(host);
		}
	});

	test('comes back from what the SDK calls it', () => {
		expect(nameOf(plainName(name))).toBe(name);
		expect(plainName(name)).toMatch(/^[\w@+.%:/-]+$/);
	});
});

test('no two names become one', () => {
	expect(new Set(names.map(plainName)).size).toBe(names.length);
});

test('a role whose source is called so says it in full', async () => {
	const config = await sharedFiles({
		config: `[profile 'My Role']\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = My SSO\n[profile 'My SSO']\nsso_start_url = https://x\nsso_region = eu-west-1\nsso_account_id = 1\nsso_role_name = r\n`,
	});
	expect(signInAdvice({profile: 'My Role', config, environment: {}}).step).toBe(
		"Its role needs profile My SSO first. Sign in: aws sso login --profile 'My SSO'",
	);
	const problem = await connect('My SSO', {config, environment: {}})
		.identity.getSession()
		.then(() => expect.unreachable(), problemFrom);
	expect(problem.headline).toContain('My SSO');
	expect(JSON.stringify(problem)).not.toContain('%20');
});

// botocore, configloader.build_profile_map: each of these is passed over without a word.
describe('a section that nobody reads', () => {
	test.each([
		['[profile a b]', 'a b', /^A name with spaces is quoted: \[profile 'a b'\]\.$/],
		["[profile 'a]", "'a", /^A quotation mark has no other one\.$/],
		['[profile]', 'profile', /^It has no name\.$/],
		['[work]', 'work', /^A profile of this file is \[profile work\]\.$/],
		['[my work]', 'my work', /^A profile of this file is \[profile 'my work'\]\.$/],
	])('is named with its line, in the list and where it is chosen: %s', async (section, name, reason) => {
		const config = await sharedFiles({config: `[profile ok]\n${keys}\n${section}\nregion = eu-west-1\n`});
		expect(Object.keys(config.profiles)).toEqual(['ok']);
		expect(config.unread).toEqual([
			{name, line: 5, file: config.location.configFile, reason: expect.stringMatching(reason) as string},
		]);
		expect(
			profilesOf(config, undefined)
				.map((profile) => profile.name)
				.sort(),
		).toEqual(['ok', name].sort());
		const choose = () => connect(name, {config, environment: {}});
		expect(choose).toThrow(/its section is no profile/);
		expect(choose).toThrow(/line 5 of \S+config/);
	});

	test('is told of where the profile is in the other file', async () => {
		const config = await sharedFiles({
			config: '[work]\nregion = eu-west-1\n',
			credentials: `[work]\n${keys}`,
		});
		const {settingRemarks, homeRegion} = connect('work', {config, environment: {}});
		expect(homeRegion).toBe('us-east-1');
		expect(settingRemarks).toMatchObject([
			{code: 'unread-section', headline: 'Settings of profile work are not read'},
		]);
		expect(settingRemarks[0]?.cause).toMatch(/line 1 of \S+config/);
		expect(profilesOf(config, undefined).map(({name}) => name)).toEqual(['work']);
	});

	test.each([
		'[plugins]\ncli_legacy_plugin_path = x',
		'[toolkit]\ntheme = dark',
		'[services s]\ns3 =\n  endpoint_url = http://x',
	])('is none of these: %s', async (text) => {
		const config = await sharedFiles({config: `[profile ok]\n${keys}\n${text}\n`});
		expect(config.unread).toBeUndefined();
		expect(profilesOf(config, undefined).map(({name}) => name)).toEqual(['ok']);
	});
});

// Python, configparser: options are in small letters, whatever they were written in.
test('keys in capital letters are read as the AWS CLI reads them', async () => {
	const config = await sharedFiles({credentials: `[p]\nAWS_ACCESS_KEY_ID = a\nAws_Secret_Access_Key = B\n`});
	expect(config.profiles['p']).toEqual({aws_access_key_id: 'a', aws_secret_access_key: 'B'});
});
