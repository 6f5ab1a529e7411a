import {isBatchEvent} from '../domain/batch/batch-event.js';
import {batchLines, reportReadingText} from '../domain/batch/batch-text.js';
import {indented} from './indented.js';
import {checkLines} from './check-lines.js';
import {durationText, sizeText} from '../domain/text/duration-text.js';
import type {RunEvent, Stamped} from '../domain/event.js';
import {type Operation, type OperationKind, operationText} from '../domain/operations/registry.js';
import {changeCount, type Plan} from '../domain/plan/plan.js';
import {operationDocument, operationLine, planCounts, planTitle, wayHeads} from '../domain/plan/plan-text.js';
import {ruleLines} from '../domain/plan/plan-rules.js';
import {undoLine, undoTitle} from '../domain/undo/undo-text.js';
import {runLines} from '../domain/summary/run-line.js';
import {endpointsText, type ProfileEndpoints, singleEndpoint} from '../domain/endpoint/service-endpoints.js';
import {undoChangeCount, undoCounts} from '../domain/undo/undo-plan.js';
import {keptFilesText} from '../domain/observed/kept-files.js';
import {metricsText} from '../domain/watch/metrics-text.js';
import {othersUnreadableText} from '../domain/watch/others-unreadable-text.js';
import {reasonsDifferText} from '../domain/watch/reasons-differ-text.js';
import {wayBackRefusedText} from '../domain/watch/way-back-refused.js';
import {operationDiffLines} from './diff-lines.js';
import type {Line} from './line.js';

type TextOptions = {
	/** Whether the plan is written with its documents. */
	readonly showsDocuments: boolean;
	/** Whether what changes in a document is coloured. */
	readonly hasColour?: boolean;
};

