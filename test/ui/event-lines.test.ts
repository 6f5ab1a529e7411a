import {expect, test} from 'vitest';
import {textLines} from '../../source/headless/text-lines.js';
import {createEventLines} from '../../source/ui/event-lines.js';
import {arrived, sent} from '../support/watch-events.js';

const from = Date.UTC(2026, 10, 22, 10, 15);
const describe = (event: Parameters<typeof textLines>[0]) => textLines(event, {showsDocuments: false});

/** Reads until the function given is called; gives what was read so far. */
const readerOf = (lines: ReturnType<typeof createEventLines>) => {
	const read: string[] = [];
	const end = lines.read((texts) => read.push(...texts));
	return {read, end};
};

test('a reader gets what was before, then what comes, and next time only what is new', () => {
	const lines = createEventLines(describe);
	for (const event of sent(1, from)) lines.add(event);
	const first = readerOf(lines);
	expect(first.read).toEqual([expect.stringMatching(/^ {2}↑ .*00001\.txt/)]);
	lines.add(arrived(1, from + 3000, 2000));
	expect(first.read).toHaveLength(2);
	first.end();
	lines.add({type: 'watch-paused', at: from + 4000});
	expect(first.read).toHaveLength(2);
	expect(readerOf(lines).read).toEqual(['  – Paused: nothing is uploaded or looked for']);
});

test('of very many files the newest lines wait for a reader, and it is said how many are left out', () => {
	const lines = createEventLines(describe);
	lines.add({type: 'watch-paused', at: from});
	for (let index = 1; index <= 5000; index++) for (const event of sent(index, from)) lines.add(event);
	const {read} = readerOf(lines);
	expect(read[0]).toContain('Paused');
	const leftOut = Number(/(\d+) earlier lines/.exec(read[1] ?? '')?.[1]);
	expect(leftOut + read.length - 2).toBe(5000);
	expect(read.length).toBeLessThan(2100);
	expect(read.at(-1)).toContain('05000.txt');
});
