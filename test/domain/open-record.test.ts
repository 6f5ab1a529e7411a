import {describe, expect, test} from 'vitest';
import {openRecord, ownOf} from '../../source/domain/open-record.js';
import {newSession} from '../session/support/new-session.js';

describe.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'valueOf'])('%s', (name) => {
	test('is in an open record only where it was put', () => {
		expect(openRecord()[name]).toBeUndefined();
		expect(openRecord({other: 1})[name]).toBeUndefined();
		expect(openRecord(Object.fromEntries([[name, 1]]))[name]).toBe(1);
		const record = openRecord<number>();
		record[name] = 1;
		expect(Object.entries(record)).toEqual([[name, 1]]);
	});

	test('is a record’s own only where it was put', () => {
		expect(ownOf({other: 1}, name)).toBeUndefined();
		expect(ownOf(Object.fromEntries([[name, 1]]), name)).toBe(1);
	});

	test('is no profile of a session that has asked nobody', () => {
		const {identities, buckets} = newSession().getState();
		expect(identities[name]).toBeUndefined();
		expect(buckets[name]).toBeUndefined();
	});
});
