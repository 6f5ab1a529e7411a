import {shortIdentity} from '../arn.js';
import type {Side} from '../answers/mode.js';
import {joined} from '../problem.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, stop, warning} from './verdict.js';

/** Whether the profile of an end has credentials that AWS takes, whose they are, and what is odd about how they were chosen. */
export function callerCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-caller`,
		title: side === 'source' ? 'Source caller' : 'Destination caller',
		group: 'identity',
		isNeeded: (request) => side === 'source' || hasOwnProfile(request),
		needs: [`${side}Caller`, 'sourceRemarks', 'destinationRemarks'],
		decide({request}, {[`${side}Caller` as const]: caller, sourceRemarks, destinationRemarks}) {
			const {profile} = request[side];
			if (!caller.isRead) return stop(`profile ${profile}`, caller.problem);
			const {arn, accountId} = caller.value;
			const evidence = `${shortIdentity(arn)} of account ${accountId}, profile ${profile}`;
			const ofSource = sourceRemarks.isRead ? sourceRemarks.value : [];
			const ofDestination = destinationRemarks.isRead ? destinationRemarks.value : [];
			// What the environment says of both is told once.
			const isTold = ({headline}: {readonly headline: string}) =>
				ofSource.some((one) => one.headline === headline);
			const remarks = side === 'source' ? ofSource : ofDestination.filter((one) => !isTold(one));
			if (remarks.length === 0) return ok(evidence);
			const remark = joined(remarks);
			const whose = `Calls are made as ${arn} of account ${accountId}.`;
			return warning(evidence, {...remark, cause: `${remark.cause} ${whose}`});
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
