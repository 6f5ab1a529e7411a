/** What a text must not have where a terminal shows it; our own line breaks may. Source: ECMA-48, UAX #9, UTR #36. */
const raw =
	/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\u{E0000}-\u{E0FFF}]|\p{Surrogate}/u;

/** An attack on a terminal and on its reader: the clipboard, the screen, a line that was never written, an order of letters. */
export const hostile =
	'evil\u001B]52;c;ZXZpbA==\u0007\u001B[2J\u009B31m\r\n  ✓ forged\n✓ forged\u007F\u202Egnp\u200B\u200D\u2028\uFEFF\u{E0041}';

/** The same without the line breaks that arguments, settings and names of profiles cannot have. */
export const steering = 'evil\u001B]52;c;ZXZpbA==\u0007\u001B[2J\u009B31m\u007F\u202Egnp\u200B\u2028\uFEFF';

/** How it is shown. */
export const shownHostile = String.raw`evil\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\r\n  ✓ forged\n✓ forged\x7f\u202egnp\u200b\u200d\u2028\ufeff\u{e0041}`;

/** What is wrong with an output: raw characters, each with what is around it, and forged lines. */
export function hostileFaults(output: string): readonly string[] {
	const steering = [...output.matchAll(new RegExp(raw, 'gu'))].map(({index}) =>
		JSON.stringify(output.slice(Math.max(0, index - 20), index + 20)),
	);
	const forged = output.split('\n').filter((line) => /^\s*(?:✓|Done:) forged/.test(line));
	return [...steering, ...forged];
}

/** What of them reached a terminal that is drawn on, where sequences of ours are, too; OSC 777 and 778 are the test's own. */
export const hostileSequences = (output: string): readonly string[] => [
	...(output.match(
		/\u001B\]52|(?<!\u001B\]77[78];[^\u0007]*)\u0007|\u009B|\u202E|\u200B|\u200D|\u2028|\uFEFF|\u{E0041}|^\s*✓ forged/gmu,
	) ?? []),
];
