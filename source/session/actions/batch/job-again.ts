import {requestedAgain, isTooEarly} from '../../../domain/batch/too-early.js';
import type {BatchJob} from '../../../domain/observed/batch-job.js';
import {createsJob} from '../../../domain/operations/create-job.js';
import {createRole} from '../../../domain/operations/create-role.js';
import type {Plan} from '../../../domain/plan/plan.js';
import {waits} from '../../../engine/waits.js';
import type {RunContext} from '../core/run-context.js';

/**
 * Decides whether a job that has failed is made again: its role is one that this run makes, and AWS may not have known it everywhere yet.
 * So a file of a watch is sent again that came too early. A job of a role that somebody named is left as it is, and after some tries any.
 */
export function createJobAgain({core, signal}: Pick<RunContext, 'core' | 'signal'>) {
	const {emit, options} = core;
	let plan: Plan | undefined;
	let tried = 0;
	return {
		/** A job was made by a plan. */
		noteMade(by: Plan): void {
			plan = by;
			tried = 0;
		},
		/** Tells that a job is made again, waits a while, and gives the plan of that: of the job alone. Nothing where it is not. */
		async planAgain(job: BatchJob): Promise<Plan | undefined> {
			const operation = plan?.operations.find(createsJob);
			const hasOwnRole = plan?.operations.some(({kind}) => kind === createRole.kind) === true;
			const delayMs = waits.jobAgain.delaysMs.at(tried);
			if (!plan || !operation || !hasOwnRole || delayMs === undefined) return undefined;
			if (!isTooEarly(job, waits.newRoleAtJob.limitMs)) return undefined;
			tried++;
			const reason = job.failures.map((failure) => failure.reason).join(' ');
			emit({type: 'job-retried', jobId: job.jobId, reason, attempt: tried + 1, delayMs});
			await options.services.clock.wait(delayMs, signal);
			signal.throwIfAborted();
			const again = {...operation, requires: [], after: requestedAgain(operation.after), notes: []};
			const {operations: before} = plan;
			plan = {...plan, operations: before.map((one) => (createsJob(one) ? again : one))};
			return {...plan, operations: [again]};
		},
	};
}
