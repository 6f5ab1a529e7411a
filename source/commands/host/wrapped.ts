const marks = /\p{M}/gu;
const wide =
	/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/gu;

/** How many cells a text takes, nearly: what measures exactly is loaded with the screens alone. */
function widthOf(text: string): number {
	if (/^[ -~]*$/.test(text)) return text.length;
	return [...text.replaceAll(marks, '').replaceAll(wide, 'xx')].length;
}

/** A command that is offered for pasting goes to the end of its line or sentence: it is one piece. */
const command = /(?<=(?:^|: | {2,}))(?:s3-replicate|aws|chmod) \S.*?(?=\. [A-Z]|$)/;

/** What a line begins with: its blanks, the label of a row, and a sign or a number, each with what parts it from the text. */
const head = /^ *(?:[A-Z][a-z]+(?: [a-z]+)? {2,})?(?:(?:[✓✗↻↑…–!?+~=-]|ok|\d+\.) +)?/u;

/** A line of a JSON document: a break within one of its texts would make another document of it. */
const document = /^ *["{}[\]]/;

/**
 * A line as it stands on a terminal so wide: broken between words, what follows set in under the text. A word, an ARN or a command
 * is never broken: one that is wider than the terminal is left to it, so that it is still one text to copy.
 */
export function wrapped(line: string, columns: number): readonly string[] {
	if (widthOf(line) <= columns || document.test(line)) return [line];
	const start = head.exec(line)?.[0] ?? '';
	const hang = ' '.repeat(start.length <= columns / 2 ? start.length : 0);
	const rows: string[] = [];
	let row = start;
	let isBegun = false;
	for (const [blanks, piece] of piecesOf(line.slice(start.length))) {
		if (isBegun && widthOf(row + blanks + piece) > columns) {
			rows.push(row);
			row = hang + piece;
		} else row += blanks + piece;
		isBegun = true;
	}

	return [...rows, row];
}

/** Words and commands, each with the blanks before it. */
function piecesOf(text: string): ReadonlyArray<readonly [blanks: string, piece: string]> {
	const found = command.exec(text);
	if (!found) return [...text.matchAll(/( *)([^ ]+|$)/g)].map(([, blanks = '', word = '']) => [blanks, word]);
	const before = text.slice(0, found.index);
	const words = before.trimEnd();
	return [
		...(words === '' ? [] : piecesOf(words)).filter(([, word]) => word !== ''),
		[before.slice(words.length), found[0]],
		...piecesOf(text.slice(found.index + found[0].length)).filter(([, word]) => word !== ''),
	];
}
