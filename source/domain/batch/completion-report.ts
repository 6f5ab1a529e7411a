import {fixable, ProblemError} from '../problem.js';
import {decodedKey} from '../watch/failure-events.js';
import {membersOf} from '../../policy/json-shape.js';

/** A file of a report: the rows of the tasks that ended so. */
type ReportFile = {readonly bucket: string; readonly key: string; readonly isOfFailed: boolean};

/** What became of one object of a job. */
export type TaskResult = {
	readonly key: string;
	readonly versionId: string | null;
	readonly isFailed: boolean;
	/** S3's code, such as `AccessDenied`; `''` where there is none. */
	readonly errorCode: string;
	readonly httpStatus: number | null;
	readonly message: string;
};

/** Where the manifest of a job's report is. Source: S3 User Guide, "Examples: S3 Batch Operations completion reports". */
export function reportManifestKey(prefix: string, jobId: string): string {
	const folder = prefix.replace(/\/+$/, '');
	return `${folder === '' ? '' : `${folder}/`}job-${jobId}/manifest.json`;
}

/**
 * The files that the manifest of a report names. Throws the problem of a text that is none.
 * Source: S3 User Guide, "Examples: S3 Batch Operations completion reports".
 */
export function reportFilesIn(text: string): readonly ReportFile[] {
	const {Results: results} = membersOf(parsed(text));
	if (!Array.isArray(results)) throw new ProblemError(unreadableReport('Its manifest names no results.'));
	return results.map(membersOf).map(({TaskExecutionStatus: status, Bucket: bucket, Key: key}) => {
		if (typeof bucket !== 'string' || typeof key !== 'string')
			throw new ProblemError(unreadableReport('A result in its manifest names no file.'));
		return {bucket, key, isOfFailed: status !== 'succeeded'};
	});
}

/**
 * A row of a report. AWS's schema has the error code before the HTTP status and its sample the other way round: three digits are the
 * status, wherever they stand. `undefined`: it is no row of a report.
 * Source: S3 User Guide, "Examples: S3 Batch Operations completion reports".
 */
export function taskResultIn(row: readonly string[]): TaskResult | undefined {
	const [, key, versionId, status, one = '', other = '', ...message] = row;
	if (!key || status === undefined || !/^(succeeded|failed)$/i.test(status)) return undefined;
	const isStatus = (text: string): boolean => /^\d{3}$/.test(text);
	const [httpStatus, errorCode] = isStatus(one) || !isStatus(other) ? [one, other] : [other, one];
	return {
		key: decodedKey(key),
		versionId: versionId ? versionId : null,
		isFailed: /^failed$/i.test(status),
		// Without a status the first of the two is the code.
		errorCode: isStatus(httpStatus) ? errorCode : httpStatus || errorCode,
		httpStatus: isStatus(httpStatus) ? Number(httpStatus) : null,
		message: message.join(','),
	};
}

export function unreadableReport(cause: string) {
	return fixable('report-unreadable', 'Cannot read the completion report', cause, [
		'Look at it yourself: the job names its bucket and prefix.',
	]);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new ProblemError(unreadableReport('Its manifest is no JSON.'));
	}
}
