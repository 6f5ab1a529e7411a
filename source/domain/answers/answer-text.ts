import type {AnswerEntry} from './answer-entry.js';
import {isYes} from '../text/yes-word.js';
import {kindFault} from './option.js';

/** The value of an answer, whatever its kind. */
export type AnswerValue = string | number | boolean | readonly string[];

/** The words of an answer that is chosen, not typed; nothing of one that is typed. */
export function wordsOf({kind, choices = [], field}: AnswerEntry): readonly string[] | undefined {
	if (kind === 'switch') return ['no', 'yes'];
	if (kind !== 'choice') return undefined;
	return field?.empty === undefined ? choices : [field.empty, ...choices];
}

/** An answer as it is typed. */
export function textOf(value: AnswerValue | undefined, {field}: AnswerEntry): string {
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (typeof value === 'object') return value.join(', ');
	return value === undefined ? (field?.empty ?? '') : String(value);
}

/** The answer that a text is, where nothing is wrong with it. */
export function valueIn(text: string, {kind}: AnswerEntry): AnswerValue {
	if (kind === 'switch') return isYes(text);
	if (kind === 'list') return listed(text);
	return kind === 'count' ? Number(text) : text;
}

/** What is wrong with a text by itself, or nothing; an empty one takes the default. */
export function textFault(text: string, entry: AnswerEntry): string | undefined {
	if (text === '' || text === entry.field?.empty) return undefined;
	const texts = entry.kind === 'list' ? listed(text) : [text];
	const faults = texts.map((one) => kindFault('It', entry, one) ?? entry.faultOf?.(one));
	return faults.find((fault) => fault !== undefined);
}

/** Whether a value that was read is one of an answer's kind. */
export function isOfKind(value: unknown, {kind}: AnswerEntry): value is AnswerValue {
	if (kind === 'list') return Array.isArray(value) && value.every((one) => typeof one === 'string');
	const type = kind === 'switch' ? 'boolean' : kind === 'count' ? 'number' : 'string';
	return typeof value === type;
}

/** A list as it is typed in one line: no tag has a comma. */
function listed(text: string): readonly string[] {
	return text
		.split(',')
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
