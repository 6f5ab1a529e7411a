import type {BatchEvent} from '../domain/batch/batch-event.js';
import type {ContractEvent, RunEvent, Stamped} from '../domain/event.js';
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
	const {type, at} = event;
	const fields = Object.hasOwn(fieldsOf, type)
		? (fieldsOf[type as ContractEvent['type']] as (event: RunEvent) => Fields)(event)
		: undefined;
	if (!fields) return undefined;
	const name = type === 'undo-planned' ? 'plan-made' : type;
	return jsonText({type: name, at: new Date(at).toISOString(), ...fields});
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of each line; what is `undefined` is left out of it. The compiler lets no event of the contract go without an entry. */
const fieldsOf: {
	readonly [Type in ContractEvent['type']]: (event: Extract<ContractEvent, {readonly type: Type}>) => Fields;
} = {
	'run-started': ({runId, command, sandbox, endpointUrl, endpoints}) => ({
		...{schemaVersion, runId, command, sandbox, endpointUrl, endpoints},
	}),
	'check-finished': ({id, title, group, direction, result, evidence, problem}) => ({
		...{id, title, group, direction, result, evidence},
		problem: problem && problemFields(problem),
	}),
	'plan-made': ({plan: {operations, others}, endpoints}) => ({
		operations: operations.map(operationFields),
		rules: operations.flatMap(rulesAfter),
		others: others?.map(operationFields),
		endpoints,
	}),
	'undo-planned': ({plan: {runId, runs, steps, notes}, endpoints}) => ({
		operations: steps.map(({operation, reason}) => ({
			...operationFields(operation),
			reason: reason?.text ?? null,
		})),
		undoes: runId,
		undoesRuns: runs.map((run) => run.runId),
		...{notes, endpoints},
	}),
	'cause-found': ({ruleId, destination, key, versionId, reason, certainty, ...told}) => {
		const {headline, evidence, mend, document, fix} = told;
		return {
			...{ruleId, destination, key, versionId, reason, certainty, headline, evidence, mend, document},
			fix: fix && fix.map(operationFields),
		};
	},
	'run-listed': ({runId, command, startedAt, endpointUrl, endpoints, outcome, ...told}) => {
		const {leftToDo, leftToUndo, isForgotten = false, job, buckets, problem} = told;
		return {
			...{runId, command},
			startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
			...{endpointUrl, endpoints, outcome, leftToDo, leftToUndo, isForgotten, job, buckets},
			problem: problem && problemFields(problem),
		};
	},
	'operation-started': ({id, kind, target}) => ({id, kind, target}),
	'operation-retried': ({id, kind, target, reason, attempt, delayMs}) => ({
		...{id, kind, target, reason, attempt, delayMs},
	}),
	'operation-merged': ({id, kind, target, change, before = null, after = null}) => ({
		...{id, kind, target, change, before, after},
	}),
	'operation-finished': ({id, kind, target, change, durationMs, notes}) => ({
		...{id, kind, target, change, durationMs: Math.round(durationMs), notes},
	}),
	'operation-failed': ({id, kind, target, problem}) => ({
		...{id, kind, target, problem: problemFields(problem)},
	}),
	'object-uploaded': ({key, versionId, sizeBytes, ...way}) => ({
		...{key, versionId, sizeBytes, ...directionOf(way)},
	}),
	'object-resent': ({key, versionId, replaces, ...way}) => ({
		...{key, versionId, replaces, ...directionOf(way)},
	}),
	'object-replicated': ({key, versionId, destination, wasInterrupted, ...event}) => ({
		...{key, versionId, destination, ...delayOf(event)},
		wasInterrupted: wasInterrupted || undefined,
		...directionOf(event),
	}),
	'delete-marker-found': ({key, versionId, destinations, ...way}) => ({
		...{key, versionId, destinations, ...directionOf(way)},
	}),
	'delete-marker-replicated': ({key, versionId, destination, ...event}) => ({
		...{key, versionId, destination, ...delayOf(event), ...directionOf(event)},
	}),
	'object-failed': ({key, versionId, destination, problem, sendingAgain, ...way}) => ({
		...{key, versionId, destination, problem: problemFields(problem), sendingAgain},
		...directionOf(way),
	}),
	'failure-reason-received': ({key, versionId, destination, ruleId, reason, operation}) => ({
		...{key, versionId, destination, ruleId, reason, operation},
	}),
	'replication-metrics-read': ({ruleId, destination, ...metrics}) => ({
		...{ruleId, destination},
		failed: pointFields(metrics.failed),
		pendingOperations: pointFields(metrics.pendingOperations),
		pendingBytes: pointFields(metrics.pendingBytes),
		latencySeconds: pointFields(metrics.latencySeconds),
	}),
	'job-created': batchFields,
	'job-retried': batchFields,
	'job-progressed': batchFields,
	'job-finished': batchFields,
	'comparison-started': batchFields,
	'comparison-progressed': batchFields,
	'comparison-differed': batchFields,
	'comparison-finished': batchFields,
	'existing-seen': batchFields,
	'events-awaited': ({remainingMs}) => ({remainingMs: Math.round(remainingMs)}),
	'sandbox-started': ({endpointUrl, configFile, credentialsFile, profiles}) => ({
		...{endpointUrl, configFile, credentialsFile, profiles},
	}),
	'report-written': ({files}) => ({files}),
	'export-written': ({format, files, leftOut, nextStep}) => ({format, files, leftOut, nextStep}),
	'run-finished': ({outcome, operations, objects, delayMs, delaysLeftOut, causes, problem}) => ({
		...{outcome, operations, objects, delayMs},
		// None is no news.
		delaysLeftOut: delaysLeftOut || undefined,
		causes,
		problem: problem && problemFields(problem),
	}),
};

/** What happens to objects that exist already is told as it is; times in whole milliseconds. */
function batchFields({type: _type, ...fields}: BatchEvent): Fields {
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
function directionOf({direction, from}: {readonly direction?: Direction; readonly from?: string}): Fields {
	return direction === undefined ? {} : {direction, from};
}

function delayOf({
	delayMs,
	uncertaintyMs,
}: {
	readonly delayMs: number;
	readonly uncertaintyMs: number;
}): Fields {
	return {delayMs: Math.round(delayMs), uncertaintyMs: Math.round(uncertaintyMs)};
}

/** A value of CloudWatch's and its time, as the contract writes times. */
function pointFields(point: MetricPoint | null): {readonly at: string; readonly value: number} | null {
	return point && {at: new Date(point.at).toISOString(), value: point.value};
}

function operationFields(operation: Operation): Fields {
	const {id, kind, target, change, account, region, requires, direction, after, notes} = operation;
	const before = 'before' in operation ? (operation.before ?? null) : null;
	return {id, kind, target, change, account, region, requires, direction, before, after, notes};
}

function problemFields(problem: Problem): Fields {
	const {code, headline, nextSteps, documents} = problem;
	return {code, headline, cause: wholeCause(problem), nextSteps, documents};
}
