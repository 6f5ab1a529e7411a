import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {quoted} from '../../source/domain/text/shell-word.js';
import {isUnsafe} from '../../source/domain/text/visible-text.js';
import {shellCommand, shellLines} from '../../source/ui/watch/shell-lines.js';
import {displayWidth} from '../../source/ui/components/text/truncate.js';
import {hostile} from '../support/hostile-texts.js';

const words = [
	'printf',
	String.raw`%s\n`,
	'/var/folders/zz/0123456789abcdefghijklmnopqrstuvwxyz/T/a folder/credentials',
	`it's`,
	'$HOME',
	String.raw`back\slash`,
	's3://my-bucket/',
];

test.each([10, 11, 20, 21, 22, 23, 40, 60, 80, 200])(
	'a command over rows of %i cells is the same command to a shell',
	(width) => {
		const lines = shellLines(words, width);
		expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
		const printed = execFileSync('/bin/sh', ['-c', lines.join('\n')], {encoding: 'utf8'});
		expect(printed.trimEnd().split('\n')).toEqual(words.slice(2));
	},
);

const hostileWords = [
	hostile,
	"it's\u001B",
	'',
	'\u202E!7\\',
	'é😀\u{1F1E6}\u0001',
	'line\n',
	'漢字'.repeat(20),
];

/** What a shell makes of a command that prints its words, each in brackets. */
const printed = (command: string): string =>
	// `$'…'` is in POSIX.1-2024, but not in every /bin/sh yet.
	execFileSync('bash', ['-c', command], {encoding: 'utf8'});

const expected = hostileWords.map((word) => `[${word}]`).join('');

test('words that steer a terminal are harmless to show and the same to a shell', () => {
	const command = ['printf', '[%s]', ...hostileWords].map(quoted).join(' ');
	expect(isUnsafe(command)).toBe(false);
	expect(printed(command)).toBe(expected);
});

test.each([9, 10, 11, 12, 13, 14, 15, 16, 40, 80, 200])('over rows of %i cells, too', (width) => {
	const lines = shellLines(['printf', '[%s]', ...hostileWords], width);
	expect(lines.filter(isUnsafe)).toEqual([]);
	expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(Math.max(10, width));
	expect(printed(lines.join('\n'))).toBe(expected);
});

test('and in the one line that is copied', () => {
	const line = shellCommand(['printf', '[%s]', ...hostileWords]);
	expect(isUnsafe(line)).toBe(false);
	expect(printed(line)).toBe(expected);
});
