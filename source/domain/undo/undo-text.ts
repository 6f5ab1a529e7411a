import {type Operation, operationText} from '../operations/registry.js';
import {changeMark, operationLine} from '../plan/plan-text.js';
import type {UndoneRun, UndoPlan} from './undo-plan.js';

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

/** An operation of an undo as a line for people; where nothing is to be done, with the reason. */
export function undoLine(operation: Operation, reason: string | undefined): string {
	if (reason === undefined) return operationLine(operation);
	const {plan: title} = operationText(operation.kind);
	return `${changeMark(operation.change)} ${title.padEnd(20)}  ${operation.target}  (left: ${reason})`;
}
