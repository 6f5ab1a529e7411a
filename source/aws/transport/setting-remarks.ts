import {defaultChain} from '../../domain/answers/answers.js';
import {fixable, type Problem} from '../../domain/problem.js';
import {quoted} from '../../domain/text/shell-word.js';
import {environmentKeys, needsEnvironmentKeys} from './environment-keys.js';
import {unusedVariables} from './unused-variables.js';
import {type ProfileSettings, settingOf} from './setting-places.js';
import type {SharedConfig} from './shared-config.js';

/** The switches that this program reads, each by its variable and its key. */
const switches = [
	['AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'],
	['AWS_USE_DUALSTACK_ENDPOINT', 'use_dualstack_endpoint'],
	['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'ignore_configured_endpoint_urls'],
] as const;

/**
 * What a profile and the environment say that may mean something else than somebody thinks; none of it is wrong.
 * @param profile the one that was named
 */
export function settingRemarks(profile: string, settings: ProfileSettings): readonly Problem[] {
	const {profile: activeProfile, config, environment} = settings;
	const odd = switches.flatMap(([variable, key]): readonly Problem[] => {
		const setting = settingOf(variable, key, settings);
		if (setting === undefined || /^(true|false)?$/i.test(setting.value)) return [];
		return [
			fixable(
				'odd-boolean',
				`${setting.name} “${setting.value}” counts as false`,
				`It comes from ${setting.origin}. Only true, in any case, means true to the AWS CLI and this program.`,
				[`Write true or false: ${setting.origin}.`],
			),
		];
	});
	const unused = profile === defaultChain ? unusedVariables(environment) : [];
	return [
		...odd,
		...besideUnread(activeProfile, config),
		...saidTwice(activeProfile, config),
		...unused.map(({variable, cause, step}) =>
			fixable('unused-variable', `${variable} is not used`, cause, [step]),
		),
		...keysBesideProfile(profile, settings),
	];
}

/** Measured: with AWS_PROFILE the SDK takes the profile, the AWS CLI the keys; `--profile` beats keys in both. */
function keysBesideProfile(profile: string, settings: ProfileSettings): readonly Problem[] {
	const {environment} = settings;
	const {AWS_PROFILE: named} = environment;
	const isActive = profile === defaultChain || profile === named;
	if (!named || !isActive || environmentKeys(environment) === undefined) return [];
	const both = `AWS_PROFILE names ${named}, and AWS_ACCESS_KEY_ID is set, too.`;
	if (needsEnvironmentKeys(settings))
		return [
			fixable(
				'keys-of-environment',
				`Profile ${named} has no credentials: the environment's keys count`,
				`${both} The profile says region and endpoints.`,
				['To use no keys, take them away: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN'],
			),
		];
	return [
		fixable(
			'keys-beside-profile',
			`Profile ${named} counts, not the environment's keys`,
			`${both} The AWS CLI takes the keys, unless --profile names the profile.`,
			[
				'To use the keys: unset AWS_PROFILE',
				`To use the profile in the AWS CLI as well: --profile ${quoted(named)}, or unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN`,
			],
		),
	];
}

/** The SDK takes the last; the AWS CLI refuses the file. Of the two sections of the default profile each takes another. */
function saidTwice(profile: string, config: SharedConfig): readonly Problem[] {
	return (config.doubled ?? [])
		.filter((one) => one.profile === profile)
		.map(({key, line, first, file, isDefaultTwice}) =>
			fixable(
				'doubled-setting',
				key === undefined
					? `Profile ${profile} has two sections in one file`
					: `Profile ${profile} says ${key} twice`,
				`They stand in lines ${first} and ${line} of ${file}. ${isDefaultTwice ? '[profile default] counts. The AWS CLI takes the last one.' : 'The last one counts. The AWS CLI refuses such a file.'}`,
				[
					isDefaultTwice
						? `Keep one of the two in ${file}.`
						: `Take line ${first} or ${line} out of ${file}.`,
				],
			),
		);
}

/** Settings that somebody wrote for this profile, in a section that is none: in the config file `profile` stands before the name. */
function besideUnread(profile: string, config: SharedConfig): readonly Problem[] {
	return (config.unread ?? [])
		.filter(({name}) => name === profile && Object.hasOwn(config.profiles, name))
		.map(({line, file, reason}) =>
			fixable(
				'unread-section',
				`Settings of profile ${profile} are not read`,
				`They stand in line ${line} of ${file} and below. Neither the AWS CLI nor this program reads them. ${reason}`,
				[`Correct line ${line} of ${file}.`],
			),
		);
}
