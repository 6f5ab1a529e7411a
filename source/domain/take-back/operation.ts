import type {Side} from '../answers/mode.js';
import type {Direction} from '../direction.js';

/** What an operation does to its target. `keep`: it is right already. */
export type Change = 'create' | 'update' | 'keep' | 'delete';

/** What every operation has, planned or to take one back. */
export type OperationBase = {
	/** Unique in its plan: the kind, and the side where there are two of a kind. */
	readonly id: string;
	/** Whose credentials make the call. */
	readonly side: Side;
	/** Only the way back of a two-way set-up needs it; absent: the way there does, or both. */
	readonly direction?: Direction;
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

/** An operation of any kind, where it is not told apart by its type. */
export type AnyOperation = OperationBase & {readonly kind: string};
