import type {Replicated} from '../../../domain/answers/command-line.js';
import type {BatchEvent} from '../../../domain/batch/batch-event.js';
import type {BatchJob} from '../../../domain/observed/batch-job.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import type {JobReference} from '../../../engine/connections.js';

/** The job that a session has to do with, and what it knows of it. */
export type JobInHand = {
	/** Takes another job. */
	readonly take: (reference: OwnedJob) => void;
	/** Throws where there is none. */
	readonly theJob: () => OwnedJob;
	/** The event that tells of it. */
	readonly seenAs: (about: Pick<JobCreated, 'sourceBucket' | 'madeBy' | 'isNew'>) => JobCreated;
	/** The job as it was last seen. */
	last?: BatchJob;
	/** Whether somebody here has said yes or no to its count: it waits for nobody any more. */
	isAnswered: boolean;
	/** Whether somebody here has cancelled it, other than by a no to its count. */
	isCancelledHere: boolean;
	/** The bucket whose objects it copies, for commands that are named; absent where the job does not name it. */
	replicated?: Replicated;
	/** The rules that it runs, with what they need; absent where they could not be looked at. */
	observed?: ObservedReplication;
};

type JobCreated = Extract<BatchEvent, {readonly type: 'job-created'}>;

/** A job, and the profile that sees it. */
export type OwnedJob = JobReference & {readonly profile: string};

export function createJobInHand(): JobInHand {
	let taken: OwnedJob | undefined;
	const job: JobInHand = {
		isAnswered: false,
		isCancelledHere: false,
		take(reference) {
			taken = reference;
			job.last = undefined;
			job.isAnswered = false;
			job.isCancelledHere = false;
		},
		theJob() {
			if (!taken) throw new Error('There is no job.');
			return taken;
		},
		seenAs({sourceBucket, madeBy, isNew}) {
			const {jobId, accountId: account, region} = job.theJob();
			return {type: 'job-created', jobId, sourceBucket, account, region, madeBy, isNew};
		},
	};
	return job;
}
