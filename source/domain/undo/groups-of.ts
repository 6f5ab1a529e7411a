import type {allPlannedKinds, PlannedOperation} from '../operations/registry.js';
import type {RecordedStep} from '../record/run-record.js';
import type {Group} from '../take-back/recorded-group.js';
import type {WrittenStep} from '../take-back/written-step.js';

type Steps = [WrittenStep<PlannedOperation>, ...Array<WrittenStep<PlannedOperation>>];

/** The writes of one kind, by what they were made to. */
export function groupsOf(
	steps: readonly RecordedStep[],
	{kind, partOf}: ReturnType<typeof allPlannedKinds>[number],
): ReadonlyArray<Group<PlannedOperation>> {
	const groups = new Map<string, {readonly part: string; readonly all: Steps}>();
	for (const step of steps) {
		if (step.kind !== 'operation' || step.operation.kind !== kind) continue;
		const part = partOf?.(step.operation) ?? '';
		const key = `${step.operation.target} ${part}`;
		const existing = groups.get(key);
		if (existing) existing.all.push(step);
		else groups.set(key, {part, all: [step]});
	}

	return [...groups.values()].map(({part, all}) => ({
		target: all[0].operation.target,
		part,
		first: all[0],
		all,
	}));
}
