import {deletionIdOf} from '../operations/delete-objects.js';
import {recordedVersion} from './own-files.js';
import {fixable, type Problem} from '../problem.js';
import {recordedEndpoint} from '../endpoint/recorded-endpoint.js';
import type {
	FileEnd,
	ReadRecord,
	RecordedJob,
	RecordedStep,
	RecordLine,
	RunHeader,
	RunRecord,
} from './run-record.js';
import {withRecordedText} from './recorded-text.js';
import {isRecord} from '../../policy/json-shape.js';
import {isLine} from './record-lines.js';
import {testFileFolder} from '../watch/test-file.js';
import {createsJob} from '../operations/create-job.js';

const recordSchemaVersion = 1;

/**
 * A record's text as a run. Never throws: what is not as this program writes it is a problem of that run alone.
 * A last line without its end was cut off in the middle of being written; the write it announces had not begun then, because
 * a line is flushed before. So the rest can be relied on.
 */
export function readRecord(runId: string, file: string, text: string): ReadRecord {
	const end = text.lastIndexOf('\n') + 1;
	const isCutOff = end < text.length;
	const lines: unknown[] = [];
	const refused = (problem: Problem): ReadRecord => ({ok: false, runId, problem});
	const broken = (cause: string): ReadRecord => refused(unreadable(runId, file, cause));
	for (const [index, line] of text.slice(0, end).split('\n').slice(0, -1).entries()) {
		try {
			lines.push(JSON.parse(line));
		} catch {
			return broken(`Line ${index + 1} is no JSON.`);
		}
	}

	const [first] = lines;
	if (first === undefined) return refused(notBegun(runId, file));
	if (!isRecord(first) || first.type !== 'run' || typeof first.schemaVersion !== 'number')
		return broken('Its first line does not say what run it is of.');

	if (first.schemaVersion !== recordSchemaVersion) return refused(newer(runId, file, first.schemaVersion));
	if (first.runId !== runId) return broken('Its first line is that of another run.');
	const fault = lines.findIndex((line, index) => !isLine(line, index));
	if (fault >= 0) return broken(`Line ${fault + 1} is not one that this program writes.`);

	const elsewhere = lines.findIndex((line) => isElsewhere(line as RecordLine, runId));
	if (elsewhere >= 0) return refused(notOurFolder(runId, file, elsewhere + 1));
	return {ok: true, runId, record: folded(lines as readonly RecordLine[], isCutOff)};
}

function folded(lines: readonly RecordLine[], isCutOff: boolean): RunRecord {
	const steps = new Map<number, RecordedStep>();
	const recorded = new Map<number, Set<string>>();
	const planned = new Set<string>();
	let plannedCount = 0;
	let isForgotten = false;
	let seen: RecordedJob | undefined;
	let outcome: RunRecord['outcome'] = 'unfinished';
	const change = (step: number, next: (existing: RecordedStep) => RecordedStep): void => {
		const existing = steps.get(step);
		if (existing) steps.set(step, next(existing));
	};

	for (const line of lines) {
		switch (line.type) {
			case 'run': {
				break;
			}

			case 'planned': {
				planned.clear();
				for (const id of line.operations) planned.add(id);
				plannedCount = planned.size;
				break;
			}

			case 'before': {
				const {step, profile} = line;
				const operation = withRecordedText(line.operation, line.beforeText);
				steps.set(step, {kind: 'operation', step, profile, operation, outcome: 'unknown', undo: 'open'});
				break;
			}

			case 'after': {
				change(line.step, (existing) => {
					if (existing.kind !== 'operation') return {...existing, outcome: line.outcome};
					if (line.outcome === 'done') planned.delete(existing.operation.id);
					return {...existing, outcome: line.outcome, code: line.code, answer: line.answer};
				});
				break;
			}

			case 'image': {
				change(line.step, (existing) =>
					existing.kind === 'operation' ? {...existing, image: line.image} : existing,
				);
				break;
			}

			case 'uploaded': {
				const {step, prefix, ends, isMarked = false} = line;
				const versions = new Set<string>();
				recorded.set(step, versions);
				steps.set(step, {
					kind: 'files',
					step,
					prefix,
					recorded: versions,
					isComplete: false,
					isMarked,
					ends,
					outcome: 'done',
					undo: 'open',
				});
				break;
			}

			case 'versions': {
				for (const [name, versionId] of line.versions)
					recorded.get(line.step)?.add(recordedVersion(name, versionId));
				if (line.isComplete) change(line.step, (existing) => ({...existing, isComplete: true}));
				break;
			}

			case 'ended': {
				outcome = line.outcome;
				seen = line.job ?? seen;
				break;
			}

			case 'forgotten': {
				isForgotten = true;
				for (const step of steps.keys())
					change(step, (existing) => (existing.undo === 'open' ? {...existing, undo: 'left'} : existing));
				break;
			}

			case 'undo-before': {
				if (line.operation.change === 'keep') break;
				for (const step of line.steps) change(step, (existing) => ({...existing, isUndoBegun: true}));
				break;
			}

			case 'undo-after': {
				const {outcome: undo, id} = line;
				for (const step of line.steps) {
					change(step, (begun) => {
						const existing: RecordedStep = {...begun, isUndoBegun: undefined};
						if (undo === 'failed') return existing;
						return {...afterUndo(existing, id, undo), undoAt: line.at, isNeeded: line.isNeeded};
					});
				}

				break;
			}
		}
	}

	const isTakenBack = [...steps.values()].some(({undo}) => undo !== 'open');
	const header = lines[0] as RunHeader;
	const job = jobOf(steps.values(), seen);
	return {
		header: {...header, endpointUrl: recordedEndpoint(header.endpointUrl)},
		outcome,
		leftToDo: isTakenBack || isForgotten ? 0 : planned.size,
		unmadeCount: planned.size,
		isForgotten,
		...(job ? {job} : {}),
		plannedCount,
		steps: [...steps.values()],
		isCutOff,
	};
}

