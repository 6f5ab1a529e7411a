import {type GetSessionTokenRequest, type GetSessionTokenResponse} from '@aws-sdk/client-sts';
import {type QueryAction} from '../../iam/action.js';
import {checkRange, iamError} from '../../iam/errors.js';
import {checkMfa} from '../check-mfa.js';
import {shownCredentials} from '../open-session.js';
import {addUserSession} from '../../world/sessions.js';

const usualSeconds = 43_200;
const minSeconds = 900;
const maxSeconds = 129_600;

/** Needs no permission (STS API reference, GetSessionToken); sessions cannot open further ones of this kind. */
export const getSessionToken: QueryAction<GetSessionTokenRequest, GetSessionTokenResponse> = {
	name: 'GetSessionToken',
	run({world, identity, input}) {
		if (identity.kind !== 'user' || identity.isSession) {
			throw iamError('AccessDenied', 'Cannot call GetSessionToken with session credentials');
		}
		const seconds = input.DurationSeconds ?? usualSeconds;
		checkRange('durationSeconds', seconds, minSeconds, maxSeconds);
		const now = world.clock.now();
		const hasMfa = checkMfa(world, identity, input);
		const credential = addUserSession(world, identity.user, now + seconds * 1000, hasMfa ? now : undefined);
		return {Credentials: shownCredentials(credential)};
	},
};
