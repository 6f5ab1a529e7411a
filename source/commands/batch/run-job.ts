import {changeCount, type Plan} from '../../domain/plan/plan.js';
import {pricedText} from '../../domain/batch/job-price.js';
import type {BatchJob} from '../../domain/observed/batch-job.js';
import {fixable, type Problem} from '../../domain/problem.js';
import type {ArgumentsOf} from '../../command-line/options.js';
import type {Session} from '../../session/session.js';
import {askedYes, whenAgreed} from '../ask/confirm.js';
import {type Host, isTerminal} from '../host/host.js';

/** Source: S3 User Guide, "Troubleshooting Batch Operations": a job is asked for at most every 30 seconds. */
const usualPollSeconds = 30;

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
		const stopped = await whenAgreed(host, session, {
			isAgreed: Boolean(given.yes),
			count: () => changeCount(plan),
			write: async () => session.makeJob(),
		});
		if (stopped) return stopped;
	}

	const pollMs = pollMsOf(session, given.poll);
	let job = await follow(pollMs);
	if (job.status === 'Suspended') {
		const refusal = given.yes ? undefined : await askedYes(host, questionOf(job), headline);
		// Nobody was there to ask, or left: the job waits on.
		if (refusal && (refusal.kind === 'cancelled' || !isTerminal(host))) return refusal;
		await (refusal ? session.cancelJob() : session.confirmJob());
		job = await follow(pollMs);
		if (refusal) {
			await session.endJob(false);
			return declined(job);
		}
	}

	return session.endJob(given.jobReportFile !== undefined);
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

/** AWS does not say that the count is there while a job waits: where it is not, the question says so. */
function questionOf({progress: {total}}: BatchJob): string {
	return total === undefined ? 'Copy the objects (S3 does not say how many)' : `Copy ${pricedText(total)}`;
}

/** How often the job is asked for: an endpoint of one's own has no limits of AWS's. */
function pollMsOf(session: Session, seconds: number | undefined): number {
	const isAws = session.getState().run.endpointUrl === null;
	return (seconds ?? (isAws ? usualPollSeconds : 1)) * 1000;
}