/** Files are deleted bucket by bucket: the step is over when none is left to delete. */
function afterUndo(existing: RecordedStep, id: string, undo: 'undone' | 'left'): RecordedStep {
	if (existing.kind !== 'files') return {...existing, undo};
	const isMeant = ({bucket}: FileEnd): boolean => id === deletionIdOf(bucket);
	const ends =
		undo === 'left'
			? existing.ends.map((end) => (isMeant(end) ? {...end, isLeft: true} : end))
			: existing.ends.filter((end) => !isMeant(end));
	if (ends.length === 0) return {...existing, ends, undo: 'undone'};
	return {...existing, ends, undo: ends.every(({isLeft}) => isLeft) ? 'left' : 'open'};
}

/**
 * Whether a line speaks of test files that are not in a folder of the run's own, at the start of a bucket or behind a rule's prefix.
 * Such a record was edited; what it names may be anybody's.
 */
function isElsewhere(line: RecordLine, runId: string): boolean {
	return line.type === 'uploaded' && !line.prefix.endsWith(testFileFolder(runId));
}

function unreadable(runId: string, file: string, cause: string): Problem {
	return fixable('record-unreadable', `Cannot read run ${runId}`, `${file}: ${cause}`, [
		'Look into the file: each line is JSON, and a “before” line has what was there in operation.before.',
		'Other runs are not concerned: s3-replicate runs',
	]);
}

/** A run whose first line is not whole: it was killed before, or begins right now. Nothing was changed, and nothing is left to take back. */
export function hasNotBegun(found: ReadRecord): boolean {
	return !found.ok && found.problem.code === notBegunCode;
}

const notBegunCode = 'record-empty';

function notBegun(runId: string, file: string): Problem {
	return fixable(
		notBegunCode,
		`Cannot read run ${runId}: it never began`,
		`${file} has no complete line: the run was stopped before its first change.`,
		['Nothing was changed. Delete the file.'],
	);
}

function notOurFolder(runId: string, file: string, line: number): Problem {
	return fixable(
		'record-edited',
		`Refused the record of the run ${runId}`,
		`${file}: line ${line} names test files outside ${testFileFolder(runId)}. This program writes no such line.`,
		['Restore the record from a copy.', 'Nothing was deleted. Delete the test files by hand if you must.'],
	);
}

function newer(runId: string, file: string, version: number): Problem {
	return fixable(
		'record-too-new',
		`Cannot read run ${runId}: another version wrote it`,
		`${file} is of schema version ${version}; this program reads version ${recordSchemaVersion}.`,
		['Use the version of s3-replicate that made the run, or a newer one.'],
	);
}

/** The job that a run has made and that no undo has looked after. Pure. */
function jobOf(steps: Iterable<RecordedStep>, seen: RecordedJob | undefined): RecordedJob | undefined {
	const made = [...steps].findLast((step) => step.kind === 'operation' && createsJob(step.operation));
	if (made?.kind !== 'operation' || made.undo !== 'open' || made.answer?.jobId === undefined)
		return undefined;
	const {jobId} = made.answer;
	return {jobId, status: seen?.jobId === jobId ? seen.status : null};
}
