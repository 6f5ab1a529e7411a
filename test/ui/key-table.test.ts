import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import {describe, expect, it} from 'vitest';
import {isEditKey} from '../../source/ui/components/fields/edit-line.js';

const root = path.resolve(import.meta.dirname, '../../source/ui');

/**
 * Every key of every screen: the one thing that it means, and how screens say it. A word more is a decision: it is said here, beside the
 * key's meaning, or the screen takes another key. A label that is no plain text stands as it is written in the source.
 */
const keyTable: Readonly<Record<string, {readonly means: string; readonly said: readonly string[]}>> = {
	enter: {
		means: 'takes what is in focus, or goes on',
		said: [
			...['apply', 'choose', 'close', 'details', 'keep', 'keep them', 'next', 'quit with the summary'],
			...['undo', 'watch', 'go on to the watch', 'despite', 'give', 'go on watching', 'upload'],
		],
	},
	escape: {
		means: 'leaves what was opened last',
		said: [
			...['back', 'back to the watch', 'clear filter', 'close', 'go on watching', 'no', 'view'],
			'giveNone',
		],
	},
	q: {
		means: 'leaves',
		said: [
			...['close', 'end', 'keep them', 'leave it running', 'leave it waiting', 'quit'],
			'quit with the summary',
		],
	},
	y: {
		means: 'yes',
		said: ['cancel the job', 'compare', 'copy', 'leave the watch', 'remove them', 'yes, plan with it'],
	},
	n: {means: 'no', said: ['back', 'cancel the job', 'go on watching', 'keep them', 'no']},
	r: {
		means: 'does it again',
		said: [...['check again', 'look again', 'plan again', 'retry', 'try again'], 'watch again'],
	},
	a: {means: 'does what is planned', said: ['apply', 'make the job', 'undo']},
	A: {means: 'what was done', said: ['what Apply did']},
	o: {means: 'uploads a file of yours', said: ['upload a file']},
	B: {means: 'objects that exist already', said: ['copy existing']},
	b: {means: 'turns what a change shows', said: ['changes, after, before']},
	// While a job is followed there is no such line: `c` is `C` there, as `--accessible` has it.
	c: {means: 'the line of the AWS CLI', said: ['copy command', 'cancel the job']},
	C: {means: 'cancels the job', said: ['cancel the job']},
	d: {means: 'why, in full', said: ['why', 'close', 'wanted.look', 'given.withdraw']},
	e: {means: 'exports', said: ['export']},
	f: {means: 'failed ones alone, or all', said: ['all', 'failed']},
	m: {means: 'writes the report', said: ['report']},
	p: {means: 'pauses, and goes on', said: ['go on', 'pause']},
	P: {means: 'another profile', said: ['profile']},
	s: {means: 'sorts', said: ['sort']},
	S: {means: 'plain lines, and back', said: ['plain lines', 'view']},
	t: {means: 'sends failed ones again', said: ['resend failed']},
	u: {means: 'uploads', said: ['upload']},
	U: {means: 'undoes', said: ['undo', 'undo the other run', 'undo the run', 'undo the whole run']},
	v: {means: 'compares both sides', said: ['compare both sides']},
	w: {means: 'watches', said: ['watch instead']},
	x: {means: 'mends', said: ['mend']},
	'/': {means: 'filters', said: ['filter']},
	'?': {means: 'help', said: ['close', 'help', 'this help']},
	f1: {means: 'help', said: ['close', 'help', 'this help']},
	up: {means: 'up', said: ['field', 'field before', 'move', 'scroll', 'up']},
	k: {means: 'up', said: ['up']},
	down: {means: 'down', said: ['down', 'field', 'field after', 'move', 'scroll']},
	j: {means: 'down', said: ['down']},
	left: {means: 'back, or the value before', said: ['before', 'change', 'close', 'no']},
	right: {means: 'into it, or the value after', said: ['change', 'next', 'open', 'why']},
	pageup: {means: 'a page up', said: ['page', 'page up']},
	pagedown: {means: 'a page down', said: ['page', 'page down']},
	space: {means: 'the next page, or value', said: ['change', 'next', 'page down']},
	home: {means: 'first', said: ['first', 'first and last', 'first, last']},
	g: {means: 'first', said: ['first']},
	end: {means: 'last', said: ['first and last', 'first, last', 'last']},
	G: {means: 'last', said: ['last']},
	tab: {means: 'the next field', said: ['field after', 'side']},
	'shift+tab': {means: 'the field before', said: ['field before', 'side']},
	backspace: {means: 'erases a character', said: ['erase']},
	delete: {means: 'erases a character', said: ['erase']},
	'ctrl+a': {means: 'the start of the line', said: ['start, end of the line']},
	'ctrl+c': {means: 'stops', said: ['stop now', 'stop safely']},
	'ctrl+e': {means: 'the end of the line', said: ['start, end of the line']},
	'ctrl+g': {means: 'opens the regions', said: ['region']},
	'ctrl+k': {means: 'deletes to the end', said: ['delete to the end, a word']},
	'ctrl+l': {means: 'signs in', said: ['sign in']},
	'ctrl+o': {means: 'opens the list of a field', said: ['list keys']},
	'ctrl+r': {means: 'reads again', said: ['list again', 'read again']},
	'ctrl+t': {means: 'checks what is in focus', said: ['check']},
	'ctrl+u': {means: 'erases what is typed', said: ['clear', 'clear filter', 'erase all']},
	'ctrl+w': {means: 'deletes a word', said: ['delete to the end, a word']},
};

