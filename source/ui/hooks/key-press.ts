import {type Key} from 'ink';
import {f1Sequence} from '../terminal/key-parser.js';

/** Each character of a text. */
type CharacterOf<Text extends string> = Text extends `${infer First}${infer Rest}`
	? First | CharacterOf<Rest>
	: never;

type Letter = CharacterOf<'abcdefghijklmnopqrstuvwxyz'>;
type Digit = CharacterOf<'0123456789'>;

/** A key by its name: what a table of bindings says and `useKeys` compares. */
export type KeyName =
	| 'up'
	| 'down'
	| 'left'
	| 'right'
	| 'pageup'
	| 'pagedown'
	| 'home'
	| 'end'
	| 'enter'
	| 'escape'
	| 'tab'
	| 'shift+tab'
	| 'backspace'
	| 'delete'
	| 'space'
	| Letter
	| Uppercase<Letter>
	| Digit
	| '?'
	| '/'
	| '+'
	| '-'
	| 'f1'
	| `ctrl+${Letter}`;

/** One key as it was pressed. A paste is one press whose text is longer than a character. */
export type KeyPress = {
	/** A `KeyName`, or the text itself. */
	readonly name: string;
	/** What it types; empty for keys that type nothing. */
	readonly text: string;
};

const nameOf = (input: string, key: Key): string => {
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.pageUp) return 'pageup';
	if (key.pageDown) return 'pagedown';
	if (key.home) return 'home';
	if (key.end) return 'end';
	if (key.return) return 'enter';
	if (key.escape) return 'escape';
	if (key.tab) return key.shift ? 'shift+tab' : 'tab';
	if (key.backspace) return 'backspace';
	if (key.delete) return 'delete';
	if (key.ctrl) return `ctrl+${input}`;
	if (key.meta) return `alt+${input}`;
	if (input === f1Sequence) return 'f1';
	return input === ' ' ? 'space' : input;
};

/** Names what Ink's `useInput` reports. */
export const toKeyPress = (input: string, key: Key): KeyPress => {
	const name = nameOf(input, key);
	const isText = name === input || name === 'space';
	return {name, text: isText ? input : ''};
};
