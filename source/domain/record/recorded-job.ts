import {createsJob} from '../operations/create-job.js';
import type {RecordedJob, RecordedStep} from './run-record.js';

/** The job that a run has made and that no undo has looked after. Pure. */
export function jobOf(steps: Iterable<RecordedStep>, seen: RecordedJob | undefined): RecordedJob | undefined {
	const made = [...steps].findLast((step) => step.kind === 'operation' && createsJob(step.operation));
	if (made?.kind !== 'operation' || made.undo !== 'open' || made.answer?.jobId === undefined)
		return undefined;
	const {jobId} = made.answer;
	return {jobId, status: seen?.jobId === jobId ? seen.status : null};
}
