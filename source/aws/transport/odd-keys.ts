import {environmentKeys} from './environment-keys.js';
import {placeOfSetting, type ProfileSettings} from './setting-places.js';

const parts = [
	['aws_access_key_id', 'AWS_ACCESS_KEY_ID'],
	['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY'],
	['aws_session_token', 'AWS_SESSION_TOKEN'],
] as const;

/**
 * What looks wrong with the access keys of a profile, or of the environment, each as a step with the place and without the value:
 * what pasting leaves, and a session's key without its token. AWS calls the first an unknown key or a wrong signature.
 * Source: IAM User Guide, "IAM identifiers", unique ID prefixes: ASIA is a temporary key. Nothing where they look right.
 * @param usesEnvironment whether the environment's keys were used
 */
export function oddKeys(
	{profile, config, environment}: ProfileSettings,
	usesEnvironment: boolean,
): readonly string[] {
	const keys = config.profiles[profile] ?? {};
	const value = (key: string, variable: string): string | undefined =>
		usesEnvironment ? environment[variable] : keys[key];
	const place = (key: string, variable: string): string =>
		usesEnvironment
			? `the environment variable ${variable}`
			: `${key} (${placeOfSetting(config, profile, key)})`;
	const odd = parts.flatMap(([key, variable]): readonly string[] => {
		const what = oddity(value(key, variable) ?? '');
		return what === undefined ? [] : [`Correct ${place(key, variable)}: it ${what}.`];
	});
	const [[id, idVariable], , [token, tokenVariable]] = parts;
	if (!value(id, idVariable)?.startsWith('ASIA') || value(token, tokenVariable)) return odd;
	const old = keys['aws_security_token'] && !usesEnvironment;
	return [
		...odd,
		old
			? `Rename aws_security_token (${placeOfSetting(config, profile, 'aws_security_token')}) to aws_session_token.`
			: `Add ${usesEnvironment ? tokenVariable : `${token} beside ${place(id, idVariable)}`}: a key that begins with ASIA needs it.`,
	];
}

function oddity(value: string): string | undefined {
	if (/^["'“‘]|["'”’]$/.test(value)) return 'has quotation marks, which count as part of it';
	if (/[\r\n]/.test(value)) return 'has a line break';
	if (/\s/.test(value)) return 'has a space';
	return /[^\x21-\x7E]/.test(value) ? 'has a letter that no key has' : undefined;
}

/** Whether the default chain takes the environment's keys: it does so where `AWS_PROFILE` names none. */
export function chainTakesKeys(environment: NodeJS.ProcessEnv): boolean {
	return !environment.AWS_PROFILE && environmentKeys(environment) !== undefined;
}
