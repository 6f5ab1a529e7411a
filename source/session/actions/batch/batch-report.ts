import {batchCommandOf, diagnoseCommandOf, type Replicated} from '../../../domain/answers/command-line.js';
import {batchService} from '../../../domain/batch/batch-role.js';
import type {BucketReference, Connection} from '../../../engine/connections.js';
import {countReport, type FailureGroup} from '../../../domain/batch/failure-groups.js';
import {countText} from '../../../domain/batch/count-text.js';
import type {BatchJob} from '../../../domain/observed/batch-job.js';
import {diagnose} from '../../../domain/diagnose/diagnose.js';
import type {ObservedReplication} from '../../../domain/observed/observed-replication.js';
import {cancelled, fixable, type Problem} from '../../../domain/problem.js';
import {readReport} from '../../../engine/batch/read-report.js';
import {withRetries} from '../../../engine/retry.js';
import {waits} from '../../../engine/waits.js';
import {csvLine} from '../../report/report-csv.js';
import type {RunContext} from '../core/run-context.js';

/** Where the report of a job is. */
type JobReport = {
	readonly connection: Connection;
	readonly reference: BucketReference;
	readonly prefix: string;
	readonly jobId: string;
};

/**
 * Reads what failed from the report of a job, and groups it; keeps each line of it in a file where that is asked for.
 * Throws the problem of a report that cannot be read, or of a file that cannot be written.
 */
export async function failuresOf(
	{core, signal}: RunContext,
	{connection, reference, prefix, jobId}: JobReport,
	keepsReport: boolean,
): Promise<readonly FailureGroup[]> {
	const {clock, reports} = core.options.services;
	const counted = countReport();
	async function* lines(): AsyncGenerator<string> {
		yield csvLine(['key', 'versionId', 'reason', 'httpStatus', 'message']);
		for await (const results of readReport(patient, reference, {prefix, jobId}, signal)) {
			for (const result of results) {
				const reason = counted.add(result);
				if (reason === undefined) continue;
				const {key, versionId, httpStatus, message} = result;
				yield csvLine([key, versionId ?? '', reason, httpStatus ?? '', message]);
			}
		}
	}

	// A job is complete a little before its report may be seen.
	const patient: Pick<Connection['objects'], 'read'> = {
		read: async (...given) =>
			withRetries(
				async () => connection.objects.read(...given),
				{clock, signal, onRetry: () => undefined},
				({code}) => (code === 'NoSuchKey' ? waits.jobReport : undefined),
			),
	};
	if (keepsReport && reports) {
		const file = await reports.write(core.runId, 'csv', lines());
		core.emit({type: 'report-written', files: [file]});
	} else {
		for await (const _line of lines()) continue;
	}

	return counted.groups();
}

/** The groups with what this program finds of each reason in the rules, the role and the buckets now. */
export function withEvidence(
	groups: readonly FailureGroup[],
	observed: ObservedReplication | undefined,
): readonly FailureGroup[] {
	const findings = (observed?.replication?.Rules ?? [])
		.filter(({Status}) => Status === 'Enabled')
		.flatMap((rule) => (observed ? diagnose(observed, rule) : []));
	return groups.map((group) => {
		const found = findings.find(({reason}) => reason === group.reason);
		return found ? {...group, evidence: `${found.headline}: ${found.evidence}`, mend: found.mend} : group;
	});
}

type JobCommands = {
	/** The command that makes another job. */
	readonly copyCommand: string;
	/** The command that looks at one of the objects that failed, where S3 names no reason. */
	readonly whyCommand?: string;
};

/** The commands that go on from a job that has ended; its bucket is absent where the job does not name it. */
export function commandsOf(
	replicated: Replicated | undefined,
	endpointUrl: string | null,
	unexplained: {readonly key: string} | undefined,
): JobCommands {
	if (!replicated) return {copyCommand: 's3-replicate batch'};
	return {
		copyCommand: batchCommandOf(replicated, endpointUrl),
		...(unexplained && {whyCommand: diagnoseCommandOf(replicated, endpointUrl, unexplained.key)}),
	};
}

/** What a job that has ended comes to as a problem; nothing where all is copied, or nothing was to be. */
export function jobProblem(
	{jobId, status, progress: {failed, succeeded}, failures, statusUpdateReason}: BatchJob,
	groups: readonly FailureGroup[],
	{copyCommand, whyCommand, isCancelledHere = false}: JobCommands & {readonly isCancelledHere?: boolean},
): Problem | undefined {
	const again = `copy what is left: ${copyCommand}`;
	if (status === 'Failed') {
		const [first] = failures;
		return fixable(
			'job-failed',
			`The job ${jobId} failed`,
			failures.map(({code, reason}) => `${code}: ${reason}`).join(' ') || 'AWS gives no reason.',
			[
				...(first ? [mendOf(first.reason)] : []),
				...groups.slice(0, 1).map(({mend}) => mend),
				`Then ${again}`,
			],
		);
	}

	// Somebody here wanted it so: that is neither a success nor a failure.
	if (status === 'Cancelled' && isCancelledHere) {
		return {
			...cancelled,
			code: 'job-cancelled',
			headline: `Cancelled the job ${jobId}`,
			cause: `It had copied ${countText(succeeded)}: what it copied stays.`,
			nextSteps: [`To ${again}`],
		};
	}

	if (status === 'Cancelled') {
		return fixable(
			'job-cancelled',
			`The job ${jobId} is cancelled`,
			`What it copied until then stays.${statusUpdateReason ? ` Reason given: ${statusUpdateReason}.` : ''}`,
			[`To ${again}`],
		);
	}

	if (failed === 0) return undefined;
	return fixable(
		'objects-failed',
		`Cannot copy ${countText(failed)} ${failed === 1 ? 'object' : 'objects'}`,
		groups.length === 0
			? 'The job is complete, and S3 counts them as failed.'
			: groups.map(({reason, count, means}) => `${count} ${reason}: ${means}`).join(' '),
		[
			...new Set(groups.map(({mend}) => mend)),
			...(whyCommand === undefined ? [] : [`Look at one of the objects: ${whyCommand}`]),
			`Then ${again}`,
		],
	);
}

/** What mends a job that could not even begin. */
function mendOf(reason: string): string {
	if (/access denied|required for the role|not authorized/i.test(reason))
		return 'Let the role of the job do what the reason names; a role of this program can: leave out --role-arn.';
	if (/assum|trust/i.test(reason))
		return `Let ${batchService} assume the role of the job, in its trust policy; or leave out --role-arn.`;
	return 'Mend what the reason names.';
}

/** Whether a job found nothing to do. Source: S3 User Guide, "Replicating existing objects with Batch Replication". */
export function isNothingToCopy({status, failures}: BatchJob): boolean {
	return status === 'Failed' && failures.some(({reason}) => /found no keys/i.test(reason));
}
