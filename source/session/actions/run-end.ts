import {stepsAfterSandbox} from '../../domain/text/run-again.js';
import {defaultChain} from '../../domain/answers/answers.js';
import type {Command, ObjectCounts, RunEvent} from '../../domain/event.js';
import {fileCount} from '../../domain/run-figures.js';
import {diagnoseStep, mendStep} from '../../domain/answers/command-line.js';
import {changeCount} from '../../domain/plan/plan.js';
import {cancelled, fixable, joined, type Problem} from '../../domain/problem.js';
import {cancelledProblem, watchEnded} from './cancelled-problem.js';
import {jobLeft} from '../state/job-left.js';
import {operationCounts} from '../state/run-state.js';
import type {SessionState} from '../state/session-state.js';
import {failedObjects, replicatedIn, type WatchView} from '../watch/watch-view.js';

type RunEndOptions = {
	readonly command: Command;
	readonly timeoutMs?: number;
	readonly watch: Pick<WatchView, 'causes' | 'ends' | 'objectCounts' | 'runFigures' | 'counts' | 'rows'>;
	/** Outweighs what can be derived; `null` says that there is none. */
	readonly problem?: Problem | null;
};

type RunFinished = Omit<Extract<RunEvent, {readonly type: 'run-finished'}>, 'type'>;

/** How a run ended, from all that is known of it: cancelled by the person, failed with a problem, or well. Pure. */
export function runEnd(
	state: SessionState,
	{command, timeoutMs, problem, watch}: RunEndOptions,
): RunFinished {
	const {run, answers, interrupts, planning, applyProblem, watchProblem, countsOthers} = state;
	const left = command === 'wizard' && isLeftEarly(state) ? leftProblem : undefined;
	const planned = planning.state === 'failed' ? joined(planning.problems) : undefined;
	const failed = run.operations.find((progress) => progress.state === 'failed')?.problem;
	// What became of files that have been taken back is no matter any more.
	const watched = run.undo
		? undefined
		: (watchProblem ?? left ?? shortfall(state, {watch, command, timeoutMs}));
	// A job that somebody came for is not done while it waits for a yes, or runs on.
	const jobWaits = command === 'wizard' && state.errand === 'copy' ? jobLeft(state) : undefined;
	const derived = planned ?? applyProblem ?? failed ?? state.copyProblem ?? jobWaits ?? watched ?? left;
	const found = problem === null ? undefined : (problem ?? derived);
	const isCancelled = interrupts > 0 || found?.kind === 'cancelled';
	const {objects, delays, delaysLeftOut} = watch.runFigures(countsOthers);
	return {
		outcome: isCancelled ? 'cancelled' : found ? 'failed' : 'succeeded',
		operations: operationCounts(run),
		objects,
		delayMs: delays.figures(),
		...(delaysLeftOut > 0 ? {delaysLeftOut} : {}),
		...(command === 'diagnose' || (!found && isDiagnosed(state)) ? {causes: run.causes ?? noCauses} : {}),
		problem: isCancelled
			? cancelledProblem(state, found, {ends: watch.ends, counts: objects, command})
			: found && answers.environment === 'sandbox'
				? {...found, nextSteps: stepsAfterSandbox(found.nextSteps)}
				: (found ?? null),
	};
}

/** What is missing to a success where nothing failed outright: files that did not arrive. */
function shortfall(
	{answers, countsOthers, filesWanted, isWatchStopped, run}: SessionState,
	{watch, command, timeoutMs}: Pick<RunEndOptions, 'watch' | 'command' | 'timeoutMs'>,
): Problem | undefined {
	const counts = watch.objectCounts(countsOthers);
	if (counts.failed > 0) return filesFailed(counts, {watch, command}, run.endpointUrl);
	const ofRun = watch.runFigures(countsOthers);
	if (ofRun.objects.failed > 0) return earlierFailed(ofRun, run.endpointUrl);
	const wanted = Math.max(filesWanted, counts.uploaded);
	const arrived = counts.replicated;
	// What an earlier watch left under way is not there either, as far as anybody knows.
	if (arrived >= wanted) return ofRun.objects.pending > counts.pending ? watchEnded : undefined;
	// Who ends the watch has cancelled it: what is pending has not failed.
	if (timeoutMs === undefined || isWatchStopped) return watchEnded;
	const limit = `after ${Math.round(timeoutMs / 1000)} s`;
	const longer = 'wait longer: --timeout SECONDS.';
	// Of a sandbox nothing is left that could be looked at later.
	const steps =
		answers.environment === 'sandbox'
			? [`Start again, and ${longer}`]
			: [`Watch again, or ${longer}`, 'Look at the files in the destination bucket later.'];
	return fixable(
		'files-pending',
		`${wanted - arrived} of ${wanted} test files had not arrived ${limit}`,
		'Without replication time control S3 promises no time; most objects take under 15 minutes.',
		steps,
	);
}

