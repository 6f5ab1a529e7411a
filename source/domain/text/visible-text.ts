/**
 * What steers a terminal, or is not seen: control characters (C0, DEL, C1), format characters (marks of direction, joiners,
 * soft hyphens, byte order marks, tags), line and paragraph separators, halves of a surrogate pair, whatever Unicode wants
 * drawn as nothing (variation selectors, Hangul fillers), and code points that are no characters.
 * Source: UAX #44, UTR #36 (2.10 and 3.1) and UTS #55; blanks of other widths, letters that are written from right to left,
 * and combining marks are ordinary text.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
const everyUnsafe = new RegExp(unsafe.source, 'gu');

/** Nearly every line, told without looking up what Unicode says of each character: a twentieth of the time. */
const plain = /^[ -~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u27BF]*$/;

const named: ReadonlyMap<string, string> = new Map([
	['\t', String.raw`\t`],
	['\n', String.raw`\n`],
	['\r', String.raw`\r`],
]);

/** Whether a text has to be changed before anybody sees it. */
export const isUnsafe = (text: string): boolean => !plain.test(text) && unsafe.test(text);

/**
 * Makes a text that others wrote (a key, a name, a message) safe to show on one line: each character that could steer the
 * terminal, or make one text look like another, becomes a visible escape: `\x1b`, `\u202e`, `\u{e0041}`, and `\t`, `\n`, `\r`.
 *
 * A backslash stays as it is, so that a path, a key or a document with backslashes is shown as it is and a text that is
 * harmless already is not changed again. The price: a key with the four letters `\x1b` looks like one with an escape
 * character. Nothing is steered by either, and JSON lines tell them apart.
 */
export const visibleText = (text: string): string =>
	isUnsafe(text) ? text.replaceAll(everyUnsafe, escapeOf) : text;

/** A value as JSON with `visibleJson`'s escapes. */
export const jsonText = (value: unknown, indent?: number): string =>
	visibleJson(JSON.stringify(value, undefined, indent));

/**
 * A JSON document that a terminal shows harmlessly and every parser reads as the same value: what `visibleText` escapes is
 * `\u....` in it, two of them where the character is beyond U+FFFF. Line breaks and tabs, which stand between tokens only,
 * stay.
 */
export const visibleJson = (json: string): string =>
	isUnsafe(json) ? json.replaceAll(everyUnsafe, jsonEscapeOf) : json;

function escapeOf(character: string): string {
	const short = named.get(character);
	if (short !== undefined) return short;
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16);
	if (code < 0x1_00) return `\\x${hex.padStart(2, '0')}`;
	return code < 0x1_00_00 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

function jsonEscapeOf(character: string): string {
	if (named.has(character)) return character;
	let text = '';
	for (let index = 0; index < character.length; index++)
		text += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
	return text;
}
