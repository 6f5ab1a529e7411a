import type {Mode, Side} from '../answers/mode.js';
import type {ReplicationRequest} from '../answers/request.js';
import type {AnyOperation} from '../take-back/operation.js';
import type {Group} from '../take-back/recorded-group.js';
import type {TakeBackContext, TakenBack} from '../take-back/take-back-context.js';
import type {Shape} from '../take-back/shape.js';
import type {UndoObserved} from '../take-back/undo-observed.js';
import type {ReplicationConfiguration} from '../rule/replication-configuration.js';
import type {PlanContext} from './plan-context.js';

/** What an operation is called before, while and after it is done, and where what it is about is right already and kept. */
export type Words = {
	readonly plan: string;
	readonly keep: string;
	readonly doing: string;
	readonly done: string;
};

/** Everything that is said of a kind of operation. */
export type Kind<Operation extends AnyOperation> = {
	readonly kind: Operation['kind'];
	readonly words: Words;
	/** What it is about, before the target's name: “the bucket policy of”. */
	readonly noun: string;
	/** What it brings about, in a few words. */
	readonly detail: (operation: Operation) => string;
	/** Its detail says all of it: no difference is shown besides. */
	readonly isToldByDetail?: true;
	/** It deletes the whole of its target. */
	readonly deletesTarget?: true;
};

/** Actions of the caller, by what they are performed on. */
export type NeededActions = {
	readonly bucket: readonly string[];
	readonly role: readonly string[];
	readonly objects: readonly string[];
	/** Of KMS, where a rule names one. */
	readonly key: readonly string[];
	readonly queue?: readonly string[];
	/** Of S3 Batch Operations. */
	readonly job?: readonly string[];
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
export type UndoReading = 'contents' | 'replication' | 'policy' | 'notifications' | 'own';

/** Everything that is said of the kinds of operations that take one back; the compiler names one that is missing. */
type UndoKinds<Undo extends AnyOperation> = {
	readonly [UndoKind in Undo['kind']]: Kind<Extract<Undo, {readonly kind: UndoKind}>>;
};

/** What there is, and what an undo is about to delete of it. */
export type RestContext = {readonly observed: UndoObserved; readonly deleted: ReadonlySet<string>};

/** A kind of operation that plans are made of, and what takes it back. */
export type PlannedKind<Operation extends AnyOperation, Undo extends AnyOperation> = Kind<Operation> & {
	/** What its target is: a bucket is looked at when the run has written to it, and before an undo. */
	readonly on: 'bucket' | 'role' | 'key' | 'queue' | 'job';
	/** Which part of its target it writes, where a target may have several: the name of an inline policy. */
	readonly partOf?: (operation: Operation) => string;
	readonly remaining: Remaining;
	/** What its writes need besides what reading needs. Source: S3 and IAM API References, "Permissions" of each operation. */
	readonly needs: Partial<NeededActions>;
	/** What one of them needs besides. */
	readonly alsoNeeds?: (operation: Operation) => Partial<NeededActions>;
	/** What one may need besides with these answers, before a plan tells. */
	readonly mayNeed?: (request: ReplicationRequest, side: Side) => Partial<NeededActions>;
	/** What taking it back needs besides what reading and writing it need. */
	readonly undoNeeds: Partial<NeededActions>;
	/** What of it a plan has, what is right already among it. Pure. */
	readonly plan: (context: PlanContext) => readonly Operation[];
	/** Where a plan may have it. */
	readonly mayBeAt: (side: Side, mode: Mode) => boolean;
	/** Whether AWS may take a while until what it changed is in effect everywhere: a file that fails soon after it is sent again. */
	readonly takesEffectLate: boolean;
	/** What a record has to say of one, besides what every operation has: it may be damaged, or edited. */
	readonly recorded: Shape;
	readonly undoReadings: readonly UndoReading[];
	readonly undoKinds: UndoKinds<Undo>;
	/**
	 * Takes back all that a run wrote to one target, given what is there now. Pure. Kinds are asked in the opposite order of a plan.
	 * Tells why where there is nothing to do.
	 */
	readonly takeBack: (group: Group<Operation>, context: TakeBackContext) => TakenBack<Undo>;
	/** A destination must have it before the source's rule leads there: it is asked of another owner, with its document. */
	readonly isAskedOfOthers?: true;
	/** It makes its target: what a bucket was like after the run's last write to it is written down. */
	readonly makesTarget?: true;
	/** Test files lie in what it makes: they are deleted before it is taken back. */
	readonly holdsFiles?: true;
	/** What all keys begin with that it lets somebody write, where they are the run's and nobody else's. */
	readonly filesIn?: (operation: Operation) => string;
	/** Whether an undo can take it back; always, if it is not said. */
	readonly isUndoable?: (operation: Operation) => boolean;
	/** What an undo says of what cannot be taken back, a sentence each, where it is still so. */
	readonly notesOnRest?: (written: readonly Operation[], context: RestContext) => readonly string[];
	/** The rules that it wrote, with the role that AWS assumes for them, and those that were there before. */
	readonly rulesIn?: (operation: Operation) => {
		readonly before?: ReplicationConfiguration;
		readonly after: ReplicationConfiguration;
	};
};
