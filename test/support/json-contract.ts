type Event = {readonly type: string; readonly at: string; readonly [field: string]: unknown};
type Kind = (value: unknown) => boolean;

const text: Kind = (value) => typeof value === 'string' && value !== '';
const anyText: Kind = (value) => typeof value === 'string';
const flag: Kind = (value) => typeof value === 'boolean';
const whole: Kind = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const time: Kind = (value) =>
	typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
const orNull =
	(kind: Kind): Kind =>
	(value) =>
		value === null || kind(value);
const oneOf =
	(...values: readonly unknown[]): Kind =>
	(value) =>
		values.includes(value);
const listOf =
	(kind: Kind): Kind =>
	(value) =>
		Array.isArray(value) && value.every(kind);
const shape =
	(fields: Readonly<Record<string, Kind>>): Kind =>
	(value) =>
		typeof value === 'object' && value !== null && faultsIn(fields, value).length === 0;

const problem = shape({code: text, headline: text, cause: text, nextSteps: listOf(text)});
const point = shape({at: time, value: (value) => typeof value === 'number'});
const number: Kind = (value) => typeof value === 'number' && Number.isFinite(value);
const pair = {sourceBucket: text, destination: text};
const change = oneOf('create', 'update', 'keep', 'delete');
const outcomes = ['succeeded', 'failed', 'cancelled'];
const command = oneOf('wizard', 'plan', 'apply', 'watch', 'diagnose', 'export', 'batch', 'undo', 'sandbox');
const operation = {id: text, kind: text, target: text};
const object = {key: text, versionId: text};

/** The contract of `--json`: the fields each event has at least, and what stands in them. */
const contract: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
	'run-started': {schemaVersion: oneOf(1), runId: text, command, sandbox: flag, endpointUrl: orNull(text)},
	'check-finished': {
		id: text,
		title: text,
		group: oneOf('identity', 'source', 'destination', 'role', 'rules'),
		result: oneOf('ok', 'warning', 'problem', 'unknown'),
		evidence: anyText,
		problem: orNull(problem),
	},
	'plan-made': {operations: listOf(shape({...operation, change, account: text, region: text}))},
	'operation-started': operation,
	'operation-retried': {...operation, reason: text, attempt: whole, delayMs: whole},
	'operation-merged': {...operation, change},
	'operation-finished': {...operation, change, durationMs: whole},
	'operation-failed': {...operation, problem},
	'object-uploaded': {...object, sizeBytes: whole},
	'object-resent': {...object, replaces: text},
	'object-replicated': {...object, destination: orNull(text), delayMs: whole, uncertaintyMs: whole},
	'delete-marker-found': {...object, destinations: listOf(text)},
	'delete-marker-replicated': {...object, destination: text, delayMs: whole, uncertaintyMs: whole},
	// What could not even be uploaded has no version.
	'object-failed': {key: text, versionId: orNull(text), destination: orNull(text), problem},
	'cause-found': {
		ruleId: orNull(text),
		destination: orNull(text),
		key: orNull(text),
		versionId: orNull(text),
		reason: text,
		certainty: oneOf('certain', 'likely', 'possible'),
		headline: text,
		evidence: text,
		mend: text,
		document: orNull(shape({title: text})),
		fix: orNull(listOf(shape({...operation, change, account: text, region: text}))),
	},
	'failure-reason-received': {
		key: text,
		versionId: orNull(text),
		destination: text,
		ruleId: anyText,
		reason: text,
		operation: anyText,
	},
	'events-awaited': {remainingMs: whole},
	'replication-metrics-read': {
		ruleId: anyText,
		destination: text,
		failed: orNull(point),
		pendingOperations: orNull(point),
		pendingBytes: orNull(point),
		latencySeconds: orNull(point),
	},
	'run-listed': {
		runId: text,
		command: orNull(command),
		startedAt: orNull(time),
		endpointUrl: orNull(text),
		outcome: oneOf(...outcomes, 'unfinished', 'unreadable'),
		leftToUndo: orNull(whole),
	},
	'sandbox-started': {
		endpointUrl: text,
		configFile: text,
		credentialsFile: text,
		profiles: listOf(shape({name: text, accountId: text, region: text})),
	},
	'report-written': {files: listOf(text)},
	'export-written': {format: text, files: listOf(text), leftOut: listOf(text), nextStep: text},
	'existing-seen': {
		sourceBucket: text,
		kind: oneOf('listed', 'sampled'),
		looked: whole,
		left: whole,
		isMore: flag,
		command: text,
	},
	'job-created': {
		jobId: text,
		sourceBucket: text,
		account: text,
		region: text,
		madeBy: orNull(text),
		isNew: flag,
	},
	'job-retried': {jobId: text, reason: text, attempt: whole, delayMs: whole},
	'job-progressed': {
		jobId: text,
		status: text,
		total: orNull(whole),
		succeeded: whole,
		failed: whole,
		perSecond: orNull(number),
		remainingMs: orNull(whole),
		elapsedMs: whole,
	},
	'job-finished': {
		jobId: text,
		status: text,
		total: orNull(whole),
		succeeded: whole,
		failed: whole,
		isNothingToCopy: flag,
		failures: listOf(shape({reason: text, count: whole, means: text, mend: text})),
	},
	'comparison-started': {...pair, priceUsd: shape({from: number, to: number})},
	'comparison-progressed': {...pair, compared: whole, versions: whole, perSecond: number, elapsedMs: whole},
	'comparison-differed': {
		...pair,
		...object,
		number: whole,
		verdict: oneOf('missing', 'different', 'not-known'),
	},
	'comparison-finished': {
		...pair,
		...{same: whole, missing: whole, different: whole, notKnown: whole, young: whole, leftOut: whole},
		...{onlyThere: whole, versions: whole, elapsedMs: whole, isCut: flag},
		requests: shape({list: whole, head: whole}),
	},
	'run-finished': {
		outcome: oneOf(...outcomes),
		operations: shape({created: whole, updated: whole, kept: whole, deleted: whole}),
		objects: shape({uploaded: whole, replicated: whole, failed: whole, pending: whole}),
		delayMs: orNull(shape({p50: whole, p95: whole, p99: whole, max: whole})),
		problem: orNull(problem),
	},
};

