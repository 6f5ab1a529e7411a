import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {readRecord} from '../../source/domain/record/read-record.js';
import {answersOfRun, resumableRun} from '../../source/domain/record/resumable.js';
import {normalisedLines, RunNumbers} from '../support/normalised-lines.js';
import {startProgram} from '../support/program.js';
import {recordedWorld} from '../support/recorded-world.js';
import {
	lostFrom,
	lostFromSaid,
	oldRecords,
	oldRecordText,
	sayAgain,
	transcript,
	transcriptNames,
} from '../support/version-before.js';
import {sampled} from '../support/sampled.js';

describe('a JSON line of the version before', () => {
	it.each(
		sampled(
			'transcripts of the version before',
			transcriptNames.filter((name) => name !== 'served'),
			6,
		),
	)('is still said, with all its fields: %s', async (name) => {
		const {world: options, said} = transcript(name);
		const world = await recordedWorld(options);

		expect(lostFromSaid(said, await sayAgain(world, said))).toEqual([]);
	});

	it('is still said of a sandbox that is served', async () => {
		const {said} = transcript('served');
		const program = await startProgram(['sandbox', '--json']);
		await program.waitForLines(/sandbox-started/);
		program.child.kill('SIGINT');
		const {exitCode} = await program.ended;
		const lines = normalisedLines(program.stdout(), new RunNumbers()).slice(0, said[0]?.lines.length);

		expect(lostFromSaid(said, [{command: ['sandbox'], exitCode, lines}])).toEqual([]);
	});

	it.each([
		{what: 'a field that is gone', today: {id: 'a', list: [{code: 'c', headline: 'h'}]}},
		{what: 'a field with another value', today: {id: 'a', count: 2, list: [{code: 'c', headline: 'h'}]}},
		{what: 'a code that is another', today: {id: 'a', count: 1, list: [{code: 'd', headline: 'h'}]}},
		{what: 'a text that is gone', today: {id: 'a', count: 1, list: [{code: 'c', headline: null}]}},
		{what: 'an entry more', today: {id: 'a', count: 1, list: [{code: 'c', headline: 'h'}, {}]}},
	])('would be missed: $what', ({today}) => {
		const old = {id: 'a', count: 1, list: [{code: 'c', headline: 'h'}]};

		expect(lostFrom(old, today, 'line')).toHaveLength(1);
		expect(lostFrom(old, {...old, added: 1, list: [{code: 'c', headline: 'said better'}]}, 'line')).toEqual(
			[],
		);
	});
});

describe.each(sampled('records of the version before', oldRecords(), 6))(
	'a record of the version before: $record',
	(old) => {
		it('is listed, planned to be undone and undone as before', async () => {
			const world = await recordedWorld(old.world);
			await world.run(...old.setUp);
			const text = oldRecordText(old.record, world.one.sandbox.endpointUrl);
			const runId = runIdOf(text);
			await rm(world.runsFolder, {recursive: true});
			await mkdir(world.runsFolder, {mode: 0o700});
			const file = path.join(world.runsFolder, `${runId}.jsonl`);
			await writeFile(file, text, {mode: 0o600});
			const numbers = new RunNumbers();
			numbers.in(runId);

			expect(lostFromSaid(old.said, await sayAgain(world, old.said, numbers))).toEqual([]);
			// What is written to it comes after what was there.
			expect((await readFile(file, 'utf8')).startsWith(text)).toBe(true);
		});

		it('offers the same answers to go on with', () => {
			const endpointUrl = 'http://127.0.0.1:1';
			const text = oldRecordText(old.record, endpointUrl);
			const read = readRecord(runIdOf(text), 'a.jsonl', text);
			const records = [read].flatMap((one) => (one.ok ? [one.record] : []));

			expect(records.map(answersOfRun)).toEqual([expect.objectContaining(old.answers)]);
			const found = resumableRun(records, {endpointUrl, endpointsOf: () => undefined});
			expect(found !== undefined).toBe(old.resumes);
		});
	},
);

function runIdOf(text: string): string {
	return (JSON.parse(text.slice(0, text.indexOf('\n'))) as {runId: string}).runId;
}
