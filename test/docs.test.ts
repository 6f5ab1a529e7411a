import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {marked, type Token} from 'marked';
import {describe, expect, it} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files below a folder whose names end so, as paths from the root. */
async function filesIn(folder: string, ends: RegExp): Promise<readonly string[]> {
	const entries = await readdir(path.join(root, folder), {recursive: true});
	return entries.filter((entry) => ends.test(entry)).map((entry) => path.join(folder, entry));
}

const read = async (file: string) => readFile(path.join(root, file), 'utf8');

const tokensOf = (markdown: string): readonly Token[] => {
	const tokens: Token[] = [];
	void marked.walkTokens(marked.lexer(markdown), (token) => {
		tokens.push(token);
	});
	return tokens;
};

/** Where links of a text lead, those to other places of the network left out. */
const linksOf = (markdown: string): readonly string[] =>
	tokensOf(markdown)
		.flatMap((token) => (token.type === 'link' || token.type === 'image' ? [String(token.href)] : []))
		.filter((href) => !/^[a-z][a-z\d+.-]*:/i.test(href));

/** What a link may name after `#`: our own anchors, and those that GitHub makes of headings. */
function anchorsOf(markdown: string): ReadonlySet<string> {
	const seen = new Map<string, number>();
	const slugs = tokensOf(markdown)
		.flatMap((token) => (token.type === 'heading' ? [String(token.text)] : []))
		.map((heading) => {
			const slug = heading
				.replaceAll(/<[^>]*>/g, '')
				.toLowerCase()
				.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
				.trim()
				.replaceAll(' ', '-');
			const count = seen.get(slug) ?? 0;
			seen.set(slug, count + 1);
			return count === 0 ? slug : `${slug}-${count}`;
		});
	const own = [...markdown.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!);
	return new Set([...slugs, ...own]);
}

/** The links of a file that lead nowhere. */
async function deadLinks(file: string, markdown: string): Promise<readonly string[]> {
	const ownAnchors = anchorsOf(markdown);
	const dead = await Promise.all(
		linksOf(markdown).map(async (href) => {
			const [target = '', anchor] = href.split('#');
			const to = target === '' ? file : path.join(path.dirname(file), decodeURIComponent(target));
			const leads =
				existsSync(path.join(root, to)) &&
				(anchor === undefined || (target === '' ? ownAnchors : anchorsOf(await read(to))).has(anchor));
			return leads ? [] : [href];
		}),
	);
	return dead.flat();
}

const documents = [
	...(await filesIn('docs', /\.md$/)),
	...(await filesIn('.github', /\.md$/)),
	...(await readdir(root)).filter((name) => name.endsWith('.md')),
];

describe('links of the documents', () => {
	it.each(documents)('%s: every one within the repository leads somewhere', async (file) => {
		expect(await deadLinks(file, await read(file))).toEqual([]);
	});

	it('are found dead where file, anchor or both are missing', async () => {
		const text =
			'# A b\n\n[1](#a-b) [2](#c) [3](docs/none.md) [4](docs/aws-facts.md#s99) [5](docs/aws-facts.md#s5-6)';

		expect(await deadLinks('README.md', text)).toEqual(['#c', 'docs/none.md', 'docs/aws-facts.md#s99']);
	});
});

const developersDocuments = documents.filter((file) => !/^(?:README|CHANGELOG)|aws-facts/.test(file));

/** What stands as code in a text. */
const codeIn = (markdown: string): readonly string[] =>
	tokensOf(markdown).flatMap((token) => (token.type === 'codespan' ? [String(token.text)] : []));

const isPath = (code: string): boolean =>
	/^[\w.<>-]+(?:\/[\w.<>-]+)*\/?$/.test(code) && /\/|\.(?:tsx?|js|md)$/.test(code);

/** A name of the code: one with a capital within it. */
const isName = (code: string): boolean => /^[A-Za-z]+[a-z][A-Z]\w*$/.test(code);

/** The path of a file that stands for many, as `<kind>.ts` does: any of them. */
const patternOf = (code: string): RegExp =>
	new RegExp(
		`(?:^|/)${code
			.replace(/\/$/, '')
			.replaceAll('.', '[.]')
			.replaceAll(/<[a-z]+>/g, '[a-z-]+')}$`,
	);

