import type {RecordedStep, RunRecord} from '../record/run-record.js';
import type {SetUp} from '../record/set-up.js';

/** Where a step of a joined record comes from. */
export type StepOrigin = {readonly runId: string; readonly step: number};

/** Several records as one: what they wrote to the same target counts from its first write to its last. */
export type JoinedRecord = {
	readonly record: RunRecord;
	/** By the number of the step in `record`. */
	readonly origins: ReadonlyMap<number, StepOrigin>;
};

/** The records of a set-up as one record, whose steps are numbered anew. The run named stands for it. Throws where there is none. */
export function joinedRecord(runs: SetUp, runId: string): JoinedRecord {
	const named = runs.find(({header}) => header.runId === runId);
	if (!named) throw new Error(`The run ${runId} is none of those that are joined.`);
	const origins = new Map<number, StepOrigin>();
	const steps = runs.flatMap(({header, steps: own}) =>
		own.map((step): RecordedStep => {
			const number = origins.size + 1;
			origins.set(number, {runId: header.runId, step: step.step});
			return {...step, step: number};
		}),
	);
	return {record: {...named, steps, isCutOff: runs.some(({isCutOff}) => isCutOff)}, origins};
}
