import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	configLocation,
	lineFault,
	profilesOf,
	readSharedConfig,
	type SharedConfig,
} from '../../source/aws/transport/shared-config.js';
import {type Problem, problemFrom} from '../../source/domain/problem.js';

let folder = '';
let count = 0;

beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 's3-replicate-config-'));
});

afterAll(async () => {
	await rm(folder, {recursive: true});
});

async function fileOf(text: string): Promise<string> {
	count += 1;
	const file = path.join(folder, `file-${count}`);
	await writeFile(file, text);
	return file;
}

async function read(config: string, credentials = ''): Promise<SharedConfig> {
	return readSharedConfig({configFile: await fileOf(config), credentialsFile: await fileOf(credentials)});
}

async function problemOf(configFile: string, credentialsFile = path.join(folder, 'none')): Promise<Problem> {
	return readSharedConfig({configFile, credentialsFile}).then(() => {
		throw new Error('The files were expected to be refused');
	}, problemFrom);
}

describe('where the files are', () => {
	test('the environment says', () => {
		expect(
			configLocation({AWS_CONFIG_FILE: '/a/config', AWS_SHARED_CREDENTIALS_FILE: '/b/credentials'}),
		).toEqual({
			configFile: '/a/config',
			credentialsFile: '/b/credentials',
		});
	});

	test('is the folder .aws of the home where the environment says nothing', () => {
		const {configFile, credentialsFile} = configLocation({AWS_CONFIG_FILE: ''});
		expect(configFile).toMatch(/[/\\]\.aws[/\\]config$/);
		expect(credentialsFile).toMatch(/[/\\]\.aws[/\\]credentials$/);
	});
});

describe('profiles', () => {
	test('come from both files, the credentials file’s keys winning', async () => {
		const {profiles} = await read(
			'[default]\nregion = us-east-1\n[profile one]\nregion = us-west-2\naws_access_key_id = FROM-CONFIG\n',
			'[one]\naws_access_key_id = FROM-CREDENTIALS\naws_secret_access_key = s\n[two]\nregion = eu-west-1\n',
		);
		expect(profiles).toEqual({
			default: {region: 'us-east-1'},
			one: {region: 'us-west-2', aws_access_key_id: 'FROM-CREDENTIALS', aws_secret_access_key: 's'},
			two: {region: 'eu-west-1'},
		});
	});

	// Names that every object of JavaScript has by itself.
	test.each(['constructor', 'hasOwnProperty', 'toString'])('may be called %s', async (name) => {
		const {profiles} = await read(`[default]\nregion = us-east-1\n[profile ${name}]\nregion = us-west-2\n`);
		expect(profiles[name]).toMatchObject({region: 'us-west-2'});
		const others = (await read('[default]\nregion = us-east-1\n')).profiles;
		expect(others[name]).toBeUndefined();
	});

	test('are not the sections of sessions and services, in neither file', async () => {
		const other =
			'[sso-session work]\nsso_region = us-east-1\n[services local]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n';
		const config = await read(
			`${other}[profile one]\nservices = local\n`,
			`${other}[two]\nregion = us-east-1\n`,
		);
		expect(Object.keys(config.profiles)).toEqual(['one', 'two']);
		expect(config.services).toEqual({local: {'s3.endpoint_url': 'http://127.0.0.1:1'}});
	});

	test('are none where there are no files', async () => {
		const location = {configFile: path.join(folder, 'none'), credentialsFile: path.join(folder, 'nothing')};
		expect(await readSharedConfig(location)).toEqual({location, profiles: {}, services: {}});
	});

	test('are read anew each time', async () => {
		const location = {
			configFile: await fileOf('[profile one]\nregion = us-east-1\n'),
			credentialsFile: await fileOf(''),
		};
		await readSharedConfig(location);
		await writeFile(location.configFile, '[profile two]\nregion = us-east-1\n');
		expect(Object.keys((await readSharedConfig(location)).profiles)).toEqual(['two']);
	});

	test('have the one of AWS_PROFILE first, then default, then the others by name', async () => {
		const config = await read(
			['zeta', 'alpha', 'mine'].map((name) => `[profile ${name}]\nregion = us-east-1\n`).join('') +
				'[default]\nregion = us-east-1\n',
		);
		const names = (preferred?: string): readonly string[] =>
			profilesOf(config, preferred).map(({name}) => name);
		expect(names('mine')).toEqual(['mine', 'default', 'alpha', 'zeta']);
		expect(names()).toEqual(['default', 'alpha', 'mine', 'zeta']);
		expect(names('nobody')).toEqual(['default', 'alpha', 'mine', 'zeta']);
	});

	// The order in which the SDK tries them: docs/aws-facts.md, 12.2.
	test.each<readonly [string, string, string | undefined]>([
		['aws_access_key_id = A\naws_secret_access_key = B', 'keys', undefined],
		[
			'aws_access_key_id = A\naws_secret_access_key = B\naws_account_id = 111122223333',
			'keys',
			'111122223333',
		],
		['aws_access_key_id = A', 'incomplete', undefined],
		['role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = other', 'role', '444455556666'],
		['role_arn = arn:aws:iam::444455556666:role/r\ncredential_source = Environment', 'role', '444455556666'],
		[
			'role_arn = arn:aws:iam::444455556666:role/r\nsource_profile = other\naws_access_key_id = A\naws_secret_access_key = B',
			'role',
			'444455556666',
		],
		['role_arn = arn:aws:iam::444455556666:role/r', 'incomplete', '444455556666'],
		[
			'role_arn = arn:aws:iam::444455556666:role/r\nweb_identity_token_file = /token',
			'web identity',
			'444455556666',
		],
		['credential_process = /bin/keys', 'process', undefined],
		['sso_session = work\nsso_account_id = 777788889999\nsso_role_name = Admin', 'sso', '777788889999'],
		['sso_start_url = https://sso.example.org\nsso_account_id = 777788889999', 'sso', '777788889999'],
		['login_session = arn:aws:iam::777788889999:user/dana', 'login', undefined],
		['region = us-east-1', 'incomplete', undefined],
	])('with %j are of the kind “%s”', async (keys, kind, accountId) => {
		const [profile] = profilesOf(await read(`[profile one]\n${keys}\n`), undefined);
		expect(profile).toMatchObject({name: 'one', kind, accountId});
	});
});

