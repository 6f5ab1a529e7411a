import {type Stats, statSync} from 'node:fs';
import {fixable, type Problem} from '../../domain/problem.js';
import {defaultChain} from '../../domain/answers/answers.js';
import {sandboxStep} from '../../domain/answers/command-line.js';

/**
 * The variables that name a file with a token, and who reads it.
 * Source: AWS SDKs and Tools Reference Guide, "Assume role credential provider" and "Container credential provider".
 */
const tokenVariables = [
	['AWS_WEB_IDENTITY_TOKEN_FILE', ({AWS_ROLE_ARN: role}) => Boolean(role)],
	[
		'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
		({AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full}) =>
			Boolean(relative ?? full),
	],
] as const satisfies ReadonlyArray<readonly [string, (environment: NodeJS.ProcessEnv) => boolean]>;

/** What a token's file is where it can be none: a folder, or empty. One that is not there, or may not be read, is told in node's own words where it is read. */
export function tokenFileFault(file: string): string | undefined {
	const stats = statsOf(file);
	if (stats?.isDirectory()) return 'a folder';
	return stats?.isFile() && stats.size === 0 ? 'empty' : undefined;
}

function statsOf(file: string): Stats | undefined {
	try {
		return statSync(file);
	} catch {
		return undefined;
	}
}

/** The problem of a token's file that the environment names for the default chain, and that holds none; nothing where there is none. */
export function namedTokenFault(environment: NodeJS.ProcessEnv): Problem | undefined {
	for (const [variable, isRead] of tokenVariables) {
		const file = environment[variable];
		const fault = file && isRead(environment) ? tokenFileFault(file) : undefined;
		if (fault !== undefined)
			return fixable(
				'profile-file',
				`Cannot use profile ${defaultChain}: its token file is ${fault}`,
				`The environment variable ${variable} names ${file}, which is ${fault}.`,
				[`Put the token there, or name another file in ${variable}.`, sandboxStep],
			);
	}

	return undefined;
}
