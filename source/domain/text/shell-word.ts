import {isUnsafe} from './visible-text.js';

/**
 * A word as a shell takes it, for a command that is offered for pasting. What would steer the terminal, or be shown as an escape
 * and so pasted as another text, is in a form that is harmless to show and the same to the shell: `$'evil\033[2J'`.
 *
 * `$'…'` is of POSIX.1-2024, and understood by bash, zsh, ksh and BusyBox's ash since long. The bytes are octal, which, unlike
 * `\x` and `\u`, is the same in all of them and in every locale.
 */
export function quoted(word: string): string {
	if (isUnsafe(word)) return `$'${[...word].map(inDollarQuotes).join('')}'`;
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** The same without quotes around it, in parts between which it can be broken over rows: none is longer than seven letters. */
export function wordParts(word: string): readonly string[] {
	if (word === '') return ["''"];
	return [...word].flatMap((character) => {
		if (isUnsafe(character)) return octal(character).map((byte) => `$'${byte}'`);
		return /[\w@%+=:,./-]/.test(character) ? character : `\\${character}`;
	});
}

function inDollarQuotes(character: string): string {
	// An exclamation mark is history to an interactive shell.
	if (isUnsafe(character) || character === '!') return octal(character).join('');
	return character === "'" || character === '\\' ? `\\${character}` : character;
}

/** Three digits each, so that a digit that follows is none of it. */
function octal(character: string): readonly string[] {
	return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`);
}

/** What a shell takes a word of a line for: quotes and backslashes are gone; a quote may still be open. Source: POSIX.1-2024, Shell Command Language, 2.2. */
export function unquoted(word: string): string {
	return word.replaceAll(
		/'([^']*)(?:'|$)|"((?:[^"\\]|\\.)*)(?:"|$)|\\(.?)/gsu,
		(_found, single?: string, double?: string, escaped?: string) =>
			single ?? double?.replaceAll(/\\(["\\$`])/gu, '$1') ?? escaped ?? '',
	);
}
