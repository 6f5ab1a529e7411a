import type {AnyOperation, OperationBase} from '../take-back/operation.js';
import {type Group, stepFor, undoOf} from '../take-back/recorded-group.js';
import type {TakeBackContext, TakenBack} from '../take-back/take-back-context.js';
import {gone, stays} from '../take-back/undo-reason.js';
import type {Kind, PlannedKind} from './kind.js';

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
	words: {plan: 'Delete reports', doing: 'Deleting reports', done: 'Reports deleted'},
	noun: 'the reports in',
	detail: ({after}) => `what the job and this run wrote below ${after.Prefix}`,
};

export const reportFolder: PlannedKind<ReportFolder, DeleteReports> = {
	kind: 'report-folder',
	words: {plan: 'Use report folder', doing: 'Preparing report folder', done: 'Report folder is ready'},
	noun: 'the report folder in',
	detail: ({after: {Prefix, Manifest}}) =>
		Manifest === undefined ? Prefix : `${Prefix}, with a manifest of ${Manifest.Rows} rows`,
	on: 'bucket',
	remaining: {noun: 'reports', isPlural: true},
	needs: {},
	alsoNeeds: ({after}) => (after.Manifest ? {objects: ['s3:PutObject']} : {}),
	undoNeeds: {objects: ['s3:ListBucketVersions', 's3:DeleteObjectVersion']},
	// No replication takes one: `batch` plans it, see `batch/plan-batch.ts`.
	plan: () => [],
	mayBeAt: () => false,
	takesEffectLate: false,
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
	{observed: {buckets}, earlier}: TakeBackContext,
): TakenBack<DeleteReports> {
	const bucket = buckets[group.target];
	const files = bucket?.state === 'owned' ? bucket.files : undefined;
	const isThere = files?.hasOwn === true && files.locked?.isAll !== true;
	// A job that still runs would write another one behind it.
	const before = earlier.filter(cancelsJob).map(({id}) => id);
	const {Prefix} = group.first.operation.after;
	const operation = {
		...undoOf(group, deleteReports.kind, before),
		change: isThere ? ('delete' as const) : ('keep' as const),
		after: {Prefix},
	};
	const reason = files?.locked ? stays(files.locked.text) : gone('there is no report');
	return {step: stepFor(group, operation, isThere ? undefined : reason)};
}

const cancelsJob = ({kind}: AnyOperation): boolean => kind === 'cancel-job';

/** The folder for reports that a plan uses, if it has one. */
export function reportFolderIn(operations: readonly AnyOperation[]): ReportFolder | undefined {
	return operations.find((operation): operation is ReportFolder => operation.kind === reportFolder.kind);
}
