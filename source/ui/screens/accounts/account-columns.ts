import {type Profile} from '../../../domain/profile.js';
import {valueOf} from '../../../session/state/loadable.js';
import {type SessionState} from '../../../session/state/session-state.js';
import {type ListColumn} from '../../components/fields/filter-list.js';
import {type Glyphs} from '../../theme.js';
import {identityText} from './identity-text.js';

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
