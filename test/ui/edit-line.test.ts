import {describe, expect, test} from 'vitest';
import {
	type EditedLine,
	editLine,
	isEditKey,
	untouchedLine,
	visiblePart,
} from '../../source/ui/components/fields/edit-line.js';
import {displayWidth} from '../../source/ui/components/text/truncate.js';

/** `ab|cd`: a line with its caret. */
const lineAt = (marked: string): EditedLine => ({
	text: marked.replace('|', ''),
	caret: marked.indexOf('|'),
	isUntouched: false,
});
const marked = ({text, caret}: EditedLine): string => `${text.slice(0, caret)}|${text.slice(caret)}`;
const key = (name: string) => ({name, text: ''});
const typed = (text: string) => ({name: text, text});

// Expected as documented: Bash Reference Manual, "Bindable Readline Commands".
describe('keys edit a line as in a shell', () => {
	test.each([
		['ctrl+a', 'one two|', '|one two'],
		['home', 'one| two', '|one two'],
		['ctrl+e', '|one two', 'one two|'],
		['end', 'one| two', 'one two|'],
		['ctrl+k', 'one| two', 'one|'],
		['ctrl+k', '|one two', '|'],
		['ctrl+u', 'one| two', '| two'],
		['ctrl+u', 'one two|', '|'],
		['ctrl+w', 'one two|', 'one |'],
		['ctrl+w', 'one two  |', 'one |'],
		['ctrl+w', 'one tw|o', 'one |o'],
		['ctrl+w', 'one|', '|'],
		['ctrl+w', '|one', '|one'],
		['ctrl+d', 'o|ne', 'o|e'],
		['delete', 'o|ne', 'o|e'],
		['delete', 'one|', 'one|'],
		['backspace', 'on|e', 'o|e'],
		['backspace', '|one', '|one'],
		['left', 'on|e', 'o|ne'],
		['ctrl+b', '|one', '|one'],
		['right', 'on|e', 'one|'],
		['ctrl+f', 'one|', 'one|'],
		['ctrl+x', 'on|e', 'on|e'],
	])('%s makes “%s” “%s”', (name, before, after) => {
		expect(marked(editLine(lineAt(before), key(name)))).toBe(after);
	});

	test.each([
		['0', '5', '0|'],
		['y', 'no', 'y|'],
		['a pasted text', 'default', 'a pasted text|'],
	])('“%s” typed first takes the place of “%s”', (text, before, after) => {
		expect(marked(editLine(untouchedLine(before), typed(text)))).toBe(after);
	});

	test.each([
		['home', '-|role'],
		['end', 'role-|'],
		['left', 'rol-|e'],
		['backspace', 'rol-|'],
	])('after %s a default is a text like others', (name, after) => {
		expect(marked(editLine(editLine(untouchedLine('role'), key(name)), typed('-')))).toBe(after);
	});

	test('a character of several code units is one', () => {
		const family = '👨‍👩‍👧';
		expect(editLine(untouchedLine(`a${family}`), key('backspace')).text).toBe('a');
		expect(editLine(untouchedLine(family), key('ctrl+a')).caret).toBe(0);
	});

	test.each(['up', 'down', 'tab', 'enter', 'escape', 'ctrl+c', 'alt+x'])('%s is left to others', (name) => {
		expect(isEditKey(name)).toBe(false);
	});
});

test.each([
	['abcdef|', 10, 'abcdef', ''],
	['abcdef|', 4, 'def', ''],
	['|abcdef', 4, '', 'abc'],
	['abc|def', 4, 'abc', ''],
	['日本|語', 4, '本', ''],
])('of “%s” in %i cells the caret is in sight', (text, width, before, after) => {
	expect(visiblePart(lineAt(text), width, displayWidth)).toEqual({before, after});
});
