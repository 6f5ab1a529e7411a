import {expect, test} from 'vitest';
import {matchesPattern, wildcardPattern} from '../../source/policy/pattern.js';
import {covers, overlaps} from '../../source/policy/pattern-sets.js';

/** Every text of at most so many letters. */
function textsOf(letters: readonly string[], longest: number): readonly string[] {
	const shorter = longest === 0 ? [] : textsOf(letters, longest - 1);
	return ['', ...shorter.flatMap((text) => letters.map((letter) => letter + text))];
}

const patterns = [...new Set(textsOf(['a', 'b', '?', '*'], 3))];
const pairs = patterns.flatMap((left) => patterns.map((right) => [left, right] as const));
// Four letters are enough to tell two patterns of three apart: each leaves at most two letters beside its star.
const texts = [...new Set(textsOf(['a', 'b', 'c'], 4))];
const fitting = new Map(
	patterns.map((pattern) => [
		pattern,
		new Set(texts.filter((text) => matchesPattern(wildcardPattern(pattern), text))),
	]),
);
const fits = (pattern: string) => fitting.get(pattern) ?? new Set<string>();

test('two patterns overlap exactly where some text fits both', () => {
	const wrong = pairs.filter(
		([left, right]) =>
			overlaps(wildcardPattern(left), wildcardPattern(right)) !==
			[...fits(left)].some((text) => fits(right).has(text)),
	);
	expect(wrong).toEqual([]);
});

test('a pattern never covers another whose text does not all fit it', () => {
	const wrong = pairs.filter(
		([outer, inner]) =>
			covers(wildcardPattern(outer), wildcardPattern(inner)) &&
			[...fits(inner)].some((text) => !fits(outer).has(text)),
	);
	expect(wrong).toEqual([]);
});

test('a pattern covers itself and every text that fits it', () => {
	const wrong = patterns.filter(
		(pattern) =>
			!covers(wildcardPattern(pattern), wildcardPattern(pattern)) ||
			[...fits(pattern)].some((text) => !covers(wildcardPattern(pattern), wildcardPattern(text))),
	);
	expect(wrong).toEqual([]);
});

test('a pattern fits exactly what the same regular expression fits', () => {
	const wrong = patterns.filter((pattern) => {
		const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
		return texts.some((text) => expression.test(text) !== fits(pattern).has(text));
	});
	expect(wrong).toEqual([]);
});
