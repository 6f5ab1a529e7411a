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

/** The same as steps. */
export function unusedSteps(environment: NodeJS.ProcessEnv): readonly string[] {
	return unusedVariables(environment).map(
		({variable, cause, step}) => `${variable} is not used: ${cause} ${step}`,
	);
}
