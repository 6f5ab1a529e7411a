import type {Answers} from '../domain/answers/answers.js';
import {batchSummary} from '../domain/batch/batch-summary.js';
import {
	applyCommand,
	batchCommandOf,
	diagnoseCommandOf,
	exportCommandOf,
	undoCommandOf,
	watchCommandOf,
} from '../domain/answers/command-line.js';
import {deletesFiles} from '../domain/operations/delete-objects.js';
import type {Plan} from '../domain/plan/plan.js';
import {type SummaryInput, summaryLines} from './summary.js';
import {changedKindsOf} from '../session/state/run-state.js';
import {jobLeft} from '../session/state/job-left.js';
import type {Session} from '../session/session.js';
import {jsonLine} from './json-line.js';
import type {Line} from './line.js';
import {textLines} from './text-lines.js';
import {createUnchangedJob} from './unchanged-job.js';
import {createWatchHeartbeat, type WriterClock} from './watch-heartbeat.js';

type WriterOptions = {
	/** The contract's JSON lines instead of lines for people. */
	readonly isJson: boolean;
	/** Whether a plan is written with its documents. */
	readonly showsDocuments: boolean;
	/** Whether lines for people may have colours. */
	readonly hasColour?: boolean;
	/** Whether the summary names the command that does the same. */
	readonly showsCommand: boolean;
	/** The options that a sandbox was started with, as words of that command. */
	readonly sandboxWords?: readonly string[];
	readonly clock: WriterClock;
	/** How often a long watch says how far it is; `usualHeartbeatMs` by default. */
	readonly heartbeatMs?: number;
	/** Writes one line; what others wrote stands in it as it is, except in JSON. */
	readonly write: (line: Line) => void;
};

/** Writes a session as lines while it goes on: the same events that the screens show. Gives the function that stops it. */
export function writeSession(session: Session, options: WriterOptions): () => void {
	const {isJson, showsDocuments, hasColour, clock, heartbeatMs, write} = options;
	const heartbeat = createWatchHeartbeat(session, clock, write, heartbeatMs);
	const isUnchangedJob = createUnchangedJob();
	const end = session.onEvent((event) => {
		if (isJson) {
			const line = jsonLine(event);
			if (line !== undefined) write(line);
			return;
		}

		if (heartbeat.isQuiet(event) || isUnchangedJob(event)) return;
		for (const line of textLines(event, {showsDocuments, hasColour})) {
			write(line);
			heartbeat.wrote();
		}

		if (event.type === 'run-finished')
			for (const line of sessionSummary(session, options.showsCommand, options.sandboxWords)) write(line);
	});
	return () => {
		heartbeat.stop();
		end();
	};
}

/**
 * The summary of a session that is over, as it stays in the scrollback.
 *
 * @param sandboxWords the options that its sandbox was started with, as words
 */
export function sessionSummary(
	session: Session,
	showsCommand: boolean,
	sandboxWords: readonly string[] = [],
): readonly string[] {
	const {run, answers, isRecorded, testFileFolder, alsoUndoable} = session.getState();
	if (!run.finished) return [];
	const {outcome, objects} = run.finished;
	// Left before there was anything to sum up.
	if (outcome === 'cancelled' && !run.plan && !run.undo && objects.uploaded === 0)
		return ['– Cancelled: nothing was changed'];
	const isSandbox = answers.environment === 'sandbox';
	const isCleanedUp = run.operations.some(
		({operation, state}) => deletesFiles(operation) && state === 'done',
	);
	const hasTestFiles = session.watchView.objectCounts().uploaded > 0 && !isCleanedUp;
	const {ends} = session.watchView;
	const bucket = hasTestFiles ? ends?.sourceBucket : undefined;
	const hasWritten = run.operations.some(
		({operation: {change}, state}) => (change === 'create' || change === 'update') && state !== 'waiting',
	);
	// A change that failed may have been made all the same: the record knows of it.
	const isLeftToUndo = isRecorded && !run.undo && (hasWritten || hasTestFiles);
	return [
		'',
		...summaryLines({
			...run.finished,
			...(run.batch ? {batch: batchSummary(run.batch)} : {}),
			changedKinds: changedKindsOf(run),
			reportFiles: run.reportFiles,
			exported: run.exported,
			exportCommand: exportCommandFor(session, showsCommand),
			leadOn: leadOnFor(session, showsCommand),
			leftNotes: [...run.operations.flatMap(({notes = []}) => notes), ...jobNotes(session)],
			plan: run.undo ? undefined : run.plan,
			undo: run.undo,
			undoCommand: isLeftToUndo
				? undoCommandOf(session.getState().recordedAs ?? session.runId, run.endpointUrl)
				: run.undo && undoCommandOf(run.undo.runId, run.endpointUrl, run.undo.standIns),
			alsoUndoCommand: alsoUndoable && undoCommandOf(alsoUndoable.header.runId, run.endpointUrl),
			isSandbox,
			watched: watchedOf(session),
			testFiles:
				bucket === undefined || testFileFolder === undefined
					? undefined
					: {
							bucket,
							prefix: testFileFolder,
							otherBuckets: ends?.homes,
						},
			command:
				showsCommand && run.plan && !run.plan.others && !run.undo
					? againCommandOf(session, run.plan, isSandbox ? sandboxWords : [])
					: undefined,
		}),
	];
}

