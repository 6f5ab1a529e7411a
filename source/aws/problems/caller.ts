import {defaultChain} from '../../domain/answers/answers.js';
import {nameOne, type SignInAdvice} from '../../domain/sign-in-advice.js';
import {quoted} from '../../domain/text/shell-word.js';
import type {Service} from '../../domain/endpoint/service-endpoints.js';

/** Who calls, and where. */
export type Caller = {
	readonly profile: string;
	/** What a command of the AWS CLI names it with: `AWS_PROFILE` behind the default chain; absent where the chain has none. */
	readonly cliProfile?: string;
	/** How somebody signs in for it. */
	readonly advice?: SignInAdvice;
	/** The profile whose credentials its role is assumed with. */
	readonly sourceProfile?: string;
	/** Where the call goes, if not to AWS. */
	readonly endpointUrl?: string;
	/** What `AWS_PROFILE` names, where the shared files do not have it. */
	readonly absentProfile?: string;
	/** The ARN of the profile's identity, once STS has told it. */
	readonly knownArn?: () => string | undefined;
	/** Whose call it is. */
	readonly service?: Service;
	/** Whether the credentials last used are a session's. */
	readonly isSession?: () => boolean;
	/** File and line of the profile, or of a setting of it. */
	readonly placeOf?: (key?: string) => string;
	/** Which setting names a file, with its place. */
	readonly namedFile?: (file: string) => string | undefined;
	/** What looks wrong with its access keys, as steps. */
	readonly oddKeys?: () => readonly string[];
	/** What the environment says of credentials that may be why there are none, as steps. */
	readonly hints?: () => readonly string[];
	/** The region it signs for where none is asked, and who named it. */
	readonly region?: () => string;
	/** The CA bundle in force. */
	readonly caBundle?: string;
};

/** What names the profile in a command of the AWS CLI, with a space before it; nothing where the chain has no name. */
export function cliOption({profile, cliProfile}: Caller): string {
	const name = cliProfile ?? (profile === defaultChain ? undefined : profile);
	return name === undefined ? '' : ` --profile ${quoted(name)}`;
}

/** How to sign in again, where it is known how the profile comes to its credentials. */
export function adviceStep({profile, advice}: Caller): string {
	return (
		advice?.step ??
		(profile === defaultChain ? nameOne : `Renew the credentials of profile ${profile} where they come from.`)
	);
}
