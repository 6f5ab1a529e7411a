import {describe, expect, test} from 'vitest';
import {layoutColumns} from '../../source/ui/components/fields/filter-list.js';
import {jsonLines} from '../../source/ui/components/documents/json-view.js';
import {scrollTop} from '../../source/ui/hooks/use-scroll.js';
import {hintLine, labelKeys} from '../../source/ui/components/frame/key-labels.js';
import {filledCells} from '../../source/ui/components/text/progress-bar.js';
import {
	displayWidth,
	padEnd,
	truncateEnd,
	truncateKey,
	truncateMiddle,
	truncateNames,
	wrapHard,
	wrapText,
} from '../../source/ui/components/text/truncate.js';
import {decideAbilities} from '../../source/ui/terminal-abilities.js';
import {createTheme} from '../../source/ui/theme.js';

const {glyphs} = createTheme({hasColour: true, hasUnicode: true});
const ascii = createTheme({hasColour: true, hasUnicode: false}).glyphs;

describe('cutting to a width', () => {
	test.each([
		['short stays', 'abc', 5, 'abc'],
		['exactly as wide stays', 'abcde', 5, 'abcde'],
		['long is cut', 'abcdef', 5, 'abcd…'],
		['wide characters count two', '日本語', 5, '日本…'],
		['never half of a wide character', '日本語', 4, '日…'],
		['a hand with its colour is one character', '👍🏽abc', 4, '👍🏽a…'],
		['no room at all', 'abc', 0, ''],
		['room for one', 'abc', 1, 'a'],
	])('at the end: %s', (_name, text, width, expected) => {
		expect(truncateEnd(text, width)).toBe(expected);
	});

	test.each([
		['short stays', 'logs/a.bin', 10, 'logs/a.bin'],
		['both ends are kept', 'logs/2026/11/22/test-0481.bin', 16, 'logs/…t-0481.bin'],
		['little room falls back to the start', 'abcdef', 2, 'a…'],
	])('in the middle: %s', (_name, text, width, expected) => {
		expect(truncateMiddle(text, width)).toBe(expected);
	});

	test.each([
		['both fit', 'logs → copies', 20, 'logs → copies'],
		[
			'both are long',
			'my-source-of-one-account → my-destination-of-another',
			25,
			'my-…account → my-…another',
		],
		['the second is short', 'my-source-of-one-account → b', 20, 'my-so…ne-account → b'],
		['the first is short', 'a → my-destination-of-another', 20, 'a → my-de…of-another'],
		['the second is not chosen yet', 'my-source-of-one-account → …', 20, 'my-so…ne-account → …'],
		['one name only', 'my-source-of-one-account', 12, 'my-…-account'],
		['no room for two', 'abcdef → ghijkl', 4, 'a…kl'],
	])('two names: %s', (_name, text, width, expected) => {
		expect(truncateNames(text, ' → ', width)).toBe(expected);
		expect(displayWidth(expected)).toBeLessThanOrEqual(width);
	});

	test('padding fills up or cuts', () => {
		expect(padEnd('日', 4)).toBe('日  ');
		expect(padEnd('abcdef', 4)).toBe('abc…');
	});

	test('text wraps at blanks, and inside words that are too long', () => {
		expect(wrapText('the quick brown', 9)).toEqual(['the quick', 'brown']);
		expect(wrapText('arn:aws:s3:::bucket is long', 10)).toEqual(['arn:aws:', 's3:::', 'bucket is', 'long']);
		expect(wrapText('arn:aws:iam::111122223333:role/service-role/s3crr_role', 30)).toEqual([
			'arn:aws:iam::111122223333:',
			'role/service-role/s3crr_role',
		]);
	});

	test('a line wraps under its own indentation', () => {
		expect(wrapHard('  "abcdefgh"', 8)).toEqual(['  "abcde', '    fgh"']);
	});
});

test.each([
	['control characters', 'a\u001B[31mb\nc', String.raw`a\x1b[31mb\nc`],
	['overrides of direction', 'exe\u202Egnp', String.raw`exe\u202egnp`],
	['C1 controls', 'a\u009Bb', String.raw`a\x9bb`],
	['ordinary text of any language', 'Größe 日本 😀', 'Größe 日本 😀'],
])('measured and cut as it is shown: %s', (_name, text, expected) => {
	const width = displayWidth(expected);
	expect(displayWidth(text)).toBe(width);
	expect(padEnd(text, width + 1)).toBe(`${expected} `);
	for (const cut of [truncateEnd, truncateMiddle, truncateKey]) {
		expect(cut(text, width)).toBe(expected);
		expect(displayWidth(cut(text, width - 1))).toBeLessThan(width);
	}

	expect(wrapText(text, width)).toEqual([expected]);
	expect(wrapHard(text, width)).toEqual([expected]);
	expect(
		wrapHard(text, 3)
			.map((piece) => piece.trim())
			.join(''),
	).toBe(expected.replaceAll(' ', ''));
});

