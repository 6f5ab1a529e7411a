import type {ReadRecord, RecordLine, RunHeader} from '../../domain/record/run-record.js';

/** Adds lines to a run's record. */
export type RecordWriter = {
	/**
	 * Resolves when the line is on the disk, so that what it announces may begin. Lines come in the order of the calls.
	 * Throws the problem of a record that cannot be written.
	 */
	readonly append: (line: RecordLine) => Promise<void>;
};

/** Where the records of runs are kept on this machine. */
export type RecordStore = {
	/** Begins the record of a new run. Throws the problem of one that cannot be written. */
	readonly create: (header: RunHeader) => Promise<RecordWriter>;
	/** Goes on with the record of an earlier run. Throws the problem of one that cannot be written. */
	readonly extend: (runId: string) => Promise<RecordWriter>;
	/**
	 * Keeps others from working on the same run until the function that it gives is called; what only reads is never kept.
	 * Throws the problem of a run that somebody works on.
	 */
	readonly lock: (runId: string) => Promise<() => Promise<void>>;
	/** All records, newest first, with what was left and nobody may need since open again; one that cannot be read is listed with its problem. Throws where the folder cannot be read. */
	readonly list: () => Promise<readonly ReadRecord[]>;
	/** `undefined`: there is no such run. */
	readonly read: (runId: string) => Promise<ReadRecord | undefined>;
};
