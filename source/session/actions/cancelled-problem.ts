import {startAnew} from '../../domain/text/run-again.js';
import {applyCommand, undoCommandOf, watchCommandOf} from '../../domain/answers/command-line.js';
import {operationText} from '../../domain/operations/registry.js';
import {cancelled, type Problem} from '../../domain/problem.js';
import type {Command} from '../../domain/event.js';
import {fileCount, type ObjectCounts} from '../../domain/run-figures.js';
import {replicatedIn, type WatchView} from '../watch/watch-view.js';
import {jobLeft} from '../state/job-left.js';
import type {OperationProgress} from '../state/run-state.js';
import type {SessionState} from '../state/session-state.js';

/** A watch that the person ended while files were pending: nobody knows yet what becomes of them, so that it has not failed. */
export const watchEnded: Problem = {
	...cancelled,
	cause: 'The watch was ended before all files had arrived.',
};

/** Of the watch that was going on when it was stopped. */
type StoppedWatch = Pick<WatchView, 'ends'> & {readonly counts: ObjectCounts; readonly command: Command};

/**
 * The problem that says: the person stopped this. What has been done so far is told, a line each, with the commands that go on and
 * that take it back; a sandbox is gone, and leaves nothing to go on with. Pure.
 */
export function cancelledProblem(
	state: SessionState,
	found: Problem | undefined,
	{ends, counts, command}: StoppedWatch,
): Problem {
	const {run, answers, isRecorded} = state;
	const left = jobLeft(state);
	if (left) return left;
	// Who cancelled the job has stopped nothing else.
	const isJobCancelled = found?.kind === 'cancelled' && found !== watchEnded && state.interrupts === 0;
	if (isJobCancelled && run.batch?.finished) return found;
	const changes = run.operations.filter(({operation}) => operation.change !== 'keep');
	const done = changes.filter(({state: is}) => is === 'done');
	const details = changes.flatMap((progress) => soFar(progress) ?? []);
	const isSandbox = answers.environment === 'sandbox';
	const isBegun = details.length > 0 || run.changedBefore.size > 0;
	const hasWatched = ends !== undefined && !run.undo;
	if (!isBegun && !hasWatched) {
		const isSaid = found?.kind === 'cancelled' && (found !== watchEnded || state.interrupts === 0);
		const problem = isSaid ? found : cancelled;
		// Whoever stopped it has said how it goes on, or not.
		return isSandbox && problem.nextSteps === cancelled.nextSteps ? {...problem, nextSteps: anew} : problem;
	}

	if (!isBegun)
		return {
			...cancelled,
			headline: watchHeadline(counts, state.filesWanted),
			cause: state.interrupts > 0 ? cancelled.cause : watchEnded.cause,
			nextSteps: isSandbox
				? anew
				: [
						// Of a wizard the same command asks everything anew.
						command === 'wizard' && ends
							? `Watch on: ${watchCommandOf(replicatedIn(ends), run.endpointUrl)}`
							: 'Run the same command again to watch on.',
					],
		};
	const isUnfinished = done.length < changes.length;
	const cause = isUnfinished
		? `It was stopped while changes were made: ${done.length} of ${changes.length} are done.`
		: run.undo
			? 'It was stopped after the undo.'
			: `${hasWatched ? 'The watch was stopped.' : 'It was stopped after the last change.'} The replication ${isSandbox ? 'was only in the sandbox' : 'stays'}.`;
	const headline =
		hasWatched && !isUnfinished ? watchHeadline(counts, state.filesWanted) : cancelled.headline;
	if (isSandbox) return {...cancelled, headline, cause, nextSteps: anew};
	const undo = undoCommandOf(run.undo?.runId ?? run.runId ?? '', run.endpointUrl, run.undo?.standIns);
	const goOn = run.undo ? undo : applyCommand(answers, run.endpointUrl);
	return {
		...cancelled,
		headline,
		cause,
		details,
		nextSteps: [
			...(isUnfinished ? [`Go on: ${goOn}`] : []),
			...(isRecorded && !run.undo ? [`Undo it: ${undo}`] : []),
		],
	};
}

/** Nothing is left of what was done in a sandbox. */
const anew = [startAnew];

/**
 * What the files say that were watched. That the replication is working is the verdict of a watch that ended by itself: who stops
 * one is told what has arrived, of what was to be sent.
 */
function watchHeadline(counts: ObjectCounts, filesWanted: number): string {
	const {failed, pending, replicated} = counts;
	const all = Math.max(fileCount(counts), filesWanted);
	const files = all === 1 ? 'file' : 'files';
	if (failed > 0) return `Stopped the watch: ${failed} of ${all} ${files} failed`;
	if (pending > 0) return `Stopped the watch: ${pending} of ${all} ${files} under way`;
	if (replicated === 0) return 'Stopped the watch';
	return `Stopped the watch: ${replicated === all && all > 1 ? `all ${all}` : `${replicated} of ${all}`} ${files} replicated`;
}

/** What is known of a change that was begun; `undefined`: it was not begun, or it was refused. */
function soFar({operation: {kind, target}, state, isWritten}: OperationProgress): string | undefined {
	const {plan, done} = operationText(kind);
	if (state === 'done') return `${done}: ${target}`;
	if (isWritten) return `${done}: ${target} (not confirmed)`;
	// Stopped at once, in the middle of its call.
	return state === 'running' ? `${plan}: ${target} (begun, not known whether done)` : undefined;
}
