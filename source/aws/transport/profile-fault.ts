import {fixable, type Problem} from '../../domain/problem.js';
import {kindOf} from './profile-kind.js';
import {plainName} from './plain-names.js';
import {placeOfSetting, type ProfileSettings} from './setting-places.js';
import type {SharedConfig} from './shared-config.js';
import {tokenFileFault} from './token-files.js';

type Keys = Readonly<Record<string, string | undefined>>;

/** What the SDK and the AWS CLI take as the source of a role's credentials. */
const sources = ['Environment', 'EcsContainer', 'Ec2InstanceMetadata'];

const ofSso = ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name'] as const;

/**
 * What a profile lacks, or says twice, so that neither the SDK nor the AWS CLI finds credentials with it; nothing where it is whole.
 * The profiles that it names are looked at, too. The SDK's own words name no line, and for some of these a sign-in that mends nothing.
 * Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider settings" and "IAM Identity Center credential
 * provider settings"; botocore, `credentials.AssumeRoleProvider` and `SSOProvider`.
 */
export function profileFault(settings: ProfileSettings): Problem | undefined {
	const {profile} = settings;
	const found = faultOf(settings, []);
	if (found === undefined) return undefined;
	const [cause, ...steps] = found;
	return fixable('profile-fault', `Cannot use profile ${profile}: its settings give no credentials`, cause, [
		...steps,
		'Choose another profile.',
	]);
}

/** The cause, and what to do. */
type Fault = readonly [cause: string, ...steps: readonly string[]];

function faultOf(settings: ProfileSettings, visited: readonly string[]): Fault | undefined {
	const {profile, config} = settings;
	const keys = config.profiles[profile];
	if (keys === undefined) return undefined;
	const place = (key?: string): string => placeOfSetting(config, profile, key);
	// Behind a role its own keys end the way.
	if (visited.length > 0 && keys.aws_access_key_id && keys.aws_secret_access_key) return undefined;
	const isRole = Boolean(keys.role_arn ?? visited.length > 0);
	const {source_profile: source, credential_source: machine} = keys;
	if (isRole && source && machine)
		return [
			`It has both source_profile (${place('source_profile')}) and credential_source (${place('credential_source')}).`,
			'Take one of the two out.',
		];
	if (isRole && machine) return sourceFault(machine, settings);
	if (keys.role_arn && source) return chainFault(source, settings, visited);
	const kind = kindOf(keys);
	if (kind === 'incomplete') return gapIn(keys, place);
	if (kind === 'web identity' && !keys.role_arn)
		return [
			`It names a token's file (${place('web_identity_token_file')}), and no role_arn.`,
			`Add role_arn = ARN below ${place()}.`,
		];
	if (kind === 'web identity')
		return tokenFault(keys.web_identity_token_file ?? '', place('web_identity_token_file'));
	return kind === 'sso' ? ssoFault(profile, keys, config) : undefined;
}

/** The way from a role to the profile behind it. */
function chainFault(
	source: string,
	settings: ProfileSettings,
	visited: readonly string[],
): Fault | undefined {
	const {profile, config} = settings;
	const place = placeOfSetting(config, profile, 'source_profile');
	const behind = config.profiles[source];
	if (behind === undefined)
		return [
			`Its source_profile (${place}) names ${source}, which no section has.`,
			`Correct ${place}, or add the profile ${source}.`,
		];
	const way = [...visited, profile];
	const hasKeys = Boolean(behind.aws_access_key_id && behind.aws_secret_access_key);
	if (!way.includes(source) || hasKeys) {
		const fault = faultOf({...settings, profile: source}, way);
		return fault && [`Its role needs profile ${source} first. ${fault[0]}`, ...fault.slice(1)];
	}

	return [
		source === profile
			? `Its source_profile (${place}) names the profile itself, which has no access keys.`
			: `Its roles go round in a circle: ${[...way, source].join(' → ')}.`,
		`Name a profile with credentials of its own in ${place}.`,
	];
}

