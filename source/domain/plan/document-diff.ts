import {diffArrays, diffWordsWithSpace} from 'diff';
import {isSameValue} from '../same-value.js';
import {jsonText} from '../text/visible-text.js';
import {isRecord} from '../../policy/json-shape.js';

/** A piece of a line; `isChanged` where the line before or after it has other words there. */
export type DiffPart = {readonly text: string; readonly isChanged: boolean};

/** One line of what a write changes in a document. `folded` stands for lines that stay as they are. */
export type DiffLine = {
	readonly kind: 'same' | 'added' | 'removed' | 'folded';
	readonly parts: readonly DiffPart[];
};

/** What an unchanged part may have in lines before it is folded into one. */
const maxUnchangedLines = 3;

/** The members by which a person knows an element of a list again. */
const names = ['ID', 'Sid'];

/**
 * What changes from one JSON document to the other, line by line: unchanged parts folded, words that changed inside a line
 * marked. Compared by structure, so that the order of members, which AWS does not keep, is no change. Pure.
 */
export function documentDiff(before: unknown, after: unknown): readonly DiffLine[] {
	return valueDiff(before, after, {indent: '', key: '', comma: ''});
}

/** The sign of a line, for its first column; it alone says it where there are no colours. */
export function diffMark({kind}: DiffLine): string {
	return {same: ' ', added: '+', removed: '-', folded: ' '}[kind];
}

/** A line without its sign. */
export function diffText({parts}: DiffLine): string {
	return parts.map(({text}) => text).join('');
}

/** Where a value stands: how far in, behind which key, and whether something follows it. */
type Place = {readonly indent: string; readonly key: string; readonly comma: string};
type Entry = {
	readonly key: string;
	readonly before?: unknown;
	readonly after?: unknown;
	readonly label?: string;
};

function valueDiff(before: unknown, after: unknown, place: Place): readonly DiffLine[] {
	if (isSameValue(before, after)) return lines('same', after, place);
	// What the policy language lets be written as one value or as a list of them.
	if (Array.isArray(before) || Array.isArray(after))
		return nested('[', ']', elementEntries(listOf(before), listOf(after)), place);
	if (isRecord(before) && isRecord(after)) return nested('{', '}', memberEntries(before, after), place);
	const removed = lines('removed', before, place);
	const added = lines('added', after, place);
	return removed.length === 1 && added.length === 1 ? markedWords(removed, added) : [...removed, ...added];
}

function nested(
	opening: string,
	closing: string,
	entries: readonly Entry[],
	{indent, key, comma}: Place,
): readonly DiffLine[] {
	const inner = `${indent}  `;
	const last = entries.findLastIndex(({after}) => after !== undefined);
	const body: DiffLine[] = [];
	let unchanged: Array<{readonly entry: Entry; readonly lines: readonly DiffLine[]}> = [];
	const fold = (): void => {
		body.push(...folded(unchanged, inner));
		unchanged = [];
	};

	for (const [index, entry] of entries.entries()) {
		const place = {indent: inner, key: entry.key, comma: index < last ? ',' : ''};
		if (entry.before !== undefined && entry.after !== undefined && isSameValue(entry.before, entry.after)) {
			unchanged.push({entry, lines: lines('same', entry.after, place)});
			continue;
		}

		fold();
		if (entry.before === undefined) body.push(...lines('added', entry.after, place));
		else if (entry.after === undefined) body.push(...lines('removed', entry.before, {...place, comma: ','}));
		else body.push(...valueDiff(entry.before, entry.after, place));
	}

	fold();
	return [plain('same', `${indent}${key}${opening}`), ...body, plain('same', `${indent}${closing}${comma}`)];
}

/** Unchanged neighbours: short ones as they are, a long one by its name, many of them by their number. */
function folded(
	unchanged: ReadonlyArray<{readonly entry: Entry; readonly lines: readonly DiffLine[]}>,
	indent: string,
): readonly DiffLine[] {
	const all = unchanged.flatMap((one) => one.lines);
	if (all.length <= maxUnchangedLines) return all;
	const isNamed = unchanged.every(({entry: {label}}) => label !== undefined);
	if (isNamed && unchanged.length <= maxUnchangedLines) {
		return unchanged.map(({entry: {label = ''}, lines: hidden}) =>
			plain('folded', `${indent}{${label}, … ${hidden.length - 3} lines unchanged}`),
		);
	}

	// The name of an element that changes elsewhere says which one it is.
	const shown = unchanged.filter(({entry: {key}}) => names.some((name) => key === `"${name}": `));
	const hidden = all.length - shown.length;
	const count = isNamed ? `${unchanged.length} unchanged (${hidden} lines)` : `${hidden} lines unchanged`;
	return [...shown.flatMap((one) => one.lines), plain('folded', `${indent}… ${count}`)];
}

