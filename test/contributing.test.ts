import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const text = readFileSync(path.join(root, '.github/CONTRIBUTING.md'), 'utf8');
const table = text.slice(text.indexOf('## To add'), text.indexOf('## Manners'));
const named = [...table.matchAll(/`([^`]+(?:[.]tsx?|[/]))`/g)].map(([, name = '']) => name);
const existing = ['source', 'test'].flatMap((folder) =>
	readdirSync(path.join(root, folder), {recursive: true}).map((name) => `/${folder}/${String(name)}`),
);

test('CONTRIBUTING names the files to touch for each thing to add', () => {
	expect(named).toContain('source/domain/operations/<kind>.ts');
	expect(named.length).toBeGreaterThan(10);
});

test.each(named)('CONTRIBUTING names %s, which is there', (name) => {
	const parts = name.replace(/[/]$/, '').split(/<[a-z]+>/);
	const pattern = new RegExp(`/${parts.map((part) => part.replaceAll('.', '[.]')).join('[^/]+')}$`);
	expect(existing.filter((file) => pattern.test(file))).not.toEqual([]);
});
