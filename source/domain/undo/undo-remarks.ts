import type {OperationCounts} from '../run-figures.js';
import {undoChangeCount, type UndoPlan} from './undo-plan.js';

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