function sourceFault(machine: string, {profile, config, environment}: ProfileSettings): Fault | undefined {
	const place = placeOfSetting(config, profile, 'credential_source');
	if (!sources.includes(machine)) {
		const meant = sources.find((one) => one.toLowerCase() === machine.toLowerCase());
		return [
			`Its credential_source “${machine}” (${place}) is none. It is one of ${sources.join(', ')}.`,
			meant === undefined ? `Correct ${place}.` : `Write ${meant} in ${place}.`,
		];
	}

	const variable = 'AWS_EC2_METADATA_DISABLED';
	if (machine !== 'Ec2InstanceMetadata' || environment[variable]?.toLowerCase() !== 'true') return undefined;
	return [
		`It asks the metadata of the EC2 instance (${place}), and ${variable} switches them off.`,
		`Switch them on: unset ${variable}`,
	];
}

/** What stands there belongs to a way to credentials, and something of it is absent. */
function gapIn(keys: Keys, place: (key?: string) => string): Fault | undefined {
	for (const [has, lacks] of [
		['aws_access_key_id', 'aws_secret_access_key'],
		['aws_secret_access_key', 'aws_access_key_id'],
	] as const) {
		if (keys[has])
			return [`It has ${has} (${place(has)}), and no ${lacks}.`, `Add ${lacks} below ${place(has)}.`];
	}

	if (keys.role_arn)
		return [
			`It has role_arn (${place('role_arn')}), and neither source_profile nor credential_source.`,
			`Say whose credentials assume the role: add source_profile = PROFILE below ${place('role_arn')}.`,
		];
	for (const key of ['source_profile', 'credential_source'] as const) {
		if (keys[key])
			return [`It has ${key} (${place(key)}), and no role_arn.`, `Add role_arn = ARN below ${place(key)}.`];
	}

	const first = ofSso.find((key) => keys[key]);
	return first && missingOfSso(keys, keys, place(first));
}

function tokenFault(file: string, place: string): Fault | undefined {
	const what = tokenFileFault(file);
	if (what === undefined) return undefined;
	return [
		`The file of its web_identity_token_file (${place}) is ${what}.`,
		`Put a token there, or correct ${place}.`,
	];
}

function ssoFault(profile: string, keys: Keys, config: SharedConfig): Fault | undefined {
	const place = (key?: string): string => placeOfSetting(config, profile, key);
	const {sso_session: name} = keys;
	if (!name) return missingOfSso(keys, keys, place('sso_start_url'));
	const session = config.sessions?.[name];
	if (session === undefined)
		return [
			`Its sso_session (${place('sso_session')}) names ${name}. There is no section [sso-session ${name}].`,
			`Make it: aws configure sso-session, or correct ${place('sso_session')}.`,
		];
	if (plainName(name) !== name)
		return [
			`Its sso_session (${place('sso_session')}) is called “${name}”. The AWS SDK reads no such name.`,
			'Rename it, here and in its section, with letters, digits and hyphens. Then sign in.',
		];
	const both = (['sso_start_url', 'sso_region'] as const).find(
		(key) => keys[key] && session[key] && keys[key] !== session[key],
	);
	if (both)
		return [
			`Its ${both} “${keys[both]}” (${place(both)}) differs from “${session[both]}” in [sso-session ${name}].`,
			`Take ${both} out of ${place(both)}: the session has it.`,
		];
	return missingOfSso({...keys, ...session}, session, place('sso_session'));
}

/** @param own where sso_region and sso_start_url are looked for */
function missingOfSso(all: Keys, own: Keys, place: string): Fault | undefined {
	const missing = ofSso.filter((key) => !(key === 'sso_region' || key === 'sso_start_url' ? own : all)[key]);
	if (missing.length === 0) return undefined;
	return [
		`It signs in with IAM Identity Center (${place}), and lacks ${missing.join(', ')}.`,
		'Add what is missing, or set it up anew: aws configure sso',
	];
}
