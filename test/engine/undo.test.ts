import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {memoryRecords} from '../../source/engine/record/memory-records.js';
import type {RecordStore} from '../../source/engine/record/record-store.js';
import {inhabit} from '../support/inhabited-world.js';
import {type Death, deaths, mortal} from '../support/mortal.js';
import {sampled} from '../support/sampled.js';
import {type TriedWorld, triedWorld} from '../support/tried-world.js';

const empty = async (): Promise<void> => undefined;
const worlds = [
	{what: 'from nothing', mode: 'cross-region', prepare: empty, writes: 8, undoWrites: 7},
	{what: 'from nothing', mode: 'cross-account', prepare: empty, writes: 9, undoWrites: 8},
	{what: 'beside others', mode: 'cross-region', prepare: inhabit, writes: 4, undoWrites: 5},
	{what: 'beside others', mode: 'cross-account', prepare: inhabit, writes: 5, undoWrites: 6},
] as const;

/** A run, or an undo, that is killed. */
async function killed(
	world: TriedWorld,
	phase: 'run' | 'undo',
	records: RecordStore,
	death: Death,
): Promise<void> {
	const life = mortal(death, records);
	await world[phase]({records: life.records, wrap: life.wrap});
	expect(life.hasDied()).toBe(true);
}

describe.each(worlds)('a $mode run that begins $what', ({what, mode, prepare, writes, undoWrites}) => {
	let world: TriedWorld;
	let before: unknown;
	let applied: unknown;
	const tried = (then: string, count: number): readonly Death[] =>
		sampled(`${mode} ${what} ${then}`, deaths(count));

	beforeAll(async () => {
		world = await triedWorld(mode, prepare);
		before = await world.everything();
		const records = memoryRecords();
		await world.run({records});
		applied = await world.documents();
		await world.undoAll(records);
	});

	afterAll(async () => world.close());

	/** Each test leaves the world as it found it, which is what it is about. */
	async function expectTakenBack(records: RecordStore): Promise<void> {
		const undone = await world.undoAll(records);
		expect(undone.map(({outcome}) => outcome)).not.toContain('failed');
		expect(await world.everything()).toEqual(before);
	}

	it.each(tried('taken back', writes))(
		'and is killed $when its write $at takes effect, is taken back',
		async (death) => {
			const records = memoryRecords();
			await killed(world, 'run', records, death);

			await expectTakenBack(records);
		},
	);

	it.each(tried('goes on', writes))(
		'and is killed $when its write $at takes effect, goes on',
		async (death) => {
			const records = memoryRecords();
			await killed(world, 'run', records, death);

			const again = await world.run({records});

			expect(again).toMatchObject({outcome: 'succeeded', problem: null});
			expect(await world.documents()).toEqual(applied);
			await expectTakenBack(records);
		},
	);

	it.each(tried('undone twice', undoWrites))(
		'is taken back by a second undo where the first is killed $when its write $at takes effect',
		async (death) => {
			const records = memoryRecords();
			await world.run({records});
			await killed(world, 'undo', records, death);

			await expectTakenBack(records);
		},
	);
});

describe('two runs about the same buckets', () => {
	it('are taken back in one go, the second having uploaded files only', async () => {
		const world = await triedWorld('cross-region', empty);
		const records = memoryRecords();
		const before = await world.everything();
		await world.run({records});
		await world.run({records});

		const undone = await world.undoAll(records);

		expect(undone).toHaveLength(1);
		expect(await world.everything()).toEqual(before);
		await world.close();
	});
});