/** The members of both, in the order of the newer one; what is gone stands behind what it stood behind. */
function memberEntries(
	before: Readonly<Record<string, unknown>>,
	after: Readonly<Record<string, unknown>>,
): readonly Entry[] {
	const keys = Object.keys(after).filter((key) => after[key] !== undefined);
	let previous: string | undefined;
	for (const key of Object.keys(before).filter((name) => before[name] !== undefined)) {
		if (!keys.includes(key)) keys.splice(previous === undefined ? 0 : keys.indexOf(previous) + 1, 0, key);
		previous = key;
	}

	return keys.map((key) => ({key: `${jsonText(key)}: `, before: before[key], after: after[key]}));
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [value];
}

/** The words of both lists, whose order says nothing: what is gone stands last. */
function wordEntries(before: readonly unknown[], after: readonly unknown[]): readonly Entry[] {
	return [
		...after.map((word) => ({key: '', before: before.includes(word) ? word : undefined, after: word})),
		...before.filter((word) => !after.includes(word)).map((word) => ({key: '', before: word})),
	];
}

/** The elements of both; of those that changed, the ones of one name, or of one place, are the same one. */
function elementEntries(before: readonly unknown[], after: readonly unknown[]): readonly Entry[] {
	if ([...before, ...after].every((element) => typeof element === 'string'))
		return wordEntries(before, after);
	const entries: Entry[] = [];
	let removed: readonly unknown[] = [];
	const flush = (added: readonly unknown[]): void => {
		const left = [...removed];
		for (const [index, element] of added.entries()) {
			const label = labelOf(element);
			const twin =
				label === undefined
					? added.length === removed.length && labelOf(removed[index]) === undefined
						? index
						: -1
					: left.findIndex((other) => labelOf(other) === label);
			const before = twin < 0 ? undefined : left[twin];
			if (twin >= 0) {
				for (const gone of left.splice(0, twin)) entries.push({key: '', before: gone});
				left.shift();
			}

			entries.push({key: '', before, after: element, label});
		}

		for (const gone of left) entries.push({key: '', before: gone});
		removed = [];
	};

	const chunks = diffArrays([...before], [...after], {comparator: isSameValue});
	for (const {added, removed: isRemoved, value} of chunks) {
		if (isRemoved) {
			removed = value;
		} else if (added) {
			flush(value);
		} else {
			flush([]);
			entries.push(
				...value.map((element) => ({
					key: '',
					before: element,
					after: element,
					label: labelOf(element),
				})),
			);
		}
	}

	flush([]);
	return entries;
}

function labelOf(element: unknown): string | undefined {
	if (!isRecord(element)) return undefined;
	const name = names.find((one) => typeof element[one] === 'string');
	return name === undefined ? undefined : `"${name}": ${jsonText(element[name])}`;
}

function lines(
	kind: 'same' | 'added' | 'removed',
	value: unknown,
	{indent, key, comma}: Place,
): readonly DiffLine[] {
	const text = `${key}${value === undefined ? 'null' : jsonText(value, 2)}${comma}`;
	return text.split('\n').map((line) => plain(kind, `${indent}${line}`));
}

function plain(kind: DiffLine['kind'], text: string): DiffLine {
	return {kind, parts: [{text, isChanged: false}]};
}

/** One line that becomes another: the words that differ. */
function markedWords([was]: readonly DiffLine[], [becomes]: readonly DiffLine[]): readonly DiffLine[] {
	const words = diffWordsWithSpace(was ? diffText(was) : '', becomes ? diffText(becomes) : '');
	const partsOf = (isOther: (word: (typeof words)[number]) => boolean): readonly DiffPart[] =>
		words
			.filter((word) => !isOther(word))
			.map((word) => ({text: word.value, isChanged: word.added || word.removed}));
	return [
		{kind: 'removed', parts: partsOf(({added}) => added)},
		{kind: 'added', parts: partsOf(({removed}) => removed)},
	];
}
