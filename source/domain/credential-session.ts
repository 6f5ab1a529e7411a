/** How long credentials last. */
export type CredentialSession = {
	/** Whether they are a session's, which ends. */
	readonly isTemporary: boolean;
	/** In milliseconds since 1970; absent where the credentials do not say. */
	readonly expiresAt?: number;
};
