import {visibleText} from '../../../domain/text/visible-text.js';
import {characterWidth, charactersOf} from '../../terminal/text-width.js';

const ascii = /^[ -~]*$/;

/** How many cells a text takes as it is shown. Ink 6.8 counts wide characters wrongly in a box, so texts are measured and cut here first. */
export const displayWidth = (text: string): number => {
	if (ascii.test(text)) return text.length;
	let width = 0;
	for (const character of charactersOf(visibleText(text))) width += characterWidth(character);
	return width;
};

/** As many characters from the start as fit into `width` cells. */
const takeStart = (characters: readonly string[], width: number): string => {
	let taken = '';
	let used = 0;
	for (const character of characters) {
		used += characterWidth(character);
		if (used > width) break;
		taken += character;
	}

	return taken;
};

const takeEnd = (characters: readonly string[], width: number): string => {
	let taken = '';
	let used = 0;
	for (const character of characters.toReversed()) {
		used += characterWidth(character);
		if (used > width) break;
		taken = character + taken;
	}

	return taken;
};

/** Cuts a text at its end to at most `width` cells; `more` (`…`) tells that something is missing. */
export const truncateEnd = (foreign: string, width: number, more = '…'): string => {
	const text = visibleText(foreign);
	if (displayWidth(text) <= width) return text;
	const room = width - displayWidth(more);
	return room < 1
		? takeStart(charactersOf(text), Math.max(0, width))
		: takeStart(charactersOf(text), room) + more;
};

/** Cuts a text in its middle: for names that differ at their ends (`my-logs-…-west-2`). */
export const truncateMiddle = (foreign: string, width: number, more = '…'): string => {
	const text = visibleText(foreign);
	if (displayWidth(text) <= width) return text;
	const room = width - displayWidth(more);
	if (room < 2) return truncateEnd(text, width, more);
	const characters = charactersOf(text);
	const startWidth = Math.floor(room / 3);
	return takeStart(characters, startWidth) + more + takeEnd(characters, room - startWidth);
};

/**
 * Cuts a text of two names with `between` in its midst, each name in its own middle, so that neither is lost, and what stands between
 * them stays (`my-lo…s-east-1 → my-lo…s-west-2`). A name that is short leaves its room to the other.
 */
export const truncateNames = (foreign: string, between: string, width: number, more = '…'): string => {
	const names = visibleText(foreign).split(between);
	const [first, second] = names;
	const room = width - displayWidth(between);
	if (names.length !== 2 || first === undefined || second === undefined || room < 2)
		return truncateMiddle(foreign, width, more);
	const half = Math.floor(room / 2);
	const firstWidth = Math.max(half, room - displayWidth(second));
	const shown = truncateMiddle(first, firstWidth, more);
	return shown + between + truncateMiddle(second, room - displayWidth(shown), more);
};

/** Cuts a key to its last folders and its name where they fit (`…/test-0481.bin`), in its middle where they do not. */
export const truncateKey = (foreign: string, width: number, more = '…'): string => {
	const key = visibleText(foreign);
	if (displayWidth(key) <= width) return key;
	for (let at = key.indexOf('/'); at !== -1; at = key.indexOf('/', at + 1)) {
		const tail = more + key.slice(at);
		if (displayWidth(tail) <= width && at < key.length - 1) return tail;
	}

	return truncateMiddle(key, width, more);
};

/** Fills a text with blanks up to `width` cells; what is wider is cut. */
export const padEnd = (text: string, width: number, more?: string): string => {
	const cut = truncateEnd(text, width, more);
	return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
};

/** Where a path or an ARN is broken: behind the last `/` or `:` of what fits, never inside a name that fits into a line. */
const atName = (piece: string): string => {
	const at = Math.max(piece.lastIndexOf('/'), piece.lastIndexOf(':')) + 1;
	return at >= piece.length / 3 && at > 0 ? piece.slice(0, at) : piece;
};

/** Breaks a text into lines of at most `width` cells, at blanks where it can; paths and ARNs behind a `/` or `:`. */
export const wrapText = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of visibleText(text).split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (displayWidth(longer) <= width) {
			line = longer;
			continue;
		}

		if (line !== '') lines.push(line);
		line = word;
		while (displayWidth(line) > width) {
			const start = atName(takeStart(charactersOf(line), width)) || (charactersOf(line)[0] ?? '');
			lines.push(start);
			line = line.slice(start.length);
		}
	}

	return [...lines, line];
};

/** The same with a sign before the first of the lines. */
export const signedRows = (text: string, width: number, sign: string): readonly string[] =>
	wrapText(text, width).map((line, index) => `${index === 0 ? sign : ' '} ${line}`);

/** Breaks a line into pieces of at most `width` cells; the pieces after the first begin under the line's own indentation. */
export const wrapHard = (foreign: string, width: number): readonly string[] => {
	const line = visibleText(foreign);
	if (displayWidth(line) <= width) return [line];
	const indent = `${/^ */.exec(line)?.[0] ?? ''}  `.slice(0, Math.max(0, Math.floor(width / 2)));
	const pieces: string[] = [];
	let left = line;
	while (left !== '') {
		const prefix = pieces.length === 0 ? '' : indent;
		const characters = charactersOf(left);
		const piece = takeStart(characters, width - prefix.length) || (characters[0] ?? '');
		pieces.push(prefix + piece);
		left = left.slice(piece.length);
	}

	return pieces;
};
