import type {JobStatus} from '../observed/batch-job.js';
import type {ComparedBuckets} from './compared-buckets.js';
import type {ExistingObjects} from './existing-objects.js';
import type {FailureGroup} from './failure-groups.js';

type OfJob = {readonly jobId: string};

type Pair = {readonly sourceBucket: string; readonly destination: string};

/** What happens to objects that exist already: each is a line of `--json`. Fields may be added, none renamed or removed. */
export type BatchEvent =
	| ({
			readonly type: 'job-created';
			readonly sourceBucket: string;
			readonly account: string;
			readonly region: string;
			/** The run that made it; `null`: another program did. */
			readonly madeBy: string | null;
			/** Whether this run has made it; otherwise it was there, and is followed. */
			readonly isNew: boolean;
	  } & OfJob)
	/** A job failed before it tried anything, since its role is new: another one is made. */
	| ({
			readonly type: 'job-retried';
			/** What AWS says. */
			readonly reason: string;
			/** How many jobs there are then. */
			readonly attempt: number;
			readonly delayMs: number;
	  } & OfJob)
	| ({
			readonly type: 'job-progressed';
			readonly status: JobStatus;
			/** `null`: AWS does not say yet. */
			readonly total: number | null;
			readonly succeeded: number;
			readonly failed: number;
			/** Objects a second, of late. */
			readonly perSecond: number | null;
			readonly remainingMs: number | null;
			readonly elapsedMs: number;
	  } & OfJob)
	| ({
			readonly type: 'job-finished';
			readonly status: JobStatus;
			readonly total: number | null;
			readonly succeeded: number;
			readonly failed: number;
			/** No object met what was asked for. */
			readonly isNothingToCopy: boolean;
			/** By reason, the most frequent first, as the completion report tells. */
			readonly failures: readonly FailureGroup[];
	  } & OfJob)
	| ({
			readonly type: 'comparison-started';
			/** What the listings cost, in US dollars: at least, and where there are as many objects as are compared at most. */
			readonly priceUsd: {readonly from: number; readonly to: number};
	  } & Pair)
	| ({
			readonly type: 'comparison-progressed';
			readonly compared: number;
			/** Versions and delete markers read, of both sides. */
			readonly versions: number;
			readonly perSecond: number;
			readonly elapsedMs: number;
	  } & Pair)
	/** A current version that is not at the destination as it should be; of very many only the first are told. */
	| ({
			readonly type: 'comparison-differed';
			readonly key: string;
			readonly versionId: string;
			/** How many were told before it, and itself. */
			readonly number: number;
			readonly verdict: 'missing' | 'different' | 'not-known';
			/** What the source's `x-amz-replication-status` says, where it was asked. */
			readonly status?: string | null;
	  } & Pair)
	| ({readonly type: 'comparison-finished'} & ComparedBuckets)
	/** Objects that are there already, and that a rule does not copy by itself. */
	| ({readonly type: 'existing-seen'} & ExistingObjects);

/** Whether an event is of a job or of a comparison. */
export function isBatchEvent(event: {readonly type: string}): event is BatchEvent {
	return /^(?:job|comparison|existing)-/.test(event.type);
}

/** The report of a job that is read before it is deleted: how many objects failed in all, and how many of them are read. */
export type ReportReading = {readonly jobId: string; readonly failed: number; readonly read: number};
