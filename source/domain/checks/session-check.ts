import {runAgain} from '../text/run-again.js';
import {durationText} from '../text/duration-text.js';
import type {Side} from '../answers/mode.js';
import {limits} from '../limits.js';
import {fixable, type Problem} from '../problem.js';
import {hasOwnProfile} from './caller-check.js';
import {type CheckDefinition, defineCheck} from './define-check.js';
import {ok, stop, unknown, warning, whenRead} from './verdict.js';

/** Whether the session of a profile lasts as long as the run. */
export function sessionCheck(side: Side): CheckDefinition {
	return defineCheck({
		id: `${side}-session`,
		title: side === 'source' ? 'Source session' : 'Destination session',
		group: 'identity',
		isNeeded: (request) => side === 'source' || hasOwnProfile(request),
		needs: [`${side}Session`, `${side}SignIn`],
		decide: ({request, nowMs}, {[`${side}Session` as const]: session, [`${side}SignIn` as const]: signIn}) =>
			whenRead([session, signIn], ({isTemporary, expiresAt}, advice) => {
				const {profile} = request[side];
				if (!isTemporary) return ok('long-term access keys (no expiry)');
				const steps = [advice.step, 'Then run the checks again.'];
				const offered = (problem: Problem): Problem =>
					advice.command === undefined ? problem : {...problem, signIn: advice};
				if (expiresAt === undefined) {
					return unknown(
						'a session that does not say when it ends',
						fixable(
							'session-end-unknown',
							`Session of profile ${profile}: expiry unknown`,
							'Its credentials are temporary, and carry no time of expiration.',
							['If it may end soon: sign in again, and run the checks again.'],
						),
					);
				}

				const leftMs = expiresAt - nowMs;
				const evidence = leftMs > 0 ? `${durationText(leftMs)} left` : 'it has ended';
				const headline =
					leftMs > 0
						? `The session of profile ${profile} ends in ${durationText(leftMs)}`
						: `Cannot go on with profile ${profile}: its session has ended`;
				const cause = `Its credentials say that they end at ${new Date(expiresAt).toISOString()}.`;
				if (leftMs <= 0) return stop(evidence, offered(fixable('session-ended', headline, cause, steps)));
				if (leftMs > limits.renewAheadMs) return ok(evidence);
				return warning(
					evidence,
					offered(
						fixable(
							'session-ends-soon',
							headline,
							`${cause} ${runAgain('A run that is cut off can be run again')}`,
							steps,
						),
					),
				);
			}),
	});
}
