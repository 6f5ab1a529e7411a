import {type Answers, recordedAnswers} from './answers.js';
import {sameEndpoint} from './recorded-endpoint.js';
import {leftToUndo, type RunRecord} from './run-record.js';

/**
 * The latest run at an endpoint that stopped before all of its plan was done, and whose buckets no later run has been about.
 * `null` is AWS; records come newest first. Pure.
 */
export function resumableRun(
	records: readonly RunRecord[],
	endpointUrl: string | null,
): RunRecord | undefined {
	const here = runsAt(records, endpointUrl);
	return here.find(
		(record, index) =>
			record.header.mode !== undefined &&
			record.outcome !== 'succeeded' &&
			record.leftToDo > 0 &&
			!isOvertaken(record, here.slice(0, index)),
	);
}

/** Whether a later run has been about the same buckets: what the earlier one did not do is its matter. */
export function isOvertaken(record: RunRecord, later: readonly RunRecord[]): boolean {
	return runsAt(later, record.header.endpointUrl).some((other) => bucketsOf(other) === bucketsOf(record));
}

/** The runs at an endpoint with something left to take back. */
export function undoableRuns(
	records: readonly RunRecord[],
	endpointUrl: string | null,
): readonly RunRecord[] {
	return runsAt(records, endpointUrl).filter((record) => leftToUndo(record) > 0);
}

/** The latest of the runs with something left to take back that was about a bucket of the one named, which is not among them. */
export function alsoUndoable(
	records: readonly RunRecord[],
	runId: string,
	endpointUrl: string | null,
): RunRecord | undefined {
	const named = records.find(({header}) => header.runId === runId);
	const buckets = new Set(named?.header.ends.map(({bucket}) => bucket));
	return undoableRuns(records, endpointUrl).find(
		({header}) => header.runId !== runId && header.ends.some(({bucket}) => buckets.has(bucket)),
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

function runsAt(records: readonly RunRecord[], endpointUrl: string | null): readonly RunRecord[] {
	return records.filter(({header}) => sameEndpoint(header.endpointUrl, endpointUrl));
}

function bucketsOf({header}: RunRecord): string {
	return header.ends.map(({bucket}) => bucket).join(' ');
}
