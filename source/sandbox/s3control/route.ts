import {type Operation} from '../wire/operation.js';
import {unescapeUri} from '../wire/percent.js';

export type ControlRoute = {
	readonly operation: Operation;
	/** What stands in the path for the operation's labels. */
	readonly labels: Readonly<Record<string, string>>;
};

type Pattern = {
	readonly operation: Operation;
	readonly method: string;
	readonly parts: readonly string[];
	readonly labelCount: number;
};

/** Takes the operations of S3 Control, gives what finds the one that a method and a path mean: literal parts go before labels. */
export function makeControlRouter(
	operations: Iterable<Operation>,
): (method: string, rawPath: string) => ControlRoute | undefined {
	const patterns = [...operations]
		.flatMap(patternsOf)
		.sort((left, right) => left.labelCount - right.labelCount);
	return (method, rawPath) => {
		const parts = rawPath.split('/');
		const found = patterns.find((pattern) => pattern.method === method && fits(pattern.parts, parts));
		return found && {operation: found.operation, labels: labelsOf(found.parts, parts)};
	};
}

function patternsOf(operation: Operation): readonly Pattern[] {
	const {traits} = operation;
	if (typeof traits !== 'object' || traits.http === undefined) return [];
	const [method, uri] = traits.http;
	const parts = (uri.split('?')[0] ?? '').split('/');
	return [{operation, method, parts, labelCount: parts.filter(isLabel).length}];
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
	return (
		pattern.length === parts.length &&
		pattern.every((part, index) => (isLabel(part) ? parts[index] !== '' : part === parts[index]))
	);
}

function labelsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		pattern.flatMap((part, index) =>
			isLabel(part) ? [[part.slice(1, -1), unescapeUri(parts[index] ?? '')]] : [],
		),
	) as Record<string, string>;
}

function isLabel(part: string): boolean {
	return part.startsWith('{');
}
