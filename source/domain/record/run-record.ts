import type {JobStatus} from '../observed/batch-job.js';
import type {BucketImage} from '../observed/bucket-image.js';
import type {Command, Outcome} from '../run-figures.js';
import type {RecordedAnswers} from '../answers/answers.js';
import type {Side} from '../answers/mode.js';
import {ownFolder, type OwnFiles} from './own-files.js';
import type {PlannedEnd} from '../operations/plan-context.js';
import {type PlannedOperation, plannedKindOf, type UndoOperation} from '../operations/registry.js';
import type {Problem, ProblemDocument} from '../problem.js';
import type {StepAnswer, StepOutcome, StepState, WrittenStep} from '../take-back/written-step.js';
import type {ProfileEndpoints} from '../endpoint/service-endpoints.js';

/**
 * What the first line of a record says of its run: where it was, and the answers that are recorded, so that it can be gone on with;
 * without a mode for a watch of buckets that were replicated before. It holds names and numbers of accounts, never a credential.
 */
export type RunHeader = {
	readonly type: 'run';
	readonly schemaVersion: 1;
	readonly runId: string;
	readonly command: Command;
	/** Milliseconds since 1970, as in every line. */
	readonly at: number;
	/** Where S3's calls went at the source, if not to AWS. */
	readonly endpointUrl: string | null;
	/** Where the calls of each profile went; absent in records of earlier versions. */
	readonly endpoints?: readonly ProfileEndpoints[];
	readonly sandbox: boolean;
	readonly ends: readonly PlannedEnd[];
} & RecordedAnswers;

/** A bucket that test files are uploaded to or arrive in. */
export type FileEnd = PlannedEnd & {readonly side: Side};

/** A run's job of S3 Batch Replication, and its state as this program saw it last; `null`: nobody has seen it. */
export type RecordedJob = {readonly jobId: string; readonly status: JobStatus | null};

/** A line of a record. Steps are numbered, so that a run that makes several plans has each of its writes once. */
export type RecordLine =
	| RunHeader
	/** What a plan is going to change, by operation. */
	| {readonly type: 'planned'; readonly at: number; readonly operations: readonly string[]}
	/** Once more for a step whose document somebody changed before it was written: with what was there then, and what is written. */
	| {
			readonly type: 'before';
			readonly at: number;
			readonly step: number;
			readonly profile: string;
			readonly operation: PlannedOperation;
			/** The text of the policy that was there, where it is another than JSON.stringify makes; absent in records of earlier versions. */
			readonly beforeText?: string;
	  }
	| {
			readonly type: 'after';
			readonly at: number;
			readonly step: number;
			readonly outcome: StepOutcome;
			readonly code?: string;
			/** Where somebody wrote the same document: what each has written. */
			readonly documents?: readonly ProblemDocument[];
			readonly answer?: StepAnswer;
	  }
	/** The settings of a bucket that the step created, read after the run's last write to it. */
	| {readonly type: 'image'; readonly at: number; readonly step: number; readonly image: BucketImage}
	/** Flushed before the first file is sent. */
	| {
			readonly type: 'uploaded';
			readonly at: number;
			readonly step: number;
			readonly prefix: string;
			readonly ends: readonly FileEnd[];
			/** Whether the files are marked in their metadata; absent in records of earlier versions, whose files are not. */
			readonly isMarked?: boolean;
	  }
	/** Versions that were uploaded, many a line: names below the prefix with the ids that S3 gave. */
	| {
			readonly type: 'versions';
			readonly at: number;
			/** That of the `uploaded` line. */
			readonly step: number;
			readonly versions: ReadonlyArray<readonly [name: string, versionId: string]>;
			/** Whether no other version can have been uploaded: every upload was answered, and all are written down. */
			readonly isComplete?: boolean;
	  }
	| {
			readonly type: 'ended';
			readonly at: number;
			readonly outcome: Outcome;
			/** Of a run with a job: its state as it was seen last. */
			readonly job?: RecordedJob;
	  }
	/** Somebody closed the run: nothing of it is offered to be taken back any more. */
	| {readonly type: 'forgotten'; readonly at: number}
	| {
			readonly type: 'undo-before';
			readonly at: number;
			readonly steps: readonly number[];
			readonly operation: UndoOperation;
	  }
	/** `undone`: as it was. `left`: it stays, because of what others have done. Only then the steps are over. */
	| {
			readonly type: 'undo-after';
			readonly at: number;
			readonly steps: readonly number[];
			readonly id: string;
			readonly outcome: 'undone' | 'left' | 'failed';
			/** Whether it was left only because others needed it: it is offered again when they are gone. */
			readonly isNeeded?: boolean;
			readonly code?: string;
			readonly documents?: readonly ProblemDocument[];
	  };

