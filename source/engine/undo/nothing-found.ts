import {forgetCommandOf, runsCommand} from '../../domain/answers/command-line.js';
import {fixable, type Problem} from '../../domain/problem.js';
import {leftToUndo, type RunRecord, undoableSteps} from '../../domain/record/run-record.js';
import type {UndoObserved} from '../../domain/take-back/undo-observed.js';

/**
 * Whether nothing of a run is found where it is looked for, though no undo has taken it away: then it is looked for in the wrong place,
 * or somebody else removed it, and which of them cannot be known. Pure.
 */
export function isNothingFound(
	record: RunRecord,
	{buckets, roles, keys = {}, queues = {}, jobs = {}}: UndoObserved,
): boolean {
	const isMissing =
		Object.values(buckets).every(({state}) => state === 'gone') &&
		Object.values(roles).every((role) => role === undefined) &&
		Object.values(keys).every((policy) => policy === undefined) &&
		Object.values(queues).every((isThere) => !isThere) &&
		Object.values(jobs).every((job) => job === undefined);
	// What was never answered may never have been made, and what an undo was about to delete when it was killed is missing because of it.
	const isExpected = undoableSteps(record).some(
		({undo, outcome, isUndoBegun}) => undo === 'open' && outcome === 'done' && isUndoBegun !== true,
	);
	return isMissing && isExpected && leftToUndo(record) > 0;
}

/** The problem of a run of which nothing is found at a place. */
export function nothingFoundHere(runId: string, place: string, cause: string): Problem {
	return fixable(
		'nothing-found-here',
		`Cannot find anything of the run ${runId} at ${place}`,
		`${cause} Nothing was changed, and the run stays open.`,
		[
			`Check that the profiles and endpoints are those of the run: ${runsCommand}`,
			`If all of it is gone for good, close the run: ${forgetCommandOf(runId)}`,
		],
	);
}
