import {expect, test} from 'vitest';
import {copyCode} from '../../source/ui/terminal/copy-code.js';

const code = '\u001B]52;c;aGVsbG8=\u0007';

test.each([
	['a terminal', {}, code],
	['tmux, both ways', {TMUX: '/tmp/tmux'}, `${code}\u001BPtmux;\u001B${code}\u001B\\`],
	['GNU screen', {STY: '1.pts'}, `\u001BP${code}\u001B\\`],
])('a text is handed to %s', (_name, environment, expected) => {
	expect(copyCode('hello', environment)).toBe(expected);
});

test('a text that is too long for a terminal is not sent at all', () => {
	expect(copyCode('x'.repeat(74_001))).toBe('');
});
