import {fixable, ProblemError} from '../../domain/problem.js';
import {existsSync} from 'node:fs';
import {placeOfSetting} from './setting-places.js';
import type {SharedConfig, UnreadProfile} from './shared-config.js';
import {sandboxStep} from '../../domain/answers/command-line.js';

/** The problem of a profile that the files do not have: it names some that they have. */
export function unknownProfile(profile: string, config: SharedConfig): ProblemError {
	const unread = config.unread?.find(({name}) => name === profile);
	if (unread) return unreadProfile(unread);
	const names = Object.keys(config.profiles);
	const near = names.filter((name) => bare(name) === bare(profile));
	return new ProblemError(
		fixable(
			'unknown-profile',
			`Cannot find the profile ${profile}`,
			`Looked in ${shown(config.location.configFile)} and ${shown(config.location.credentialsFile)}.`,
			[
				...near.map((name) => meant(name, profile, config)),
				names.length === 0
					? 'Make a profile, for example with: aws configure sso'
					: `Choose one of these: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`,
				sandboxStep,
			],
		),
	);
}

/** What two names have alike that somebody takes for one. */
function bare(name: string): string {
	return name
		.trim()
		.replace(/^profile\s+/, '')
		.replace(/^(["'])(.*)\1$/, '$2')
		.toLowerCase();
}

/** In the credentials file the whole of what stands in the brackets is the name. Source: botocore, `configloader`. */
function meant(name: string, profile: string, config: SharedConfig): string {
	return /^profile\s/.test(name) && !/^profile\s/.test(profile)
		? `Write [${profile}] in ${placeOfSetting(config, name)}: “profile” belongs to the config file only.`
		: `Did you mean ${name}?`;
}

function shown(file: string): string {
	return existsSync(file) ? file : `${file} (absent)`;
}

/** The problem of a section that is no profile as it is written: the AWS CLI and the SDK pass it over without a word. */
function unreadProfile({name, file, line, reason}: UnreadProfile): ProblemError {
	return new ProblemError(
		fixable(
			'unread-profile',
			`Cannot use ${name}: its section is no profile`,
			`It begins in line ${line} of ${file}. Neither the AWS CLI nor this program reads it. ${reason}`,
			[`Correct line ${line} of ${file}.`, 'Choose another profile.'],
		),
	);
}
