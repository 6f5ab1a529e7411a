import type {Profile} from '../../../domain/profile.js';
import {type Loadable, valueOf} from '../../../session/state/loadable.js';
import type {SessionState} from '../../../session/state/session-state.js';
import type {ListColumn} from '../../components/fields/filter-list.js';
import type {Glyphs, Role} from '../../theme.js';
import {shortIdentity} from '../../../domain/arn.js';
import type {CallerIdentity} from '../../../domain/observed/observed.js';
import {shortNeedAfter, shortNeedOf, type SignInRequest} from '../../../domain/sign-in.js';

const widest = (min: number, texts: readonly string[]): number =>
	Math.max(min, ...texts.map(({length}) => length));

/** The account of a profile: as checked, else as the files say. */
export const accountOf = ({name, accountId}: Profile, identities: SessionState['identities']): string =>
	valueOf(identities[name])?.accountId ?? accountId ?? '';

/**
 * The columns of the list of profiles. What a narrow terminal has no room for is left out, the identity never.
 *
 * @param width cells across
 */
export const accountColumns = (
	profiles: readonly Profile[],
	identities: SessionState['identities'],
	glyphs: Glyphs,
	width: number,
): ReadonlyArray<ListColumn<Profile>> => {
	const name: ListColumn<Profile> = {
		title: 'PROFILE',
		width: 'rest',
		textOf: (profile) => profile.name,
		cut: 'middle',
	};
	const kind: ListColumn<Profile> = {
		title: 'KIND',
		width: widest(
			4,
			profiles.map((profile) => profile.kind),
		),
		textOf: (profile) => profile.kind,
		roleOf: () => 'secondary',
	};
	const account: ListColumn<Profile> = {
		title: 'ACCOUNT',
		width: 12,
		textOf: (profile) => accountOf(profile, identities) || '-',
	};
	const region: ListColumn<Profile> = {
		title: 'REGION',
		width: widest(
			6,
			profiles.map((profile) => profile.region ?? '-'),
		),
		textOf: (profile) => profile.region ?? '-',
	};
	const shown = ({name: profile, signIn}: Profile) => identityText(identities[profile], glyphs, signIn);
	const identity: ListColumn<Profile> = {
		title: 'IDENTITY',
		width: 'rest',
		textOf: (profile) => shown(profile).text,
		roleOf: (profile) => shown(profile).role,
	};
	return width < 76 ? [name, account, identity] : [name, kind, account, region, identity];
};

/** Why a profile cannot be used, in the few words that a column has room for. */
const shortReasons: Readonly<Record<string, string>> = {
	'no-credentials': 'no credentials',
	'expired-credentials': 'session expired',
	'unknown-access-key': 'unknown access key',
	'wrong-secret': 'wrong secret key',
	'endpoint-unreachable': 'cannot be reached',
	'proxy-unreachable': 'proxy fails',
	'proxy-refused': 'proxy refuses',
	'not-allowed': 'not allowed',
	'clock-skew': 'clock is wrong',
	throttled: 'asked to slow down',
	'mfa-device-refused': 'wrong MFA device',
	'unknown-profile': 'not in the files',
	'unread-profile': 'no profile',
	'unknown-region': 'unknown region',
};

/** A profile's identity as its column shows it: sign, words, and the role of both. One that needs somebody is not checked by itself. */
const identityText = (
	identity: Loadable<CallerIdentity> | undefined,
	glyphs: Glyphs,
	signIn: SignInRequest | undefined,
): {readonly text: string; readonly role: Role} => {
	switch (identity?.state) {
		case 'ready':
			return {text: `${glyphs.ok} ${shortIdentity(identity.value.arn)}`, role: 'plain'};
		case 'loading':
			return {text: `${glyphs.pending} checking`, role: 'pending'};
		case 'failed':
			return {
				text: `${glyphs.failed} ${shortReasons[identity.problem.code] ?? shortNeedAfter(identity.problem) ?? 'cannot be used'}`,
				role: 'error',
			};
		default:
			return {text: `${glyphs.todo} ${signIn ? shortNeedOf(signIn) : 'not checked'}`, role: 'secondary'};
	}
};
