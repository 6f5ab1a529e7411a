import type {AnyOperation} from './operation.js';
import type {TakeBackStep, UndoReason} from './take-back-context.js';
import type {WrittenStep} from './written-step.js';

/** Everything of one kind that a run wrote to one target, oldest first. */
export type Group<Operation extends AnyOperation> = {
	readonly target: string;
	/** Which part of the target; `''` where it has one only. */
	readonly part: string;
	readonly first: WrittenStep<Operation>;
	readonly all: ReadonlyArray<WrittenStep<Operation>>;
};

/** What an operation that takes a group back has in common with the writes of the group. */
export function undoOf<Operation extends AnyOperation, Undo extends string>(
	{target, part, first: {operation}}: Group<Operation>,
	kind: Undo,
	requires: readonly string[],
) {
	const {side, account, region} = operation;
	const id = part === '' ? `${kind}:${target}` : `${kind}:${target}:${part}`;
	return {id, kind, side, target, account, region, requires};
}

/** The step of an undo that takes a whole group back with one operation. */
export function stepFor<Operation extends AnyOperation, Undo extends AnyOperation>(
	{first, all}: Group<Operation>,
	operation: Undo,
	reason?: UndoReason,
): TakeBackStep<Undo> {
	return {operation, profile: first.profile, steps: all.map(({step}) => step), reason};
}
