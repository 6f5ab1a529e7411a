import type {ProblemDocument} from '../problem.js';
import type {ReasonCode} from './reason-codes.js';

/**
 * `certain`: it follows from what was read. `likely`: something that was not read could change it. `possible`: it hangs on what
 * nobody here can know, or AWS does not document that it matters.
 */
export type Certainty = 'certain' | 'likely' | 'possible';

/** How a finding is mended: by the plan for its rule, by somebody with the document, or by what the sentence says. */
export type MendKind = 'plan' | 'document' | 'advice';

/** Why something is not replicated, or would not be. */
export type Finding = {
	/** AWS's own failure reason, or one of ours where nothing happens at all. */
	readonly reason: ReasonCode;
	readonly certainty: Certainty;
	/** What is wrong, in a few words. */
	readonly headline: string;
	/** What was read, with the statement that is missing or denies, and where. */
	readonly evidence: string;
	/** Who can mend it, and how. */
	readonly mend: string;
	readonly mendKind: MendKind;
	/** What to hand over to whoever can mend it. */
	readonly document?: ProblemDocument;
};

/** A finding with when S3 meets it: smaller is earlier. */
export type PlacedFinding = Finding & {readonly place: number};

/** When S3 meets what: whether a rule takes the object, the role, the source, the destination. The order of the replicator's work is our reading. */
export const places = {
	rule: 0,
	trust: 10,
	sourceRights: 20,
	sourceKey: 30,
	destination: 40,
	destinationState: 50,
	destinationRights: 60,
	destinationKey: 70,
	notRead: 90,
} as const;

/** Whether a finding says that something is wrong: what is only possible is a warning. */
export function isWrong({certainty}: Pick<Finding, 'certainty'>): boolean {
	return certainty !== 'possible';
}
