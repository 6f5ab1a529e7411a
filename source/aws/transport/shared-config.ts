import {devNull, homedir, userInfo} from 'node:os';
import path from 'node:path';
import {externalDataInterceptor, loadSharedConfigFiles} from '@aws-sdk/shared-ini-file-loader';
import {openRecord} from '../../domain/open-record.js';
import {fixable, ProblemError} from '../../domain/problem.js';
import {quoted} from '../../domain/text/shell-word.js';
import type {SharedFile} from './ini-sections.js';
import {nameOf, type UnreadSection, withPlainNames} from './plain-names.js';
import {type DoubledLine, profileLines} from './profile-lines.js';
import {kindOf} from './profile-kind.js';
import {readRegularFile} from './read-regular-file.js';
import type {Profile} from '../../domain/profile.js';
import type {SignInRequest} from '../../domain/sign-in.js';
import {sandboxStep} from '../../domain/answers/command-line.js';

/** The two files that profiles come from. */
export type ConfigLocation = {readonly configFile: string; readonly credentialsFile: string};

type Sections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

/** What the files say: a profile's keys from both, the credentials file winning, and the other sections. */
export type SharedConfig = {
	readonly location: ConfigLocation;
	readonly profiles: Sections;
	readonly services: Sections;
	/** The sections of IAM Identity Center; absent where there are none. */
	readonly sessions?: Sections;
	/** Sections that look like profiles and are none, with file and line. */
	readonly unread?: readonly UnreadProfile[];
	/** What a profile says twice in one file. */
	readonly doubled?: readonly DoubledSetting[];
};

export type UnreadProfile = UnreadSection & {readonly file: string};

export type DoubledSetting = DoubledLine & {readonly file: string};

/**
 * Where the files are: `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, else the usual places.
 * Source: AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials files".
 */
export function configLocation(environment: NodeJS.ProcessEnv): ConfigLocation {
	const home = homedir() || userInfo().homedir;
	const named = (file: string | undefined) => file?.replace(/^~(?=[/\\])/, home);
	return {
		configFile: named(environment.AWS_CONFIG_FILE) || path.join(home, '.aws', 'config'),
		credentialsFile: named(environment.AWS_SHARED_CREDENTIALS_FILE) || path.join(home, '.aws', 'credentials'),
	};
}

/**
 * Reads both files, anew each time. A file that does not exist is an empty one; one that cannot be read or parsed is a problem,
 * because the parser would pass it over without a word and show too few profiles. The SDK reads what is read here, from now on: with
 * plain names, since it knows no others.
 */
export async function readSharedConfig(location: ConfigLocation): Promise<SharedConfig> {
	const files = [
		['config', location.configFile],
		['credentials', location.credentialsFile],
	] as const;
	const handed = await Promise.all(files.map(async ([kind, file]) => handToSdk(kind, file)));
	const unread = handed.flatMap((one) => one.unread);
	const doubled = handed.flatMap((one) => one.doubled);
	const {configFile, credentialsFile} = await loadSharedConfigFiles({
		configFilepath: location.configFile,
		filepath: location.credentialsFile,
		ignoreCache: true,
	});
	const profiles = openRecord<Record<string, string | undefined>>();
	const services = openRecord<Record<string, string | undefined>>();
	const sessions = openRecord<Record<string, string | undefined>>();
	// The parser leaves out a section without settings; a profile that takes its keys from the environment is one.
	for (const name of handed.flatMap((one) => one.profiles)) profiles[name] = {};
	for (const [name, keys] of Object.entries(configFile)) {
		// The parser gives other sections than profiles under names such as `sso-session.work`.
		if (name.startsWith('services.')) services[nameOf(name.slice('services.'.length))] = {...keys};
		else if (name.startsWith('sso-session.')) sessions[nameOf(name.slice('sso-session.'.length))] = {...keys};
		else profiles[nameOf(name)] = withNames(keys);
	}

	for (const [plainOne, keys] of Object.entries(credentialsFile)) {
		const name = nameOf(plainOne);
		profiles[name] = {...profiles[name], ...withNames(keys)};
	}

	return {
		...{location, profiles, services},
		...(Object.keys(sessions).length > 0 && {sessions}),
		...(unread.length > 0 && {unread}),
		...(doubled.length > 0 && {doubled}),
	};
}

type Handed = {
	readonly profiles: readonly string[];
	readonly unread: readonly UnreadProfile[];
	readonly doubled: readonly DoubledSetting[];
};

/** Checks a file, and lets the SDK read it with plain names. Gives its profiles, and the sections that it leaves out. */
async function handToSdk(kind: SharedFile, file: string): Promise<Handed> {
	const text = await checkedText(file);
	if (text === undefined) {
		delete externalDataInterceptor.getFileRecord()[file];
		return {profiles: [], unread: [], doubled: []};
	}

	const {text: plainText, unread} = withPlainNames(text, kind);
	externalDataInterceptor.interceptFile(file, plainText);
	const {profiles, doubled} = profileLines(text, kind);
	return {
		profiles,
		unread: unread.map((section) => ({...section, file})),
		doubled: doubled.map((one) => ({...one, file})),
	};
}

function withNames(keys: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
	const {source_profile: source} = keys;
	return source === undefined ? {...keys} : {...keys, source_profile: nameOf(source)};
}