/** Files that failed in a watch of other buckets before the last: they belong to the run as well, whose figures have them. */
function earlierFailed(
	{objects, failedIn}: ReturnType<WatchView['runFigures']>,
	endpointUrl: string | null,
): Problem {
	return fixable(
		'files-failed',
		`Cannot replicate ${objects.failed} of ${fileCount(objects)} test files`,
		`They failed in an earlier watch${failedIn ? ` of ${failedIn.sourceBucket}` : ''}.`,
		failedIn ? [diagnoseStep(replicatedIn(failedIn), endpointUrl)] : [],
	);
}

/** Files that failed: at the upload, where the answer says why, or at S3, which gives no reason. */
function filesFailed(
	counts: ObjectCounts,
	{watch, command}: Pick<RunEndOptions, 'watch' | 'command'>,
	endpointUrl: string | null,
): Problem {
	const {failed} = counts;
	const all = fileCount(counts);
	const notUploaded = all - counts.uploaded;
	const refusal = failedObjects(watch).find(({versionId}) => versionId === undefined)?.problem;
	if (refusal && notUploaded === failed) {
		return fixable(
			'files-not-uploaded',
			`Cannot upload ${failed} of ${all} test files`,
			`${refusal.headline}. ${refusal.cause}`,
			refusal.nextSteps,
		);
	}

	const among = refusal ? `${failed - notUploaded} of them` : 'them';
	const others = refusal ? ` ${notUploaded} could not be uploaded: ${refusal.headline}.` : '';
	return fixable(
		'files-failed',
		`Cannot replicate ${failed} of ${all} test files`,
		`S3 says FAILED for ${among}${reasonsText(watch)}.${causesText(watch)}${others}`,
		[nextStep(watch, command, endpointUrl), 'Then send files again: S3 does not try a FAILED object again.'],
	);
}

/** Why, where S3's events told; each reason with how often. */
function reasonsText(watch: RunEndOptions['watch']): string {
	const counts = new Map<string, number>();
	for (const {reasons = []} of failedObjects(watch))
		for (const reason of new Set(reasons.map((one) => one.reason)))
			counts.set(reason, (counts.get(reason) ?? 0) + 1);
	if (counts.size === 0) return ', and gives no reason with the status';
	return `, and its events say why: ${[...counts].map(([reason, count]) => `${reason} (${count})`).join(', ')}`;
}

/** What the watch found in the way of them, what S3 meets first. */
function causesText({causes: [first, ...more]}: RunEndOptions['watch']): string {
	if (!first) return '';
	const besides = more.length === 0 ? '' : ` (and ${more.length} more)`;
	return ` Found: ${first.headline} (${first.reason}, ${first.certainty})${besides}.`;
}

/** A command that mends it, where a plan does; else who can. */
function nextStep(
	{causes, ends}: RunEndOptions['watch'],
	command: Command,
	endpointUrl: string | null,
): string {
	const [first] = causes;
	if (first && (first.fix === null || command === 'diagnose')) return first.mend;
	const of = ends ? replicatedIn(ends) : {bucket: '', profile: defaultChain, destinationProfiles: []};
	return (first ? mendStep : diagnoseStep)(of, endpointUrl);
}

/** Somebody left the wizard before anything was applied: that is neither a success nor a failure. */
const leftProblem: Problem = {
	...cancelled,
	cause: 'It was left before anything was changed.',
	nextSteps: ['Start s3-replicate again: it changes nothing before you have seen the plan.'],
};

const noCauses = {certain: 0, likely: 0, possible: 0};

/** Whether a replication that exists was looked at, and nothing was found that stands in its way. */
function isDiagnosed({errand, planning, run: {diagnosed, causes = noCauses}}: SessionState): boolean {
	return (
		errand === 'existing' &&
		planning.state === 'idle' &&
		diagnosed !== undefined &&
		causes.certain + causes.likely === 0
	);
}

/** Whether the plan has something left to change, or there is none. */
function isLeftEarly(state: SessionState): boolean {
	const {phase, run, planning} = state;
	// What is handed over is done when the file is written; what was diagnosed, when it was read.
	if (phase !== 'asking' || run.exported?.format === 'receipt' || isDiagnosed(state)) return false;
	return planning.state !== 'ready' || run.plan === undefined || changeCount(run.plan) > 0;
}
