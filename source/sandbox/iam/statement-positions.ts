export type Position = {readonly Line: number; readonly Column: number};
export type StatementSpan = {readonly StartPosition: Position; readonly EndPosition: Position};

/**
 * Takes a policy's text, gives where each of its statements begins and ends, as the policy simulator counts: lines and
 * columns from 1, both just behind a bracket: the one that opens the statement, or the list before its first one, and
 * the one that closes it (recorded: TestIAMIntegrations::test_simulate_principle_policy; AWS CLI reference,
 * simulate-custom-policy and simulate-principal-policy, examples).
 */
export function statementSpans(text: string): readonly StatementSpan[] {
	const spans: StatementSpan[] = [];
	let key = '';
	let depth = 0;
	let outer: number | undefined;
	let from = 0;
	for (const {index, token} of tokensOf(text)) {
		if (token.startsWith('"')) {
			if (depth === 1) key = token;
			continue;
		}
		const isOpening = token === '{' || token === '[';
		depth += isOpening ? 1 : -1;
		if (isOpening && outer === undefined && depth === 2 && key === '"Statement"') {
			outer = depth;
			from = index;
			if (token === '{') outer = 1;
		} else if (!isOpening && outer !== undefined && token === '}' && depth === outer) {
			spans.push({StartPosition: behind(text, from), EndPosition: behind(text, index)});
			from = index;
			if (outer === 1) return spans;
		} else if (outer !== undefined && depth < outer) {
			return spans;
		}
	}
	return spans;
}

function* tokensOf(text: string): Generator<{readonly index: number; readonly token: string}> {
	for (const match of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g))
		yield {index: match.index, token: match[0]};
}

function behind(text: string, index: number): Position {
	const before = text.slice(0, index);
	return {
		Line: before.split('\n').length,
		Column: index - (before.lastIndexOf('\n') + 1) + 2,
	};
}
