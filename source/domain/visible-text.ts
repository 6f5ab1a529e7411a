/**
 * Characters that steer a terminal, hide, or show a text as another one: control characters (C0, DEL, C1), line and paragraph
 * separators, marks and overrides of text direction, and what takes no room. Source: Unicode Standard, "Special Areas and Format
 * Characters"; UAX #9; ECMA-48.
 */
const unsafe =
	/[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|\p{Surrogate}/gu;

const names: Readonly<Record<string, string>> = {
	'\n': String.raw`\n`,
	'\r': String.raw`\r`,
	'\t': String.raw`\t`,
};

/** A text that others wrote, with what could steer, hide or deceive shown as visible escapes: `\x1b`, `\u202e`. */
export function visibleText(text: string): string {
	return text.replace(unsafe, (character) => names[character] ?? escapeOf(character.codePointAt(0) ?? 0));
}

/** A JSON document with the same characters as JSON's own escapes: a parser reads the same text. */
export function visibleJson(json: string): string {
	// Between tokens there is nothing of them but line ends and tabs, which stay.
	return json.replace(unsafe, (character) =>
		names[character] === undefined ? jsonEscape(character) : character,
	);
}

function escapeOf(code: number): string {
	if (code <= 0xff) return String.raw`\x${code.toString(16).padStart(2, '0')}`;
	const digits = code.toString(16).padStart(4, '0');
	return code <= 0xff_ff ? String.raw`\u${digits}` : String.raw`\u{${digits}}`;
}

function jsonEscape(character: string): string {
	return Array.from(
		{length: character.length},
		(_, index) => String.raw`\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
	).join('');
}
