import {setMaxListeners} from 'node:events';
import type {Outcome, RunEvent} from '../../domain/event.js';
import {allPlannedKinds} from '../../domain/operations/registry.js';
import type {Problem} from '../../domain/problem.js';
import {type BatchActions, createBatchActions} from './batch/batch-actions.js';
import {type CopyActions, createCopyActions} from './batch/copy-actions.js';
import {createPlanActions, type PlanActions} from './plan/plan-actions.js';
import {createReasonActions, type ReasonActions} from './watch/reason-actions.js';
import {createRunContext, type RunContext} from './core/run-context.js';
import {runEnd} from './run-end.js';
import {createExportActions, type ExportActions} from './plan/export-actions.js';
import {createHandOverActions, type HandOverActions} from './plan/hand-over-actions.js';
import {createDiagnoseActions, type DiagnoseActions} from './diagnose/diagnose-actions.js';
import {createExistingActions, type ExistingActions} from './wizard/existing-actions.js';
import type {SessionCore} from './core/session-core.js';
import {createUndoActions, type UndoActions} from './undo/undo-actions.js';
import {createWatchActions} from './watch/watch-actions.js';
import type {WatchActions} from './watch/watch-deeds.js';

/** What a run does, whoever answers the questions. */
export type RunActions = UndoActions &
	Pick<PlanActions, 'makePlan' | 'apply'> &
	DiagnoseActions &
	ExportActions &
	HandOverActions &
	ExistingActions &
	BatchActions &
	CopyActions &
	ReasonActions &
	WatchActions & {
		/** Ctrl-C: the first stops safely, whatever goes on. */
		readonly interrupt: () => void;
		/** Says how the run ended, once; a problem given outweighs what can be derived, and `null` says that there is none. */
		readonly finish: (problem?: Problem | null) => Outcome;
		/** Ends what was started for the session. */
		readonly close: () => Promise<void>;
	};

export function createRunActions(core: SessionCore): RunActions {
	const {getState, dispatch, emit, options} = core;
	const {clock} = options.services;
	const stop = new AbortController();
	// Every request under way listens to it; they are many on purpose.
	setMaxListeners(0, stop.signal);
	let changedAt: number | undefined;
	let isSetupNew = false;
	let recordEnd: Promise<void> | undefined;

	/** New permissions take their time: a file that fails soon after one is sent again. */
	function noteChange(event: RunEvent): void {
		if (event.type !== 'operation-finished' || event.change === 'keep') return;
		if (allPlannedKinds().some(({kind, takesEffectLate}) => kind === event.kind && !takesEffectLate)) return;
		changedAt = clock.now();
		isSetupNew = true;
	}

	const context = createRunContext(core, stop.signal, noteChange);
	const plans = createPlanActions(context);
	const batch = createBatchActions(context);
	const diagnoses = createDiagnoseActions(context);
	const handOvers = createHandOverActions(context, plans);
	const watches = createWatchActions(context, {
		planned: plans.planned,
		setup: () => ({isSetupNew, changedAt}),
	});
	return {
		makePlan: plans.makePlan,
		async apply() {
			const isDone = await plans.apply();
			if (isDone) await handOvers.endHandOver();
			return isDone;
		},
		...createUndoActions(context),
		...diagnoses,
		...createExportActions(context),
		...handOvers,
		...batch,
		...createCopyActions(context, batch),
		...createReasonActions(context),
		...watches,
		...createExistingActions(context, diagnoses, watches),
		interrupt() {
			dispatch({type: 'interrupted'});
			stop.abort();
			core.signIn.withdraw();
		},
		finish(problem) {
			const {finished} = getState().run;
			if (finished) return finished.outcome;
			dispatch({type: 'copy-closed'});
			const end = runEnd(getState(), {...options, problem, watch: core.watch});
			recordEnd = recordedEnd(context, end.outcome).catch(() => undefined);
			emit({type: 'run-finished', ...end});
			return end.outcome;
		},
		async close() {
			core.isClosed = true;
			core.signIn.withdraw();
			await recordEnd;
			await context.unlock();
			core.watch.close();
			const {environment} = core;
			core.environment = undefined;
			await environment?.close();
		},
	};
}

/** Writes down how the run ended, and how its job was seen last: in the record of the run that made it, where another one did. */
async function recordedEnd(context: RunContext, outcome: Outcome): Promise<void> {
	const {clock} = context.core.options.services;
	const {job, progress, finished} = context.core.getState().run.batch ?? {};
	const status = finished?.status ?? progress?.status ?? null;
	const seen = job ? {jobId: job.jobId, status} : undefined;
	const {recordedAs} = context.core.getState();
	const maker = job?.madeBy ?? undefined;
	const isOwn = maker === undefined || maker === (recordedAs ?? context.core.runId);
	const written = await context.begunRecorder();
	await written?.ended(outcome, isOwn ? seen : undefined);
	const found = maker === undefined || (written && isOwn) ? undefined : await context.records()?.read(maker);
	if (!seen || maker === undefined || !found?.ok || found.record.job?.jobId !== seen.jobId) return;
	const writer = await context.records()?.extend(maker);
	await writer?.append({type: 'ended', at: clock.now(), outcome, job: seen});
}
