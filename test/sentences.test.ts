import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {marked, type Token, type Tokens} from 'marked';
import ts from 'typescript';
import {beforeAll, describe, expect, test} from 'vitest';
import {answerRows} from '../source/domain/answers/answer-table.js';
import {asciiLine} from '../source/domain/text/ascii-text.js';
import {optionTable} from '../source/command-line/options.js';
import {program} from '../source/program.js';
import {scriptKind, sourceTexts} from './support/source-texts.js';

/** The longest headline of a problem, and the longest sentence on a screen, in words. */
const maxHeadlineWords = 9;
const maxSentenceWords = 14;

/** Ways of saying it that readers stumbled over. */
const stumbling = [
	/\bshall\b/,
	/\bin vain\b/,
	/\bis to be\b/,
	/\bhas to be said\b/,
	/\bby itself\b/,
	/\bcome to (?:its|their) end\b/,
	/\b[Tt]ak(?:e|es|en|ing) (?:the run |a run |one |it |them )?back\b/,
	/\bare to be\b/,
	/\b(?:is|are) told\b/,
	/\bso that it is\b/,
	// No blame, no apology, no exclamation.
	/\?!|[a-z]!(?:\s|$)/,
	/\b(?:[Ss]orry|[Oo]ops|you must not)\b/,
	// The field says unmatched, deleted, accessible, wanted.
	/\b(?:untaken|vanished|spoken|wished)\b/,
	/\bnot there any more\b/,
	/\b(?:is|are) there already\b/,
];

/** The same of names in the code: min and max, existing, matching, accessible, diagnose, Notifier, RetryRule, ObjectIndex. */
const oldNames =
	/untaken|vanish|aloud|spoken|patience|wish|judge|introduce|leftText|doesIt|wouldDo|AwsAnswer|ObjectBook|[Pp]resentRole|takers(?![a-z])|^(?:most|least)[A-Z]|Bell(?![a-z])/i;

type Said = {readonly where: string; readonly text: string; readonly isHeadline: boolean};

/** Every text in the code that is no import, and whether it is a problem's headline; what is filled in counts as one word. */
function textsIn(file: string, code: string): readonly Said[] {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, scriptKind(file));
	const found: Said[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
		const text = textOf(node);
		if (text !== undefined) {
			const {line} = source.getLineAndCharacterOfPosition(node.getStart());
			const isHeadline = headsProblem(node);
			found.push({where: `${file}:${line + 1}`, text, isHeadline});
		}

		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** The second of what a problem is made from, or what a refusal is headed with. */
function headsProblem(node: ts.Node): boolean {
	const {parent} = node;
	if (ts.isConditionalExpression(parent) && parent.condition !== node) return headsProblem(parent);
	if (ts.isCallExpression(parent))
		return parent.expression.getText() === 'fixable' && parent.arguments[1] === node;
	if (ts.isArrowFunction(parent)) return headsProblem(parent);
	return ts.isPropertyAssignment(parent) && parent.name.getText() === 'headline';
}

/** A text as it reads, with a word for each of the values of a template. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isJsxText(node)) return node.text;
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return written(node, 1);
	if (!ts.isTemplateExpression(node)) return undefined;
	const spans = node.templateSpans.map(
		({literal}) => `X${written(literal, ts.isTemplateTail(literal) ? 1 : 2)}`,
	);
	return written(node.head, 2) + spans.join('');
}

/** As it stands in the code, escapes among it, without the signs around it. */
const written = (node: ts.Node, end: number): string => node.getText().slice(1, -end);

/** What a text consists of: what ends at a full stop, a semicolon or a colon, or with its line, can be read alone. */
const sentencesIn = (text: string): readonly string[] => text.split(/(?<=[.;:?])\s+|\n+|\\n/);

/** What other programs read: shells, the AWS CLI, Terraform. */
const isScript = (where: string): boolean => /^(?:commands\/completion-scripts|domain\/export\/)/.test(where);

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

/** Every name of a file: its own, and those in it. */
function namesIn(file: string, code: string): readonly string[] {
	const found = new Set([file]);
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node)) found.add(node.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, code, ts.ScriptTarget.Latest, false, scriptKind(file)));
	return [...found];
}

let files: ReadonlyMap<string, string> = new Map();
let said: readonly Said[] = [];

beforeAll(async () => {
	files = await sourceTexts(path.resolve(import.meta.dirname, '../source'));
	said = [...files].flatMap(([file, code]) => (file.startsWith('sandbox') ? [] : textsIn(file, code)));
});

