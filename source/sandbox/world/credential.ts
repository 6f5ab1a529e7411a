import {type Role, type Tag, type User} from './account.js';

/** What was given to AssumeRole beside the role (STS API reference, AssumeRole). */
export type SessionTerms = {
	/** The policy as text and the ARNs of managed ones, which together cap what the session may do. */
	readonly policy: string | undefined;
	readonly policyArns: readonly string[];
	readonly tags: readonly Tag[];
	/** Keys of those tags that sessions opened by this one have as well. */
	readonly transitiveKeys: readonly string[];
	/** Condition keys that a token brought, which the session's requests carry on. */
	readonly context?: Readonly<Record<string, string | readonly string[]>>;
};

export const noTerms: SessionTerms = {policy: undefined, policyArns: [], tags: [], transitiveKeys: []};

/** Whom an access key speaks for. */
export type Identity =
	| {
			readonly kind: 'user';
			readonly accountId: string;
			readonly user: User;
			/** It signs with what GetSessionToken gave. */
			readonly isSession: boolean;
			/** When it showed the code of its device, if it did. */
			readonly mfaAtMs?: number;
	  }
	| {
			readonly kind: 'role-session';
			readonly accountId: string;
			readonly role: Role;
			readonly sessionName: string;
			readonly terms: SessionTerms;
	  };

export type Credential = {
	readonly accessKeyId: string;
	readonly secretAccessKey: string;
	readonly sessionToken: string | undefined;
	readonly expiresAtMs: number | undefined;
	readonly createdMs: number;
	/** UpdateAccessKey turns keys off and on. */
	isActive: boolean;
	readonly identity: Identity;
};
