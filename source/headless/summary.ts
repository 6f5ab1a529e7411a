import type {BatchSummary} from '../domain/batch/batch-summary.js';
import {durationText} from '../domain/text/duration-text.js';
import {
	type CauseCounts,
	type DelayFigures,
	fileCount,
	leftOutText,
	type ObjectCounts,
	type OperationCounts,
	type Outcome,
} from '../domain/run-figures.js';
import {changeCount, type Plan} from '../domain/plan/plan.js';
import {allPlannedKinds, type OperationKind} from '../domain/operations/registry.js';
import {endsText, planCounts} from '../domain/plan/plan-text.js';
import type {Problem} from '../domain/problem.js';
import {undoOpenCount, type UndoPlan, undoRemarks} from '../domain/undo/undo-plan.js';

export type SummaryInput = {
	readonly outcome: Outcome;
	readonly plan?: Plan;
	readonly operations: OperationCounts;
	/** The kinds of operations that have changed something. */
	readonly changedKinds: readonly OperationKind[];
	readonly objects: ObjectCounts;
	readonly delayMs: DelayFigures | null;
	/** Delays that are not in the figures. */
	readonly delaysLeftOut?: number;
	readonly problem: Problem | null;
	/** Objects that exist already: what a job and comparisons have come to. */
	readonly batch?: BatchSummary;
	/** What a diagnosis found. */
	readonly causes?: CauseCounts;
	/** Where the test files are, if any were uploaded. */
	readonly testFiles?: {
		readonly bucket: string;
		readonly prefix: string;
		/** The other buckets that they were uploaded to, in a two-way run. */
		readonly otherBuckets?: readonly string[];
	};
	/** The bucket that was watched, where one was, and how many of the files written to it no rule takes. */
	readonly watched?: {
		readonly bucket: string;
		/** The buckets that it is replicated to, as far as they are known. */
		readonly destinations?: readonly string[];
		readonly unmatchedCount: number;
		/** The command that finds why one of them is not taken. */
		readonly whyCommand?: string;
	};
	/** What was taken back, where that is what the run did. */
	readonly undo?: UndoPlan;
	/** What operations have left, in sentences. */
	readonly leftNotes?: readonly string[];
	/** The files of its reports. */
	readonly reportFiles?: readonly string[];
	/** What leads on from a set-up: the commands that watch it, and find why files fail. */
	readonly leadOn?: {readonly watch: string; readonly diagnose: string};
	/** The command that exports what is set up. */
	readonly exportCommand?: string;
	/** What was exported, and how one goes on with it: a line each step. */
	readonly exported?: {
		readonly format: string;
		readonly files: readonly string[];
		readonly nextStep: string;
	};
	/** The command that takes back what the run did. */
	readonly undoCommand?: string;
	/** The command that takes back another run about the same buckets. */
	readonly alsoUndoCommand?: string;
	/** The command that does the same without questions. */
	readonly command?: string;
	/** Whether everything is gone when the program ends. */
	readonly isSandbox: boolean;
};

/**
 * What stays in the scrollback when a run is over:
 *
 *     ✓ Replication is working   my-us-east-1 (us-east-1) → my-us-west-2 (us-west-2)
 *
 *       Changes    7 created, 0 updated, 0 kept
 *       Tested     5 files: 5 replicated
 *       Delay      p50 1.4 s   p95 2.0 s   max 2.0 s
 */
