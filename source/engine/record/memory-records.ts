import {fixable, ProblemError} from '../../domain/problem.js';
import {readRecord} from '../../domain/record/read-record.js';
import {reopened} from '../../domain/record/reopened.js';
import type {RecordStore, RecordWriter} from './record-store.js';

/** Records that live as long as the process: for what is gone with it as well, such as an embedded sandbox. */
export function memoryRecords(): RecordStore {
	const texts = new Map<string, string>();
	const writerOf = (runId: string): RecordWriter => ({
		async append(line) {
			texts.set(runId, `${texts.get(runId) ?? ''}${JSON.stringify(line)}\n`);
		},
	});
	const read = (runId: string) => readRecord(runId, 'the memory of this program', texts.get(runId) ?? '');
	return {
		async create(header) {
			const writer = writerOf(header.runId);
			await writer.append(header);
			return writer;
		},
		async extend(runId) {
			if (!texts.has(runId)) throw new ProblemError(unknown(runId));
			return writerOf(runId);
		},
		// Nobody else sees what is in the memory of this process.
		lock: async () => async () => undefined,
		list: async () => reopened([...texts.keys()].reverse().map(read)),
		read: async (runId) => (texts.has(runId) ? read(runId) : undefined),
	};
}

function unknown(runId: string) {
	return fixable('record-unreadable', `Cannot find the record of the run ${runId}`, 'There is none.', [
		'Runs on an embedded sandbox are gone with it.',
	]);
}
