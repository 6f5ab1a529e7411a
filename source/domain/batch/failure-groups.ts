import {awsReasons} from '../diagnose/reason-codes.js';
import {reasonOf} from '../diagnose/reason-table.js';
import type {TaskResult} from './completion-report.js';

/** Objects of a job that failed for one reason. */
export type FailureGroup = {
	/** S3's failure reason where the report names one, else its error code. */
	readonly reason: string;
	readonly count: number;
	/** A few of them, the first that were read. */
	readonly examples: ReadonlyArray<{readonly key: string; readonly versionId: string | null}>;
	/** What S3 says of the first of them. */
	readonly message: string;
	/** What the reason means, and what mends it. */
	readonly means: string;
	readonly mend: string;
	/** What this program has found of it in the rules, the role and the buckets, where it has. */
	readonly evidence?: string;
};

/** Counts what a report tells, in constant memory. */
type ReportCounts = {
	/** Gives the reason of one that failed. */
	readonly add: (result: TaskResult) => string | undefined;
	readonly counts: () => {readonly succeeded: number; readonly failed: number};
	/** The most frequent first. */
	readonly groups: () => readonly FailureGroup[];
};

const maxExamples = 3;
/** There are some forty reasons; a report with more words than this is one of messages that are all different. */
const maxGroups = 200;
const others = 'other reasons';

/** A new count of what a report tells. */
export function countReport(): ReportCounts {
	const groups = new Map<string, {count: number; examples: FailureGroup['examples']; message: string}>();
	let succeeded = 0;
	let failed = 0;
	return {
		add(result) {
			if (!result.isFailed) {
				succeeded++;
				return undefined;
			}

			failed++;
			const named = failureReasonIn(result);
			const reason = groups.has(named) || groups.size < maxGroups ? named : others;
			const group = groups.get(reason) ?? {count: 0, examples: [], message: result.message};
			group.count++;
			if (group.examples.length < maxExamples) {
				const {key, versionId} = result;
				group.examples = [...group.examples, {key, versionId}];
			}

			groups.set(reason, group);
			return named;
		},
		counts: () => ({succeeded, failed}),
		groups: () =>
			[...groups]
				.sort(([, left], [, right]) => right.count - left.count)
				.map(([reason, group]) => ({reason, ...group, ...explained(reason)})),
	};
}

/** The word for why an object failed. Which column has S3's failure reason AWS does not say: it is looked for in both. */
export function failureReasonIn({
	errorCode,
	httpStatus,
	message,
}: Pick<TaskResult, 'errorCode' | 'httpStatus' | 'message'>): string {
	for (const text of [errorCode, message])
		for (const [word] of text.matchAll(/[A-Z]\w+/g)) if (known.has(word)) return word;
	if (errorCode !== '') return errorCode;
	return message === '' ? `HTTP ${httpStatus ?? 'status unknown'}` : message.slice(0, 80);
}

const known: ReadonlySet<string> = new Set(awsReasons);

/** Whether S3 names why replication failed; all else are words that S3 Batch Operations itself refuses with. */
const isReplicationReason = (reason: string): boolean => known.has(reason) || /^(?:Src|Dst)/.test(reason);

/** An object whose report names no failure reason of replication, where there is one: the object itself has to be looked at. */
export function unexplainedIn(groups: readonly FailureGroup[]): FailureGroup['examples'][number] | undefined {
	return groups.find(({reason}) => reason !== others && !isReplicationReason(reason))?.examples[0];
}

function explained(reason: string): Pick<FailureGroup, 'means' | 'mend'> {
	if (reason === others) return {means: 'There are too many different reasons.', mend: 'Look at the report.'};
	if (!isReplicationReason(reason))
		return {
			means: 'S3 Batch Operations names no failure reason of replication for it.',
			mend: 'Look at the message.',
		};
	const {means, mend} = reasonOf(reason);
	return {means, mend};
}
