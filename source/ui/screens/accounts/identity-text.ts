import {shortIdentity} from '../../../domain/arn.js';
import {type CallerIdentity} from '../../../domain/observed/observed.js';
import {shortNeedAfter, shortNeedOf, type SignInRequest} from '../../../domain/sign-in.js';
import {type Loadable} from '../../../session/state/loadable.js';
import {type Glyphs, type Role} from '../../theme.js';

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
export const identityText = (
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
