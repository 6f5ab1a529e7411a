import type {Side} from '../../../domain/answers/mode.js';
import {deletesFiles} from '../../../domain/operations/delete-objects.js';
import type {FileEnd} from '../../../domain/record/run-record.js';
import {cleanUp} from '../../../engine/clean-up/clean-up.js';
import type {FoundReplication} from '../../../engine/watch/find-replication.js';
import type {UploadNotes, WatchedDestination} from '../../../engine/watch/watch-options.js';
import type {RunContext} from '../core/run-context.js';
import {createUploadLog} from './upload-log.js';

type Ends = Pick<FoundReplication, 'source' | 'destinations'>;

/** Where a run's test files are, as its record says, and how they go. */
type TestFiles = {
	/** Writes into the record where the files will be, before the first of them is there. */
	readonly record: (folder: string, ends: Ends) => Promise<void>;
	/** Notes the versions that are uploaded below a folder from now on. */
	readonly notes: (folder: string) => UploadNotes;
	/** Writes down what was noted. Never throws. */
	readonly settle: () => Promise<void>;
	/** Deletes the versions that were uploaded, and their replicas. Gives whether all of it was done. */
	readonly remove: (folder: string, ends: Ends) => Promise<boolean>;
};

export function createTestFiles(context: RunContext): TestFiles {
	const {core, play, signal} = context;
	const {clock} = core.options.services;
	const index = createUploadLog(context.begunRecorder, clock);
	return {
		async record(folder, {source, destinations}) {
			const ends = [
				fileEnd('source', source),
				...destinations.flatMap(({watched}) => (watched ? [fileEnd('destination', watched)] : [])),
			];
			const written = await context.recorder(ends.map(({side: _side, ...end}) => end));
			await written?.uploads(folder, ends);
		},
		notes: index.begin,
		settle: async () => index.flush().catch(() => undefined),
		async remove(folder, ends) {
			await play(cleanUp(index.ownFiles(folder), ends, {clock, signal}));
			const written = await context.begunRecorder();
			const {operations} = core.getState().run;
			for (const {operation, state} of operations) {
				if (deletesFiles(operation) && state === 'done') await written?.filesDeleted(operation.target);
			}

			return operations.every(({state}) => state === 'done');
		},
	};
}

function fileEnd(side: Side, {connection, reference}: WatchedDestination): FileEnd {
	const {bucket, accountId, region} = reference;
	return {side, profile: connection.profile, accountId, region, bucket};
}
