import {type AccessRequest, type NamedPolicy} from '../../policy/decide.js';
import {statementsOf} from '../../policy/document.js';
import {scopeOf} from '../../policy/match-scope.js';
import {matchesStatement} from '../../policy/match-statement.js';
import {contextOf} from '../../policy/request-context.js';

/**
 * Gives the condition keys that the statements about this action and resource ask for and the request does not carry
 * (IAM API reference, EvaluationResult, "MissingContextValues"). Null asks whether a key is missing, so it misses none.
 */
export function missingContextOf(request: AccessRequest, policies: readonly NamedPolicy[]): string[] {
	const context = contextOf(request);
	const wanted = policies.flatMap(({document}) =>
		statementsOf(document)
			.filter((statement) =>
				matchesStatement({...statement, Condition: {}}, request, scopeOf(document, context)),
			)
			.flatMap(({Condition}) => Object.entries(Condition ?? {}))
			.filter(([operator]) => operator !== 'Null')
			.flatMap(([, keys]) => Object.keys(keys)),
	);
	return [...new Set(wanted)].filter((key) => !context.has(key.toLowerCase()));
}
