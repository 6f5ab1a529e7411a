import {operationDetail, operationText, operationTitle} from '../operations/registry.js';
import {changeMark} from '../plan/plan-text.js';
import type {UndoneRun, UndoPlan, UndoStep} from './undo-plan.js';

/** What an undo takes back, in lines: each run with when it began and its buckets. */
export function undoTitle({runId, runs}: UndoPlan): readonly string[] {
	const [only, ...others] = runs;
	if (only && others.length === 0) return [`Undoing run ${runOf(only)}`];
	return [
		`Undoing run ${runId} with its set-up, ${runs.length} runs:`,
		...runs.map((run) => `  ${runOf(run)}`),
	];
}

function runOf({runId, command, at, buckets}: UndoneRun): string {
	const started = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
	return `${runId} (${command}, ${started} UTC): ${buckets.join(' → ')}`;
}

/** What a step of an undo is called: what stays is kept, what is gone already would only have been deleted. */
export function undoTitleOf({operation, reason}: UndoStep): string {
	return reason?.kind === 'gone' ? operationText(operation.kind).plan : operationTitle(operation);
}

/** What there is to say of a step in a few words: what it does, or why there is nothing to do. */
export function undoDetail({operation, reason}: UndoStep): string {
	if (reason === undefined) return operationDetail(operation);
	return reason.kind === 'gone' ? `nothing to do: ${reason.text}` : reason.text;
}

/** A step of an undo as a line for people; where nothing is to be done, with the reason. */
export function undoLine(step: UndoStep): string {
	const {change, target} = step.operation;
	return `${changeMark(change)} ${undoTitleOf(step).padEnd(20)}  ${target}  (${undoDetail(step)})`;
}
