import {describe, expect, test} from 'vitest';
import {flattenPaste, parseKeys, settleRest} from '../../source/ui/terminal/key-parser.js';

const keysOf = (input: string): readonly string[] =>
	parseKeys(input).tokens.map((token) => {
		switch (token.kind) {
			case 'key':
				return token.sequence;
			case 'paste':
				return `paste:${token.text}`;
			default:
				return token.kind;
		}
	});

describe('whole input', () => {
	test.each<[string, string, readonly string[]]>([
		['type-ahead keeps its Enter', 'my\r', ['m', 'y', '\r']],
		['a line feed is Enter', 'a\n', ['a', '\r']],
		['CR LF is one Enter', 'a\r\nb', ['a', '\r', 'b']],
		['three Backspaces are three keys', '\u007F\u007F\u007F', ['\b', '\b', '\b']],
		['arrows in one read are single keys', '\u001B[B\u001B[B\r', ['\u001B[B', '\u001B[B', '\r']],
		['application-mode arrows', '\u001BOA\u001BOB', ['\u001BOA', '\u001BOB']],
		['arrows with modifiers', '\u001B[1;5A', ['\u001B[1;5A']],
		[
			'page and edit keys',
			'\u001B[5~\u001B[6~\u001B[H\u001B[F',
			['\u001B[5~', '\u001B[6~', '\u001B[H', '\u001B[F'],
		],
		['Escape before an arrow stays Escape', '\u001B\u001B[A', ['\u001B', '\u001B[A']],
		['Escape before Enter stays Escape', '\u001B\r', ['\u001B', '\r']],
		['Alt and a letter is one key', '\u001Bf', ['\u001Bf']],
		[
			'F1 is one key, whatever the terminal sends',
			'\u001BOP\u001B[11~\u001B[[A',
			['\uF704', '\uF704', '\uF704'],
		],
		['Ctrl+F1 is dropped: Ink dies of it', '\u001B[1;5Px', ['x']],
		['mouse reports are dropped', '\u001B[<0;10;5Ma\u001B[<0;10;5m\u001B[M !!b', ['a', 'b']],
		['focus reports are dropped', '\u001B[Ia\u001B[Ob', ['a', 'b']],
		[
			'colour answers are dropped',
			'\u001B]11;rgb:0000/0000/0000\u0007a\u001B]11;rgb:0/0/0\u001B\\b',
			['a', 'b'],
		],
		['device answers are dropped', '\u001BP>|XTerm(390)\u001B\\a\u001B[?62;c\u001B[?2026;2$yb', ['a', 'b']],
		['unnamed control characters are dropped', '\u0000\u001C\u001Da\u009B', ['a']],
		['Ctrl-C is an interrupt', 'a\u0003', ['a', 'interrupt']],
		['Ctrl-C inside half a sequence is an interrupt', '\u001B[\u0003', ['interrupt']],
		['Ctrl-Z is a suspend', '\u001A', ['suspend']],
		['wide characters stay whole', '日本😀', ['日', '本', '😀']],
		['a paste is one edit', '\u001B[200~my\nbucket\n\u001B[201~x', ['paste:my bucket', 'x']],
		['a run nobody types in one read is a paste', `${'x'.repeat(300)}\r`, [`paste:${'x'.repeat(300)}`, '\r']],
		['an empty paste is nothing', '\u001B[200~\n\u001B[201~', []],
	])('%s', (_name, input, expected) => {
		expect(keysOf(input)).toEqual(expected);
		expect(parseKeys(input).rest).toBe('');
	});
});

describe('unfinished input', () => {
	test.each([
		['a lone Esc', '\u001B'],
		['half an arrow', '\u001B['],
		['half an arrow with modifiers', '\u001B[1;5'],
		['half a paste', '\u001B[200~abc'],
		['half a mouse report', '\u001B[M !'],
		['half an answer', '\u001B]11;rgb:'],
		['an answer up to its terminator', '\u001B]11;rgb:\u001B'],
	])('%s waits for more', (_name, rest) => {
		expect(parseKeys(`a${rest}`)).toEqual({tokens: [{kind: 'key', sequence: 'a'}], rest});
	});

	test('every cut of a sequence gives the same keys', () => {
		const input = 'a\u001B[B\u001B[200~p q\u001B[201~\u001B[1;5P\u001BOA\r';
		const cuts = [...input].map((_character, index) => {
			const first = parseKeys(input.slice(0, index));
			return [...first.tokens, ...parseKeys(first.rest + input.slice(index)).tokens];
		});
		expect(new Set(cuts.map((tokens) => JSON.stringify(tokens)))).toEqual(
			new Set([JSON.stringify(parseKeys(input).tokens)]),
		);
	});

	test('a lone Esc settles as Escape, half a paste as a paste, half a sequence as nothing', () => {
		expect(settleRest('\u001B')).toEqual([{kind: 'key', sequence: '\u001B'}]);
		expect(settleRest('\u001B[200~abc')).toEqual([{kind: 'paste', text: 'abc'}]);
		expect(settleRest('\u001B[1;')).toEqual([]);
	});
});

test.each([
	['newlines become spaces and the last is dropped', 'a\r\nb\nc\n', 'a b c'],
	['tabs become spaces', 'a\tb', 'a b'],
	['colours are removed', '\u001B[31mred\u001B[0m', 'red'],
	['control characters are removed', 'a\u0007\u0003b\u009B', 'ab'],
])('in a paste %s', (_name, pasted, expected) => {
	expect(flattenPaste(pasted)).toBe(expected);
});
