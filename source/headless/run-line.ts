import type {RunEvent} from '../domain/event.js';
import {endpointsText} from '../domain/endpoint/service-endpoints.js';

type RunListed = Extract<RunEvent, {readonly type: 'run-listed'}>;

/** A recorded run as lines for people: the run, and its job where it has one that is left. */
export function runLines(run: RunListed): readonly string[] {
	const {job} = run;
	if (!job) return [runLine(run)];
	const {jobId, status, follow} = job;
	if (follow === null) return [runLine(run), `    job ${jobId}  ${status ?? ''}`];
	const state =
		status === null
			? 'its state is not known here'
			: status === 'Suspended'
				? 'waits for a yes (Suspended)'
				: `${status} when it was seen last`;
	return [runLine(run), `    job ${jobId}  ${state}: ${follow}`];
}

/** When, what, how it ended, what is left, where. */
function runLine(run: RunListed): string {
	const {runId, command, startedAt, endpointUrl, endpoints, outcome, leftToDo, leftToUndo, buckets, problem} =
		run;
	if (problem) return `${runId}  ✗ ${problem.headline}. ${problem.cause}`;
	const started =
		startedAt === null ? '' : `${new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
	const parts = [
		runId,
		(command ?? '').padEnd(6),
		started,
		outcome.padEnd(10),
		run.isForgotten ? 'closed'.padEnd(20) : remainingChanges(leftToDo ?? 0, leftToUndo ?? 0),
		buckets.join(' → '),
		endpoints && endpoints.length > 0 ? endpointsText(endpoints) : (endpointUrl ?? 'AWS'),
	];
	return parts.join('  ');
}

function remainingChanges(toDo: number, toUndo: number): string {
	const parts = [
		...(toDo > 0 ? [`${toDo} left to do`] : []),
		...(toUndo > 0 ? [`${toUndo} to undo`] : ['nothing to undo']),
	];
	return parts.join(', ').padEnd(20);
}
