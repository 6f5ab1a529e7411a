import type {Connection} from '../../aws/ports.js';
import type {OwnFiles} from '../../domain/record/own-files.js';
import type {ReportReading} from '../../domain/batch/batch-event.js';
import type {GuardContext} from '../guarded/guarded-write.js';

/** What the runner of an operation of an undo is given. */
export type UndoContext = GuardContext & {
	/** Has something told when the operation ends well, in a sentence. */
	readonly onNote: (note: string) => void;
	/** Has it told that a report is read, which may take a while. */
	readonly onReading: (reading: ReportReading) => void;
	readonly connection: Connection;
	/** What tells the run's test files from others'. */
	readonly files: readonly OwnFiles[];
};
