import {fixable, type Problem} from '../problem.js';
import {type BlockedRule, blockedText} from '../rule/blocked-rules.js';

/**
 * Why S3 cannot be asked for its reasons: their events need metrics on the rule, and S3 takes no change of the rules while the destination of
 * one is gone or not versioned. That is what is looked for, and no reason to stop.
 */
export function reasonsBlocked(blocked: readonly BlockedRule[]): Problem {
	return fixable(
		'reasons-blocked',
		'Cannot turn metrics on: S3 refuses the rules',
		`${blocked.map(blockedText).join('; ')}. Failure events need metrics on the rule, and S3 takes no change of the rules while that is so.`,
		['Go on without events: the cause is told from what was read.', 'Mend it, then run this again.'],
	);
}