export function summaryLines(input: SummaryInput): readonly string[] {
	const {outcome, plan, undo, operations, changedKinds, objects, delayMs, problem} = input;
	const {testFiles, command, undoCommand, alsoUndoCommand, isSandbox} = input;
	const ends = plan ? `   ${endsText(plan)}` : watchedEnds(input);
	const lines = [`${headline(input)}${ends}`, ''];
	const row = (label: string, text: string): void => {
		lines.push(`  ${label.padEnd(10)} ${text}`);
	};

	/** Whether a next step has named the command already. */
	const isNext = (command: string): boolean =>
		problem?.nextSteps.some((step) => step.endsWith(`: ${command}`)) ?? false;

	if (problem) {
		row('Cause', problem.cause);
		for (const [index, detail] of (problem.details ?? []).entries()) row(index === 0 ? 'So far' : '', detail);
		for (const [index, step] of problem.nextSteps.entries())
			row(index === 0 ? 'Next' : '', `${index + 1}. ${step}`);
	}

	if (undo) {
		const open = undoOpenCount(undo, operations);
		const toDo = open > 0 ? `; ${open} still to do` : '';
		const {deleted, updated, kept} = operations;
		row('Changes', `${deleted} deleted, ${updated} restored, ${kept} left${toDo}`);
		for (const [index, note] of undoRemarks(undo).entries()) row(index === 0 ? 'Left' : '', note);
		if (outcome !== 'succeeded' && open > 0 && undoCommand && !isNext(undoCommand)) row('Go on', undoCommand);
		if (alsoUndoCommand) row('Next', `Another run on these buckets can be undone: ${alsoUndoCommand}`);
	}

	if (plan && isOnlyPlanned(input)) {
		const {create, update, keep} = planCounts(plan);
		row('Planned', `${create} to create, ${update} to update, ${keep} to keep; nothing has been changed`);
	} else if (plan)
		row('Changes', `${operations.created} created, ${operations.updated} updated, ${operations.kept} kept`);
	// What a job has seen to is left alone no longer: its own row tells what became of it.
	if (plan?.existing !== undefined && !input.batch?.isCounted) row('Existing', plan.existing);
	for (const [label, text] of input.batch?.rows ?? []) row(label, text);
	const files = fileCount(objects);
	if (files > 0) {
		const parts = [`${objects.replicated} replicated`];
		if (objects.failed > 0) parts.push(`${objects.failed} failed`);
		if (objects.pending > 0) parts.push(`${objects.pending} pending`);
		row('Tested', `${files} ${files === 1 ? 'file' : 'files'}: ${parts.join(', ')}`);
	}

	const unmatchedCount = input.watched?.unmatchedCount ?? 0;
	if (unmatchedCount > 0) {
		const files = unmatchedCount === 1 ? '1 file' : `${unmatchedCount} files`;
		row('Not taken', `${files} that no rule takes: S3 leaves such files alone`);
		if (input.watched?.whyCommand !== undefined) row('Find why', input.watched.whyCommand);
	}

	if (delayMs) {
		const {p50, p95, max} = delayMs;
		row('Delay', `p50 ${durationText(p50)}   p95 ${durationText(p95)}   max ${durationText(max)}`);
	}

	const {delaysLeftOut = 0} = input;
	if (delaysLeftOut > 0) row(delayMs ? '' : 'Delay', leftOutText(delaysLeftOut));

	if (isSandbox && plan) row('Left', 'nothing: the sandbox is gone');
	else if (plan && changedKinds.length > 0) row('Left', remainingText(changedKinds));

	if (!isSandbox && testFiles && objects.uploaded > 0) {
		row(lines.some((line) => line.startsWith('  Left')) ? '' : 'Left', testFilesText(testFiles));
	}

	for (const note of input.leftNotes ?? [])
		row(lines.some((line) => line.startsWith('  Left')) ? '' : 'Left', note);
	for (const [index, file] of (input.reportFiles ?? []).entries()) row(index === 0 ? 'Report' : '', file);
	for (const [index, file] of (input.exported?.files ?? []).entries()) row(index === 0 ? 'Files' : '', file);
	const next = input.exported?.nextStep.split('\n') ?? [];
	for (const [index, step] of next.entries())
		row(index === 0 ? 'Next' : '', next.length === 1 ? step : `${index + 1}. ${step}`);
	if (command !== undefined && !isNext(command)) row('Again', command);
	const isMissing = objects.failed + objects.pending > 0;
	if (!isSandbox && input.leadOn && (outcome === 'succeeded' || isMissing)) row('Watch', input.leadOn.watch);
	if (!isSandbox && input.leadOn && isMissing) row('Diagnose', input.leadOn.diagnose);
	if (!isSandbox && outcome === 'succeeded' && input.exportCommand) row('Export', input.exportCommand);
	if (!isSandbox && !undo && undoCommand !== undefined && !isNext(undoCommand)) row('Undo', undoCommand);
	return lines;
}

