import type {OperationKind, PlannedOperation, UndoOperation} from '../operations/registry.js';
import type {RecordedStep} from '../record/run-record.js';
import type {UndoStep} from './undo-plan.js';

type OperationStep = Extract<RecordedStep, {readonly kind: 'operation'}>;

/** A write of a run, of one kind. */
export type StepOf<Kind extends PlannedOperation['kind']> = OperationStep & {
	readonly operation: Extract<PlannedOperation, {readonly kind: Kind}>;
};

/** Everything of one kind that a run wrote to one target, oldest first. */
export type Group<Kind extends PlannedOperation['kind']> = {
	readonly target: string;
	readonly first: StepOf<Kind>;
	readonly all: ReadonlyArray<StepOf<Kind>>;
};

/** The writes of one kind, by what they were made to. */
export function groupsOf<Kind extends PlannedOperation['kind']>(
	steps: readonly RecordedStep[],
	kind: Kind,
): ReadonlyArray<Group<Kind>> {
	const groups = new Map<string, [StepOf<Kind>, ...Array<StepOf<Kind>>]>();
	for (const step of steps) {
		if (step.kind !== 'operation' || step.operation.kind !== kind) continue;
		const key = `${step.operation.target} ${policyNameOf(step.operation)}`;
		const typed = step as StepOf<Kind>;
		const existing = groups.get(key);
		if (existing) existing.push(typed);
		else groups.set(key, [typed]);
	}

	return [...groups.values()].map((all) => ({target: all[0].operation.target, first: all[0], all}));
}

/** What an operation that takes a group back has in common with the writes of the group. */
export function undoOf<Kind extends PlannedOperation['kind'], Undo extends OperationKind>(
	{target, first: {operation}}: Group<Kind>,
	kind: Undo,
	requires: readonly string[],
) {
	const {side, account, region} = operation;
	const policyName = policyNameOf(operation);
	const id = policyName === '' ? `${kind}:${target}` : `${kind}:${target}:${policyName}`;
	return {id, kind, side, target, account, region, requires};
}

function policyNameOf(operation: PlannedOperation): string {
	return operation.kind === 'put-role-policy' ? operation.policyName : '';
}

/** The step of an undo that takes a whole group back with one operation. */
export function stepFor<Kind extends PlannedOperation['kind']>(
	{first, all}: Group<Kind>,
	operation: UndoOperation,
	reason?: UndoStep['reason'],
): UndoStep {
	return {operation, profile: first.profile, steps: all.map(({step}) => step), reason};
}