/** An event as lines for people; none where it says nothing new to a reader, or where the summary does. What others wrote stands in them as it is. */
export function textLines(
	event: Stamped<RunEvent>,
	options: TextOptions & {readonly hasColour?: undefined},
): readonly string[];
export function textLines(event: Stamped<RunEvent>, options: TextOptions): readonly Line[];
export function textLines(event: Stamped<RunEvent>, options: TextOptions): readonly Line[] {
	switch (event.type) {
		case 'run-started': {
			return [`Run ${event.runId} on ${placeOf(event)}`];
		}

		case 'caller-identified': {
			return [
				`  ${event.side.padEnd(12)} ${event.profile}  account ${event.caller.accountId}  ${event.caller.arn}`,
			];
		}

		case 'checks-finished': {
			return checkLines(event.checks);
		}

		case 'plan-made': {
			const {plan} = event;
			const {create, update, keep} = planCounts(plan);
			const lines: Line[] = [
				`${planTitle(plan)}`,
				...callsLines(event.endpoints),
				`Plan: ${create} to create, ${update} to update, ${keep} to keep`,
			];
			for (const [index, operation] of plan.operations.entries()) {
				lines.push(...wayHeads(plan, index));
				lines.push(`  ${operationLine(operation)}`);
				lines.push(...(operation.notes ?? []).map((note) => `      ! ${note}`));
				lines.push(...ruleLines(operation).map((line) => `      ${line}`));
				lines.push(...documentLines(operation, options));
			}

			if (changeCount(plan) === 0) lines.push('Everything is right already: nothing to change.');
			return [...lines, ...othersLines(plan)];
		}

		case 'plan-outdated': {
			return [
				'! Nothing was written: somebody changed what the plan was made from.',
				...event.changes.map((change) => `  ! ${change}`),
			];
		}

		case 'report-reading': {
			return [`  … ${reportReadingText(event)}`];
		}

		case 'undo-planned': {
			const {plan} = event;
			const {delete: deleted, update, keep} = undoCounts(plan);
			const lines: Line[] = [
				...undoTitle(plan),
				...callsLines(event.endpoints),
				`Plan: ${deleted} to delete, ${update} to restore, ${keep} to leave`,
			];
			for (const step of plan.steps) {
				const {operation} = step;
				lines.push(`  ${undoLine(step)}`);
				if (operation.change === 'update') lines.push(...documentLines(operation, options));
			}

			lines.push(...plan.notes.map((note) => `  ! ${note}`));
			if (undoChangeCount(plan) === 0) lines.push('Nothing is left to undo.');
			return lines;
		}

		case 'object-described': {
			return event.lines;
		}

		case 'rule-diagnosed': {
			const {ruleId, takes, destination, foundProfile, isEnabled, isWrong} = event;
			const sign = isWrong ? '✗' : isEnabled ? '✓' : '–';
			const state = isEnabled ? '' : ' (disabled)';
			return [
				`${sign} Rule ${ruleId ?? 'without a name'}: ${takes} to ${destination}${state}${foundProfile === undefined ? '' : `, seen with profile ${foundProfile}`}`,
			];
		}

		case 'cause-found': {
			const {certainty, reason, headline, evidence, mend, document, fix} = event;
			// Documents are those of the command itself.
			const mender = options.showsDocuments ? '--fix' : 'diagnose --fix';
			return [
				`  ${certainty === 'possible' ? '!' : '✗'} ${headline}  ${reason}, ${certainty}`,
				`      ${evidence}`,
				`      ${mend}`,
				...(fix ? fix.map((operation) => `      ${mender}: ${operationLine(operation)}`) : []),
				...(document && options.showsDocuments && !event.isDocumentTold
					? [
							`      ${document.title}:`,
							...indented(JSON.stringify(document.value, undefined, 2).split('\n'), 8),
						]
					: []),
			];
		}

		case 'export-written': {
			return event.leftOut.map((sentence) => `  ! ${sentence}`);
		}

		case 'run-listed': {
			return runLines(event);
		}

		case 'operation-retried': {
			const {kind, target, reason, attempt, delayMs} = event;
			return [
				`  ↻ ${operationText(kind).doing} ${target}: ${reason}; try ${attempt} in ${durationText(delayMs)}`,
			];
		}

		case 'operation-merged': {
			const {kind, target, change} = event;
			const done = change === 'keep' ? 'it is already as planned' : 'the same change is made to that';
			return [
				`  ! ${operationText(kind).plan} ${target}: somebody changed it meanwhile; ${done}`,
				...operationDiffLines(event, options.hasColour ?? false),
			];
		}

		case 'operation-finished': {
			const {kind, target, change, durationMs, notes = []} = event;
			// Of an undo the plan has said why.
			if (change === 'keep' && isUndoKind(kind)) return [];
			return [
				change === 'keep'
					? `  = ${operationText(kind).keep}: ${target} is right already`
					: `  ✓ ${operationText(kind).done}: ${target}  ${durationText(durationMs)}`,
				...notes.map((note) => `      ! ${note}`),
			];
		}

		case 'operation-failed': {
			const {kind, target, problem} = event;
			if (problem.kind === 'cancelled') return [`  – ${operationText(kind).plan} ${target}: stopped`];
			return [`  ✗ ${operationText(kind).plan} ${target}: ${problem.headline}`];
		}

		case 'watch-started': {
			const {homes = []} = event;
			const shown = homes.length > 0 ? event.destinations.slice(0, -1) : event.destinations;
			const destinations = shown.map(({bucket, region}) => (region ? `${bucket} (${region})` : bucket));
			const unseen = event.destinations.filter(({region}) => region === undefined);
			return [
				`Watching ${event.sourceBucket} (${event.sourceRegion}) → ${destinations.join(', ')}${backText(homes, shown.length)}`,
				...unseen.map(({bucket, isAbsent}) =>
					isAbsent
						? `  ✗ Bucket ${bucket} does not exist: nothing can arrive there`
						: `  ! Only the source's status is known of ${bucket}: no profile given sees its replicas (--destination-profile)`,
				),
				...shown.flatMap(({bucket, foundProfile}) =>
					foundProfile === undefined ? [] : [`  ${bucket} is seen with profile ${foundProfile}`],
				),
				...(event.blindProfiles ?? []).map(
					(profile) => `  ! The profile ${profile} sees none of the destinations`,
				),
				...(event.leftOut ?? []).map(
					(bucket) =>
						`  ! The test files do not reach ${bucket}: the filter of its rule asks for other names or tags`,
				),
				...(event.keptFiles ?? []).map((kept) => `  ! ${keptFilesText(kept)}`),
				...(event.remarks ?? []).map((remark) => `  ! ${remark}`),
			];
		}

		case 'object-uploaded': {
			return [`  ↑ ${event.key}  ${sizeText(event.sizeBytes)}  version ${event.versionId}`];
		}

		case 'object-resent': {
			return [`  ↻ ${event.key}  uploaded again: S3 said FAILED and does not retry`];
		}

		case 'object-replicated': {
			const where = event.destination === null ? 'source says COMPLETED' : `REPLICA in ${event.destination}`;
			const {key, delayMs, uncertaintyMs, wasInterrupted} = event;
			return [
				`  ✓ ${key}  ${where}  ${wasInterrupted ? 'over a pause' : `after ${delayText(delayMs, uncertaintyMs)}`}`,
			];
		}

		case 'object-failed': {
			const {key, sendingAgain: next} = event;
			const again = next
				? `; sending it again in ${durationText(next.delayMs)} (${next.number} of ${next.of})`
				: '';
			return [`  ✗ ${key}  FAILED${again}`];
		}

		case 'reasons-differ': {
			return [`  ! ${reasonsDifferText(event)}`];
		}

		case 'failure-reason-received': {
			return [`  ✗ ${event.key}  S3 says why: ${event.reason} (to ${event.destination})`];
		}

		case 'replication-metrics-read': {
			return [`  – ${metricsText(event, event.at)}`];
		}

		case 'metrics-lost': {
			return [`  ! ${event.problem.headline}; it goes on without CloudWatch`];
		}

		case 'events-awaited': {
			const left = durationText(event.remainingMs);
			return [`  … S3 tells of failures soon after metrics go on; nothing is sent for ${left}`];
		}

		case 'object-deleted-at-source': {
			return [`  – ${event.key}  was deleted by somebody`];
		}

		case 'object-unmatched': {
			return [`  – ${event.key}  is not replicated: no rule takes it`];
		}

		case 'delete-marker-found': {
			const {key, destinations} = event;
			return [
				destinations.length === 0
					? `  – ${key}  was deleted; no rule replicates its delete marker`
					: `  – ${key}  was deleted; its delete marker goes to ${destinations.join(', ')}`,
			];
		}

		case 'delete-marker-replicated': {
			const {key, destination, delayMs, uncertaintyMs} = event;
			return [`  ✓ ${key}  delete marker in ${destination}  after ${delayText(delayMs, uncertaintyMs)}`];
		}

		case 'probe-waited': {
			return [`  … ${event.reason}`];
		}

		case 'request-failed': {
			if (!event.isFirst) return [];
			return [`  ! ${event.problem.headline}; next try in ${durationText(event.delayMs)}`];
		}

		case 'destination-lost': {
			return [
				`  ! ${event.problem.headline}; from now on the source's status is all that can be seen of ${event.bucket}`,
			];
		}

		case 'status-lost': {
			return [`  ! ${event.problem.headline}; what has arrived counts as replicated`];
		}

		case 'way-back-refused': {
			return [`  ! ${wayBackRefusedText(event.bucket)} (${event.problem.headline})`];
		}

		case 'others-unreadable': {
			return [`  ! ${othersUnreadableText(event.bucket)}`];
		}

		case 'others-left-out': {
			return [`  ! What others write to ${event.bucket} is not shown: it cannot be listed again and again`];
		}

		case 'others-looked-through': {
			const {bucket, versions, everyMs} = event;
			const looks = `what comes is looked for every ${durationText(everyMs)}`;
			return [`  – ${versions} versions were in ${bucket} before and are left alone; ${looks}`];
		}

		case 'requests-recovered': {
			return [`  ✓ ${event.bucket} answers again`];
		}

		case 'watch-paused': {
			return ['  – Paused: nothing is uploaded or looked for'];
		}

		case 'watch-resumed': {
			return ['  – Going on'];
		}

		default: {
			return isBatchEvent(event) ? batchLines(event) : [];
		}
	}
}

