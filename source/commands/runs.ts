import {runEndpointOf} from '../domain/record/recorded-place.js';
import {defaultChain} from '../domain/answers/answers.js';
import {jobCommandOf, undoCommandOf} from '../domain/answers/command-line.js';
import {isJobOver} from '../domain/observed/batch-job.js';
import {handOverLines} from '../domain/hand-over/open-hand-over.js';
import {fixable} from '../domain/problem.js';
import type {RunEvent, Stamped} from '../domain/event.js';
import {isOvertaken} from '../domain/record/resumable.js';
import {leftToUndo, type ReadRecord, type RecordedJob, type RunRecord} from '../domain/record/run-record.js';
import {exitCodes, type ExitCode} from '../command-line/exit-code.js';
import type {ArgumentsOf} from '../command-line/options.js';
import {loaded} from '../session/state/loadable.js';
import {jsonLine} from '../headless/json-line.js';
import {textLines} from '../headless/text-lines.js';
import {writeLines} from './host/door.js';
import type {Host} from './host/host.js';
import {handOverFiles} from './files/hand-over-files.js';
import {recordFiles} from './files/record-files.js';
import {refuse} from './run-lines.js';
import {arrivalFolders} from './services/services.js';
import {stateDirectory} from './files/state-directory.js';

/** `s3-replicate runs`: the runs recorded on this machine, newest first, and the hand-overs that are open. Asks nothing of AWS and changes nothing. */
export async function runsCommand(host: Host, given: ArgumentsOf<'runs'>): Promise<ExitCode> {
	const isJson = Boolean(given.json);
	const directory = stateDirectory(host.environment, process.platform);
	const read = await loaded(async () => recordFiles(directory).list());
	if (read.state === 'failed') {
		refuse(host, read.problem, given);
		return exitCodes.failed;
	}

	const {value: found} = read;
	const write = (line: string): void => {
		writeLines(host.stdout, [line]);
	};
	for (const [index, record] of found.entries()) {
		const later = found.slice(0, index).flatMap((one) => (one.ok ? [one.record] : []));
		const event: Stamped<RunEvent> = {...listed(record, later), at: host.clock.now()};
		if (isJson) write(jsonLine(event) ?? '');
		else for (const line of textLines(event, {showsDocuments: false})) write(line);
	}

	if (isJson) return exitCodes.done;
	if (found.length === 0) write(`No run is recorded in ${directory}.`);
	const left = found.find((one) => one.ok && leftToUndo(one.record) > 0);
	if (left?.ok)
		writeLines(host.stdout, ['', `Undo one, such as the newest: ${undoCommandFor(left.record.header)}`]);
	const open = await handOverFiles(directory, arrivalFolders(host.environment)).list();
	if (open.length > 0) writeLines(host.stdout, ['', ...open.flatMap(handOverLines)]);
	return exitCodes.done;
}

function listed(
	found: ReadRecord,
	later: readonly RunRecord[],
): Extract<RunEvent, {readonly type: 'run-listed'}> {
	const {runId} = found;
	if (!found.ok) {
		return {
			type: 'run-listed',
			runId,
			command: null,
			startedAt: null,
			endpointUrl: null,
			endpoints: null,
			outcome: 'unreadable',
			leftToDo: null,
			leftToUndo: null,
			buckets: [],
			problem: found.problem,
		};
	}

	const {record} = found;
	const {command, at, endpointUrl, endpoints, ends} = record.header;
	return {
		type: 'run-listed',
		runId,
		command,
		startedAt: at,
		endpointUrl,
		endpoints: endpoints ?? null,
		outcome: record.outcome,
		leftToDo: isOvertaken(record, later) ? 0 : record.leftToDo,
		leftToUndo: leftToUndo(record),
		isForgotten: record.isForgotten,
		...(record.job ? {job: {...record.job, follow: followCommandOf(record, record.job)}} : {}),
		buckets: ends.map(({bucket}) => bucket),
		problem: record.isCutOff ? cutOff(record.header) : null,
	};
}

function followCommandOf({header}: RunRecord, {jobId, status}: RecordedJob): string | null {
	if (status !== null && isJobOver(status)) return null;
	const {region = '', profile = defaultChain} = header.ends[0] ?? {};
	return jobCommandOf(jobId, {region, profile}, runEndpointOf(header) ?? null);
}

function undoCommandFor(header: RunRecord['header']): string {
	return undoCommandOf(header.runId, runEndpointOf(header) ?? null);
}

/** What can be read of it can be relied on. */
function cutOff(header: RunRecord['header']) {
	return fixable(
		'record-cut-off',
		`Record of run ${header.runId} ends in a partial line`,
		'It stopped while writing that line. Each line is on disk before its change begins: the earlier lines are complete.',
		[`Undo it: ${undoCommandFor(header)}`],
	);
}
