import {describe, expect, it} from 'vitest';
import {readReceipt} from '../../source/domain/hand-over/read-receipt.js';
import {sha256Of} from '../../source/domain/hand-over/asked.js';
import {type Receipt, receiptHash, receiptText} from '../../source/domain/hand-over/receipt.js';

const document = {Status: 'Enabled'};
const receipt: Receipt = {
	answers: {
		environment: 'aws',
		mode: 'cross-account',
		sourceBucket: 'here',
		destinationBucket: 'there',
		tags: ['a=b'],
	},
	source: {
		accountId: '111122223333',
		bucket: 'here',
		region: 'us-east-1',
		partition: 'aws',
		roleArn: 'arn:aws:iam::111122223333:role/replicator',
		isLocked: false,
		rulesSha256: sha256Of(null),
	},
	destination: {accountId: '444455556666', bucket: 'there', region: 'us-west-2'},
	rules: [{ID: 'rule', Status: 'Enabled', Destination: {Bucket: 'arn:aws:s3:::there'}}],
	asked: [
		{
			kind: 'enable-versioning',
			what: 'Enable versioning',
			target: 'there',
			document,
			sha256: sha256Of(document),
		},
	],
};
const confirmed: Receipt = {
	...receipt,
	confirmation: {
		accountId: '444455556666',
		at: '2026-01-01T00:00:00.000Z',
		of: receiptHash(receipt),
		policies: [{target: 'there', sha256: sha256Of(null)}],
	},
};

type Members = Record<string, unknown>;

/** A receipt with something changed in the file. */
const edited = (change: (whole: Members) => void, of: Receipt = receipt): string => {
	const whole = JSON.parse(receiptText(of)) as Members;
	change(whole);
	return JSON.stringify(whole);
};

/** A receipt that somebody made with the right hashes all the same. */
const made = (changes: Partial<Receipt>): string => receiptText({...receipt, ...changes});

describe('readReceipt', () => {
	it.each([receipt, confirmed])('reads what was written', (one) => {
		expect(readReceipt(receiptText(one))).toEqual({ok: true, receipt: one});
	});

	it('takes a file whose members and spaces another program has moved', () => {
		const moved = Object.fromEntries(Object.entries(JSON.parse(receiptText(confirmed)) as Members).reverse());
		expect(readReceipt(JSON.stringify(moved)).ok).toBe(true);
	});

	const other = {...receipt.source, accountId: '999900001111'};
	it.each<readonly [name: string, text: string, fault: string]>([
		['nothing', '', 'It is no receipt'],
		['no JSON', '{', 'It is no receipt'],
		['another file of JSON', '[1]', 'It is no receipt'],
		['a plan', '{"kind": "s3-replicate plan"}', 'It is no receipt'],
		['a null', 'null', 'It is no receipt'],
		['another version', edited((whole) => (whole['schemaVersion'] = 2)), 'Its schema version is 2'],
		['no version', edited((whole) => delete whole['schemaVersion']), 'Its schema version is none'],
		['a part missing', edited((whole) => delete whole['source']), 'It is not whole'],
		['a list that is none', edited((whole) => (whole['asked'] = 'all')), 'It is not whole'],
		['another answer', edited((whole) => ((whole['answers'] as Members)['prefix'] = 'x/')), 'It was edited'],
		[
			'an answer that is none',
			edited((whole) => ((whole['answers'] as Members)['anything'] = 1)),
			'It is not whole',
		],
		[
			'another document',
			edited((whole) => ((whole['asked'] as Members[])[0]!['document'] = {Status: 'Suspended'})),
			'It is not whole',
		],
		['a role of another account', made({source: other}), 'It is not whole'],
		[
			'a role that is none',
			made({source: {...receipt.source, roleArn: 'arn:aws:iam::111122223333:root'}}),
			'It is not whole',
		],
		[
			'an account that is none',
			made({destination: {...receipt.destination, accountId: 'me'}}),
			'It is not whole',
		],
		[
			'another bucket',
			made({destination: {...receipt.destination, bucket: 'elsewhere'}}),
			'different buckets',
		],
		[
			'an edited confirmation',
			edited((whole) => ((whole['confirmation'] as Members)['at'] = 'now'), confirmed),
			'Its confirmation was edited',
		],
		[
			'a confirmation of another receipt',
			made({confirmation: {...confirmed.confirmation!, of: 'other'}}),
			'is of another receipt',
		],
		[
			'a confirmation of another account',
			made({confirmation: {...confirmed.confirmation!, accountId: '999900001111'}}),
			'Account 999900001111 confirmed it',
		],
		['a confirmation that is none', made({confirmation: 'yes' as never}), 'It is not whole'],
	])('says what is wrong with %s', (_name, text, fault) => {
		expect(readReceipt(text)).toEqual({ok: false, fault: expect.stringContaining(fault) as string});
	});
});
