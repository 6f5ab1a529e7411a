import type {BatchEvent} from '../domain/batch/batch-event.js';
import type {RunEvent, Stamped, ViewEvent} from '../domain/event.js';
import type {Operation} from '../domain/operations/registry.js';
import {rulesAfter} from '../domain/plan/plan-rules.js';
import {type Problem, wholeCause} from '../domain/problem.js';
import type {MetricPoint} from '../domain/replication-metrics.js';
import {jsonText} from '../domain/text/visible-text.js';
import type {Direction} from '../domain/direction.js';

const schemaVersion = 1;

/**
 * An event as a line of the JSON contract, or nothing where the contract does not have it.
 * `at` is UTC with milliseconds; what would steer a terminal is escaped. Fields may be added; none is renamed or removed.
 */
export function jsonLine(event: Stamped<RunEvent>): string | undefined {
	const fields = fieldsOf(event);
	if (!fields) return undefined;
	const type = event.type === 'undo-planned' ? 'plan-made' : event.type;
	return jsonText({type, at: new Date(event.at).toISOString(), ...fields});
}

function fieldsOf(event: RunEvent): Record<string, unknown> | undefined {
	switch (event.type) {
		case 'run-started': {
			const {runId, command, sandbox, endpointUrl, endpoints} = event;
			return {schemaVersion, runId, command, sandbox, endpointUrl, ...(endpoints ? {endpoints} : {})};
		}

		case 'check-finished': {
			const {id, title, group, direction, result, evidence, problem} = event;
			return {
				...{id, title, group},
				...(direction === undefined ? {} : {direction}),
				...{result, evidence, problem: problem && problemFields(problem)},
			};
		}

		case 'plan-made': {
			const {plan, endpoints} = event;
			return {
				operations: plan.operations.map(operationFields),
				rules: plan.operations.flatMap(rulesAfter),
				...(plan.others ? {others: plan.others.map(operationFields)} : {}),
				...(endpoints ? {endpoints} : {}),
			};
		}

		case 'undo-planned': {
			const {endpoints} = event;
			const {runId, runs, steps, notes} = event.plan;
			const operations = steps.map(({operation, reason}) => ({
				...operationFields(operation),
				reason: reason?.text ?? null,
			}));
			return {
				operations,
				undoes: runId,
				undoesRuns: runs.map((run) => run.runId),
				notes,
				...(endpoints ? {endpoints} : {}),
			};
		}

		case 'cause-found': {
			const {ruleId, destination, key, versionId, reason, certainty} = event;
			const {headline, evidence, mend, document, fix} = event;
			return {
				...{ruleId, destination, key, versionId, reason, certainty, headline, evidence, mend, document},
				fix: fix && fix.map(operationFields),
			};
		}

		case 'run-listed': {
			const {runId, command, startedAt, endpointUrl, endpoints, outcome} = event;
			const {leftToDo, leftToUndo, isForgotten = false, job, buckets, problem} = event;
			return {
				runId,
				command,
				startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
				endpointUrl,
				endpoints,
				outcome,
				leftToDo,
				leftToUndo,
				isForgotten,
				...(job ? {job} : {}),
				buckets,
				problem: problem && problemFields(problem),
			};
		}

		case 'operation-started': {
			const {id, kind, target} = event;
			return {id, kind, target};
		}

		case 'operation-retried': {
			const {id, kind, target, reason, attempt, delayMs} = event;
			return {id, kind, target, reason, attempt, delayMs};
		}

		case 'operation-merged': {
			const {id, kind, target, change, before = null, after = null} = event;
			return {id, kind, target, change, before, after};
		}

		case 'operation-finished': {
			const {id, kind, target, change, durationMs, notes} = event;
			return {
				...{id, kind, target, change, durationMs: Math.round(durationMs)},
				...(notes ? {notes} : {}),
			};
		}

		case 'operation-failed': {
			const {id, kind, target, problem} = event;
			return {id, kind, target, problem: problemFields(problem)};
		}

		case 'object-uploaded': {
			const {key, versionId, sizeBytes} = event;
			return {key, versionId, sizeBytes, ...directionOf(event)};
		}

		case 'object-resent': {
			const {key, versionId, replaces} = event;
			return {key, versionId, replaces, ...directionOf(event)};
		}

		case 'object-replicated': {
			const {key, versionId, destination, delayMs, uncertaintyMs, wasInterrupted} = event;
			return {
				key,
				versionId,
				destination,
				delayMs: Math.round(delayMs),
				uncertaintyMs: Math.round(uncertaintyMs),
				...(wasInterrupted ? {wasInterrupted} : {}),
				...directionOf(event),
			};
		}

		case 'delete-marker-found': {
			const {key, versionId, destinations} = event;
			return {key, versionId, destinations, ...directionOf(event)};
		}

		case 'delete-marker-replicated': {
			const {key, versionId, destination, delayMs, uncertaintyMs} = event;
			return {
				...{key, versionId, destination},
				...{delayMs: Math.round(delayMs), uncertaintyMs: Math.round(uncertaintyMs)},
				...directionOf(event),
			};
		}

		case 'object-failed': {
			const {key, versionId, destination, problem, sendingAgain} = event;
			return {
				...{key, versionId, destination, problem: problemFields(problem)},
				...(sendingAgain ? {sendingAgain} : {}),
				...directionOf(event),
			};
		}

		case 'failure-reason-received': {
			const {key, versionId, destination, ruleId, reason, operation} = event;
			return {key, versionId, destination, ruleId, reason, operation};
		}

		case 'replication-metrics-read': {
			const {ruleId, destination, failed, pendingOperations, pendingBytes, latencySeconds} = event;
			return {
				ruleId,
				destination,
				failed: pointFields(failed),
				pendingOperations: pointFields(pendingOperations),
				pendingBytes: pointFields(pendingBytes),
				latencySeconds: pointFields(latencySeconds),
			};
		}

		case 'job-created':
		case 'job-retried':
		case 'job-progressed':
		case 'job-finished':
		case 'comparison-started':
		case 'comparison-progressed':
		case 'comparison-differed':
		case 'comparison-finished':
		case 'existing-seen': {
			return batchFields(event);
		}

		case 'events-awaited': {
			return {remainingMs: Math.round(event.remainingMs)};
		}

		case 'sandbox-started': {
			const {endpointUrl, configFile, credentialsFile, profiles} = event;
			return {endpointUrl, configFile, credentialsFile, profiles};
		}

		case 'report-written': {
			const {files} = event;
			return {files};
		}

		case 'export-written': {
			const {format, files, leftOut, nextStep} = event;
			return {format, files, leftOut, nextStep};
		}

		case 'run-finished': {
			const {outcome, operations, objects, delayMs, delaysLeftOut = 0, causes, problem} = event;
			return {
				outcome,
				operations,
				objects,
				delayMs,
				...(delaysLeftOut > 0 ? {delaysLeftOut} : {}),
				...(causes ? {causes} : {}),
				problem: problem && problemFields(problem),
			};
		}

		default: {
			return noFields(event);
		}
	}
}

