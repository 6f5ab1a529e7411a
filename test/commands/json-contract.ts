/** The contract of `--json`: the fields each event has at least. */
export const contract: Readonly<Record<string, readonly string[]>> = {
	'run-started': ['schemaVersion', 'runId', 'command', 'sandbox', 'endpointUrl'],
	'check-finished': ['id', 'title', 'group', 'result', 'evidence', 'problem'],
	'plan-made': ['operations'],
	'operation-started': ['id', 'kind', 'target'],
	'operation-retried': ['id', 'kind', 'target', 'reason', 'attempt', 'delayMs'],
	'operation-finished': ['id', 'kind', 'target', 'change', 'durationMs'],
	'operation-failed': ['id', 'kind', 'target', 'problem'],
	'object-uploaded': ['key', 'versionId', 'sizeBytes'],
	'object-resent': ['key', 'versionId', 'replaces'],
	'object-replicated': ['key', 'versionId', 'destination', 'delayMs', 'uncertaintyMs'],
	'object-failed': ['key', 'versionId', 'destination', 'problem'],
	'run-listed': ['runId', 'command', 'startedAt', 'endpointUrl', 'outcome', 'leftToUndo'],
	'sandbox-started': ['endpointUrl', 'configFile', 'credentialsFile', 'profiles'],
	'run-finished': ['outcome', 'operations', 'objects', 'delayMs', 'problem'],
};

/** What of a list of events is not as the contract says; empty where all is. */
export function contractFaults(
	events: ReadonlyArray<{readonly type: string; readonly at: string}>,
): readonly string[] {
	return events.flatMap((event) => {
		const fields = contract[event.type];
		const missing = (fields ?? ['(an event the contract does not have)']).filter(
			(field) => !(field in event),
		);
		const hasTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(event.at);
		return [...missing.map((field) => `${event.type}: ${field}`), ...(hasTime ? [] : [`${event.type}: at`])];
	});
}
