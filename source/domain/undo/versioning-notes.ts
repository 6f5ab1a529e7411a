import type {RunRecord} from '../record/run-record.js';
import type {UndoObserved} from '../take-back/undo-observed.js';
import type {UndoStep} from './undo-plan.js';

/** Versioning that was never enabled before can only be suspended, and that is said. */
export function versioningNotes(
	{steps}: RunRecord,
	undoSteps: readonly UndoStep[],
	{buckets}: UndoObserved,
): readonly string[] {
	const goes = new Set(
		undoSteps.flatMap(({operation: {kind, target, change}}) =>
			kind === 'delete-bucket' && change === 'delete' ? [target] : [],
		),
	);
	const enabled = new Set(
		steps.flatMap((step) =>
			step.kind === 'operation' &&
			step.operation.kind === 'enable-versioning' &&
			step.operation.before?.Status !== 'Suspended'
				? [step.operation.target]
				: [],
		),
	);
	return [...enabled]
		.filter((bucket) => {
			const found = buckets[bucket];
			return !goes.has(bucket) && found?.state === 'owned' && found.versioning !== 'Unversioned';
		})
		.map(
			(bucket) =>
				`Versioning of ${bucket} stays: it cannot be switched off again, only suspended, and that would change how its objects are kept.`,
		);
}
