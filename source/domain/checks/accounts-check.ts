import {joined} from '../problem.js';
import {accountProblems} from '../plan/plan-problems.js';
import {defineCheck} from './define-check.js';
import {ok, stop, whenRead} from './verdict.js';

/** Whether the accounts of the two profiles fit the mode. */
export const accountsCheck = defineCheck({
	id: 'accounts',
	title: 'Accounts',
	group: 'identity',
	needs: ['sourceCaller', 'destinationCaller'],
	decide: ({request}, {sourceCaller, destinationCaller}) =>
		whenRead([sourceCaller, destinationCaller], (source, destination) => {
			const isOne = source.accountId === destination.accountId;
			const evidence = isOne
				? `both buckets in ${source.accountId}`
				: `${source.accountId} to ${destination.accountId}`;
			const problems = accountProblems(request, {source, destination});
			return problems.length > 0 ? stop(evidence, joined(problems)) : ok(evidence);
		}),
});
