import type {Answers} from './answers.js';
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
	const here = records.filter(({header}) => sameEndpoint(header.endpointUrl, endpointUrl));
	return here.find(
		(record, index) =>
			record.header.mode !== undefined &&
			record.outcome !== 'succeeded' &&
			record.leftToDo > 0 &&
			!here.slice(0, index).some((later) => bucketsOf(later) === bucketsOf(record)),
	);
}

/** The runs at an endpoint with something left to take back. */
export function undoableRuns(
	records: readonly RunRecord[],
	endpointUrl: string | null,
): readonly RunRecord[] {
	return records.filter(
		(record) => sameEndpoint(record.header.endpointUrl, endpointUrl) && leftToUndo(record) > 0,
	);
}

/** What a run was asked to do, as far as its record says. */
export function answersOfRun({header}: RunRecord): Answers {
	const [source, destination] = header.ends;
	return {
		mode: header.mode,
		sourceProfile: source?.profile,
		destinationProfile: header.mode === 'cross-account' ? destination?.profile : undefined,
		sourceRegion: source?.region,
		destinationRegion: destination?.region,
		sourceBucket: source?.bucket,
		destinationBucket: destination?.bucket,
		roleName: header.roleName,
		rolePath: header.rolePath,
		permissionsBoundary: header.permissionsBoundary,
		keepsRole: header.keepsRole,
		ruleId: header.ruleId,
	};
}

function bucketsOf({header}: RunRecord): string {
	return header.ends.map(({bucket}) => bucket).join(' ');
}
