import {PassThrough} from 'node:stream';
import {expect, it} from 'vitest';
import {askedYes, changesText} from '../../source/commands/ask/confirm.js';

it.each([
	[1, [], '1 change'],
	[7, [], '7 changes'],
	[7, ['A'], '7 changes despite 1 warning (A)'],
	[1, ['A', 'B'], '1 change despite 2 warnings (A; B)'],
])('%d changes with the warnings %j are asked for as what they are', (count, warnings, text) => {
	expect(changesText(count, warnings)).toBe(text);
});

/** A terminal on which somebody types lines, and goes away after them. */
const asked = async (lines: readonly string[]) => {
	const stderr = new PassThrough();
	const host = {
		stdin: Object.assign(new PassThrough(), {isTTY: true}),
		stdout: {isTTY: true},
		stderr,
		onInterrupt: () => () => undefined,
	};
	const answer = askedYes(host as never, 'Make 1 change');
	let questions = 0;
	stderr.on('data', (text: Buffer) => {
		for (const _ of String(text).matchAll(/Type yes: /g)) {
			const line = lines[questions];
			questions++;
			setImmediate(() => (line === undefined ? host.stdin.end() : host.stdin.write(`${line}\n`)));
		}
	});
	const problem = await answer;
	return {questions, code: problem?.code};
};

it.each([
	{lines: ['yes'], questions: 1, code: undefined},
	{lines: ['y'], questions: 1, code: undefined},
	{lines: ['Y'], questions: 1, code: undefined},
	{lines: [' YES '], questions: 1, code: undefined},
	{lines: ['yse', 'yes'], questions: 2, code: undefined},
	{lines: ['', 'y'], questions: 2, code: undefined},
	{lines: ['yse', 'yse'], questions: 2, code: 'not-confirmed'},
	{lines: ['', ''], questions: 2, code: 'not-confirmed'},
	{lines: ['yes please', 'n'], questions: 2, code: 'not-confirmed'},
	// A no is no slip of the fingers.
	{lines: ['no'], questions: 1, code: 'not-confirmed'},
	{lines: ['N'], questions: 1, code: 'not-confirmed'},
	{lines: [], questions: 1, code: 'cancelled'},
	{lines: ['what'], questions: 2, code: 'cancelled'},
])('$lines is asked for $questions times: $code', async ({lines, questions, code}) => {
	expect(await asked(lines)).toEqual({questions, code});
});