/** The profiles of the files, the one that `AWS_PROFILE` names first, then by name. */
export function profilesOf(config: SharedConfig, preferred: string | undefined): readonly Profile[] {
	const unread = (config.unread ?? [])
		.filter(({name}) => !Object.hasOwn(config.profiles, name))
		.map(({name}): Profile => ({name, kind: 'incomplete'}));
	return Object.entries(config.profiles)
		.map(([name, keys]): Profile => ({
			name,
			kind: kindOf(keys),
			region: keys.region,
			signIn: signInOf(config, name),
			...(runsProcess(config, name) && {runsProcess: true}),
			accountId: keys.sso_account_id ?? keys.aws_account_id ?? keys.role_arn?.split(':')[4],
		}))
		.concat(unread)
		.sort(
			(left, right) =>
				rank(left.name, preferred) - rank(right.name, preferred) || (left.name < right.name ? -1 : 1),
		);
}

/** What the files tell that somebody must give. */
function signInOf(config: SharedConfig, profile: string): SignInRequest | undefined {
	const serial = mfaSerialOf(config, profile);
	return serial === undefined ? undefined : {kind: 'mfa-code', profile, serial};
}

/**
 * The MFA device whose code a profile needs: that of its role, or of a role that it comes to its own through. Only roles take
 * a code. Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider"; keys of a source profile end the way.
 */
function mfaSerialOf(
	config: SharedConfig,
	profile: string,
	visited: readonly string[] = [],
): string | undefined {
	const keys = config.profiles[profile] ?? {};
	const hasKeys = Boolean(keys.aws_access_key_id && keys.aws_secret_access_key);
	if (kindOf(keys) !== 'role' || (visited.length > 0 && hasKeys)) return undefined;
	if (keys.mfa_serial) return keys.mfa_serial;
	const source = keys.source_profile;
	if (source === undefined || source === profile || visited.includes(source)) return undefined;
	return mfaSerialOf(config, source, [...visited, profile]);
}

/** Whether a process gives its credentials, or those that its role is assumed with. */
function runsProcess(config: SharedConfig, profile: string, visited: readonly string[] = []): boolean {
	const keys = config.profiles[profile] ?? {};
	const kind = kindOf(keys);
	if (kind !== 'role') return kind === 'process';
	const source = keys.source_profile;
	if (source === undefined || source === profile || visited.includes(source)) return false;
	return runsProcess(config, source, [...visited, profile]);
}

function rank(name: string, preferred: string | undefined): number {
	if (name === preferred) return 0;
	return name === 'default' ? 1 : 2;
}

/** The text of a file that can be read and parsed; nothing where there is none. */
async function checkedText(file: string): Promise<string | undefined> {
	// It is how one says: no such file.
	if (file === devNull) return undefined;
	let text: string;
	try {
		({text} = await readRegularFile(file));
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT') return undefined;
		throw new ProblemError(
			fixable('config-file-unreadable', `Cannot read ${file}`, message, [
				readableStep(file, code),
				'Name another file with AWS_CONFIG_FILE or AWS_SHARED_CREDENTIALS_FILE.',
				sandboxStep,
			]),
		);
	}

	if (text.includes('\0'))
		throw new ProblemError(
			fixable(
				'config-file-unparsable',
				`Cannot understand ${file}`,
				'It is no UTF-8: it has null bytes, as UTF-16 has (PowerShell’s > writes it).',
				[
					`Save it as UTF-8, in PowerShell: (Get-Content '${file}') | Set-Content -Encoding utf8 '${file}'`,
					sandboxStep,
				],
			),
		);
	const fault = lineFault(text);
	if (fault === undefined) return text;
	throw new ProblemError(
		fixable('config-file-unparsable', `Cannot understand ${file}`, fault, [
			fault.endsWith('no UTF-8.')
				? 'Save the file as UTF-8.'
				: 'Correct that line. A section is [profile name]; in the credentials file [name]. A setting is key = value.',
			sandboxStep,
		]),
	);
}

/** What makes a file readable: rights mend only what lacks them. Source: errno(3). */
function readableStep(file: string, code: string | undefined): string {
	if (code === 'EACCES' || code === 'EPERM')
		return `Make it readable for you, for example: chmod u+r ${quoted(file)}`;
	if (code === 'ENOTDIR') return `Make a folder of ${path.dirname(file)}: it is a file.`;
	if (code === 'ELOOP') return `Take the link ${file} away: it leads back to itself.`;
	return `Put a text file there, or take what is there away: ${file}`;
}

/**
 * The first line that is neither a section, a setting, a nested setting, a comment nor empty; or nothing.
 * The line itself is not shown: it may hold a secret.
 * Source: AWS SDKs and Tools Reference Guide, "Format of the shared config and credentials files".
 */
export function lineFault(text: string): string | undefined {
	let hasSection = false;
	for (const [index, line] of text
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/)
		.entries()) {
		const number = index + 1;
		const content = withoutComment(line).trim();
		if (content === '') continue;
		// What no UTF-8 is becomes this: a name or a key would be another one. The AWS CLI reads no such file.
		if (content.includes('\uFFFD')) return `Line ${number} has letters that are no UTF-8.`;
		if (content.startsWith('[')) {
			// What stands right behind the ] without a space is no comment: the parser would take the line for nothing.
			if (!/^\[[^[\]]+\]$/.test(content))
				return `Line ${number} begins a section with [ and does not end with ].`;
			if (/^\[\s*(?:profile\s+)?["']?__proto__["']?\s*\]$/.test(content))
				return `Line ${number} names a section __proto__, which the AWS SDK does not read.`;
			hasSection = true;
		} else if (!hasSection) {
			return `Line ${number} is a setting before the first [section].`;
		} else if (/^\S/.test(line) && !/^[^=]+=/.test(content)) {
			return `Line ${number} is neither a [section] nor a setting (key = value).`;
		}
	}

	return undefined;
}

/** A comment begins at # or ; at the start of a line or behind a space, as for the SDK's parser. */
function withoutComment(line: string): string {
	return line.split(/(?:^|\s)[;#]/)[0] ?? '';
}
