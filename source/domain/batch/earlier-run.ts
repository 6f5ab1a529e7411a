import {createsJob} from '../operations/create-job.js';
import type {JobRequest} from '../observed/batch-job.js';
import {type Here, isHere} from '../record/recorded-place.js';
import type {RecordedStep, RunRecord} from '../record/run-record.js';
import {reportFolder} from '../operations/report-folder.js';
import {batchRoleName, reportBucketName} from './batch-role.js';

/** A run that was stopped before it knew its job, and what it has sent, or was about to. */
type EarlierBatch = {readonly record: RunRecord; readonly request?: JobRequest};

/**
 * The latest run that made, or was about to make, a job for a bucket, and was stopped before it knew: it is gone on with, so that there is
 * one job and nothing is left behind, whether `batch` began it or the wizard after a set-up. Where AWS may have heard of the job, its request
 * is repeated as it is. Records come newest first. Pure.
 */
export function earlierBatch(
	records: readonly RunRecord[],
	here: Here,
	{bucket, accountId}: {readonly bucket: string; readonly accountId: string},
): EarlierBatch | undefined {
	const latest = records.find(
		(record) =>
			record.steps.some((step) => isOfJob(step, record.header.runId, accountId)) &&
			record.header.ends[0]?.bucket === bucket &&
			record.header.ends[0].accountId === accountId &&
			isHere(record, here),
	);
	if (!latest || latest.isForgotten || latest.steps.some(({undo}) => undo !== 'open')) return undefined;
	const made = latest.steps.flatMap((step) =>
		step.kind === 'operation' && createsJob(step.operation) ? [{...step, operation: step.operation}] : [],
	);
	const last = made.at(-1);
	if (last?.outcome === 'done') return undefined;
	const isRefused = last?.outcome === 'failed' && !isUncertain(last.code);
	return {record: latest, ...(last && !isRefused ? {request: last.operation.after} : {})};
}

/** Whether nobody knows what became of a request. */
function isUncertain(code: string | undefined): boolean {
	return code === 'endpoint-unreachable' || code === 'cancelled';
}

/** Whether a step makes a job, or what one needs. */
function isOfJob(step: RecordedStep, runId: string, accountId: string): boolean {
	if (step.kind !== 'operation') return false;
	const {kind, target} = step.operation;
	return (
		createsJob(step.operation) ||
		kind === reportFolder.kind ||
		target === batchRoleName(runId) ||
		target === reportBucketName(accountId, runId)
	);
}
