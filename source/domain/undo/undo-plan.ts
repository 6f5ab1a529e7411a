import type {StandIns} from '../record/run-record.js';
import type {OwnFiles} from '../record/own-files.js';
import type {Change} from '../take-back/operation.js';
import type {TakeBackStep} from '../take-back/take-back-context.js';
import type {UndoOperation} from '../operations/registry.js';
import type {OperationCounts} from '../run-figures.js';

/** An operation that takes something back, and of which steps of the record. */
export type UndoStep = TakeBackStep<UndoOperation>;

/** A run that is taken back, by itself or with others. */
export type UndoneRun = {
	readonly runId: string;
	readonly command: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Source first. */
	readonly buckets: readonly string[];
};

/** What taking a run back does, as data. */
export type UndoPlan = {
	readonly schemaVersion: 1;
	/** The run that stands for what is taken back. */
	readonly runId: string;
	/** All runs that are taken back with it, oldest first. */
	readonly runs: readonly UndoneRun[];
	readonly steps: readonly UndoStep[];
	/** The profiles that stand in for those of the record. */
	readonly standIns?: StandIns;
	/** What tells the run's test files from others'. */
	readonly files: readonly OwnFiles[];
	/** What cannot be taken back, and what else is to be known; a sentence each. */
	readonly notes: readonly string[];
};

/** How many operations of each kind of change there are. */
export function undoCounts({steps}: UndoPlan): Readonly<Record<Change, number>> {
	const counts = {create: 0, update: 0, keep: 0, delete: 0};
	for (const {operation} of steps) counts[operation.change]++;
	return counts;
}

/** How many operations change something. */
export function undoChangeCount(plan: UndoPlan): number {
	return plan.steps.length - undoCounts(plan).keep;
}

/** How much of an undo has not been done. */
export function undoOpenCount(undo: UndoPlan, {deleted, updated}: OperationCounts): number {
	return Math.max(0, undoChangeCount(undo) - deleted - updated);
}

/** What stays, and why; and what cannot be taken back. */
export function undoRemarks({steps, notes}: UndoPlan): readonly string[] {
	const left = steps.flatMap(({operation, reason}) =>
		reason?.kind === 'stays' ? [`${operation.target}: ${reason.text}`] : [],
	);
	return [...left, ...notes];
}
