import type {Problem} from '../domain/problem.js';
import {jsonText} from '../domain/text/visible-text.js';
import {indented} from './indented.js';

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
		...documents.flatMap(({title, value}) => [`  ${title}:`, ...indented(jsonText(value, 2).split('\n'), 4)]),
	];
}