describe('the MFA device of a profile', () => {
	const role = 'role_arn = arn:aws:iam::444455556666:role/r';
	const keys = 'aws_access_key_id = A\naws_secret_access_key = B';

	// What the SDK asks for, and where: fromIni of @aws-sdk/credential-provider-ini.
	test.each<readonly [string, string, string | undefined]>([
		['its role’s', `${role}\nsource_profile = two\nmfa_serial = one\n[profile two]\n${keys}`, 'one'],
		[
			'its role’s, with credentials of a machine',
			`${role}\ncredential_source = Environment\nmfa_serial = one`,
			'one',
		],
		[
			'that of the role it comes through',
			`${role}\nsource_profile = two\n[profile two]\n${role}\nsource_profile = three\nmfa_serial = two`,
			'two',
		],
		[
			'none where keys come before that role',
			`${role}\nsource_profile = two\n[profile two]\n${role}\nsource_profile = three\nmfa_serial = two\n${keys}`,
			undefined,
		],
		['none where there is no role', `${keys}\nmfa_serial = one`, undefined],
		[
			'none where sources go in circles',
			`${role}\nsource_profile = two\n[profile two]\n${role}\nsource_profile = one`,
			undefined,
		],
		[
			'its role’s, whose source it is itself',
			`${role}\nsource_profile = one\nmfa_serial = one\n${keys}`,
			'one',
		],
	])('is %s', async (_, text, serial) => {
		const found = profilesOf(await read(`[profile one]\n${text}\n`), undefined);
		expect(found.find(({name}) => name === 'one')?.signIn).toEqual(
			serial && {kind: 'mfa-code', profile: 'one', serial},
		);
	});
});

describe('a file that cannot be read', () => {
	test('is a problem that names it, and is not taken for an empty one', async () => {
		const directory = path.join(folder, 'a-folder');
		await mkdir(directory, {recursive: true});
		const problem = await problemOf(directory);
		expect(problem).toMatchObject({
			code: 'config-file-unreadable',
			kind: 'fixable',
			headline: `Cannot read ${directory}`,
		});
		expect(problem.cause).toMatch(/a folder, no regular file/);
		expect(problem.nextSteps.length).toBeGreaterThan(1);
	});

	test('whose folder is a file is one too', async () => {
		const file = path.join(await fileOf('[default]\n'), 'credentials');
		expect(await problemOf(path.join(folder, 'none'), file)).toMatchObject({
			code: 'config-file-unreadable',
			headline: `Cannot read ${file}`,
		});
	});
});

describe('a file that cannot be understood', () => {
	test('is a problem with the number of the line, and without what stands there', async () => {
		const file = await fileOf(
			'[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key hush-hush\n',
		);
		const problem = await problemOf(path.join(folder, 'none'), file);
		expect(problem).toMatchObject({
			code: 'config-file-unparsable',
			headline: `Cannot understand ${file}`,
			cause: 'Line 3 is neither a [section] nor a setting (key = value).',
		});
		expect(JSON.stringify(problem)).not.toMatch(/hush|AKIA/);
	});

	test.each([
		['key = value\n[default]\n', /^Line 1 is a setting before the first \[section\]/],
		['\n# a comment\n  key = value\n', /^Line 3 is a setting before the first \[section\]/],
		['[default]\n[profile one\nkey = value\n', /^Line 2 begins a section with \[/],
		['[default]\n  [profile one\n', /^Line 2 begins a section/],
		['[]\n', /^Line 1 begins a section/],
		['[default]# no space before the comment\n', /^Line 1 begins a section/],
		['[default]\nword\n', /^Line 2 is neither/],
		['[default]\nword # key = value\n', /^Line 2 is neither/],
		['[default]\n= value\n', /^Line 2 is neither/],
		['[default]\raws_access_key_id = A\r', /^Line 1 begins a section/],
		// The SDK refuses the whole file for it, without a word: no profile would be shown.
		['[default]\nkey = value\n[__proto__]\n', /^Line 3 names a section __proto__/],
		['[profile __proto__]\n', /^Line 1 names a section __proto__/],
		['[profile "__proto__"] # a comment\n', /^Line 1 names a section __proto__/],
		['<html>', /^Line 1 is a setting before/],
	])('%j is told where: %s', (text, fault) => {
		expect(lineFault(text)).toMatch(fault);
	});

	test.each([
		'',
		'\n\n# only\n; comments\n',
		'[default]\nkey = value\n',
		'\uFEFF[default]\r\nkey = value\r\n',
		'[default] # a comment\nkey = value ; another\n',
		'[default]\nempty =\n',
		'  [default]\nkey = value\n',
		'[services x]\ns3 =\n  endpoint_url = http://127.0.0.1:1\n',
		'[profile "with space"]\nkey=value',
		'[default]\nkey = a=b',
	])('%j is understood', (text) => {
		expect(lineFault(text)).toBeUndefined();
	});

	test('is not read as if the lines belonged to the section before', async () => {
		const config = '[profile one]\nregion = us-east-1\n[profile two]#copied\naws_access_key_id = A\n';
		expect(await problemOf(await fileOf(config))).toMatchObject({code: 'config-file-unparsable'});
	});
});
