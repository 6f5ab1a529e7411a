import {type KeyPress} from '../../hooks/key-press.js';
import {charactersOf} from '../../terminal/text-width.js';

/** A line of text that is being edited. */
export type EditedLine = {
	readonly text: string;
	/** How many characters stand before the caret. */
	readonly caret: number;
	/** Nobody has touched it: the first text that is typed takes its place. */
	readonly isUntouched: boolean;
};

/** A line as it is before the first key: the caret stands at its end. */
export const untouchedLine = (text: string): EditedLine => ({
	text,
	caret: charactersOf(text).length,
	isUntouched: true,
});

type Parts = {readonly before: readonly string[]; readonly after: readonly string[]};

const lineOf = (before: readonly string[], after: readonly string[]): EditedLine => ({
	text: [...before, ...after].join(''),
	caret: before.length,
	isUntouched: false,
});

/** The start without its last word, and the blanks behind it: what readline's `unix-word-rubout` leaves. */
const withoutLastWord = (before: readonly string[]): readonly string[] => {
	const end = before.findLastIndex((character) => character !== ' ');
	return before.slice(0, before.slice(0, end + 1).lastIndexOf(' ') + 1);
};

/** What keys do to a line, as in a shell. Source: Bash Reference Manual, "Bindable Readline Commands", emacs mode. */
const edits: Readonly<Record<string, (parts: Parts) => EditedLine>> = {
	left: ({before, after}) => lineOf(before.slice(0, -1), [...before.slice(-1), ...after]),
	right: ({before, after}) => lineOf([...before, ...after.slice(0, 1)], after.slice(1)),
	home: ({before, after}) => lineOf([], [...before, ...after]),
	end: ({before, after}) => lineOf([...before, ...after], []),
	backspace: ({before, after}) => lineOf(before.slice(0, -1), after),
	delete: ({before, after}) => lineOf(before, after.slice(1)),
	'ctrl+k': ({before}) => lineOf(before, []),
	'ctrl+u': ({after}) => lineOf([], after),
	'ctrl+w': ({before, after}) => lineOf(withoutLastWord(before), after),
};

const aliases: Readonly<Record<string, string>> = {
	'ctrl+a': 'home',
	'ctrl+e': 'end',
	'ctrl+b': 'left',
	'ctrl+f': 'right',
	'ctrl+d': 'delete',
};

/** Whether a key edits a line besides typing. */
export const isEditKey = (name: string): boolean => (aliases[name] ?? name) in edits;

/** The line after a key; the same line where the key does nothing to it. */
export const editLine = (line: EditedLine, {name, text}: KeyPress): EditedLine => {
	const characters = charactersOf(line.text);
	const before = characters.slice(0, line.caret);
	const after = characters.slice(line.caret);
	const edit = edits[aliases[name] ?? name];
	if (edit) return edit({before, after});
	if (text === '') return line;
	const typed = charactersOf(text);
	return line.isUntouched ? lineOf(typed, []) : lineOf([...before, ...typed], after);
};

/** The part of a line that is in sight around its caret, cut to so many cells with the caret's own. */
export const visiblePart = (
	{text, caret}: EditedLine,
	width: number,
	widthOf: (text: string) => number,
): {readonly before: string; readonly after: string} => {
	const characters = charactersOf(text);
	let start = 0;
	while (start < caret && widthOf(characters.slice(start, caret).join('')) > width - 1) start++;
	const before = characters.slice(start, caret).join('');
	let end = characters.length;
	while (end > caret && widthOf(before + characters.slice(caret, end).join('')) > width - 1) end--;
	return {before, after: characters.slice(caret, end).join('')};
};
