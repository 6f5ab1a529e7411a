import {reasonOf} from './reason-table.js';
import {fixable, type Problem} from '../problem.js';

/** A reason of S3's for one destination of an object. */
export type ToldReason = {readonly destination: string; readonly ruleId: string; readonly reason: string};

/** An object that was not replicated, and S3's event says why: that is certain, whatever else is likely; so is what mends it. */
export function toldFailure(key: string, reasons: readonly ToldReason[]): Problem {
	const codes = [...new Set(reasons.map(({reason}) => reason))];
	const places = reasons.map(
		({destination, ruleId, reason}) => `${reason} to ${destination} (rule ${ruleId || 'without a name'})`,
	);
	return fixable(
		'replication-failed',
		`${key} was not replicated: ${codes.join(', ')}`,
		`S3's own event says so: ${places.join('; ')}.`,
		[
			...new Set(codes.map((code) => reasonOf(code).mend)),
			'Then upload the file again: S3 does not retry a FAILED object.',
		],
	);
}
