import {expect, test} from 'vitest';
import {BoundedLog} from '../../source/sandbox/bounded-log.js';

test('A log keeps the last 10,000 entries, and no more', () => {
	const log = new BoundedLog<number>();
	for (let entry = 0; entry < 12_345; entry += 1) log.add(entry);
	expect(log.entries).toHaveLength(10_000);
	expect(log.entries[0]).toBe(2345);
	expect(log.entries.at(-1)).toBe(12_344);
});
