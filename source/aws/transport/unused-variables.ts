import {existsSync} from 'node:fs';
import {configLocation} from './shared-config.js';

type UnusedVariable = {readonly variable: string; readonly cause: string; readonly step: string};

/**
 * What the environment says of credentials and the default chain passes over without a word; the AWS CLI takes each, or refuses it.
 * Source: botocore, `configprovider` (AWS_DEFAULT_PROFILE) and `credentials.EnvProvider`.
 */
export function unusedVariables(environment: NodeJS.ProcessEnv): readonly UnusedVariable[] {
	const unused: UnusedVariable[] = [];
	for (const [one, other] of [
		['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
		['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'],
		['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'],
	] as const) {
		if (environment[one] && !environment[other])
			unused.push({variable: one, cause: `${other} is not set.`, step: `Set ${other}, or: unset ${one}`});
	}

	const {AWS_DEFAULT_PROFILE: named, AWS_PROFILE: own} = environment;
	if (named && named !== own)
		unused.push({
			variable: 'AWS_DEFAULT_PROFILE',
			cause: `It names ${named}. The AWS CLI reads it; this program and the AWS SDK read AWS_PROFILE.`,
			step: `Set AWS_PROFILE to the profile you mean.`,
		});
	return unused;
}

/** The files of settings that the environment names and that are not there: each counts as an empty one, to the AWS CLI as well. */
function absentFiles(environment: NodeJS.ProcessEnv): readonly string[] {
	const {configFile, credentialsFile} = configLocation(environment);
	return (
		[
			['AWS_CONFIG_FILE', configFile],
			['AWS_SHARED_CREDENTIALS_FILE', credentialsFile],
		] as const
	)
		.filter(([variable, file]) => environment[variable] && !existsSync(file))
		.map(
			([variable, file]) =>
				`${variable} names ${file}, which does not exist. Correct it, or: unset ${variable}`,
		);
}

/** The same as steps, and the files that are not there. */
export function unusedSteps(environment: NodeJS.ProcessEnv): readonly string[] {
	return [
		...unusedVariables(environment).map(
			({variable, cause, step}) => `${variable} is not used: ${cause} ${step}`,
		),
		...absentFiles(environment),
	];
}