/** Of a run without named profiles not everything is known yet: then the plan says it. */
function placeOf({
	sandbox,
	endpointUrl,
	endpoints,
}: Extract<RunEvent, {readonly type: 'run-started'}>): string {
	if (sandbox) return 'a sandbox started for it';
	if (!endpoints || endpoints.length === 0) return endpointUrl ?? 'AWS';
	return endpoints.length > 2 && singleEndpoint(endpoints) === undefined
		? 'the endpoints of its profiles'
		: endpointsText(endpoints);
}
/** What the owner of the other side does, where nobody here has its credentials. */
function othersLines(plan: Plan): readonly string[] {
	const {others = []} = plan;
	const [first] = others.filter(({change}) => change !== 'keep');
	if (!first) return [];
	return [
		`Handed over to account ${first.account}:`,
		...others.filter(({change}) => change !== 'keep').map((operation) => `  ${operationLine(operation)}`),
	];
}

function callsLines(endpoints: readonly ProfileEndpoints[] | undefined): readonly string[] {
	return endpoints ? [`Calls go to ${endpointsText(endpoints)}`] : [];
}

/** Whether an operation belongs to an undo, or to the removal of test files, and never to a plan. */
function isUndoKind(kind: OperationKind): boolean {
	return kind.startsWith('delete-') || kind.startsWith('restore-');
}

/** A delay that was seen by asking: it lies between delay − uncertainty and delay. */
export function delayText(delayMs: number, uncertaintyMs: number): string {
	return `${durationText(delayMs)} (−${durationText(uncertaintyMs)})`;
}

/** What is written: of a document that is there what changes in it, of a new one the whole where asked for. */
function documentLines(
	operation: Operation,
	{showsDocuments, hasColour = false}: TextOptions,
): readonly Line[] {
	// The line of the operation says all of it.
	if (!showsDocuments && operation.kind.endsWith('versioning')) return [];
	if (operation.change === 'update') return operationDiffLines(operation, hasColour);
	return showsDocuments && operation.change === 'create'
		? indented(operationDocument(operation).split('\n'), 6)
		: [];
}

/** Whether files come back as well; where not every destination leads back, from which of them. */
function backText(homes: readonly string[], destinationCount: number): string {
	if (homes.length === 0) return '';
	return homes.length === destinationCount ? ', and back' : `, and back from ${homes.join(', ')}`;
}
