import type {Case} from './case.js';
import type {PlacedFinding} from './finding.js';
import type {ReasonCode} from './reason-codes.js';

/** One reason: what it means, what mends it, and how it is recognised in what was observed. */
export type Reason = {
	/** What S3 met, in a sentence; true of every finding and of every event with this code. */
	readonly means: string;
	/** What mends it, where no more is known than the code. */
	readonly mend: string;
	/** Absent: only S3 itself tells it, by an event or in a report. */
	readonly recognise?: (one: Case) => readonly PlacedFinding[];
};

export type Reasons = Readonly<Partial<Record<ReasonCode, Reason>>>;
