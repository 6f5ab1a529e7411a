import {fixable, type Problem} from '../problem.js';

/**
 * Why S3 cannot be asked for its reasons: their events need metrics on the rule, and S3 takes no change of the rules while the destination of
 * one is gone or not versioned. That is what is looked for, and no reason to stop.
 *
 * @param why what S3 refuses the rules for, as a clause
 * @param rules the names of those that get no metrics
 */
export function reasonsBlocked(why: string, rules: readonly string[]): Problem {
	return fixable(
		'reasons-blocked',
		'Cannot turn metrics on: S3 refuses the rules',
		withoutReasons(why, rules),
		['Go on without events: the cause comes from what was read.', 'Mend it, then run this again.'],
	);
}

/** Which rules have no reasons, and why. */
export function withoutReasons(why: string, rules: readonly string[]): string {
	return `${why}. Failure events need metrics on the rule. S3 takes no change of the rules meanwhile. Without reasons: ${rules.length === 1 ? 'rule' : 'rules'} ${rules.join(', ')}.`;
}
