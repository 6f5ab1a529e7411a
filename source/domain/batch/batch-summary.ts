import type {BatchEvent} from './batch-event.js';
import {comparedText} from './batch-text.js';
import {countText} from './count-text.js';
import type {ComparedBuckets} from './compared-buckets.js';

/** What the summary says of objects that exist already. */
export type BatchSummary = {
	/** Where all went well; absent where there is no end to tell of. */
	readonly headline?: string;
	/** Whether a job has come to its end: what was counted before it is counted no longer. */
	readonly isCounted: boolean;
	readonly rows: ReadonlyArray<readonly [label: string, text: string]>;
};

/** What a job and comparisons have come to. */
type BatchEnd = {
	readonly finished?: Extract<BatchEvent, {readonly type: 'job-finished'}>;
	readonly comparisons: readonly ComparedBuckets[];
};

/** What is offered once a job was there: what was counted before it is counted no longer. */
export function afterJobText({status, succeeded, failed}: NonNullable<BatchEnd['finished']>): string {
	const counts = `${countText(succeeded)} copied, ${countText(failed)} failed`;
	return `After the last job (${status}: ${counts}) another one takes what is not copied yet.`;
}

/** The words that a run with a job, with comparisons or with both ends with. Pure. */
export function batchSummary({finished, comparisons}: BatchEnd): BatchSummary {
	const headline = headlineOf({finished, comparisons});
	return {
		...(headline === undefined ? {} : {headline}),
		isCounted: finished?.isNothingToCopy === true || finished?.status === 'Complete',
		rows: [
			...(finished && !finished.isNothingToCopy
				? [
						[
							'Job',
							`${finished.jobId}: ${countText(finished.succeeded)} copied, ${countText(finished.failed)} failed`,
						] as const,
					]
				: []),
			...comparisons.map((one, index) => [index === 0 ? 'Compared' : '', comparedText(one)] as const),
		],
	};
}

function headlineOf({finished, comparisons}: BatchEnd): string | undefined {
	if (finished?.isNothingToCopy) return '✓ Nothing to copy';
	if (finished?.status === 'Cancelled') return '– The job is cancelled';
	if (finished) return '✓ Objects that existed already are copied';
	if (comparisons.length === 0) return undefined;
	const isUnsure = comparisons.some(({notKnown, young}) => notKnown + young > 0);
	return isUnsure ? '– Nothing is missing that is known of' : '✓ Both sides are in step';
}
