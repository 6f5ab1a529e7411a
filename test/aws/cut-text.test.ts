import {expect, test} from 'vitest';
import {cutText} from '../../source/aws/responses/cut-text.js';
import {errorOf} from '../../source/aws/problems/problem-of.js';
import {problemFrom} from '../../source/domain/problem.js';

test.each([
	['short', 8, 'short'],
	['', 8, ''],
	['12345678', 8, '12345678'],
	['123456789', 8, '12345…'],
	['éééé', 8, 'éééé'],
	['ééééé', 8, 'éé…'],
	['👍👍👍', 8, '👍…'],
	['a👍👍', 8, 'a👍…'],
])('%s in %i bytes is %s', (text, max, cut) => {
	expect(cutText(text, max)).toBe(cut);
	expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(max);
});

test('the message, code and request id of an endpoint are cut, whatever their length', () => {
	const long = 'é'.repeat(1_000_000);
	const thrown = Object.assign(new Error(long), {
		name: long,
		Code: long,
		$metadata: {httpStatusCode: 400, requestId: long},
	});
	const error = errorOf(thrown, {operation: 'ListBuckets', profile: 'p'});
	const {cause} = problemFrom(error);
	expect(Buffer.byteLength(cause)).toBeLessThan(1024 + 2 * 128 + 100);
	expect(cause.split('…')).toHaveLength(4);
	expect(error).toMatchObject({answer: {code: expect.stringMatching(/^é{62}…$/)}});
});