/** Keys of a shell in fields that no hint tells of. Source: Bash Reference Manual, "Bindable Readline Commands". */
const untold = ['ctrl+b', 'ctrl+d', 'ctrl+f'];

/** Bindings as `file`, `key` and what is said of it: each object with `keys` and `label` in the sources of screens. */
function declaredKeys(
	file: string,
	text: string,
): ReadonlyArray<readonly [file: string, key: string, said: string]> {
	const found: Array<readonly [string, string, string]> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isObjectLiteralExpression(node)) {
			const [keys, label] = [valueOf(node, 'keys'), valueOf(node, 'label')];
			if (keys && ts.isArrayLiteralExpression(keys)) {
				for (const key of keys.elements.filter(ts.isStringLiteral))
					for (const said of label ? textsOf(label) : []) found.push([file, key.text, said]);
			}
		}

		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
	return found;
}

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
	for (const property of node.properties) {
		if (property.name?.getText() !== name) continue;
		if (ts.isPropertyAssignment(property)) return property.initializer;
		if (ts.isShorthandPropertyAssignment(property)) return property.name;
	}

	return undefined;
}

/** What a label may say: both ways of a condition; an expression as it is written. */
function textsOf(label: ts.Expression): readonly string[] {
	if (ts.isConditionalExpression(label)) return [...textsOf(label.whenTrue), ...textsOf(label.whenFalse)];
	return [ts.isStringLiteral(label) ? label.text : label.getText()];
}

const conflictsIn = (found: ReturnType<typeof declaredKeys>): readonly string[] =>
	found
		.filter(([, key, said]) => !keyTable[key]?.said.includes(said))
		.map(
			([file, key, said]) =>
				`${file}: ${key} says “${said}”, and means: ${keyTable[key]?.means ?? 'nothing'}`,
		);

const declared = readdirSync(root, {recursive: true, encoding: 'utf8'})
	.filter((file) => /[.]tsx?$/.test(file))
	.flatMap((file) => declaredKeys(file, readFileSync(path.join(root, file), 'utf8')));

describe('the keys of all screens', () => {
	it('were found', () => {
		expect(declared.length).toBeGreaterThan(100);
		expect(new Set(declared.map(([file]) => file)).size).toBeGreaterThan(15);
	});

	it('have one meaning each', () => {
		expect(conflictsIn(declared)).toEqual([]);
	});

	it('are all that the table has, and every word of it is said', () => {
		const said = new Set(declared.map(([, key, text]) => `${key} ${text}`));
		const told = Object.entries(keyTable).flatMap(([key, one]) => one.said.map((text) => `${key} ${text}`));
		expect(told.filter((one) => !said.has(one))).toEqual([]);
	});

	it('with ^ are those of a shell in fields, or mean nothing there', () => {
		const edits = Object.keys(keyTable).filter((key) => key.startsWith('ctrl+') && isEditKey(key));
		expect(edits).toEqual(['ctrl+a', 'ctrl+e', 'ctrl+k', 'ctrl+u', 'ctrl+w']);
		expect(untold.every(isEditKey)).toBe(true);
		expect(declared.filter(([, key]) => untold.includes(key))).toEqual([]);
	});

	it.each([
		["{keys: ['ctrl+l'], label: 'list keys'}", 'ctrl+l says “list keys”, and means: signs in'],
		["{keys: ['x', 'u'], label: isOpen ? 'mend' : 'undo'}", 'x says “undo”, and means: mends'],
		["{keys: ['z'], label}", 'z says “label”, and means: nothing'],
	])('would be refused: %s', (text, said) => {
		expect(conflictsIn(declaredKeys('a.tsx', `const one = ${text};`))).toContain(`a.tsx: ${said}`);
	});
});
