import {type Mode, type Side} from '../../../domain/answers/mode.js';
import {fixable, type Problem} from '../../../domain/problem.js';
import {valueOf} from '../../../session/state/loadable.js';
import {type SessionState} from '../../../session/state/session-state.js';

type AskedProfile = {
	readonly mode: Mode;
	readonly side: Side;
	readonly sourceProfile: string;
	readonly profile: string;
};

/** What keeps a profile from being chosen for a side, as far as its check has told. */
export const accountFault = (
	{identities}: SessionState,
	{mode, side, sourceProfile, profile}: AskedProfile,
): Problem | undefined => {
	const identity = identities[profile];
	if (identity?.state === 'failed') return identity.problem;
	if (mode !== 'cross-account' || side !== 'destination') return undefined;
	const account = valueOf(identity)?.accountId;
	if (account === undefined || account !== valueOf(identities[sourceProfile])?.accountId) return undefined;
	return fixable(
		'same-account',
		'Cannot replicate across accounts: both sides are one',
		profile === sourceProfile
			? `${profile} is the source's profile already, of account ${account}.`
			: `${profile} and ${sourceProfile} are both of account ${account}.`,
		[
			'Choose a profile of another account.',
			'None? Type the account’s 12 digits: a file tells its owner what to do.',
			'Or go back and choose Cross-Region Replication.',
		],
	);
};
