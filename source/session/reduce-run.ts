import {addDelay} from '../domain/delays.js';
import type {RunEvent, Stamped} from '../domain/event.js';
import {changesOf, type ObjectProgress, type OperationProgress, type RunState} from './run-state.js';

/** The state after an event. Pure: gives a new state and leaves the old one as it was. */
export function reduceRun(run: RunState, event: Stamped<RunEvent>): RunState {
	switch (event.type) {
		case 'run-started': {
			return {...run, runId: event.runId, endpointUrl: event.endpointUrl};
		}

		case 'checks-started': {
			return {...run, checks: event.checks, checksStartedAt: event.at, checksFinishedAt: undefined};
		}

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
			const operations = event.plan.operations.map((operation): OperationProgress => ({
				operation,
				state: 'waiting',
				tries: 0,
			}));
			return {
				...run,
				plan: event.plan,
				operations,
				changedBefore: changesOf(run),
				applyStartedAt: undefined,
			};
		}

		case 'undo-planned': {
			const operations = event.plan.steps.map(({operation}): OperationProgress => ({
				operation,
				state: 'waiting',
				tries: 0,
			}));
			return {...run, undo: event.plan, operations, changedBefore: changesOf(run)};
		}

		case 'operations-added': {
			const added = event.operations.map((operation): OperationProgress => ({
				operation,
				state: 'waiting',
				tries: 0,
			}));
			return {...run, operations: [...run.operations, ...added]};
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

		case 'operation-retried': {
			const {reason, attempt, delayMs} = event;
			return withOperation(run, event.id, (progress) => ({
				...progress,
				state: 'retrying',
				tries: attempt,
				retry: {reason, nextTryAt: event.at + delayMs},
			}));
		}

		case 'operation-finished': {
			return withOperation(run, event.id, (progress) => ({
				...progress,
				state: 'done',
				durationMs: event.durationMs,
				retry: undefined,
			}));
		}

		case 'operation-failed': {
			return withOperation(run, event.id, (progress) => ({
				...progress,
				state: 'failed',
				durationMs: event.at - (progress.startedAt ?? event.at),
				retry: undefined,
				problem: event.problem,
			}));
		}

		case 'watch-started': {
			const {sourceBucket, sourceRegion, sourceProfile, destinations, at} = event;
			const watched = {sourceBucket, sourceRegion, sourceProfile, destinations, startedAt: at};
			return {...run, watched, probe: undefined, trouble: undefined};
		}

		case 'upload-started': {
			const {key, sizeBytes, at} = event;
			return withObject(run, {
				key,
				sizeBytes,
				isOurs: true,
				state: 'uploading',
				startedAt: at,
				arrivals: {},
				resends: 0,
			});
		}

		case 'object-uploaded': {
			const {key, versionId, sizeBytes, isOurs, at} = event;
			const startedAt = run.objects.get(key)?.startedAt ?? at;
			return withObject(run, {
				key,
				versionId,
				sizeBytes,
				isOurs,
				state: 'pending',
				startedAt,
				uploadedAt: at,
				arrivals: {},
				resends: 0,
			});
		}

		case 'object-resent': {
			const before = run.objects.get(event.key);
			if (!before) return run;
			return withObject(run, {
				...before,
				versionId: event.versionId,
				state: 'pending',
				startedAt: event.at,
				uploadedAt: event.at,
				status: undefined,
				arrivals: {},
				resends: before.resends + 1,
			});
		}

		case 'status-seen': {
			const object = versionOf(run, event);
			return object ? withObject({...run, trouble: undefined}, {...object, status: event.status}) : run;
		}

		case 'object-replicated': {
			const object = versionOf(run, event);
			if (!object) return run;
			const {delayMs, uncertaintyMs} = event;
			const arrivals = {...object.arrivals, [event.destination ?? '']: {delayMs, uncertaintyMs}};
			const expected = run.watched?.destinations.filter(({region}) => region !== undefined).length ?? 1;
			const state = Object.keys(arrivals).length >= Math.max(1, expected) ? 'replicated' : object.state;
			return {
				...withObject(run, {...object, arrivals, state}),
				delays: addDelay(run.delays, delayMs),
				trouble: undefined,
				probe: undefined,
			};
		}

		case 'object-failed': {
			const object = versionOf(run, event);
			return object ? withObject(run, {...object, state: 'failed', problem: event.problem}) : run;
		}

		case 'object-vanished': {
			const objects = new Map(run.objects);
			if (versionOf(run, event)) objects.delete(event.key);
			return {...run, objects};
		}

		case 'probe-waited': {
			return {...run, probe: {reason: event.reason, until: event.at + event.limitMs}};
		}

		case 'request-failed': {
			return {...run, trouble: {problem: event.problem, nextTryAt: event.at + event.delayMs}};
		}

		case 'run-finished': {
			const {outcome, operations, objects, delayMs, problem} = event;
			return {...run, finished: {outcome, operations, objects, delayMs, problem}};
		}

		case 'plan-outdated':
		case 'run-listed':
		case 'requests-recovered':
		case 'object-unseen':
		case 'destination-lost':
		case 'status-lost':
		case 'others-left-out':
		case 'requests-made':
		case 'watch-paused':
		case 'watch-resumed':
		case 'sandbox-started':
		case 'caller-identified': {
			return run;
		}
	}
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

function withObject(run: RunState, object: ObjectProgress): RunState {
	return {...run, objects: new Map(run.objects).set(object.key, object)};
}

/** The object, if the event speaks of its newest version. */
function versionOf(
	run: RunState,
	{key, versionId}: {readonly key: string; readonly versionId: string | null},
): ObjectProgress | undefined {
	const object = run.objects.get(key);
	return object?.versionId === versionId ? object : undefined;
}
