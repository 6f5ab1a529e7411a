import {fixable, type Problem, ProblemError} from '../../domain/problem.js';
import {undoCommandOf} from '../../domain/command-line.js';
import {leftToUndo, type RunRecord} from '../../domain/run-record.js';
import {sameEndpoint} from '../../domain/recorded-endpoint.js';
import type {RecordStore} from '../record/record-store.js';

/**
 * The run to take back: the one that is named, or the latest at this endpoint with something left; `undefined`: there is none.
 * Throws the problem of a run that is not there, cannot be read, or was made at another endpoint.
 */
export async function findRun(
	records: RecordStore,
	runId: string | undefined,
	endpointUrl: string | null,
): Promise<RunRecord | undefined> {
	if (runId === undefined) {
		const found = await records.list();
		return found
			.flatMap((one) => (one.ok ? [one.record] : []))
			.find((record) => sameEndpoint(record.header.endpointUrl, endpointUrl) && leftToUndo(record) > 0);
	}

	const found = await records.read(runId);
	if (!found) throw new ProblemError(unknownRun(runId));
	if (!found.ok) throw new ProblemError(found.problem);
	const {header} = found.record;
	if (!sameEndpoint(header.endpointUrl, endpointUrl))
		throw new ProblemError(anotherEndpoint(runId, header.endpointUrl, endpointUrl));
	return found.record;
}

function unknownRun(runId: string): Problem {
	return fixable(
		'unknown-run',
		`Cannot find the run ${runId}`,
		'There is no record of it on this machine. Runs on an embedded sandbox are gone with it.',
		['See what there is: s3-replicate runs', 'Run it on the machine, and as the user, that made the run.'],
	);
}

function anotherEndpoint(runId: string, recorded: string | null, now: string | null): Problem {
	return fixable(
		'another-endpoint',
		`Cannot take back the run ${runId} here: it was made at ${recorded ?? 'AWS'}`,
		`This is ${now ?? 'AWS'}. What has the same names here is something else.`,
		[
			recorded === null
				? 'Leave out --endpoint-url and unset AWS_ENDPOINT_URL.'
				: `Run: ${undoCommandOf(runId, recorded)}`,
		],
	);
}