test.each([
	[0, 10, 20, 0],
	[1, 1000, 20, 1],
	[5, 10, 20, 10],
	[999, 1000, 20, 19],
	[10, 10, 20, 20],
	[0, 0, 20, 0],
])('%d of %d fills of %d cells: %d', (done, total, width, expected) => {
	expect(filledCells(done, total, width)).toBe(expected);
});

describe('keys as they are shown', () => {
	test('pairs, names and Ctrl', () => {
		expect(labelKeys(['up', 'down'], glyphs)).toBe('↑↓');
		expect(labelKeys(['enter'], glyphs)).toBe('⏎');
		expect(labelKeys(['escape'], glyphs)).toBe('esc');
		expect(labelKeys(['ctrl+u'], glyphs)).toBe('^U');
		expect(labelKeys(['pageup', 'pagedown'], glyphs)).toBe('PgUp PgDn');
		expect(labelKeys(['up', 'down'], ascii)).toBe('up/down');
	});

	const bindings = [
		{keys: ['enter'], label: 'choose'},
		{keys: ['home'], label: 'first', isHidden: true},
		{keys: ['left', 'escape'], label: 'back'},
		{keys: [], label: 'type to filter'},
		{keys: ['q'], label: 'quit'},
		{keys: ['ctrl+c'], label: 'stop safely'},
	] as const;

	test.each([
		[80, '⏎ choose   ← esc back   type to filter   q quit   ^C stop safely'],
		[63, '⏎ choose   ← esc back   q quit   ^C stop safely'],
		[46, '← esc back   q quit   ^C stop safely'],
	])('of %d cells: the ways out stay, others go from the end, in order, nothing hidden', (width, line) => {
		expect(hintLine(bindings, glyphs, width)).toBe(line);
	});
});

describe('JSON', () => {
	test('nothing of a long line is left out', () => {
		const value = {Resource: `arn:aws:s3:::${'b'.repeat(63)}/*`};
		const lines = jsonLines(value, 40);
		expect(lines.map((line) => line.trim()).join('')).toContain(value.Resource);
		expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
	});

	test('a document that is text already is shown as it is', () => {
		expect(jsonLines('{"a":1}', 40)).toEqual(['{"a":1}']);
	});

	test('scrolling stays within the document', () => {
		expect(scrollTop(0, -1, 10, 4)).toBe(0);
		expect(scrollTop(5, 99, 10, 4)).toBe(6);
		expect(scrollTop(0, 1, 3, 4)).toBe(0);
	});
});

test('columns that do not fit are left out from the right', () => {
	expect(layoutColumns(['rest', 6, 12], 60)).toEqual([38, 6, 12]);
	expect(layoutColumns(['rest', 20, 20], 40)).toEqual([18, 20]);
	expect(layoutColumns([50], 40)).toEqual([40]);
});

test.each<[string, Record<string, string>, boolean, {hasColour: boolean; hasUnicode: boolean}]>([
	['an ordinary terminal', {TERM: 'xterm', LANG: 'en_US.UTF-8'}, false, {hasColour: true, hasUnicode: true}],
	['no locale at all', {TERM: 'xterm'}, false, {hasColour: true, hasUnicode: true}],
	['a locale without UTF-8', {TERM: 'xterm', LANG: 'C'}, false, {hasColour: true, hasUnicode: false}],
	[
		'LC_ALL before LANG',
		{TERM: 'xterm', LC_ALL: 'C', LANG: 'C.UTF-8'},
		false,
		{hasColour: true, hasUnicode: false},
	],
	['the Linux console', {TERM: 'linux', LANG: 'C.UTF-8'}, false, {hasColour: true, hasUnicode: false}],
	['NO_COLOR', {TERM: 'xterm', NO_COLOR: '1'}, false, {hasColour: false, hasUnicode: true}],
	['an empty NO_COLOR', {TERM: 'xterm', NO_COLOR: ''}, false, {hasColour: true, hasUnicode: true}],
	['--no-color', {TERM: 'xterm', FORCE_COLOR: '1'}, true, {hasColour: false, hasUnicode: true}],
	['TERM=dumb', {TERM: 'dumb'}, false, {hasColour: false, hasUnicode: false}],
])('abilities: %s', (_name, environment, isColourRefused, expected) => {
	const abilities = decideAbilities(environment, isColourRefused);
	expect(abilities).toMatchObject(expected);
	expect(abilities.forceColor).toBe(expected.hasColour ? '1' : '0');
});