describe.each(developersDocuments)('%s', (file) => {
	it('names files, folders and names of the code that exist', async () => {
		const tree = [
			...(await readdir(root)),
			...(
				await Promise.all(['source', 'test', 'docs', '.github'].map(async (one) => filesIn(one, /./)))
			).flat(),
		];
		const sources = await Promise.all(
			tree.filter((name) => /^source\b.*\.tsx?$/.test(name)).map(async (name) => read(name)),
		);
		const code = codeIn(await read(file));
		const missing = code.filter((one) => {
			if (isPath(one)) return !tree.some((name) => patternOf(one).test(name));
			return isName(one) && !sources.some((text) => new RegExp(`\\b${one}\\b`).test(text));
		});
		expect(missing).toEqual([]);
	});
});

type Section = {readonly number: string; readonly anchor: string; readonly text: string};

const factsFile = 'docs/aws-facts.md';
const facts = await read(factsFile);
const sections: readonly Section[] = facts
	.split(/^(?=#{2,3} )/m)
	.slice(1)
	.map((text) => {
		const [, anchor = '', number = ''] = /^#+ <a id="([^"]*)"><\/a>([\d.]+) /.exec(text) ?? [];
		return {number, anchor, text};
	});
const openPoints = sections.at(-1)!;

/** What is cited of the facts in a file: numbers, or what stands there instead of one. Comments may break the line within a citation. */
const citedIn = (text: string): readonly string[] =>
	[
		...text
			.replaceAll(/\n[\s*/]*/g, ' ')
			.matchAll(/docs\/aws-facts\.md(?:, (\d+(?:\.\d+)?(?:(?:, | and | to )\d+(?:\.\d+)?)*))?/g),
	].flatMap(([all, numbers]) => numbers?.split(/, | and | to /) ?? [all]);

describe(factsFile, () => {
	it('numbers each section once, in order, with the anchor of its number', () => {
		const numbers = sections.map(({number}) => number);

		expect(sections.map(({anchor}) => anchor)).toEqual(
			numbers.map((number) => `s${number.replace('.', '-')}`),
		);
		expect(numbers).toEqual([...new Set(numbers)]);
		expect(numbers).toEqual(numbers.toSorted((a, b) => a.localeCompare(b, 'en', {numeric: true})));
	});

	it('names a source in every section that tells facts', () => {
		const tells = sections.filter(
			({number}) => /^(?!1\.)\d+\.\d+$/.test(number) || ['14', '17'].includes(number),
		);

		const sourced = /\[(?!\d+(?:\.\d+)?\]\()[^\]]+\]|\| Source \|/;

		expect(tells.flatMap(({number, text}) => (sourced.test(text) ? [] : [number]))).toEqual([]);
	});

	it('lists what is unverified among the open points', () => {
		const unverified = sections.filter(
			({number, text}) => !/^1\b|^18$/.test(number) && /unverified/.test(text),
		);

		expect(unverified.length).toBeGreaterThan(0);
		expect(unverified.filter(({anchor}) => !openPoints.text.includes(`(#${anchor})`))).toEqual([]);
	});

	it('has the sections that source and test cite', async () => {
		// Without this file, whose examples are no citations.
		const files = [
			...(await filesIn('source', /\.tsx?$/)),
			...(await filesIn('test', /(?<!docs\.test)\.tsx?$/)),
		];
		const numbers = new Set(sections.map(({number}) => number));
		const cited = await Promise.all(
			files.map(async (file) => citedIn(await read(file)).map((section) => ({file, section}))),
		);

		expect(cited.flat().length).toBeGreaterThan(30);
		expect(cited.flat().filter(({section}) => !numbers.has(section))).toEqual([]);
	});

	it.each([
		['see docs/aws-facts.md, 5.6 (recorded)', ['5.6']],
		['docs/aws-facts.md, 5.3 to 5.7', ['5.3', '5.7']],
		['docs/aws-facts.md,\n\t * 5 and 7, name', ['5', '7']],
		['docs/aws-facts.md somewhere', ['docs/aws-facts.md']],
	])('is cited by number: %j', (text, sectionsCited) => {
		expect(citedIn(text)).toEqual(sectionsCited);
	});
});
