import {fixable, type Problem} from '../problem.js';
import {wayBackRefusedText} from '../watch/remark-texts.js';
import type {Check} from './check.js';
import {warning} from './verdict.js';

/** What a watch leaves out that may not write to a destination that leads back, as a check tells it; the watch goes on without that way. */
export function wayBackFilesCheck(bucket: string, {headline, cause}: Problem): Check {
	return {
		...{id: 'way-back-files', title: 'Test files', group: 'destination', direction: 'back'},
		...warning(
			headline,
			fixable('way-back-refused', wayBackRefusedText(bucket), cause, [
				`Allow s3:PutObject on ${bucket} for this profile to test that way, too.`,
			]),
		),
	};
}

/** What keeps a run from having S3 tell its reasons, as a check tells it; the run goes on without them. */
export function failureEventsCheck(problem: Problem): Check {
	return {
		...{id: 'failure-events', title: 'Failure events', group: 'source'},
		...warning('metrics stay off', problem),
	};
}
