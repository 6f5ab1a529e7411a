import type {ServiceEndpoints} from './endpoint/service-endpoints.js';
import type {SignInRequest} from './sign-in.js';

/** How a profile comes to its credentials. */
export type ProfileKind =
	| 'keys'
	| 'role'
	| 'sso'
	| 'process'
	| 'web identity'
	| 'login'
	| 'default chain'
	/** No profile: an account that is somebody else's. */
	| 'other owner'
	| 'incomplete';

/** Whether a command of the AWS CLI signs in for profiles of this kind: `aws sso login`, `aws login`. */
export function hasSignInCommand(kind: ProfileKind | undefined): boolean {
	return kind === 'sso' || kind === 'login';
}

/** A profile of the shared files, as far as the files tell. */
export type Profile = {
	readonly name: string;
	readonly kind: ProfileKind;
	readonly region?: string;
	/** What the files say of the account, before anything is asked. */
	readonly accountId?: string;
	/** What somebody must give before it can be used, as far as the files tell: it is not used by itself then. */
	readonly signIn?: SignInRequest;
	/** It runs a program of somebody's for its credentials: not by itself, but when it is chosen. */
	readonly runsProcess?: boolean;
	/** Where its calls go; absent where what names it is no URL. */
	readonly endpoints?: ServiceEndpoints;
};

/** How long credentials last. */
export type CredentialSession = {
	/** Whether they are a session's, which ends. */
	readonly isTemporary: boolean;
	/** In milliseconds since 1970; absent where the credentials do not say. */
	readonly expiresAt?: number;
};
