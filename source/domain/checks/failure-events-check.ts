import type {Problem} from '../problem.js';
import type {Check} from './check.js';
import {warning} from './verdict.js';

/** What keeps a run from having S3 tell its reasons, as a check tells it; the run goes on without them. */
export function failureEventsCheck(problem: Problem): Check {
	return {
		...{id: 'failure-events', title: 'Failure events', group: 'source'},
		...warning('metrics stay off', problem),
	};
}
