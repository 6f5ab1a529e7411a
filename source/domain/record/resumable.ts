import {type Answers, recordedAnswers} from '../answers/answers.js';
import {sameEndpoint} from '../endpoint/recorded-endpoint.js';
import {type Here, isHere} from './recorded-place.js';
import {leftToUndo, type RunRecord} from './run-record.js';
import {leftOf, type SetUp, setUpsOf} from './set-up.js';

/**
 * The latest run at an endpoint that stopped before all of its plan was done, and whose buckets no later run has been about.
 * Records come newest first. Pure.
 */
export function resumableRun(records: readonly RunRecord[], here: Here): RunRecord | undefined {
	const found = runsHere(records, here);
	return found.find(
		(record, index) =>
			record.header.mode !== undefined &&
			record.outcome !== 'succeeded' &&
			record.leftToDo > 0 &&
			!isOvertaken(record, found.slice(0, index)),
	);
}

/** Whether a later run has been about the same buckets: what the earlier one did not do is its matter. */
export function isOvertaken(record: RunRecord, later: readonly RunRecord[]): boolean {
	return later.some(
		(other) =>
			sameEndpoint(other.header.endpointUrl, record.header.endpointUrl) &&
			bucketsOf(other) === bucketsOf(record),
	);
}

/** The set-ups with something left to take back where calls go now, the latest first. */
export function undoableSetUps(records: readonly RunRecord[], here: Here): readonly SetUp[] {
	return setUpsOf(runsHere(records, here)).filter((runs) => leftOf(runs) > 0);
}

/** The latest of the runs with something left to take back that was about a bucket of the one named, which is not among them. */
export function alsoUndoable(
	records: readonly RunRecord[],
	runId: string,
	here: Here,
): RunRecord | undefined {
	const named = records.find(({header}) => header.runId === runId);
	const buckets = new Set(named?.header.ends.map(({bucket}) => bucket));
	return runsHere(records, here).find(
		(record) =>
			leftToUndo(record) > 0 &&
			record.header.runId !== runId &&
			record.header.ends.some(({bucket}) => buckets.has(bucket)),
	);
}

/** What a run was asked to do, as far as its record says. */
export function answersOfRun({header}: RunRecord): Answers {
	const [source, destination] = header.ends;
	return {
		sourceProfile: source?.profile,
		destinationProfile: header.mode === 'cross-account' ? destination?.profile : undefined,
		sourceRegion: source?.region,
		destinationRegion: destination?.region,
		sourceBucket: source?.bucket,
		destinationBucket: destination?.bucket,
		...recordedAnswers(header),
	};
}

function runsHere(records: readonly RunRecord[], here: Here): readonly RunRecord[] {
	return records.filter((record) => isHere(record, here));
}

function bucketsOf({header}: RunRecord): string {
	return header.ends.map(({bucket}) => bucket).join(' ');
}
