import {allPlannedKinds, kindOf, type PlannedOperation, type UndoOperation} from '../operations/registry.js';
import {
	isOperation,
	type OperationStep,
	ownFilesOf,
	type RecordedStep,
	type RunRecord,
	undoableSteps,
} from '../record/run-record.js';
import {runEndpointOf} from '../record/recorded-place.js';
import type {TakeBackContext} from '../take-back/take-back-context.js';
import type {UndoObserved} from '../take-back/undo-observed.js';
import {deleteFiles} from './delete-files.js';
import {fileNotes} from './file-notes.js';
import type {UndoPlan, UndoStep} from './undo-plan.js';
import type {Group} from '../take-back/recorded-group.js';

const cutOffNote = "The record's last line was cut off. What it announced had not begun.";

/**
 * What takes a run back, given what is there now. Pure.
 * The order is that of the dependencies, the opposite of a plan's: rules, then policy statements, then role policies and role, then the
 * test files, then the buckets. Each step tells why where there is nothing to do.
 */
export function makeUndoPlan(
	record: RunRecord,
	observed: UndoObserved,
	runs: readonly RunRecord[] = [record],
	/** The other runs of this machine at this endpoint. */
	others: readonly RunRecord[] = [],
): UndoPlan {
	const open = undoableSteps(record).filter(({undo}) => undo !== 'undone');
	const endBuckets = record.header.ends.map(({bucket}) => bucket);
	const writes = [record, ...others].flatMap(({steps}) => steps.filter(isOperation));
	const steps: UndoStep[] = [];
	const notes: string[] = [];
	const replications: Array<TakeBackContext['replications'][number]> = [];
	const takeBack = (kind: ReturnType<typeof allPlannedKinds>[number]): void => {
		const context = {
			observed,
			endpointUrl: runEndpointOf(record.header) ?? null,
			endBuckets,
			writes,
			earlier: operationsOf(steps),
			replications: [...replications],
		};
		const taken = groupsOf(open, kind).map((group) => kind.takeBack(group, context));
		steps.push(...taken.map(({step}) => step));
		notes.push(...taken.flatMap((one) => one.notes ?? []));
		replications.push(
			...taken.flatMap(({step, replication}) =>
				replication ? [{...replication, operationId: step.operation.id}] : [],
			),
		);
	};

	const kinds = allPlannedKinds().toReversed();
	for (const kind of kinds.filter(({holdsFiles}) => !holdsFiles)) takeBack(kind);
	// Without rules and role nothing is copied any more: no replica arrives behind the deletion.
	const files = deleteFiles(open, observed, operationsOf(steps));
	steps.push(...files);
	for (const kind of kinds.filter(({holdsFiles}) => holdsFiles)) takeBack(kind);
	return {
		schemaVersion: 1,
		runId: record.header.runId,
		runs: runs.map(({header: {runId, command, at, ends}}) => ({
			runId,
			command,
			at,
			buckets: ends.map(({bucket}) => bucket),
		})),
		steps,
		files: ownFilesOf(record),
		notes: [
			...notes,
			...restNotes(record, steps, observed),
			...fileNotes(record, files, observed),
			...(record.isCutOff ? [cutOffNote] : []),
		],
	};
}

/** What cannot be taken back is said, where it is still so. */
function restNotes(record: RunRecord, steps: readonly UndoStep[], observed: UndoObserved): readonly string[] {
	const deleted = new Set(
		operationsOf(steps)
			.filter(({kind, change}) => change === 'delete' && kindOf(kind).deletesTarget)
			.map(({target}) => target),
	);
	const written = record.steps.filter(isOperation).map(({operation}) => operation);
	return allPlannedKinds().flatMap(({kind, notesOnRest}) => {
		const ofKind = written.filter((operation) => operation.kind === kind);
		return notesOnRest?.(ofKind, {observed, deleted}) ?? [];
	});
}

function operationsOf(steps: readonly UndoStep[]): readonly UndoOperation[] {
	return steps.map(({operation}) => operation);
}

type Steps = [OperationStep, ...OperationStep[]];

/** The writes of one kind, by what they were made to. */
function groupsOf(
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