/** What happens to objects that exist already is told as it is; times in whole milliseconds. */
function batchFields({type: _type, ...fields}: BatchEvent): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields)
			.filter(([name]) => name !== 'at')
			.map(([name, value]) => [
				name,
				name.endsWith('Ms') && typeof value === 'number' ? Math.round(value) : (value as unknown),
			]),
	);
}

/** `direction: "back"` and the bucket it comes from, for files of the way back alone. */
function directionOf({direction, from}: {readonly direction?: Direction; readonly from?: string}): {
	readonly direction?: Direction;
	readonly from?: string;
} {
	return direction === undefined ? {} : {direction, from};
}

/** A value of CloudWatch's and its time, as the contract writes times. */
function pointFields(point: MetricPoint | null): {readonly at: string; readonly value: number} | null {
	return point && {at: new Date(point.at).toISOString(), value: point.value};
}

/** The compiler lets no event of the contract come here: one without a line of its own does not build. */
function noFields(_event: ViewEvent): undefined {
	return undefined;
}

function operationFields(operation: Operation): Record<string, unknown> {
	return {
		id: operation.id,
		kind: operation.kind,
		target: operation.target,
		change: operation.change,
		account: operation.account,
		region: operation.region,
		requires: operation.requires,
		...(operation.direction === undefined ? {} : {direction: operation.direction}),
		before: 'before' in operation ? (operation.before ?? null) : null,
		after: operation.after,
		...(operation.notes ? {notes: operation.notes} : {}),
	};
}

function problemFields(problem: Problem): Record<string, unknown> {
	const {code, headline, nextSteps, documents} = problem;
	return {code, headline, cause: wholeCause(problem), nextSteps, ...(documents ? {documents} : {})};
}
