import {fixable, ProblemError} from '../../domain/problem.js';
import type {SharedConfig} from './shared-config.js';

/** The problem of a profile that the files do not have: it names some that they have. */
export function unknownProfile(profile: string, config: SharedConfig): ProblemError {
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