/** An operation that a run did, and what has become of it. */
export type OperationStep = WrittenStep<PlannedOperation>;

/** One write of a run, and what has become of it. */
export type RecordedStep =
	| OperationStep
	| (StepState & {
			readonly kind: 'files';
			readonly prefix: string;
			/** The versions that are written down, as `recordedVersion` names them. */
			readonly recorded: ReadonlySet<string>;
			readonly isComplete: boolean;
			readonly isMarked: boolean;
			/** Those where the files are still; `isLeft`: an undo has left them there. */
			readonly ends: ReadonlyArray<FileEnd & {readonly isLeft?: boolean}>;
	  });

/** A run as its record tells it. */
export type RunRecord = {
	readonly header: RunHeader;
	/** `unfinished`: it still goes on, or it was killed. */
	readonly outcome: Outcome | 'unfinished';
	/** How many planned changes have not been made. None once the run was taken back, even in part: it is not gone on with. */
	readonly leftToDo: number;
	/** How many planned changes the run itself did not make, whatever was taken back since. */
	readonly unmadeCount: number;
	readonly isForgotten: boolean;
	readonly job?: RecordedJob;
	/** How many changes its last plan had. */
	readonly plannedCount: number;
	readonly steps: readonly RecordedStep[];
	/** Whether the last line was cut off: what it would have said did not begin. */
	readonly isCutOff: boolean;
};

/** A record that was looked for: read, or why it cannot be. */
export type ReadRecord =
	| {readonly ok: true; readonly runId: string; readonly record: RunRecord}
	| {readonly ok: false; readonly runId: string; readonly problem: Problem};

/** Whether a step is an operation, and no upload of test files. */
export function isOperation(step: RecordedStep): step is OperationStep {
	return step.kind === 'operation';
}

/** The numbered steps that can be taken back, as their kinds say. */
export function undoableSteps(record: RunRecord): readonly RecordedStep[] {
	return record.steps.filter(
		(step) =>
			step.kind === 'files' || plannedKindOf(step.operation.kind).isUndoable?.(step.operation) !== false,
	);
}

/** The test files of a run, by what their keys begin with, as the record tells them from others. */
export function ownFilesOf({steps}: RunRecord): readonly OwnFiles[] {
	const found = new Map<string, OwnFiles>();
	for (const step of steps) {
		if (step.kind !== 'files') {
			const folder = plannedKindOf(step.operation.kind).filesIn?.(step.operation);
			if (folder !== undefined) found.set(folder, ownFolder(folder));
			continue;
		}

		const {prefix, recorded, isComplete, isMarked} = step;
		const existing = found.get(prefix);
		found.set(prefix, {
			prefix,
			recorded: existing ? new Set([...existing.recorded, ...recorded]) : recorded,
			isComplete: isComplete && existing?.isComplete !== false,
			isMarked: isMarked || existing?.isMarked === true,
		});
	}

	return [...found.values()];
}

/** How many operations an undo would have to look after: each target counts once. */
export function leftToUndo(record: RunRecord): number {
	const targets = new Set<string>();
	for (const step of undoableSteps(record)) {
		if (step.undo !== 'open') continue;
		if (step.kind === 'operation') {
			targets.add(`${step.operation.kind} ${step.operation.target}`);
			continue;
		}

		for (const {bucket, isLeft} of step.ends) if (!isLeft) targets.add(`files ${bucket}`);
	}

	return targets.size;
}

/** The profiles that stand in for the recorded ones. */
export type StandIns = {readonly source?: string; readonly destination?: string};

/** A record with other profiles in the place of those of the run. One profile for both ends is one for both ends again. */
export function withProfiles(record: RunRecord, {source, destination}: StandIns): RunRecord {
	const recorded = record.header.ends[0]?.profile;
	const profileFor = (side: Side, profile: string): string => {
		if (side === 'source') return source ?? profile;
		return destination ?? (profile === recorded ? source : undefined) ?? profile;
	};

	const steps = record.steps.map((step): RecordedStep =>
		step.kind === 'operation'
			? {...step, profile: profileFor(step.operation.side, step.profile)}
			: {...step, ends: step.ends.map((end) => ({...end, profile: profileFor(end.side, end.profile)}))},
	);
	return {...record, steps};
}
