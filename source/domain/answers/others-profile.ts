/**
 * What stands in the place of a profile where the end is somebody else's, and its account is all that is known of it. Round brackets are in
 * no name of a profile that the AWS CLI writes by itself, as in `(default chain)`.
 */
export function othersProfile(accountId: string): string {
	return `(account ${accountId})`;
}

/** The account that such a name speaks of; nothing where it is a profile's. */
export function othersAccount(profile: string): string | undefined {
	return /^\(account (\d{12})\)$/.exec(profile)?.[1];
}

/** Whether an end is somebody else's, whose credentials nobody here has. */
export function isOthers(profile: string | undefined): boolean {
	return profile !== undefined && othersAccount(profile) !== undefined;
}

/** What is wrong with a text as an account's id, or nothing. */
export function accountIdFault(text: string): string | undefined {
	return /^\d{12}$/.test(text) ? undefined : 'An account id has 12 digits, such as 444455556666.';
}
