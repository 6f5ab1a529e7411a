import {describe, expect, it} from 'vitest';
import {writeLines, writeQuestion} from '../../source/commands/host/door.js';

/** What stands on a terminal of 40 columns, or in a pipe. */
function written(lines: readonly string[], columns?: number): readonly string[] {
	let text = '';
	const write = (more: string): void => {
		text += more;
	};
	writeLines({write, ...(columns === undefined ? {} : {isTTY: true, columns})}, lines);
	return text.split('\n').slice(0, -1);
}

const arn = 'arn:aws:iam::111122223333:role/abcdef';
const undo = 's3-replicate undo 20260102-030405-1a2b';

describe('a line on a terminal', () => {
	it.each([
		['stays where it fits', ['✓ One two three'], ['✓ One two three']],
		[
			'is broken between words, set in under its text',
			['  1. Add this statement to the policy of acme-dr, please.'],
			['  1. Add this statement to the policy of', '     acme-dr, please.'],
		],
		[
			'is set in under the text of its label',
			['  Left       buckets and versioning, role, rule stay'],
			['  Left       buckets and versioning,', '             role, rule stay'],
		],
		[
			'is set in under a number behind a label',
			['  Next       1. Start again: it begins anew'],
			['  Next       1. Start again: it begins', '                anew'],
		],
		[
			'is set in under the text of a sign in ASCII',
			['  ok Role created: s3crr_role_for_my-us-east-1 12 ms'],
			['  ok Role created:', '     s3crr_role_for_my-us-east-1 12 ms'],
		],
		[
			'keeps its columns',
			['  + Put bucket policy     acme-dr  (0 → 2 statements)'],
			['  + Put bucket policy     acme-dr  (0 →', '    2 statements)'],
		],
		[
			'never breaks an ARN that fits',
			[`✗ Role is missing: ${arn} here`],
			['✗ Role is missing:', `  ${arn}`, '  here'],
		],
		[
			'never breaks a command that fits',
			[`Undo everything it did: ${undo}`],
			['Undo everything it did:', undo],
		],
		[
			'leaves a command that is wider to the terminal, whole',
			[`  1. Undo it: ${undo} --endpoint-url http://127.0.0.1:9000`],
			['  1. Undo it:', `     ${undo} --endpoint-url http://127.0.0.1:9000`],
		],
		['goes on after a command', [`Undo it: ${undo}. Then go on.`], ['Undo it:', `${undo}.`, 'Then go on.']],
		[
			'leaves a document alone',
			['    "Description": "Lets Amazon S3 replicate objects."'],
			['    "Description": "Lets Amazon S3 replicate objects."'],
		],
	])('%s', (_what, lines, rows) => {
		expect(written(lines, 40)).toEqual(rows);
		expect(written(lines)).toEqual(lines);
	});

	it('is broken in a question, too', () => {
		let text = '';
		const stream = {write: (more: string) => (text += more), isTTY: true, columns: 40};
		writeQuestion(stream, 'Make 5 changes despite 1 warning (Something is odd)? Type yes: ');
		expect(text.split('\n').every((row) => row.length <= 40)).toBe(true);
		expect(text.endsWith('Type yes: ')).toBe(true);
	});
});