function testFilesText({bucket, prefix, otherBuckets = []}: NonNullable<SummaryInput['testFiles']>): string {
	if (otherBuckets.length === 0) return `test files s3://${bucket}/${prefix} and their replicas`;
	const places = [bucket, ...otherBuckets].map((one) => `s3://${one}/${prefix}`);
	return `test files in ${places.length === 2 ? 'both' : 'all'} buckets: ${places.slice(0, -1).join(', ')} and ${places.at(-1)}`;
}

/** Whether the run ended with its plan: nothing was written, and nothing was to be. */
function isOnlyPlanned({
	outcome,
	plan,
	operations: {created, updated, kept, deleted},
}: SummaryInput): boolean {
	return outcome === 'succeeded' && plan !== undefined && created + updated + kept + deleted === 0;
}

/** The buckets of files that were watched, where no plan names them. */
function watchedEnds({objects, watched, undo}: SummaryInput): string {
	if (undo || objects.uploaded === 0 || !watched?.destinations?.length) return '';
	return `   ${watched.bucket} → ${watched.destinations.join(', ')}`;
}

function headline(input: SummaryInput): string {
	const {outcome, plan, undo, objects, problem, operations, watched, causes, exported} = input;
	if (outcome === 'cancelled') {
		const isInPart =
			undo && operations.deleted + operations.updated > 0 && undoOpenCount(undo, operations) > 0;
		if (isInPart) return `– Cancelled: run ${undo.runId} is partly undone`;
		return `– ${problem?.headline ?? 'Cancelled'}`;
	}

	if (outcome === 'failed') return `✗ ${problem?.headline ?? 'Failed'}`;
	if (undo) {
		const changes = operations.deleted + operations.updated;
		return changes > 0 ? `✓ Run ${undo.runId} is undone` : '✓ Nothing to undo';
	}

	if (input.batch?.headline !== undefined && objects.uploaded === 0) return input.batch.headline;
	if (objects.uploaded > 0) return '✓ Replication is working';
	if (exported?.format === 'receipt') return '✓ Hand-over file written';
	if (exported?.format === 'confirmed-receipt') return '✓ The destination’s side is done';
	if (exported && !plan && !causes)
		return `✓ Exported: ${exported.files.length} ${exported.files.length === 1 ? 'file' : 'files'}`;
	if (causes)
		return causes.possible > 0 ? `– Nothing certain; ${causes.possible} possible` : '✓ Nothing is wrong';
	if (!plan && watched) {
		return watched.unmatchedCount > 0
			? `– No rule takes what was written to ${watched.bucket} while it was watched`
			: `✓ No file came into ${watched.bucket} while it was watched`;
	}

	const planned = plan && isOnlyPlanned(input) ? changeCount(plan) : 0;
	if (planned > 0) return `✓ Plan made: ${planned} ${planned === 1 ? 'change' : 'changes'}`;
	return operations.created + operations.updated > 0 ? '✓ Replication is set up' : '✓ Nothing to change';
}

/** What a run has changed stays in the accounts, as the summary says it. */
function remainingText(changedKinds: readonly OperationKind[]): string {
	const changed = new Set<string>(changedKinds);
	const remaining = allPlannedKinds()
		.filter(({kind, remaining: {impliedBy}}) => changed.has(kind) && !changed.has(impliedBy ?? ''))
		.map((kind) => kind.remaining);
	const nouns = remaining.map(({noun}) => noun);
	const last = nouns.at(-1) ?? '';
	const list = nouns.length === 1 ? last : `${nouns.slice(0, -1).join(', ')} and ${last}`;
	const verb = nouns.length > 1 || remaining[0]?.isPlural ? 'stay' : 'stays';
	const remarks = remaining.flatMap(({remark}) => (remark === undefined ? [] : [`; ${remark}`]));
	return `${list} ${verb}${remarks.join('')}`;
}