/** What of a command's events is not as the contract says; empty where all is. */
export function contractFaults(events: readonly Event[]): readonly string[] {
	return [...events.flatMap(fieldFaults), ...orderFaults(events)];
}

function fieldFaults(event: Event): readonly string[] {
	const fields = contract[event.type];
	if (!fields) return [`${event.type}: the contract does not have it`];
	return faultsIn({at: time, ...fields}, event).map((field) => `${event.type}: ${field}`);
}

function faultsIn(fields: Readonly<Record<string, Kind>>, value: object): readonly string[] {
	return Object.entries(fields).flatMap(([field, kind]) =>
		kind((value as Record<string, unknown>)[field]) ? [] : [field],
	);
}

/** Runs begin with `run-started` and end with `run-finished`, which a usage error is alone; a list of runs is no run. */
function orderFaults(events: readonly Event[]): readonly string[] {
	const types = events.map(({type}) => type);
	const isList = types.every((type) => type === 'run-listed');
	const isRuns = /^(run-started (?!run-started )(?:(?!run-)\S+ )*run-finished )+$/.test(
		types.map((type) => `${type} `).join(''),
	);
	const isUsage = types.join() === 'run-finished' && events[0]?.['outcome'] === 'failed';
	return [
		...(isList || isRuns || isUsage ? [] : [`The order is ${types.join(' ')}`]),
		...events
			.filter((event, index) => event.at < (events[index - 1]?.at ?? ''))
			.map(({type}) => `${type} is earlier than what stands before it`),
		...unannounced(events, /^operation-(retried|finished|failed)$/, ['operation-started'], ['id']),
		...unannounced(events, /^object-replicated$/, ['object-uploaded', 'object-resent'], ['key', 'versionId']),
	];
}

/** Events that speak of something no event before them has named. */
function unannounced(
	events: readonly Event[],
	pattern: RegExp,
	announcing: readonly string[],
	names: readonly string[],
): readonly string[] {
	const nameOf = (event: Event): string => names.map((name) => String(event[name])).join(' ');
	const known = new Set<string>();
	const faults: string[] = [];
	for (const event of events) {
		if (announcing.includes(event.type)) known.add(nameOf(event));
		else if (pattern.test(event.type) && !known.has(nameOf(event)))
			faults.push(`${event.type} of ${nameOf(event)}, which nothing announced`);
	}

	return faults;
}
