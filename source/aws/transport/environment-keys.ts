import type {AwsCredentialIdentity} from '@smithy/types';
import {kindOf} from './profile-kind.js';
import type {ProfileSettings} from './setting-places.js';

/** The keys that the environment holds; nothing where it has no pair. Source: AWS SDKs and Tools Reference Guide, "AWS access keys". */
export function environmentKeys(environment: NodeJS.ProcessEnv): AwsCredentialIdentity | undefined {
	const {
		AWS_ACCESS_KEY_ID: accessKeyId,
		AWS_SECRET_ACCESS_KEY: secretAccessKey,
		AWS_SESSION_TOKEN: sessionToken,
		AWS_CREDENTIAL_EXPIRATION: expiration,
		AWS_ACCOUNT_ID: accountId,
	} = environment;
	if (!accessKeyId || !secretAccessKey) return undefined;
	return {
		accessKeyId,
		secretAccessKey,
		...(sessionToken ? {sessionToken} : {}),
		...(expiration && !Number.isNaN(Date.parse(expiration)) ? {expiration: new Date(expiration)} : {}),
		...(accountId ? {accountId} : {}),
	};
}

/**
 * Whether the keys of the environment are those of a profile: the one that `AWS_PROFILE` names, where it is in the files without
 * credentials of its own. So programs hand over a session that they opened (granted); the AWS CLI takes the keys, too.
 */
export function needsEnvironmentKeys({profile, config, environment}: ProfileSettings): boolean {
	const keys = config.profiles[profile];
	return profile === environment.AWS_PROFILE && keys !== undefined && kindOf(keys) === 'incomplete';
}
