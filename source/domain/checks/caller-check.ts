import {shortIdentity} from '../arn.js';
import type {Side} from '../answers/mode.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, stop} from './verdict.js';

/** Whether the profile of an end has credentials that AWS takes, and whose they are. */
export function callerCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-caller`,
		title: side === 'source' ? 'Source caller' : 'Destination caller',
		group: 'identity',
		isNeeded: (request) => side === 'source' || hasOwnProfile(request),
		needs: [`${side}Caller`],
		decide({request}, {[`${side}Caller` as const]: caller}) {
			const {profile} = request[side];
			if (!caller.isRead) return stop(`profile ${profile}`, caller.problem);
			const {arn, accountId} = caller.value;
			return ok(`${shortIdentity(arn)} of account ${accountId}, profile ${profile}`);
		},
	});
}

/** Whether the destination is reached with a profile of its own. */
export function hasOwnProfile(request: {
	readonly source: {readonly profile: string};
	readonly destination: {readonly profile: string};
}): boolean {
	return request.source.profile !== request.destination.profile;
}
