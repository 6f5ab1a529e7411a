import type {RecordStore} from '../../../engine/record/record-store.js';

/** Keeps others from every run that is taken back. */
export async function lockRuns(
	records: RecordStore,
	runIds: readonly string[],
): Promise<() => Promise<void>> {
	const held: Array<() => Promise<void>> = [];
	const unlockAll = async (): Promise<void> => {
		await Promise.all(held.map(async (unlock) => unlock()));
	};

	try {
		for (const runId of runIds) held.push(await records.lock(runId));
	} catch (error) {
		await unlockAll();
		throw error;
	}

	return unlockAll;
}
