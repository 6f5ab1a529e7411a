import {fixable, ProblemError} from '../../domain/problem.js';
import type {SharedConfig, UnreadProfile} from './shared-config.js';

/** The problem of a profile that the files do not have: it names some that they have. */
export function unknownProfile(profile: string, config: SharedConfig): ProblemError {
	const unread = config.unread?.find(({name}) => name === profile);
	if (unread) return unreadProfile(unread);
	const names = Object.keys(config.profiles);
	return new ProblemError(
		fixable(
			'unknown-profile',
			`Cannot find the profile ${profile}`,
			`Looked in ${config.location.configFile} and ${config.location.credentialsFile}.`,
			[
				names.length === 0
					? 'Make a profile, for example with: aws configure sso'
					: `Choose one of these: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`,
				'Try without an AWS account, on the sandbox: s3-replicate apply --sandbox --yes.',
			],
		),
	);
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
