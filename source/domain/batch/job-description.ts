import type {JobSummary} from '../observed/batch-job.js';

const pattern = /^s3-replicate run (\S+): objects of (\S+) that exist already$/;

/** What a job of this program is described as: a rerun knows it by that. At most 256 characters. Source: S3 Control API Reference, CreateJob. */
export function jobDescription(runId: string, sourceBucket: string): string {
	return `s3-replicate run ${runId}: objects of ${sourceBucket} that exist already`;
}

/** The run and the bucket that a job of this program is described with; nothing for other jobs. */
export function describedRun({
	description,
}: Pick<JobSummary, 'description'>): {readonly runId: string; readonly sourceBucket: string} | undefined {
	const [, runId, sourceBucket] = pattern.exec(description) ?? [];
	return runId === undefined || sourceBucket === undefined ? undefined : {runId, sourceBucket};
}
