import {fixable, ProblemError} from '../../domain/problem.js';
import {plainName} from './plain-names.js';
import {type ProfileSettings, settingOf, type SettingSource} from './setting-places.js';

const retryModes = ['legacy', 'standard', 'adaptive'];
const defaultsModes = ['auto', 'in-region', 'cross-region', 'mobile', 'standard', 'legacy'];

/** What a profile and the environment say of how its clients call, as the SDK's options. Every client is given all of them. */
export type ClientSettings = {
	/** For what is not below: the SDK reads it of this profile, and not of the active one. */
	readonly profile: string;
	readonly useFipsEndpoint: boolean;
	readonly useDualstackEndpoint: boolean;
	readonly maxAttempts?: number;
	readonly retryMode?: 'standard' | 'adaptive';
	readonly defaultsMode: 'auto' | 'in-region' | 'cross-region' | 'mobile' | 'standard' | 'legacy';
};

/**
 * The settings of the profile that calls. The SDK reads each of the active profile unless a client names another, and from the usual
 * places only; a sandbox has files of its own. Left out of a client, any of them would be looked for there: so each has a value.
 * Throws the problem of a value that is none. Source: AWS SDKs and Tools Reference Guide, "Settings reference".
 */
export function clientSettingsOf(settings: ProfileSettings): ClientSettings {
	const of = (variable: string, key: string) => settingOf(variable, key, settings);
	const attempts = of('AWS_MAX_ATTEMPTS', 'max_attempts');
	const retryMode = oneOf(of('AWS_RETRY_MODE', 'retry_mode'), retryModes);
	const defaultsMode = oneOf(of('AWS_DEFAULTS_MODE', 'defaults_mode'), defaultsModes);
	return {
		profile: plainName(settings.profile),
		useFipsEndpoint: isTrue(of('AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint')),
		useDualstackEndpoint: isTrue(of('AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint')),
		// `legacy` is the AWS CLI's own; with the SDK it means the standard one.
		...(retryMode === undefined ? {} : {retryMode: retryMode === 'adaptive' ? 'adaptive' : 'standard'}),
		...(attempts === undefined ? {} : {maxAttempts: countIn(attempts)}),
		defaultsMode: (defaultsMode ?? 'legacy') as ClientSettings['defaultsMode'],
	};
}

/** As the AWS CLI reads it: `true` in any case, and nothing else. Source: botocore, `utils.ensure_boolean`. */
export function isTrue(setting: SettingSource | undefined): boolean {
	return setting?.value.toLowerCase() === 'true';
}

function oneOf(setting: SettingSource | undefined, known: readonly string[]): string | undefined {
	if (!setting || setting.value === '') return undefined;
	const value = setting.value.toLowerCase();
	if (known.includes(value)) return value;
	throw settingProblem(setting, `It is one of ${known.join(', ')}.`);
}

function countIn(setting: SettingSource): number {
	if (/^[1-9]\d{0,3}$/.test(setting.value)) return Number(setting.value);
	throw settingProblem(setting, 'It is a whole number from 1.');
}

function settingProblem({name, value, origin}: SettingSource, rule: string): ProblemError {
	return new ProblemError(
		fixable('profile-setting', `Cannot use ${name} “${value}”`, `It comes from ${origin}. ${rule}`, [
			`Correct ${origin}.`,
			'Or take it out: the default counts then.',
		]),
	);
}
