import {type Role, type User} from './account.js';

/** Whom an access key speaks for. */
export type Identity =
	| {
			readonly kind: 'user';
			readonly accountId: string;
			readonly user: User;
			/** It signs with what GetSessionToken gave. */
			readonly isSession: boolean;
	  }
	| {
			readonly kind: 'role-session';
			readonly accountId: string;
			readonly role: Role;
			readonly sessionName: string;
			/** The policy given to AssumeRole, which caps what the session may do. */
			readonly sessionPolicy: string | undefined;
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
