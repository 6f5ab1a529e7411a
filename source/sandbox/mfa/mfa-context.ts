import {type Identity} from '../world/credential.js';

/**
 * The condition keys about MFA (IAM User Guide, reference_policies_condition-keys): access keys have none; a session of
 * GetSessionToken says whether it was opened with a code, and how many seconds ago. What AssumeRole gives does not tell of
 * the code that it was given (IAM User Guide, id_credentials_mfa_configure-api-require); that the key is there and false, and
 * not absent, was seen (aws/aws-sdk-java-v2#2554).
 */
export function mfaContextOf(
	identity: Identity | undefined,
	nowMs: number,
): Readonly<Record<string, string>> | undefined {
	if (identity === undefined || (identity.kind === 'user' && !identity.isSession)) return undefined;
	const atMs = identity.kind === 'user' ? identity.mfaAtMs : undefined;
	return atMs === undefined ? {[present]: 'false'} : mfaKeys(nowMs - atMs);
}

/** The keys of a request whose caller has shown a code, so many milliseconds ago. */
export function mfaKeys(ageMs: number): Readonly<Record<string, string>> {
	return {[present]: 'true', 'aws:MultiFactorAuthAge': String(Math.floor(ageMs / 1000))};
}

const present = 'aws:MultiFactorAuthPresent';
