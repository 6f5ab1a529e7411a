import {changeCount} from '../plan/plan.js';
import {joined} from '../problem.js';
import {isToldElsewhere} from './checked-elsewhere.js';
import {defineCheck} from './define-check.js';
import {notRead, ok, stop, unknown} from './verdict.js';

/**
 * Whether a plan can be made: says what stands in its way and no other check says. So each problem of the plan is said once.
 */
export const planCheck = defineCheck({
	id: 'plan',
	title: 'Plan',
	group: 'rules',
	needs: [
		'observed',
		'planned',
		'sourceCaller',
		'destinationCaller',
		'sourceBucket',
		'destinationBucket',
		'role',
	],
	decide(_context, {observed, planned, ...parts}) {
		if (!observed.isRead) {
			const isSaid = Object.values(parts).some((part) => !part.isRead);
			return isSaid ? notRead(observed.problem) : stop('could not be read', observed.problem);
		}

		if (!planned.isRead) return stop('could not be made', planned.problem);
		const {value: result} = planned;
		if (result.ok) {
			const changes = changeCount(result.plan);
			return ok(changes === 0 ? 'nothing to change' : `${changes} ${changes === 1 ? 'change' : 'changes'}`);
		}

		const own = result.problems.filter((problem) => !isToldElsewhere(problem));
		return own.length === 0
			? unknown('none before the problems above are solved', null)
			: stop('cannot be made', joined(own));
	},
});
