import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {denseShellLines, shellLines} from '../../source/ui/components/shell-lines.js';

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
		for (const lines of [shellLines(words, width), denseShellLines(words, width)]) {
			expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
			const printed = execFileSync('/bin/sh', ['-c', lines.join('\n')], {encoding: 'utf8'});
			expect(printed.trimEnd().split('\n')).toEqual(words.slice(2));
		}
	},
);
