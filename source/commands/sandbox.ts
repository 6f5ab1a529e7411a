import {quoted} from '../domain/text/shell-word.js';
import type {ContractEvent, RunEvent} from '../domain/event.js';
import {fixable, messageOf} from '../domain/problem.js';
import {type ExitCode, exitCodes} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {jsonLine} from '../headless/json-line.js';
import type {ReplicationEntry, RequestEntry} from '../sandbox/start-sandbox.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {readFaults, unreadFaults} from './services/sandbox-pace.js';
import {nothingDone, refuse} from './run-lines.js';
import {createServices} from './services/services.js';

/** `s3-replicate sandbox`: serves S3, IAM, STS, KMS, SQS, S3 Control and CloudWatch's metrics of replication to any AWS client until Ctrl-C, and then exits with 0. */
export async function sandboxCommand(host: Host, given: ArgumentsOf<'sandbox'>): Promise<ExitCode> {
	const {parseFaults, startSandbox} = await import('../sandbox/start-sandbox.js');
	const {log, flush} = makeLineLog((lines) => writeLines(host.stderr, lines));
	const stopped = new Promise<void>((resolve) => {
		host.onInterrupt(resolve);
	});
	const faults = await readFaults(given.faults, parseFaults);
	if (!faults.ok) {
		refuse(host, unreadFaults(given.faults ?? '', faults.reason), given);
		return exitCodes.failed;
	}

	let sandbox: Awaited<ReturnType<typeof startSandbox>>;
	try {
		sandbox = await startSandbox({
			port: given.port,
			partition: given.partition,
			directory: given.directory,
			latencyMs: given.latency,
			replicationDelayMs: given.replicationDelay,
			propagationDelayMs: given.propagationDelay,
			batchObjectsPerSecond: given.batchRate,
			batchReportColumns: given.batchColumns,
			seed: given.seed,
			faults: faults.rules,
			onRequest: (entry) => log(requestLine(entry)),
			onReplication: (entry) => log(replicationLine(entry, host.clock.now())),
		});
	} catch (error) {
		const problem = fixable('sandbox-not-started', 'Cannot start the sandbox', messageOf(error), [
			'Choose another --port, or leave it out: any free one is taken then.',
			'Choose an empty --directory, or leave it out: a new private folder is made then.',
		]);
		refuse(host, problem, given);
		return exitCodes.failed;
	}

	const {endpointUrl, configFile, credentialsFile, profiles} = sandbox;
	const write = (event: RunEvent): void => {
		if (!given.json) return;
		writeLines(host.stdout, [jsonLine({...event, at: host.clock.now()}) ?? '']);
	};

	const runId = createServices(host.environment, undefined).newRunId();
	write({type: 'run-started', runId, command: 'sandbox', sandbox: true, endpointUrl});
	write({type: 'sandbox-started', endpointUrl, configFile, credentialsFile, profiles});
	if (!given.json) writeLines(host.stdout, greeting(sandbox));
	await stopped;
	await sandbox.close();
	flush();
	write({
		type: 'run-finished',
		outcome: 'succeeded',
		...nothingDone,
		problem: null,
	});
	return exitCodes.done;
}

/** What to paste into another terminal. */
function greeting(
	sandbox: Omit<Extract<ContractEvent, {readonly type: 'sandbox-started'}>, 'type'>,
): readonly string[] {
	const {endpointUrl, configFile, credentialsFile, profiles} = sandbox;
	return [
		`The sandbox serves at ${endpointUrl} until Ctrl-C: S3, S3 Control, IAM, STS, KMS, SQS, CloudWatch.`,
		...profiles.map(
			({name, accountId, region}) => `  profile ${name.padEnd(12)} account ${accountId}  ${region}`,
		),
		'',
		'Paste this into another terminal, and its AWS clients use the sandbox:',
		'',
		`export AWS_ENDPOINT_URL=${endpointUrl}`,
		`export AWS_CONFIG_FILE=${quoted(configFile)}`,
		`export AWS_SHARED_CREDENTIALS_FILE=${quoted(credentialsFile)}`,
		`export AWS_PROFILE=${profiles[0]?.name ?? 'source'}`,
	];
}

function requestLine({at, service, operation, durationMs, ...entry}: RequestEntry): string {
	const {target = '-', accountId = '-', status, errorCode = '-'} = entry;
	const parts = [new Date(at).toISOString(), service, operation, target, accountId, status, errorCode];
	return `${parts.join(' ')} ${Math.round(durationMs)} ms`;
}

function replicationLine(entry: ReplicationEntry, now: number): string {
	const {bucket, key, versionId, destination, ruleId, outcome, event, failureReason} = entry;
	const reason = failureReason === undefined ? '' : ` failureReason=${failureReason}`;
	const told = event === undefined ? '' : ` event=${event}`;
	return `${new Date(now).toISOString()} replication ${outcome} ${bucket}/${key} ${versionId} → ${destination} rule ${ruleId}${reason}${told}`;
}

/** Lines that are written together, and what writes those that wait. */
type LineLog = {readonly log: (line: string) => void; readonly flush: () => void};

/**
 * Takes what writes lines, gives a log that writes the lines of one turn of the event loop at once: standard error is
 * written synchronously, and a write for every request would take longer than to answer it.
 */
function makeLineLog(write: (lines: readonly string[]) => void): LineLog {
	let waiting: string[] = [];
	const flush = (): void => {
		if (waiting.length > 0) write(waiting);
		waiting = [];
	};
	return {
		log: (line) => {
			if (waiting.length === 0) setImmediate(flush);
			waiting.push(line);
		},
		flush,
	};
}
