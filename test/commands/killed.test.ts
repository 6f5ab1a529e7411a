import {beforeEach, describe, expect, it} from 'vitest';
import {everything, inhabit} from '../support/inhabited-world.js';
import {startProgram} from '../support/program.js';
import {recordedWorld, type RecordedWorld} from '../support/recorded-world.js';
import {tutorialArgs} from '../support/tutorial-args.js';
import {sampled} from '../support/sampled.js';

let world: RecordedWorld;

beforeEach(async () => {
	world = await recordedWorld();
});

/** Runs a command until it has told of so many steps, and kills it. */
async function killedAfter(count: number, ...args: readonly string[]): Promise<void> {
	const program = await startProgram([...args, '--yes', '--json'], {env: world.env});
	await program.waitForLines(/"operation-(started|finished)"/, count);
	program.child.kill('SIGKILL');
	await program.ended;
}

describe.each(sampled('killed modes', ['cross-region', 'cross-account'] as const, 10))('a %s run', (mode) => {
	it.each(sampled('killed and taken back', [0, 1, 3, 6], 10))(
		'that was killed after %i operations is taken back',
		async (count) => {
			await inhabit(world.one, mode);
			const before = await everything(world.one, mode);
			await killedAfter(count * 2 + 1, 'apply', ...tutorialArgs(mode));

			const undone = await world.run('undo', '--yes');

			expect(undone.exitCode).toBe(0);
			expect(await everything(world.one, mode)).toEqual(before);
		},
	);
});

describe('an undo', () => {
	it.each(sampled('killed and run again', [1, 3, 5], 10))(
		'that was killed after %i operations can be run again',
		async (count) => {
			await inhabit(world.one, 'cross-account');
			const before = await everything(world.one, 'cross-account');
			await world.apply('cross-account', '--files', '1');
			await killedAfter(count * 2, 'undo');

			const again = await world.run('undo', '--yes');

			expect(again.exitCode).toBe(0);
			expect(await everything(world.one, 'cross-account')).toEqual(before);
		},
	);
});
