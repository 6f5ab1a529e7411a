import {type RequestContext} from './request-context.js';

/** A piece of a pattern: one character as it is, any one character, any characters. */
export type PatternPart = {readonly literal: string} | 'any-one' | 'any-many';
export type Pattern = readonly PatternPart[];

/** Takes text in which `*` and `?` are wildcards; gives the pattern. */
export function wildcardPattern(text: string): Pattern {
	return [...text].map((character) =>
		character === '*' ? 'any-many' : character === '?' ? 'any-one' : {literal: character},
	);
}

/** Takes text in which nothing is special; gives the pattern. */
export function literalPattern(text: string): Pattern {
	return [...text].map((character) => ({literal: character}));
}

const variable = /\$\{(?<name>[^}]*)\}/g;

/**
 * Takes text with policy variables (`${aws:username}`, with a default `${aws:username, 'nobody'}`, and `${*}`, `${?}`,
 * `${$}` for the characters themselves); gives the pattern, or undefined where a variable has neither one value nor a
 * default. What a variable stands for is literal. Source: IAM User Guide, reference_policies_variables.
 */
export function variablePattern(
	text: string,
	context: RequestContext,
	plain: (text: string) => Pattern,
): Pattern | undefined {
	const parts: PatternPart[] = [];
	let end = 0;
	for (const match of text.matchAll(variable)) {
		const value = valueOfVariable(match.groups?.['name'] ?? '', context);
		if (value === undefined) return undefined;
		parts.push(...plain(text.slice(end, match.index)), ...literalPattern(value));
		end = match.index + match[0].length;
	}
	return [...parts, ...plain(text.slice(end))];
}

/** The keys of the policy variables in a text; `${*}` and its like are none. */
export function variablesIn(text: string): readonly string[] {
	return [...text.matchAll(variable)]
		.map(({groups}) => (groups?.['name'] ?? '').replace(/\s*,.*$/s, '').trim())
		.filter((name) => !['*', '?', '$'].includes(name));
}

function valueOfVariable(name: string, context: RequestContext): string | undefined {
	if (name === '*' || name === '?' || name === '$') return name;
	const [, key = name, fallback] = /^(.*?)\s*,\s*'(.*)'\s*$/.exec(name) ?? [];
	const values = context.get(key.trim().toLowerCase()) ?? [];
	// A multivalued key cannot be a variable.
	return values.length === 1 ? values[0] : fallback;
}

/** Says whether the whole text fits the pattern. Time grows with the product of their lengths, never faster. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
	if (pattern.length === 1 && pattern[0] === 'any-many') return true;
	const characters = [...text];
	let at = 0;
	let part = 0;
	let lastMany = -1;
	let resumeAt = 0;
	while (at < characters.length) {
		const current = pattern[part];
		if (current === 'any-many') {
			lastMany = part;
			resumeAt = at;
			part += 1;
		} else if (current === 'any-one' || (current !== undefined && current.literal === characters[at])) {
			part += 1;
			at += 1;
		} else if (lastMany >= 0) {
			resumeAt += 1;
			at = resumeAt;
			part = lastMany + 1;
		} else {
			return false;
		}
	}
	return pattern.slice(part).every((rest) => rest === 'any-many');
}
