import {adviceWith, nameOne, type SignInAdvice} from '../../domain/sign-in-advice.js';
import {quoted} from '../../domain/text/shell-word.js';
import {environmentKeys, needsEnvironmentKeys} from './environment-keys.js';
import {kindOf} from './profile-kind.js';
import {placeOfSetting, type ProfileSettings} from './setting-places.js';

/**
 * How somebody signs in again for a profile, or for the one whose credentials its role is assumed with. None says SSO to who has keys.
 * Source: AWS CLI User Guide, "IAM Identity Center authentication" and "Login for AWS local development using console credentials".
 */
export function signInAdvice(settings: ProfileSettings, visited: readonly string[] = []): SignInAdvice {
	const {profile, config, environment} = settings;
	const keys = config.profiles[profile];
	const told = (step: string): SignInAdvice => ({profile, step});
	const fromEnvironment = 'Set new keys: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.';
	if (keys === undefined) {
		if (!environmentKeys(environment)) return told(nameOne);
		return told(
			environment.AWS_PROFILE === profile
				? 'Correct AWS_PROFILE, or take it away so that the keys of the environment count: unset AWS_PROFILE'
				: fromEnvironment,
		);
	}

	if (needsEnvironmentKeys(settings) && environmentKeys(environment)) return told(fromEnvironment);
	const place = (key?: string) => placeOfSetting(config, profile, key);
	const ofSource = (source: string | undefined): SignInAdvice | undefined => {
		if (source === undefined || source === profile || visited.includes(source)) return undefined;
		const advice = signInAdvice({...settings, profile: source}, [...visited, profile]);
		return {...advice, step: `Its role needs profile ${source} first. ${advice.step}`};
	};

	switch (kindOf(keys)) {
		case 'sso':
			return keys.sso_session
				? adviceWith(profile, 'Sign in', ['aws', 'sso', 'login', '--sso-session', keys.sso_session])
				: adviceWith(profile, 'Sign in', ['aws', 'sso', 'login', '--profile', profile]);
		case 'login':
			return adviceWith(profile, 'Sign in (AWS CLI 2.32 or later)', ['aws', 'login', '--profile', profile]);
		case 'role':
			return (
				ofSource(keys.source_profile) ??
				told(
					keys.credential_source === 'Environment'
						? fromEnvironment
						: `Run this where ${keys.credential_source ?? 'its source'} gives credentials (${place('credential_source')}).`,
				)
			);
		case 'keys':
			return told(
				keys.aws_session_token
					? `Open a new session, and write its keys into ${place()}: they have ended, or are none.`
					: `Check aws_access_key_id and aws_secret_access_key in ${place()}.`,
			);
		case 'web identity':
			return told(
				`Renew the token in the file that web_identity_token_file names (${place('web_identity_token_file')}).`,
			);
		case 'process':
			return told(
				`Sign in where its credential_process gets credentials, then check: aws configure export-credentials --profile ${quoted(profile)}`,
			);
		default:
			return told(
				`Give it credentials in ${place()}, for example with: aws configure sso --profile ${quoted(profile)}`,
			);
	}
}
