import {describe, expect, test} from 'vitest';
import {isUnsafe, jsonText, visibleText} from '../../source/domain/text/visible-text.js';

/** Of each kind an example, what is shown for it, and what JSON has. */
const escaped: ReadonlyArray<readonly [string, string, string, string]> = [
	['NUL', '\u0000', String.raw`\x00`, String.raw`\u0000`],
	['BEL', '\u0007', String.raw`\x07`, String.raw`\u0007`],
	['backspace', '\b', String.raw`\x08`, String.raw`\b`],
	['tab', '\t', String.raw`\t`, String.raw`\t`],
	['line feed', '\n', String.raw`\n`, String.raw`\n`],
	['carriage return', '\r', String.raw`\r`, String.raw`\r`],
	['escape', '\u001B', String.raw`\x1b`, String.raw`\u001b`],
	['DEL', '\u007F', String.raw`\x7f`, String.raw`\u007f`],
	['NEL, a C1 line break', '\u0085', String.raw`\x85`, String.raw`\u0085`],
	['CSI of one character', '\u009B', String.raw`\x9b`, String.raw`\u009b`],
	['OSC of one character', '\u009D', String.raw`\x9d`, String.raw`\u009d`],
	['soft hyphen', '\u00AD', String.raw`\xad`, String.raw`\u00ad`],
	['combining grapheme joiner', '\u034F', String.raw`\u034f`, String.raw`\u034f`],
	['Arabic letter mark', '\u061C', String.raw`\u061c`, String.raw`\u061c`],
	['Hangul choseong filler', '\u115F', String.raw`\u115f`, String.raw`\u115f`],
	['Khmer inherent vowel', '\u17B4', String.raw`\u17b4`, String.raw`\u17b4`],
	['Mongolian vowel separator', '\u180E', String.raw`\u180e`, String.raw`\u180e`],
	['zero-width space', '\u200B', String.raw`\u200b`, String.raw`\u200b`],
	['zero-width non-joiner', '\u200C', String.raw`\u200c`, String.raw`\u200c`],
	['zero-width joiner', '\u200D', String.raw`\u200d`, String.raw`\u200d`],
	['left-to-right mark', '\u200E', String.raw`\u200e`, String.raw`\u200e`],
	['line separator', '\u2028', String.raw`\u2028`, String.raw`\u2028`],
	['paragraph separator', '\u2029', String.raw`\u2029`, String.raw`\u2029`],
	['right-to-left override', '\u202E', String.raw`\u202e`, String.raw`\u202e`],
	['word joiner', '\u2060', String.raw`\u2060`, String.raw`\u2060`],
	['first strong isolate', '\u2068', String.raw`\u2068`, String.raw`\u2068`],
	['deprecated format character', '\u206F', String.raw`\u206f`, String.raw`\u206f`],
	['Hangul filler', '\u3164', String.raw`\u3164`, String.raw`\u3164`],
	['half of a surrogate pair', '\uD83D', String.raw`\ud83d`, String.raw`\ud83d`],
	['the other half', '\uDC00', String.raw`\udc00`, String.raw`\udc00`],
	['noncharacter', '\uFDD0', String.raw`\ufdd0`, String.raw`\ufdd0`],
	['variation selector', '\uFE0F', String.raw`\ufe0f`, String.raw`\ufe0f`],
	['byte order mark', '\uFEFF', String.raw`\ufeff`, String.raw`\ufeff`],
	['half-width Hangul filler', '\uFFA0', String.raw`\uffa0`, String.raw`\uffa0`],
	['interlinear annotation', '\uFFF9', String.raw`\ufff9`, String.raw`\ufff9`],
	['noncharacter at the end of a plane', '\u{1FFFF}', String.raw`\u{1ffff}`, String.raw`\ud83f\udfff`],
	['musical format character', '\u{1D173}', String.raw`\u{1d173}`, String.raw`\ud834\udd73`],
	['tag', '\u{E0041}', String.raw`\u{e0041}`, String.raw`\udb40\udc41`],
	['supplementary variation selector', '\u{E0100}', String.raw`\u{e0100}`, String.raw`\udb40\udd00`],
];

describe.each(escaped)('%s', (_, character, shown, json) => {
	const text = `a${character}b`;
	test('is shown as a visible escape', () => {
		expect(visibleText(text)).toBe(`a${shown}b`);
		expect(isUnsafe(text)).toBe(true);
		expect(isUnsafe(visibleText(text))).toBe(false);
	});

	test('is escaped in JSON, and read from it again', () => {
		expect(jsonText({[text]: text})).toBe(`{"a${json}b":"a${json}b"}`);
		expect(JSON.parse(jsonText([text]))).toEqual([text]);
	});
});

test.each([
	['ASCII', ' !"#$%&\'()*+,-./09:;<=>?@AZ[]^_`az{|}~'],
	['a backslash', String.raw`C:\Users\x1b\new\u202e`],
	['signs of ours', '✓ ✗ ↻ ↑ … – → “ ” · ▸ ░ █'],
	['a letter with a mark of its own', 'u\u0308'],
	['letters from right to left', 'שלום/سلام'],
	['ideographs and their blank', '写真\u3000集'],
	['blanks of other widths: a screenshot of macOS has one', 'at 3.00.00\u202FPM\u00A0'],
	['an emoji beyond U+FFFF', '🎉'],
	['private use', '\uE0B0'],
	['nothing', ''],
])('%s is ordinary text', (_, text) => {
	expect(visibleText(text)).toBe(text);
	expect(isUnsafe(text)).toBe(false);
	expect(jsonText(text)).toBe(JSON.stringify(text));
});

test('every C0, DEL and C1 is escaped, and what is escaped once stays', () => {
	const all = Array.from({length: 0xa0}, (_, code) => String.fromCharCode(code));
	const controls = all.filter((character) => character < ' ' || character >= '\u007F');
	expect(controls).toHaveLength(65);
	const shown = visibleText(controls.join(''));
	expect(shown).toMatch(/^(?:\\x[\da-f]{2}|\\[tnr]){65}$/);
	expect(visibleText(shown)).toBe(shown);
});

test('an attack on the terminal is a text to read', () => {
	expect(visibleText('k\u001B]52;c;ZXZpbA==\u0007\u001B[2J\r\n  ✓ forged')).toBe(
		String.raw`k\x1b]52;c;ZXZpbA==\x07\x1b[2J\r\n  ✓ forged`,
	);
});

test('an indented document keeps its line breaks and nothing else', () => {
	const value = {Sid: 'a\n\u2028\u009B', list: [1, '\u{E0041}']};
	const text = jsonText(value, 2);
	expect(text.split('\n')).toEqual([
		'{',
		String.raw`  "Sid": "a\n\u2028\u009b",`,
		'  "list": [',
		'    1,',
		String.raw`    "\udb40\udc41"`,
		'  ]',
		'}',
	]);
	expect(JSON.parse(text)).toEqual(value);
});

test('the short way says of every character of the first plane what the long one says', () => {
	const long = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;
	const every = Array.from({length: 0x1_00_00}, (_, code) => String.fromCharCode(code));
	expect(every.filter((character) => isUnsafe(character) !== long.test(character))).toEqual([]);
});
