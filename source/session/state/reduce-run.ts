import {isBatchEvent} from '../../domain/batch/batch-event.js';
import type {RunEvent, Stamped} from '../../domain/event.js';
import {withImages} from '../../domain/merge-again/planned-write.js';
import type {Operation} from '../../domain/operations/registry.js';
import {type ProfileEndpoints, singleEndpoint} from '../../domain/endpoint/service-endpoints.js';
import {reduceBatch} from './batch-state.js';
import {changesOf, type OperationProgress, type RunState} from './run-state.js';

/** The state after an event. Pure: gives a new state and leaves the old one as it was. */
export function reduceRun(run: RunState, event: Stamped<RunEvent>): RunState {
	switch (event.type) {
		case 'run-started':
			return withEndpoints({...run, runId: event.runId, endpointUrl: event.endpointUrl}, event.endpoints);
		case 'cause-found': {
			const {certain, likely, possible} = run.causes ?? {certain: 0, likely: 0, possible: 0};
			const before = {certain, likely, possible};
			return {...run, causes: {...before, [event.certainty]: before[event.certainty] + 1}};
		}

		case 'checks-started':
			return {...run, checks: event.checks, checksStartedAt: event.at, checksFinishedAt: undefined};
		case 'check-finished': {
			const {id, result, evidence, problem, at} = event;
			const durationMs = at - (run.checksStartedAt ?? at);
			const checks = run.checks.map((check) =>
				check.id === id ? {...check, verdict: {result, evidence, problem}, durationMs} : check,
			);
			return {...run, checks};
		}

		case 'checks-finished': {
			const checks = event.checks.flatMap(({id}) => run.checks.find((check) => check.id === id) ?? []);
			return {...run, checks, checksFinishedAt: event.at};
		}

		case 'plan-made': {
			const {plan, endpoints} = event;
			return withEndpoints({...withPlanned(run, plan.operations), plan, undo: undefined}, endpoints);
		}

		case 'undo-planned': {
			const {plan: undo, endpoints} = event;
			const operations = undo.steps.map(({operation}) => operation);
			return withEndpoints({...withPlanned(run, operations), undo, reading: undefined}, endpoints);
		}

		case 'report-reading': {
			const {jobId, failed, read} = event;
			return {...run, reading: {jobId, failed, read}};
		}

		case 'operations-added': {
			return {...run, operations: [...run.operations, ...event.operations.map(waiting)]};
		}

		case 'operation-started': {
			const changed = withOperation(run, event.id, (progress) => ({
				operation: progress.operation,
				state: 'running',
				tries: 1,
				startedAt: event.at,
			}));
			return {...changed, applyStartedAt: run.applyStartedAt ?? event.at};
		}

		case 'operation-written':
			return withOperation(run, event.id, (progress) => ({...progress, isWritten: true}));
		case 'operation-retried': {
			const {reason, attempt, delayMs} = event;
			return withOperation(run, event.id, (progress) => ({
				...progress,
				state: 'retrying',
				tries: attempt,
				retry: {reason, nextTryAt: event.at + delayMs},
			}));
		}

		case 'operation-merged':
			return withOperation(run, event.id, (progress) => ({
				...progress,
				operation: withImages(progress.operation, event),
				isMerged: true,
			}));
		case 'operation-finished':
			return withOperation(run, event.id, (progress) => ({
				...progress,
				state: 'done',
				// What was there already was not created, whatever was planned.
				operation:
					event.change === 'keep' ? {...progress.operation, change: event.change} : progress.operation,
				durationMs: event.durationMs,
				notes: event.notes,
				retry: undefined,
			}));
		case 'operation-failed':
			return withOperation(run, event.id, (progress) => ({
				...progress,
				state: 'failed',
				durationMs: event.at - (progress.startedAt ?? event.at),
				retry: undefined,
				problem: event.problem,
			}));
		case 'run-finished': {
			const {type: _type, at: _at, ...finished} = event;
			return {...run, finished};
		}

		case 'report-written':
			return {...run, reportFiles: [...new Set([...(run.reportFiles ?? []), ...event.files])]};
		case 'replication-seen': {
			const {bucket, profile, destinationProfiles} = event;
			const {batch} = run;
			return {
				...run,
				diagnosed: {bucket, profile, destinationProfiles},
				// It is looked at anew.
				...(batch ? {batch: {...batch, existing: undefined}} : {}),
			};
		}

		case 'rules-remarked': {
			const {remarks} = event;
			return run.diagnosed ? {...run, diagnosed: {...run.diagnosed, remarks}} : run;
		}

		case 'export-written': {
			const {format, files, nextStep} = event;
			return {...run, exported: {format, files, nextStep}};
		}

		// What becomes of objects is the watch's; see `watch/watch-store.ts`.
		default:
			return isBatchEvent(event) ? {...run, batch: reduceBatch(run.batch, event)} : run;
	}
}

const waiting = (operation: Operation): OperationProgress => ({operation, state: 'waiting', tries: 0});

/** The run before operations of a new plan; what those of the last one have changed still counts. */
function withPlanned(run: RunState, operations: readonly Operation[]): RunState {
	return {
		...run,
		operations: operations.map(waiting),
		changedBefore: changesOf(run),
		applyStartedAt: undefined,
	};
}

function withEndpoints(run: RunState, endpoints: readonly ProfileEndpoints[] | undefined): RunState {
	if (!endpoints || endpoints.length === 0) return run;
	return {...run, endpoints, endpointUrl: singleEndpoint(endpoints) ?? null};
}

function withOperation(
	run: RunState,
	id: string,
	change: (progress: OperationProgress) => OperationProgress,
): RunState {
	return {
		...run,
		operations: run.operations.map((progress) =>
			progress.operation.id === id ? change(progress) : progress,
		),
	};
}
