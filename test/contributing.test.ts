import {readFileSync} from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {type Thing, thingsToAdd} from './contributing/things-to-add.js';
import {sampled} from './support/sampled.js';
import {type Complaint, complaints, scratchTree, sourceFiles} from './support/scratch-tree.js';

const root = path.resolve(import.meta.dirname, '..');
const text = readFileSync(path.join(root, '.github/CONTRIBUTING.md'), 'utf8');
const table = text.slice(text.indexOf('## To add'), text.indexOf('A place that had to be touched'));
const rows = table
	.split('\n')
	.filter((line) => line.startsWith('| ') && line.includes('`source/'))
	.map((line) => line.split('|').map((cell) => cell.trim()))
	.map(([, what = '', where = '']) => ({
		what,
		named: [...where.matchAll(/`(source\/[^`]+[.]tsx?)`/g)].map(([, name = '']) => name),
	}));

/** The files that something takes, as CONTRIBUTING writes them. */
const writtenAs = ({declared, rest}: Thing, named: readonly string[]): readonly string[] =>
	[...new Set([...declared, ...rest].map(({file}) => file))].map(
		(file) => named.find((name) => name === file) ?? named.find((name) => patternOf(name).test(file)) ?? file,
	);

const patternOf = (name: string): RegExp =>
	new RegExp(`^${name.replaceAll('.', '[.]').replace(/<[a-z]+>/, '[a-z-]+')}$`);

describe('CONTRIBUTING', () => {
	it('says of everything that is tried here where it goes, and nothing of what is not', () => {
		expect(rows.map(({what}) => thingsToAdd.find(({row}) => what.startsWith(row))?.row ?? what)).toEqual(
			thingsToAdd.map(({row}) => row),
		);
	});

	it.each(thingsToAdd)('names exactly the files that are touched for $row', (thing) => {
		const named = rows.find(({what}) => what.startsWith(thing.row))?.named ?? [];
		expect([...writtenAs(thing, named)].sort()).toEqual([...named].sort());
	});

	it.each([
		['a rule option', 'an answer about the rule', 3],
		['a role option', 'an answer about the role', 3],
		['an operation kind', 'an operation kind', 4],
		['a check', 'a check', 2],
		['a step', 'a step of the wizard', 3],
		['a way to sign in', 'a way to sign in', 2],
	])('has no more places for %s than the house allows', (_what, row, most) => {
		const thing = thingsToAdd.find((one) => one.row === row);
		expect(thing && writtenAs(thing, []).length).toBeLessThanOrEqual(most);
	});
});

describe('on a scratch copy of the tree', () => {
	const declared = scratchTree(thingsToAdd.flatMap((thing) => thing.declared));
	const whole = scratchTree(thingsToAdd.flatMap((thing) => [...thing.declared, ...thing.rest]));
	const asking = thingsToAdd.flatMap(({asked}) => asked.map(({file}) => file));
	let missing: readonly Complaint[];
	let left: readonly Complaint[];
	beforeAll(async () => {
		// Of the files that nothing was done to, a share: they are as they were unless a type of theirs has changed.
		const others = sampled('files of a scratch copy', await sourceFiles());
		const looked = (tree: ReadonlyMap<string, string>): readonly string[] => [
			...new Set([...tree.keys(), ...asking, ...others]),
		];
		missing = await complaints(declared, looked(declared));
		left = await complaints(whole, looked(whole));
	});

	it.each(thingsToAdd.flatMap(({row, asked}) => asked.map((one) => ({row, ...one}))))(
		'the compiler asks in $file for what is missing of $row: $naming',
		({file, naming}) => {
			expect(missing).toContainEqual({file, message: expect.stringContaining(naming) as string});
		},
	);

	it('the compiler asks for nothing else', () => {
		const known = thingsToAdd.flatMap(({asked}) => asked);
		expect(
			missing.filter(
				({file, message}) => !known.some((one) => one.file === file && message.includes(one.naming)),
			),
		).toEqual([]);
	});

	it('the compiler is content with the files that CONTRIBUTING names', () => {
		expect(left).toEqual([]);
	});
});
