import type {BatchState} from './batch-state.js';
import type {CheckHead, Verdict} from '../../domain/checks/check.js';
import type {CauseCounts, ContractEvent, OperationCounts} from '../../domain/event.js';
import type {Plan} from '../../domain/plan/plan.js';
import type {Change} from '../../domain/take-back/operation.js';
import {
	type Operation,
	type OperationKind,
	plannedKinds,
	takesBack,
} from '../../domain/operations/registry.js';
import type {Problem} from '../../domain/problem.js';
import type {ProfileEndpoints} from '../../domain/endpoint/service-endpoints.js';
import type {ReportReading} from '../../domain/batch/batch-event.js';
import type {UndoPlan} from '../../domain/undo/undo-plan.js';

export type OperationProgress = {
	readonly operation: Operation;
	readonly state: 'waiting' | 'running' | 'retrying' | 'done' | 'failed';
	/** Whether its write has been answered, whatever came of reading it back. */
	readonly isWritten?: boolean;
	/** Whether somebody changed its document meanwhile, and the same change was made to what was there then. */
	readonly isMerged?: boolean;
	/** How many times it has been tried. */
	readonly tries: number;
	readonly startedAt?: number;
	readonly durationMs?: number;
	/** While it waits: why, and when it goes on. */
	readonly retry?: {readonly reason: string; readonly nextTryAt: number};
	readonly problem?: Problem;
	/** What it told when it ended. */
	readonly notes?: readonly string[];
};

/** A check and, once it has come to its end, what it found. */
export type CheckProgress = CheckHead & {readonly verdict?: Verdict; readonly durationMs?: number};

/** What is known of a run, its watch left out: everything that a screen or a summary says about it comes from here. */
export type RunState = {
	readonly runId?: string;
	/** What `--endpoint-url` may name so that every call goes where the run's go; `null`: AWS, or more than one place. */
	readonly endpointUrl: string | null;
	/** Where the calls of its profiles go. */
	readonly endpoints?: readonly ProfileEndpoints[];
	/** In the order they are shown in: when all are done, what needs somebody's eye is on top. */
	readonly checks: readonly CheckProgress[];
	/** When they began, and when all of them were done, in milliseconds since 1970. */
	readonly checksStartedAt?: number;
	readonly checksFinishedAt?: number;
	readonly plan?: Plan;
	/** What is taken back, where that is what the run does. */
	readonly undo?: UndoPlan;
	readonly operations: readonly OperationProgress[];
	/** How many causes a diagnosis has found. */
	readonly causes?: CauseCounts;
	/** The files of reports that were written. */
	readonly reportFiles?: readonly string[];
	/** The report of a job that an undo reads now, before it plans. */
	readonly reading?: ReportReading;
	/** The bucket whose rules were diagnosed, and through whom. */
	readonly diagnosed?: {
		readonly bucket: string;
		readonly profile: string;
		readonly destinationProfiles: readonly string[];
		/** What is worth knowing of them besides what is wrong. */
		readonly remarks?: readonly string[];
	};
	/** What it has exported, and the command that goes on with it. */
	readonly exported?: {
		readonly format: string;
		readonly files: readonly string[];
		readonly nextStep: string;
	};
	/** What earlier plans of this run have changed, by kind and target: a plan made anew keeps it, and it still counts. */
	readonly changedBefore: ReadonlyMap<string, Change>;
	readonly applyStartedAt?: number;
	/** Objects that exist already: a job, and comparisons. */
	readonly batch?: BatchState;
	readonly finished?: Omit<Extract<ContractEvent, {readonly type: 'run-finished'}>, 'type'>;
};

export const newRun: RunState = {
	endpointUrl: null,
	checks: [],
	operations: [],
	changedBefore: new Map(),
};

/** What an operation is known by from one plan to the next. */
function operationKey({kind, target}: Operation): string {
	return `${kind} ${target}`;
}

/** Everything that a run has changed, by kind and target. */
export function changesOf(run: RunState): ReadonlyMap<string, Change> {
	const changes = new Map(run.changedBefore);
	for (const {state, operation} of run.operations) {
		if (state !== 'done' || operation.change === 'keep') continue;
		const key = operationKey(operation);
		// What this run created and then updated was created by it.
		changes.set(key, changes.get(key) ?? operation.change);
	}

	return changes;
}

/** The kinds of operations that have changed something, whether or not it has been confirmed, and that the run has not taken back itself. */
export function changedKindsOf(run: RunState): readonly OperationKind[] {
	const written = run.operations.flatMap(({isWritten, operation}) =>
		isWritten ? [operationKey(operation)] : [],
	);
	const done = run.operations.filter(({state}) => state === 'done').map(({operation}) => operation);
	const left = [...new Set([...changesOf(run).keys(), ...written])].flatMap((key) => {
		const kind = key.slice(0, key.indexOf(' ')) as OperationKind;
		const isTakenBack = done.some((undo) => takesBack(undo.kind, kind) && key === `${kind} ${undo.target}`);
		return isTakenBack ? [] : [kind];
	});
	return [...new Set(left)].filter((kind) => plannedKinds.some((planned) => planned.kind === kind));
}

/** How many operations have been done, by what the run did to their targets. */
export function operationCounts(run: RunState): OperationCounts {
	const counts = {created: 0, updated: 0, kept: 0, deleted: 0};
	const names = {create: 'created', update: 'updated', keep: 'kept', delete: 'deleted'} as const;
	const changes = changesOf(run);
	for (const change of changes.values()) counts[names[change]]++;
	for (const {state, operation} of run.operations) {
		if (state === 'done' && !changes.has(operationKey(operation))) counts.kept++;
	}

	return counts;
}
