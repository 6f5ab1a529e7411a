import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import {
	gone,
	needed,
	stays,
	type TakeBackContext,
	type TakenBack,
	type UndoReason,
} from '../take-back/take-back-context.js';
import type {SurveyedFiles, UndoJob} from '../take-back/undo-observed.js';
import type {Kind, PlannedKind} from './kind.js';
import {isText, shaped} from '../take-back/shape.js';

export type ReportFolder = OperationBase & {
	readonly kind: 'report-folder';
	readonly after: {
		/** What the keys of the job's reports begin with, and that of its manifest. It has the run's id: nobody else writes there. */
		readonly Prefix: string;
		/** Of a manifest of one's own: where it lies, its digest and how many rows it has. */
		readonly Manifest?: {readonly Key: string; readonly MD5: string; readonly Rows: number};
	};
};

export type DeleteReports = OperationBase & {
	readonly kind: 'delete-reports';
	/** Everything below it goes, and nothing else. */
	readonly after: {readonly Prefix: string};
};

const deleteReports: Kind<DeleteReports> = {
	kind: 'delete-reports',
	words: {plan: 'Delete reports', keep: 'Keep reports', doing: 'Deleting reports', done: 'Reports deleted'},
	noun: 'the reports in',
	detail: ({after}) => `what the job and this run wrote below ${after.Prefix}`,
};

export const reportFolder: PlannedKind<ReportFolder, DeleteReports> = {
	kind: 'report-folder',
	words: {
		plan: 'Use report folder',
		keep: 'Keep report folder',
		doing: 'Preparing report folder',
		done: 'Report folder is ready',
	},
	noun: 'the report folder in',
	detail: ({after: {Prefix, Manifest}}) =>
		Manifest === undefined ? Prefix : `${Prefix}, with a manifest of ${Manifest.Rows} rows`,
	on: 'bucket',
	remaining: {noun: 'reports', isPlural: true},
	needs: {},
	alsoNeeds: ({after}) => (after.Manifest ? {objects: ['s3:PutObject']} : {}),
	// What the reports tell is read before they go.
	undoNeeds: {objects: ['s3:GetObject', 's3:ListBucketVersions', 's3:DeleteObjectVersion']},
	// No replication takes one: `batch` plans it, see `batch/plan-batch.ts`.
	plan: () => [],
	mayBeAt: () => false,
	takesEffectLate: false,
	recorded: {after: shaped({Prefix: isText})},
	undoReadings: ['contents'],
	undoKinds: {'delete-reports': deleteReports},
	takeBack,
	filesIn: ({after}) => after.Prefix,
};

/** The folder of a run in a bucket. */
export function folderIn(
	place: Pick<ReportFolder, 'side' | 'target' | 'account' | 'region' | 'requires'>,
	after: ReportFolder['after'],
): ReportFolder {
	return {...place, id: 'report-folder', kind: 'report-folder', change: 'create', after};
}

/** Deletes what lies in the folder: it has the run's id, so that it is nobody else's. */
function takeBack(
	group: Group<ReportFolder>,
	{observed: {buckets, jobs = {}}, earlier}: TakeBackContext,
): TakenBack<DeleteReports> {
	const bucket = buckets[group.target];
	const files = bucket?.state === 'owned' ? bucket.files : undefined;
	const unread = Object.values(jobs).find((job) => job?.unreadReport !== undefined);
	const isThere = files?.hasOwn === true && files.locked?.isAll !== true && !unread;
	// A job that still runs would write another one behind it.
	const before = earlier.filter(({kind}) => kind === 'cancel-job').map(({id}) => id);
	const {Prefix} = group.first.operation.after;
	const operation = {
		...undoOf(group, deleteReports.kind, before),
		change: isThere ? ('delete' as const) : ('keep' as const),
		after: {Prefix},
	};
	return {step: stepFor(group, operation, isThere ? undefined : reasonOf(files, unread))};
}

/** Nothing of a report is deleted that nobody could read. */
function reasonOf(files: SurveyedFiles | undefined, unread: UndoJob | undefined): UndoReason {
	if (files?.hasOwn === true && unread)
		return needed(`the report of the job ${unread.jobId} could not be read. ${unread.unreadReport ?? ''}`);
	return files?.locked ? stays(files.locked.text) : gone('there is no report');
}

/** Whether an undo leaves reports in a bucket, since they could not be read. */
export function keepsReports({earlier, observed: {jobs = {}}}: TakeBackContext, bucket: string): boolean {
	const isUnread = Object.values(jobs).some((job) => job?.unreadReport !== undefined);
	return isUnread && earlier.some(({kind, target}) => kind === deleteReports.kind && target === bucket);
}

/** The folder for reports that a plan uses, if it has one. */
export function reportFolderIn(operations: readonly AnyOperation[]): ReportFolder | undefined {
	return operations.find((operation): operation is ReportFolder => operation.kind === reportFolder.kind);
}
