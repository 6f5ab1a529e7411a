import {isBatchEvent} from '../domain/batch/batch-event.js';
import {batchLines, reportReadingText} from '../domain/batch/batch-text.js';
import {indented, type Line} from './line.js';
import {checkLines} from './check-lines.js';
import {durationText, sizeText} from '../domain/text/duration-text.js';
import type {RunEvent, Stamped} from '../domain/event.js';
import {kindOf, type Operation, operationText, plannedKindNamed} from '../domain/operations/registry.js';
import {changeCount, type Plan} from '../domain/plan/plan.js';
import {operationDocument, operationLine, planCounts, planTitle, wayHeads} from '../domain/plan/plan-text.js';
import {ruleLines} from '../domain/plan/plan-rules.js';
import {undoLine, undoTitle} from '../domain/undo/undo-text.js';
import {runLines} from './run-line.js';
import {endpointsText, type ProfileEndpoints, singleEndpoint} from '../domain/endpoint/service-endpoints.js';
import {undoChangeCount, undoCounts} from '../domain/undo/undo-plan.js';
import {keptFilesText} from '../domain/observed/kept-files.js';
import {metricsText} from '../domain/watch/metrics-text.js';
import {
	othersUnreadableText,
	reasonsDifferText,
	statusLostText,
	wayBackRefusedText,
} from '../domain/watch/remark-texts.js';
import {operationDiffLines} from './problem-lines.js';

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
	if (isBatchEvent(event)) return batchLines(event);
	const linesOf = said[event.type] as EventLines<RunEvent['type']> | undefined;
	return linesOf?.(event, options) ?? [];
}

type EventLines<Type extends RunEvent['type']> = (
	event: Stamped<Extract<RunEvent, {readonly type: Type}>>,
	options: TextOptions,
) => readonly Line[];

