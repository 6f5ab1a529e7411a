import type {Mode, Side} from '../answers/mode.js';
import type {PlanContext} from './plan-context.js';

/** What an operation does to its target. `keep`: it is right already. */
export type Change = 'create' | 'update' | 'keep' | 'delete';

/** What every operation has, planned or to take one back. */
export type OperationBase = {
	/** Unique in its plan: the kind, and the side where there are two of a kind. */
	readonly id: string;
	/** Whose credentials make the call. */
	readonly side: Side;
	/** The bucket's or the role's name. */
	readonly target: string;
	readonly change: Change;
	readonly account: string;
	/** `aws-global` for IAM. */
	readonly region: string;
	/** The ids of the operations that have to be written before. */
	readonly requires: readonly string[];
	/** What a person should know of it, in sentences. */
	readonly notes?: readonly string[];
};

/** What an operation is called before, while and after it is done. */
export type Words = {readonly plan: string; readonly doing: string; readonly done: string};

/** Everything that is said of a kind of operation. */
export type Kind<Operation extends OperationBase & {readonly kind: string}> = {
	readonly kind: Operation['kind'];
	readonly words: Words;
	/** What it is about, before the target's name: “the bucket policy of”. */
	readonly noun: string;
	/** What it brings about, in a few words. */
	readonly detail: (operation: Operation) => string;
};

/** Actions of the caller, by what they are performed on. */
export type NeededActions = {
	readonly bucket: readonly string[];
	readonly role: readonly string[];
	readonly objects: readonly string[];
};

/** What the summary says of what stays in the accounts. */
export type Remaining = {
	readonly noun: string;
	readonly isPlural?: boolean;
	/** The kind that says it already: a new role is nothing without its policy. */
	readonly impliedBy?: string;
	readonly remark?: string;
};

/**
 * What a bucket is looked at for before an operation on it is taken back: nothing is read that needs a permission for nothing.
 * `own`: all that tells whether it is still the run's own.
 */
export type UndoReading = 'contents' | 'replication' | 'policy' | 'own';

/** A kind of operation that plans are made of, and that an undo takes back. */
export type PlannedKind<Operation extends OperationBase & {readonly kind: string}> = Kind<Operation> & {
	readonly remaining: Remaining;
	/** What its writes need besides what reading needs. Source: S3 and IAM API References, "Permissions" of each operation. */
	readonly needs: Partial<NeededActions>;
	/** What taking it back needs besides what reading and writing it need. */
	readonly undoNeeds: Partial<NeededActions>;
	/** What of it a plan has, what is right already among it. Pure. */
	readonly plan: (context: PlanContext) => readonly Operation[];
	/** Where a plan may have it. */
	readonly mayBeAt: (side: Side, mode: Mode) => boolean;
	/** Whether AWS may take a while until what it changed is in effect everywhere: a file that fails soon after it is sent again. */
	readonly takesEffectLate: boolean;
	readonly undoReadings: readonly UndoReading[];
};
