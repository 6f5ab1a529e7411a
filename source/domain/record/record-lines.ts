import {isRecord} from '../../policy/json-shape.js';
import {answerRows} from '../answers/answer-table.js';
import {isOfKind} from '../answers/answer-text.js';
import {plannedKindNamed} from '../operations/registry.js';
import {isNumber, isText, isTexts, listOf, orAbsent, orNull, type Shape, shaped} from '../take-back/shape.js';
import type {RecordLine} from './run-record.js';

const isSwitch = (value: unknown): boolean => typeof value === 'boolean';
const isEnds = listOf(shaped({profile: isText, accountId: isText, region: isText, bucket: isText}));
const isNumbers = listOf(isNumber);

const operationShape: Shape = {
	id: isText,
	kind: isText,
	side: isText,
	target: isText,
	change: isText,
	account: isText,
	region: isText,
};

/** The answers that a record says, each as it is answered. */
const answerShapes: Shape = Object.fromEntries(
	answerRows
		.filter(([, {isRecorded}]) => isRecorded)
		.map(([name, entry]) => [name, orAbsent((value) => isOfKind(value, entry))]),
);

/** An operation of a kind that this version knows, with the documents of its kind. */
function isPlanned(value: unknown): boolean {
	const kind = isRecord(value) ? plannedKindNamed(value.kind) : undefined;
	return kind !== undefined && shaped({...operationShape, ...kind.recorded})(value);
}

const shapes: Readonly<Record<RecordLine['type'], Shape>> = {
	run: {
		...answerShapes,
		runId: isText,
		command: isText,
		ends: isEnds,
		endpointUrl: orNull(isText),
		endpoints: orAbsent(
			listOf(
				shaped({
					profile: isText,
					s3: orNull(isText),
					iam: orNull(isText),
					sts: orNull(isText),
					kms: orAbsent(orNull(isText)),
				}),
			),
		),
	},
	planned: {operations: isTexts},
	before: {step: isNumber, profile: isText, operation: isPlanned, beforeText: orAbsent(isText)},
	after: {
		step: isNumber,
		outcome: isText,
		answer: orAbsent(
			shaped({
				created: (value) => ['yes', 'no', 'unknown'].includes(String(value)),
				roleId: orAbsent(isText),
				jobId: orAbsent(isText),
			}),
		),
	},
	image: {
		step: isNumber,
		image: shaped({settings: isRecord, unread: isRecord, createdAt: orAbsent(isNumber)}),
	},
	uploaded: {step: isNumber, prefix: isText, ends: isEnds, isMarked: orAbsent(isSwitch)},
	versions: {
		step: isNumber,
		versions: listOf((version) => isTexts(version) && (version as unknown[]).length === 2),
		isComplete: orAbsent(isSwitch),
	},
	ended: {outcome: isText, job: orAbsent(shaped({jobId: isText, status: orNull(isText)}))},
	forgotten: {},
	'undo-before': {
		steps: isNumbers,
		operation: shaped({...operationShape, after: (value) => value !== undefined}),
	},
	'undo-after': {steps: isNumbers, id: isText, outcome: isText, isNeeded: orAbsent(isSwitch)},
};

/** Whether a value is a line as this program writes it, in its place: the first says what run it is of. */
export function isLine(line: unknown, index: number): line is RecordLine {
	if (!isRecord(line) || !isNumber(line.at) || (line.type === 'run') !== (index === 0)) return false;
	const type = String(line.type);
	return Object.hasOwn(shapes, type) && shaped(shapes[type as RecordLine['type']])(line);
}
