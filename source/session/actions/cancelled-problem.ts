import {applyCommand, undoCommandOf} from '../../domain/answers/command-line.js';
import {operationText} from '../../domain/operations/registry.js';
import {cancelled, type Problem} from '../../domain/problem.js';
import {jobLeft} from '../state/job-left.js';
import type {OperationProgress} from '../state/run-state.js';
import type {SessionState} from '../state/session-state.js';

/**
 * The problem that says: the person stopped this. What has been done so far is told, a line each, with the commands that go on and
 * that take it back. Pure.
 */
export function cancelledProblem(state: SessionState, found: Problem | undefined): Problem {
	const {run, answers, isRecorded} = state;
	const left = jobLeft(state);
	if (left) return left;
	const changes = run.operations.filter(({operation}) => operation.change !== 'keep');
	const done = changes.filter(({state: is}) => is === 'done');
	const details = changes.flatMap((progress) => soFar(progress) ?? []);
	if (details.length === 0 && run.changedBefore.size === 0)
		return found?.kind === 'cancelled' ? found : cancelled;
	const isUnfinished = done.length < changes.length;
	const isSandbox = answers.environment === 'sandbox';
	const cause = isUnfinished
		? `It was stopped while changes were made: ${done.length} of ${changes.length} are done.`
		: run.undo
			? 'It was stopped after the undo.'
			: `The watch was stopped. The replication ${isSandbox ? 'was only in the sandbox' : 'stays'}.`;
	if (isSandbox) return {...cancelled, cause, nextSteps: ['Start again: a new sandbox begins from nothing.']};
	const undo = undoCommandOf(run.undo?.runId ?? run.runId ?? '', run.endpointUrl);
	const goOn = run.undo ? undo : applyCommand(answers, run.endpointUrl);
	return {
		...cancelled,
		cause,
		details,
		nextSteps: [
			...(isUnfinished ? [`Go on: ${goOn}`] : []),
			...(isRecorded && !run.undo ? [`Undo it: ${undo}`] : []),
		],
	};
}

/** What is known of a change that was begun; `undefined`: it was not begun, or it was refused. */
function soFar({operation: {kind, target}, state, isWritten}: OperationProgress): string | undefined {
	const {plan, done} = operationText(kind);
	if (state === 'done') return `${done}: ${target}`;
	if (isWritten) return `${done}: ${target} (not confirmed)`;
	// Stopped at once, in the middle of its call.
	return state === 'running' ? `${plan}: ${target} (begun, not known whether done)` : undefined;
}
