/** What stands for a sign of ours on a terminal that has ASCII only; each as wide as the sign. */
const signs: Readonly<Record<string, string>> = Object.fromEntries(
	[
		['–—−‐─━═┄', '-'],
		['│┃┊▏', '|'],
		['→▸›»▶', '>'],
		['←‹«◀', '<'],
		['↑▲', '^'],
		['↓▼', 'v'],
		['“”„', '"'],
		['‘’‚', "'"],
		['…', '~'],
		['·•●', '*'],
		['○◌', 'o'],
		['×✗✘', 'x'],
		['✓✔', '+'],
		['↻', 'r'],
		['█▉▊▋▌▍▎▇▆▅▄▃▂▁', '#'],
		['\u00A0', ' '],
	].flatMap(([from = '', to = '']) => [...from].map((sign) => [sign, to])),
);

/** What stands for a sign where there is room for more than its own width: in lines, and on screens that measure it themselves. */
const wideSigns: Readonly<Record<string, string>> = {'✓': 'ok', '→': '->', '←': '<-', '⇄': '<->', '…': '...'};

/** One character in ASCII, as wide as it was: what stands for a sign, else a question mark for each cell. */
export function asciiCharacter(character: string, width = 1): string {
	return signs[character] ?? '?'.repeat(width);
}

/** A line in ASCII. What is JSON keeps what it says: its other letters become escapes. */
export function asciiLine(line: string): string {
	if (/^[\0-\u007F]*$/.test(line)) return line;
	if (/^\{".*\}$/.test(line))
		return line.replaceAll(
			/[^\0-\u007F]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
	return line.replaceAll(/[^\0-\u007F]/gu, (character) => wideSigns[character] ?? asciiCharacter(character));
}
