import path from 'node:path';
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
	/\b[Tt]ak(?:e|es|en|ing) (?:the run |it |them )?back\b/,
	/\bnot there any more\b/,
	/\b(?:is|are) there already\b/,
];

type Said = {readonly where: string; readonly text: string; readonly isHeadline: boolean};

/** Every text in the code that is no import, and whether it is a problem's headline; what is filled in counts as one word. */
function textsIn(file: string, code: string): readonly Said[] {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, scriptKind(file));
	const found: Said[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
		const isText = ts.isStringLiteral(node) || ts.isTemplateLiteral(node);
		if (isText) {
			const {line} = source.getLineAndCharacterOfPosition(node.getStart());
			const text = filled(node.getText().slice(1, -1));
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

/** A template with a word for each of its values; one may stand in another. */
function filled(template: string): string {
	const inner = template.replaceAll(/\$\{[^{}]*\}/g, 'X');
	return inner === template ? template : filled(inner);
}

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

let said: readonly Said[] = [];

beforeAll(async () => {
	const files = await sourceTexts(path.resolve(import.meta.dirname, '../source'));
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

	test('that heads a problem is short', () => {
		const headlines = said.filter(({isHeadline}) => isHeadline);
		expect(headlines.length).toBeGreaterThan(60);
		expect(headlines.filter(({text}) => wordsIn(text) > maxHeadlineWords)).toEqual([]);
	});
});

describe('what stands beside a choice', () => {
	const entries = answerRows.flatMap(([name, {field}]) =>
		field ? [[name, field.label, field.note] as const] : [],
	);

	test.each(entries)('the field of %s has a short label and short sentences', (_name, label, note) => {
		expect(wordsIn(label)).toBeLessThanOrEqual(3);
		const sentences = note.split(/(?<=[.;:])\s/);
		expect(sentences.filter((sentence) => wordsIn(sentence) > maxSentenceWords)).toEqual([]);
	});

	test.each(Object.values(optionTable))('--$flag says what it does in a few words', ({description}) => {
		expect(wordsIn(description)).toBeLessThanOrEqual(maxSentenceWords);
	});

	test.each(Object.entries(program))('%s says what it does in a few words', (_name, {summary}) => {
		expect(wordsIn(summary)).toBeLessThanOrEqual(maxSentenceWords);
	});
});