/** A job that was left in a run that went on with something else. */
function jobNotes(session: Session): readonly string[] {
	const state = session.getState();
	if (state.run.finished?.outcome === 'cancelled') return [];
	const left = jobLeft(state);
	return left ? [`the job ${state.run.batch?.job?.jobId ?? ''}. ${left.cause}`, ...left.nextSteps] : [];
}

/** The command that does the same without questions: a set-up, or a job for objects that exist already. */
function againCommandOf(session: Session, plan: Plan, besides: readonly string[]): string {
	const {run, answers, errand, destinationProfiles} = session.getState();
	if (errand !== 'copy') return commandOf(answers, plan, run.endpointUrl, besides);
	const {bucket, profile} = plan.source;
	return batchCommandOf({bucket, profile, destinationProfiles}, run.endpointUrl);
}

/** Of a set-up that is as planned, or was looked at. */
function exportCommandFor(session: Session, showsCommand: boolean): string | undefined {
	const {run} = session.getState();
	const {plan, diagnosed} = run;
	if (diagnosed && !plan) return exportCommandOf(diagnosed, run.endpointUrl);
	if (!showsCommand || !plan || plan.others || run.undo) return undefined;
	const left = plan.operations.filter(({id, change}) => {
		const done = run.operations.find(({operation}) => operation.id === id);
		return change !== 'keep' && done?.state !== 'done';
	});
	if (left.length > 0) return undefined;
	const {source, destination} = plan;
	return exportCommandOf({...source, destinationProfiles: [destination.profile]}, run.endpointUrl);
}

/** What watches, and diagnoses, what this run has set up. */
function leadOnFor(session: Session, showsCommand: boolean): SummaryInput['leadOn'] {
	const {run} = session.getState();
	const {plan} = run;
	const isSetUp = run.operations.some(({state}) => state === 'done');
	if (!showsCommand || !plan || plan.others || run.undo || !isSetUp) return undefined;
	const of = {...plan.source, destinationProfiles: [plan.destination.profile]};
	return {
		watch: watchCommandOf(of, run.endpointUrl),
		diagnose: diagnoseCommandOf(of, run.endpointUrl),
	};
}

function watchedOf({watchView, getState}: Session): SummaryInput['watched'] {
	const {ends} = watchView;
	if (!ends) return undefined;
	const {sourceBucket: bucket, sourceProfile: profile} = ends;
	const unmatchedCount = watchView.counts(0).objects.unmatched;
	const query = {sort: 'newest', filter: 'unmatched', offset: 0, limit: 1} as const;
	const [one] = unmatchedCount === 0 ? [] : watchView.rows(query, 0).rows;
	const {run, destinationProfiles} = getState();
	const of = {bucket, profile, destinationProfiles};
	const why = one && {whyCommand: diagnoseCommandOf(of, run.endpointUrl, one.key)};
	const destinations = ends.destinations.map((one) => one.bucket);
	return {bucket, destinations, unmatchedCount, ...why};
}

/** The command names what was planned: the role and the rule that are there already take the place of the defaults. */
function commandOf(
	answers: Answers,
	{roleName, ruleId}: Plan,
	endpointUrl: string | null,
	besides: readonly string[],
): string {
	const named = answers.roleName === undefined ? answers : {...answers, roleName, ruleId};
	return applyCommand(named, endpointUrl, besides);
}
