import type {Problem} from '../domain/problem.js';

/** A problem as lines: headline, cause with its details, numbered next steps. */
export function problemLines({
	headline,
	cause,
	details = [],
	nextSteps,
	documents = [],
}: Problem): readonly string[] {
	return [
		`✗ ${headline}`,
		`  ${cause}`,
		...details.map((detail) => `  – ${detail}`),
		...nextSteps.map((step, index) => `  ${index + 1}. ${step}`),
		...documents.flatMap(({title, value}) => [
			`  ${title}:`,
			...indented(JSON.stringify(value, undefined, 2), 4),
		]),
	];
}

/** Every line of a text, so many spaces further in. */
export function indented(text: string, spaces: number): readonly string[] {
	return text.split('\n').map((line) => ' '.repeat(spaces) + line);
}
