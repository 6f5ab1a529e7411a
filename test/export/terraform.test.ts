import {readdir, readFile} from 'node:fs/promises';
import {expect, describe, it} from 'vitest';
import {stringText} from '../../source/domain/export/hcl.js';
import {terraformFiles} from '../../source/domain/export/terraform.js';
import {parseHcl} from './support/parse-hcl.js';
import {exportRows, setUpOf, type ExportRow} from './support/rows.js';
import {rulesIn} from './support/rules-in-hcl.js';

const golden = new URL('../fixtures/terraform/', import.meta.url);
const textOf = async ({name}: ExportRow): Promise<string> => readFile(new URL(`${name}.tf`, golden), 'utf8');
const written = (row: ExportRow): string =>
	terraformFiles(setUpOf(row))
		.map(({text}) => text)
		.join('\n');

/** A file with each attribute of its rules left out in turn. */
const withoutEach = (text: string): ReadonlyArray<readonly [string, string]> => {
	const lines = text.split('\n');
	const begin = lines.indexOf('  rule {');
	return lines.flatMap((line, index) =>
		index > begin && /^ {4,}\w+ += "?[\w:]/.test(line)
			? [[line, lines.toSpliced(index, 1).join('\n')] as const]
			: [],
	);
};

describe('files of Terraform', () => {
	it('have a golden text for each row, and none besides', async () => {
		const files = await readdir(golden);
		expect(files.toSorted()).toEqual(exportRows.map(({name}) => `${name}.tf`).toSorted());
	});

	it.each(exportRows)('of $name are the golden text', async (row) => {
		expect(written(row)).toBe(await textOf(row));
	});

	it.each(exportRows)('of $name say of each rule what S3 says, in its order', async (row) => {
		const [source] = setUpOf(row).buckets;
		expect(rulesIn(await parseHcl(await textOf(row)))).toEqual(source?.replication?.Rules);
	});

	it.each(exportRows)('of $name say something else without any one attribute of a rule', async (row) => {
		const text = await textOf(row);
		const rules = setUpOf(row).buckets[0]?.replication?.Rules;
		const changed = withoutEach(text);
		expect(changed.length).toBeGreaterThanOrEqual(3);
		for (const [line, less] of changed) expect(rulesIn(await parseHcl(less)), line).not.toEqual(rules);
	});

	it.each([
		['plain', '"plain"'],
		// Terraform 1.11 reads each of these as the text before it.
		['${aws:username}', '"$${aws:username}"'],
		['%{if}', '"%%{if}"'],
		['$${', '"$$${"'],
		['$ % {', '"$ % {"'],
		['"\\\n\t', String.raw`"\"\\\n\t"`],
		['\u202e\u{e0041}', String.raw`"\u202e\U000e0041"`],
	])('write %j as %s', (text, written) => {
		expect(stringText(text)).toBe(written);
	});
});
