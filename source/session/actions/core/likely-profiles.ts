import type {Profile} from '../../../domain/profile.js';

type WhatIsKnown = {
	readonly profiles: readonly Profile[];
	/** The account of a profile, where it is known without asking. */
	readonly accountOf: (profile: Profile) => string | undefined;
	/** The profile through which a run of before saw the bucket. */
	readonly recorded?: string;
	/** Whose the bucket is, where that is known. */
	readonly accountId?: string;
	/** Accounts that do not own it. */
	readonly others: ReadonlySet<string>;
};

/** So many accounts are tried where nobody knows whose a bucket is. */
const maxTried = 5;

/**
 * The profiles through which a bucket is likely to be seen, the likeliest first: the one of an earlier run, then those of its account; one
 * of each other account where that is not known. None that a person or another process has to help: nothing is started by itself. Pure.
 */
export function likelyProfiles(known: WhatIsKnown): readonly string[] {
	const {profiles, accountOf, recorded, accountId, others} = known;
	const usable = profiles.filter(
		({kind, signIn}) => signIn === undefined && kind !== 'process' && kind !== 'incomplete',
	);
	const before = usable.filter(({name}) => name === recorded);
	if (accountId !== undefined) {
		const own = usable.filter((profile) => accountOf(profile) === accountId);
		return [...new Set([...before, ...own].map(({name}) => name))];
	}

	const byAccount = new Map<string, string>();
	for (const profile of usable) {
		const account = accountOf(profile);
		if (account !== undefined && !others.has(account) && !byAccount.has(account))
			byAccount.set(account, profile.name);
	}

	return [...new Set([...before.map(({name}) => name), ...byAccount.values()])].slice(0, maxTried);
}
