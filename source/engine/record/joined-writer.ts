import type {StepOrigin} from '../../domain/undo/joined-record.js';
import type {RecordLine} from '../../domain/record/run-record.js';
import type {RecordWriter} from './record-store.js';

/** Writes each line of an undo to the records of the runs whose steps it is about, with the numbers that they have there. */
export function joinedWriter(
	writers: ReadonlyMap<string, RecordWriter>,
	origins: ReadonlyMap<number, StepOrigin>,
): RecordWriter {
	return {
		async append(line: RecordLine) {
			if (line.type !== 'undo-before' && line.type !== 'undo-after')
				throw new Error(`A line ${line.type} is of one run alone.`);
			for (const [runId, writer] of writers) {
				const steps = line.steps.flatMap((number) => {
					const origin = origins.get(number);
					return origin?.runId === runId ? [origin.step] : [];
				});
				if (steps.length > 0) await writer.append({...line, steps});
			}
		},
	};
}
