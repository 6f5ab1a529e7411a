import type {Problem} from '../domain/problem.js';

/** A problem as lines: headline, cause, numbered next steps. */
export function problemLines({headline, cause, nextSteps, documents = []}: Problem): readonly string[] {
	return [
		`✗ ${headline}`,
		`  ${cause}`,
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
