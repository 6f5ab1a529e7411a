import type {Plan} from '../../domain/plan/plan.js';
import {copyQuestion} from '../../domain/batch/job-price.js';
import type {BatchJob} from '../../domain/observed/batch-job.js';
import {fixable, type Problem} from '../../domain/problem.js';
import type {ArgumentsOf} from '../../command-line/options.js';
import {jobPollMs, seeJobThrough} from '../../session/actions/batch/see-job-through.js';
import type {Session} from '../../session/session.js';
import {askedYes, whenAgreed} from '../ask/confirm.js';
import {type Host, isTerminal} from '../host/host.js';

/**
 * Makes a job after a yes, follows it, has it confirmed or cancelled once S3 has counted its objects, and tells what it has come to.
 * Without a plan it takes the job that is open.
 *
 * @param follow follows the job, on a screen where there is one
 */
export async function runJob(
	host: Host,
	session: Session,
	given: ArgumentsOf<'batch'>,
	follow: (pollMs: number) => Promise<BatchJob>,
	plan?: Plan,
): Promise<Problem | undefined> {
	if (plan) {
		const write = async () => session.makeJob();
		const stopped = await whenAgreed(host, session, {isAgreed: Boolean(given.yes), write});
		if (stopped) return stopped;
	}

	const pollMs = jobPollMs(session.getState().run.endpointUrl, given.poll);
	let refusal: Problem | undefined;
	const {how, job, problem} = await seeJobThrough(session, {
		follow: async () => follow(pollMs),
		async agree({progress: {total}}) {
			refusal = given.yes ? undefined : await askedYes(host, copyQuestion(total), headline);
			if (!refusal) return 'yes';
			// Nobody was there to ask, or left: the job waits on.
			return refusal.kind === 'cancelled' || !isTerminal(host) ? 'wait' : 'no';
		},
		keepsReport: given.jobReportFile !== undefined,
	});
	if (how === 'declined') return declined(job);
	return how === 'waiting' ? refusal : problem;
}

const headline = 'Cannot copy without a yes: the job waits';

/** The answer was no. */
function declined({jobId, status}: BatchJob): Problem {
	return fixable(
		'not-confirmed',
		'Cancelled the job before it copied anything',
		`The answer was no. The job ${jobId} is ${status.toLowerCase()}.`,
		['Make another one: run the same again.'],
	);
}
