import type {BucketImage} from '../observed/bucket-image.js';
import type {AnyOperation} from './operation.js';

/** How a step ended, as far as is known. */
export type StepOutcome = 'done' | 'failed';

/** What AWS answered to a write, where it decides later whose the thing is. */
export type StepAnswer = {
	/** Whether the run created it. `no`: somebody else had, just before. `unknown`: an answer was lost. */
	readonly created: 'yes' | 'no' | 'unknown';
	/** The unique id of a role. */
	readonly roleId?: string;
	/** Of a job. */
	readonly jobId?: string;
};

/** What is known of one step of a record. */
export type StepState = {
	readonly step: number;
	/** `unknown`: the record ends before it says. */
	readonly outcome: StepOutcome | 'unknown';
	readonly undo: 'open' | 'undone' | 'left';
	/** When an undo was through with it, in milliseconds since 1970. */
	readonly undoAt?: number;
	/** Of one that was left: whether only because others needed it. `undefined`: a record of an earlier version does not say. */
	readonly isNeeded?: boolean;
	/** An undo announced that it would change it, and was killed before it said what came of that. */
	readonly isUndoBegun?: boolean;
};

/** An operation that a run has done or begun, and what has become of it. */
export type WrittenStep<Operation extends AnyOperation> = StepState & {
	readonly kind: 'operation';
	readonly profile: string;
	readonly operation: Operation;
	/** The problem's code, where it failed. */
	readonly code?: string;
	readonly answer?: StepAnswer;
	/** Of a bucket that the step created: what it was like after the run's last write to it. */
	readonly image?: BucketImage;
};
