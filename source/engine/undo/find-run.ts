import {runsCommand, undoCommandOf} from '../../domain/answers/command-line.js';
import {fixable, type Problem, ProblemError} from '../../domain/problem.js';
import {type Here, isHere, runEndpointOf} from '../../domain/record/recorded-place.js';
import type {RunRecord, StandIns} from '../../domain/record/run-record.js';
import {endpointsText} from '../../domain/endpoint/service-endpoints.js';
import {nameOf, offered, type SetUp, setUpOf, setUpsOf} from '../../domain/record/set-up.js';
import type {RecordStore} from '../record/record-store.js';

type FoundRuns = {
	/** The run that stands for all. */
	readonly runId: string;
	/** What is taken back in one go, oldest first. */
	readonly runs: SetUp;
};

type Wanted = {
	/** The run that is named; without one the latest set-up with something left. */
	readonly runId: string | undefined;
	readonly here: Here;
	readonly standIns: StandIns;
};

/**
 * What is to be taken back: the set-up of the run that is named, or the latest where calls go now with something left; `undefined`:
 * there is none. Throws the problem of a run that is not there, cannot be read, or was made elsewhere.
 */
export async function findRun(
	records: RecordStore,
	{runId, here, standIns}: Wanted,
): Promise<FoundRuns | undefined> {
	const named = runId === undefined ? undefined : await readNamed(records, runId);
	if (named && !isHere(named, here, standIns)) throw new ProblemError(anotherEndpoint(named, here, standIns));
	const found = await records.list();
	const readable = found.flatMap((one) => (one.ok && isHere(one.record, here, standIns) ? [one.record] : []));
	if (named) return {runId: named.header.runId, runs: setUpOf(named, readable)};
	const runs = offered(setUpsOf(readable));
	return runs && {runId: nameOf(runs), runs};
}

/** A run's record. Throws the problem of one that is not there or cannot be read. */
export async function readNamed(records: RecordStore, runId: string): Promise<RunRecord> {
	const found = await records.read(runId);
	if (!found) throw new ProblemError(unknownRun(runId));
	if (!found.ok) throw new ProblemError(found.problem);
	return found.record;
}

function unknownRun(runId: string): Problem {
	return fixable(
		'unknown-run',
		`Cannot find the run ${runId}`,
		'There is no record of it on this machine. Runs on an embedded sandbox are gone with it.',
		[`See what there is: ${runsCommand}`, 'Run it on the machine, and as the user, that made the run.'],
	);
}

function anotherEndpoint({header}: RunRecord, here: Here, standIns: StandIns): Problem {
	const {runId, endpointUrl, endpoints = []} = header;
	const recorded = endpoints.length > 0 ? endpointsText(endpoints) : (endpointUrl ?? 'AWS');
	const one = runEndpointOf(header);
	const profile = standIns.source ?? header.ends[0]?.profile ?? '';
	const found = here.endpointsOf(profile);
	const now = found ? endpointsText([{profile, ...found}]) : (here.endpointUrl ?? 'AWS');
	return fixable(
		'another-endpoint',
		`Cannot undo run ${runId} here: it ran at ${recorded}`,
		`Calls go to ${now} now. What has the same names there is something else.`,
		[stepBack(runId, one, standIns)],
	);
}

function stepBack(runId: string, one: string | null | undefined, standIns: StandIns): string {
	if (one === undefined)
		return 'Let the calls of each profile go there again: endpoint_url of the profile or of its services section, or AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL_IAM.';
	if (one !== null) return `Run: ${undoCommandOf(runId, one, standIns)}`;
	return 'Leave out --endpoint-url, unset AWS_ENDPOINT_URL, and take endpoint_url out of the profile.';
}