/** What is said of which event; nothing of the others. */
const said: {readonly [Type in RunEvent['type']]?: EventLines<Type>} = {
	'run-started': (event) => [`Run ${event.runId} on ${placeOf(event)}`],
	'caller-identified': ({side, profile, caller: {accountId, arn}}) => [
		`  ${side.padEnd(12)} ${profile}  account ${accountId}  ${arn}`,
	],
	'checks-finished': ({checks}) => checkLines(checks),
	'plan-made': ({plan, endpoints}, options) => {
		const {create, update, keep} = planCounts(plan);
		return [
			`${planTitle(plan)}`,
			...callsLines(endpoints),
			`Plan: ${create} to create, ${update} to update, ${keep} to keep`,
			...plan.operations.flatMap((operation, index) => [
				...wayHeads(plan, index),
				`  ${operationLine(operation)}`,
				...(operation.notes ?? []).map((note) => `      ! ${note}`),
				...ruleLines(operation).map((line) => `      ${line}`),
				...documentLines(operation, options),
			]),
			...(changeCount(plan) === 0 ? ['Everything is right already: nothing to change.'] : []),
			...othersLines(plan),
		];
	},
	'plan-outdated': ({changes}) => [
		'! Nothing was written: somebody changed what the plan was made from.',
		...changes.map((change) => `  ! ${change}`),
	],
	'report-reading': (event) => [`  … ${reportReadingText(event)}`],
	'undo-planned': ({plan, endpoints}, options) => {
		const {delete: deleted, update, keep} = undoCounts(plan);
		return [
			...undoTitle(plan),
			...callsLines(endpoints),
			`Plan: ${deleted} to delete, ${update} to restore, ${keep} to leave`,
			...plan.steps.flatMap((step) => [
				`  ${undoLine(step)}`,
				...(step.operation.change === 'update' ? documentLines(step.operation, options) : []),
			]),
			...plan.notes.map((note) => `  ! ${note}`),
			...(undoChangeCount(plan) === 0 ? ['Nothing is left to undo.'] : []),
		];
	},
	'object-described': ({lines}) => lines,
	'rule-diagnosed': ({ruleId, takes, destination, foundProfile, isEnabled, isWrong, leftOut}) => {
		const sign = isWrong ? '✗' : isEnabled && !leftOut ? '✓' : '–';
		const state = isEnabled ? '' : ' (disabled)';
		return [
			`${sign} Rule ${ruleId ?? 'without a name'}: ${takes} to ${destination}${state}${foundProfile === undefined ? '' : `, seen with profile ${foundProfile}`}`,
			...(leftOut
				? [
						`    ${leftOut.certainty === 'certain' ? 'Does' : 'Likely does'} not take the object: ${leftOut.evidence}`,
					]
				: []),
		];
	},
	'cause-found': (event, {showsDocuments}) => {
		const {certainty, reason, headline, evidence, mend, document, fix, isDocumentTold} = event;
		// Documents are those of the command itself.
		const mender = showsDocuments ? '--fix' : 'diagnose --fix';
		return [
			`  ${certainty === 'possible' ? '!' : '✗'} ${headline}  ${reason}, ${certainty}`,
			`      ${evidence}`,
			`      ${mend}`,
			...(fix ?? []).map((operation) => `      ${mender}: ${operationLine(operation)}`),
			...(document && showsDocuments && !isDocumentTold
				? [
						`      ${document.title}:`,
						...indented(JSON.stringify(document.value, undefined, 2).split('\n'), 8),
					]
				: []),
		];
	},
	'export-written': ({leftOut}) => leftOut.map((sentence) => `  ! ${sentence}`),
	'run-listed': (event) => runLines(event),
	'operation-retried': ({kind, target, reason, attempt, delayMs}) => [
		`  ↻ ${operationText(kind).doing} ${target}: ${reason}; try ${attempt} in ${durationText(delayMs)}`,
	],
	'operation-merged': (event, {hasColour = false}) => {
		const {kind, target, change} = event;
		const done = change === 'keep' ? 'it is already as planned' : 'the same change is made to that';
		return [
			`  ! ${operationText(kind).plan} ${target}: somebody changed it meanwhile; ${done}`,
			...operationDiffLines(event, hasColour),
		];
	},
	'operation-finished': ({kind, target, change, durationMs, notes = []}) => {
		// Of an undo the plan has said why.
		if (change === 'keep' && plannedKindNamed(kind) === undefined) return [];
		return [
			change === 'keep'
				? `  = ${operationText(kind).keep}: ${target} is right already`
				: `  ✓ ${operationText(kind).done}: ${target}  ${durationText(durationMs)}`,
			...notes.map((note) => `      ! ${note}`),
		];
	},
	'operation-failed': ({kind, target, problem}) => [
		problem.kind === 'cancelled'
			? `  – ${operationText(kind).plan} ${target}: stopped`
			: `  ✗ ${operationText(kind).plan} ${target}: ${problem.headline}`,
	],
	'watch-started': watchLines,
	'object-uploaded': ({key, sizeBytes, versionId}) => [
		`  ↑ ${key}  ${sizeText(sizeBytes)}  version ${versionId}`,
	],
	'object-resent': ({key}) => [`  ↻ ${key}  uploaded again: S3 said FAILED and does not retry`],
	'object-replicated': ({key, destination, delayMs, uncertaintyMs, wasInterrupted}) => {
		const where = destination === null ? 'source says COMPLETED' : `REPLICA in ${destination}`;
		const delay = wasInterrupted ? 'over a pause' : `after ${delayText(delayMs, uncertaintyMs)}`;
		return [`  ✓ ${key}  ${where}  ${delay}`];
	},
	'object-failed': ({key, sendingAgain: next}) => {
		const again = next
			? `; sending it again in ${durationText(next.delayMs)} (${next.number} of ${next.of})`
			: '';
		return [`  ✗ ${key}  FAILED${again}`];
	},
	'reasons-differ': (event) => [`  ! ${reasonsDifferText(event)}`],
	'failure-reason-received': ({key, reason, destination}) => [
		`  ✗ ${key}  S3 says why: ${reason} (to ${destination})`,
	],
	'replication-metrics-read': (event) => [`  – ${metricsText(event, event.at)}`],
	'rules-remarked': ({remarks}) => remarks.map((remark) => `  – ${remark}`),
	'metrics-lost': ({problem}) => [`  ! ${problem.headline}; it goes on without CloudWatch`],
	'events-awaited': ({remainingMs}) => [
		`  … S3 tells of failures soon after metrics go on; nothing is sent for ${durationText(remainingMs)}`,
	],
	'object-deleted-at-source': ({key}) => [`  – ${key}  was deleted by somebody`],
	'object-unmatched': ({key}) => [`  – ${key}  is not replicated: no rule takes it`],
	'delete-marker-found': ({key, destinations}) => [
		destinations.length === 0
			? `  – ${key}  was deleted; no rule replicates its delete marker`
			: `  – ${key}  was deleted; its delete marker goes to ${destinations.join(', ')}`,
	],
	'delete-marker-replicated': ({key, destination, delayMs, uncertaintyMs}) => [
		`  ✓ ${key}  delete marker in ${destination}  after ${delayText(delayMs, uncertaintyMs)}`,
	],
	'probe-waited': ({reason}) => [`  … ${reason}`],
	'request-failed': ({isFirst, problem, delayMs}) =>
		isFirst ? [`  ! ${problem.headline}; next try in ${durationText(delayMs)}`] : [],
	'destination-lost': ({problem, bucket}) => [
		`  ! ${problem.headline}; from now on the source's status is all that can be seen of ${bucket}`,
	],
	'status-lost': ({problem}) => [`  ! ${statusLostText(problem)}`],
	'way-back-refused': ({bucket, problem}) => [`  ! ${wayBackRefusedText(bucket)} (${problem.headline})`],
	'others-unreadable': ({bucket}) => [`  ! ${othersUnreadableText(bucket)}`],
	'others-left-out': ({bucket}) => [
		`  ! What others write to ${bucket} is not shown: it cannot be listed again and again`,
	],
	'others-looked-through': ({bucket, versions, everyMs}) => {
		const looks = `what comes is looked for every ${durationText(everyMs)}`;
		return [`  – ${versions} versions were in ${bucket} before and are left alone; ${looks}`];
	},
	'requests-recovered': ({bucket}) => [`  ✓ ${bucket} answers again`],
	'watch-paused': () => ['  – Paused: nothing is uploaded or looked for'],
	'watch-resumed': () => ['  – Going on'],
};

/** What is watched, and what cannot be seen of it. */
function watchLines(event: Extract<RunEvent, {readonly type: 'watch-started'}>): readonly string[] {
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

/** A delay that was seen by asking: it lies between delay − uncertainty and delay. */
export function delayText(delayMs: number, uncertaintyMs: number): string {
	return `${durationText(delayMs)} (−${durationText(uncertaintyMs)})`;
}

/** What is written: of a document that is there what changes in it, of a new one the whole where asked for. */
function documentLines(
	operation: Operation,
	{showsDocuments, hasColour = false}: TextOptions,
): readonly Line[] {
	if (!showsDocuments && kindOf(operation.kind).isToldByDetail) return [];
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
