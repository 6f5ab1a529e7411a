import {limits} from '../limits.js';
import {fixable} from '../problem.js';
import {spanText} from '../text/duration-text.js';
import {defineCheck} from './define-check.js';
import {ok, stop, unknown, warning, whenRead} from './verdict.js';

const {clockWarningMs: warnFromMs, clockSkewMs: refusedFromMs} = limits;

/** Whether this machine's clock and AWS's agree: requests are signed with the time. */
export const clockCheck = defineCheck({
	id: 'clock',
	title: 'Clock',
	group: 'identity',
	needs: ['sourceClock'],
	decide: (_context, {sourceClock}) =>
		whenRead([sourceClock], (aheadMs) => {
			if (aheadMs === undefined) return unknown('no answer told the time', null);
			const offMs = Math.abs(aheadMs);
			const seconds = Math.round(offMs / 1000);
			// The Date of an answer is in whole seconds, and the way of the answer takes its time as well.
			if (seconds <= 1) return ok('right to the second');
			const evidence = `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} AWS`;
			const problem = fixable(
				'clock-skew',
				offMs > refusedFromMs
					? `This machine's clock is wrong: ${evidence}`
					: `This machine's clock is ${evidence}`,
				`Each request is signed with the time; AWS refuses one more than ${spanText(refusedFromMs)} off. Measured against the Date of an answer.`,
				['Set the clock, best by a time server.'],
			);
			if (offMs > refusedFromMs) return stop(evidence, problem);
			return offMs >= warnFromMs ? warning(evidence, problem) : ok(evidence);
		}),
});