describe('a text of the program', () => {
	test('says nothing in the ways that readers stumbled over', () => {
		expect(said.length).toBeGreaterThan(2000);
		expect(said.filter(({text}) => stumbling.some((way) => way.test(text)))).toEqual([]);
	});

	test('has no sign that a terminal with LANG=C shows as a question mark', () => {
		// The screens' own signs have a theme each; what a pattern looks for is shown to nobody.
		const shown = said.filter(({where}) => !where.startsWith('ui/theme.ts'));
		const unknown = shown.filter(({text}) => asciiLine(text.replaceAll('?', '')).includes('?'));
		expect(unknown).toEqual([]);
	});

	test('names no option that there is not: neither of this program nor of the AWS CLI', () => {
		const known = new Set<string>([
			...Object.values(optionTable).map(({flag}) => flag),
			...['help', 'version'],
			// Those of the AWS CLI, in commands that are handed over.
			...['profile', 'region', 'bucket', 'key-id', 'output', 'query', 'delete', 'sso-session'],
			...['serial-number', 'token-code', 'object-lock-configuration', 'request-payment-configuration'],
		]);
		const unknown = said
			.filter(({where}) => !isScript(where))
			.flatMap(({where, text}) =>
				[...text.matchAll(/(?<![\w-])--([a-z][a-z-]*[a-z])(?![\w-])/g)].map(([, flag = '']) => ({
					where,
					flag,
				})),
			)
			.filter(({flag}) => !known.has(flag));
		expect(unknown).toEqual([]);
	});

	test('is made of short sentences', () => {
		const long = said
			.filter(({where}) => !isScript(where))
			.flatMap(({where, text}) => sentencesIn(text).map((sentence) => ({where, sentence})))
			.filter(({sentence}) => wordsIn(sentence) > maxSentenceWords);
		expect(long).toEqual([]);
	});

	test('that heads a problem is short', () => {
		const headlines = said.filter(({isHeadline}) => isHeadline);
		expect(headlines.length).toBeGreaterThan(60);
		expect(headlines.filter(({text}) => wordsIn(text) > maxHeadlineWords)).toEqual([]);
	});
});

test('a name in the code and in its tests is the field’s', async () => {
	const tests = await sourceTexts(import.meta.dirname);
	const names = [...files, ...tests].flatMap(([file, code]) =>
		namesIn(file, code).map((name) => ({file, name})),
	);
	expect(names.length).toBeGreaterThan(20_000);
	expect(names.filter(({name}) => oldNames.test(name))).toEqual([]);
});

test.each(['README.md', '.github/CONTRIBUTING.md'])(
	'%s says nothing in the ways that readers stumbled over',
	async (file) => {
		const text = await readFile(path.resolve(import.meta.dirname, '..', file), 'utf8');
		const lines = text.split('\n').map((line, index) => ({where: `${file}:${index + 1}`, line}));
		expect(lines.length).toBeGreaterThan(30);
		expect(lines.filter(({line}) => stumbling.some((way) => way.test(line)))).toEqual([]);
	},
);

/** The sentences of a document's prose; code is one word, and what is shown as code is none of it. */
function proseIn(markdown: string): readonly string[] {
	const inline = (tokens: readonly Token[] = []): string =>
		tokens
			.map((token) => {
				if (token.type === 'codespan') return 'C';
				if (token.type === 'html') return '';
				return 'tokens' in token && token.tokens ? inline(token.tokens) : token.raw;
			})
			.join('');
	const texts: string[] = [];
	const walk = (tokens: readonly Token[]): void => {
		for (const token of tokens) {
			if ((token.type === 'paragraph' || token.type === 'text') && 'tokens' in token)
				texts.push(inline(token.tokens));
			else if (token.type === 'list') walk((token as Tokens.List).items);
			else if (token.type === 'list_item') walk((token as Tokens.ListItem).tokens);
		}
	};
	walk(marked.lexer(markdown));
	return texts.flatMap((text) => sentencesIn(text.replaceAll(/\s+/g, ' ')));
}

describe('the prose of the README', () => {
	test('is made of short sentences, section by section', async () => {
		const text = await readFile(path.resolve(import.meta.dirname, '../README.md'), 'utf8');
		const sections = text.split(/^## /m).map((section) => [section.split('\n')[0] ?? '', section] as const);
		const long = sections.flatMap(([name, section]) =>
			proseIn(section)
				// A list of names is no sentence.
				.filter((sentence) => wordsIn(sentence) > maxSentenceWords && !/(?:C, ){10}/.test(sentence))
				.map((sentence) => ({name, sentence})),
		);
		expect(sections.length).toBeGreaterThan(10);
		expect(long).toEqual([]);
	});
});

describe('what stands beside a choice', () => {
	const entries = answerRows.flatMap(([name, {field}]) =>
		field ? [[name, field.label, field.note] as const] : [],
	);

	test.each(entries)('the field of %s has a short label and short sentences', (_name, label, note) => {
		expect(wordsIn(label)).toBeLessThanOrEqual(3);
		expect(sentencesIn(note).filter((sentence) => wordsIn(sentence) > maxSentenceWords)).toEqual([]);
	});

	test.each(Object.values(optionTable))('--$flag says what it does in a few words', ({description}) => {
		expect(wordsIn(description)).toBeLessThanOrEqual(maxSentenceWords);
	});

	test.each(Object.entries(program))('%s says what it does in a few words', (_name, {summary}) => {
		expect(wordsIn(summary)).toBeLessThanOrEqual(maxSentenceWords);
	});
});
