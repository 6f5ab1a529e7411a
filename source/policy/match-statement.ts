import {type AccessRequest} from './access-request.js';
import {listOf, type Statement} from './document.js';
import {matchesArn} from './match-arn.js';
import {matchesCondition} from './match-condition.js';
import {matchesPattern, variablePattern, wildcardPattern, type Pattern} from './pattern.js';
import {type MatchScope} from './match-scope.js';

/** Says whether a statement speaks about this action, resource and context; its principal is judged apart. */
export function matchesStatement(statement: Statement, request: AccessRequest, scope: MatchScope): boolean {
	return (
		matchesAction(statement, request.action) &&
		matchesResource(statement, request.resource, scope) &&
		matchesCondition(statement, scope)
	);
}

/** Says whether a statement speaks about this action. */
export function matchesAction(statement: Statement, action: string): boolean {
	const isNamed = (names: Statement['Action']) =>
		listOf(names).some((name) => matchesPattern(wildcardPattern(name.toLowerCase()), action.toLowerCase()));
	return statement.NotAction === undefined ? isNamed(statement.Action) : !isNamed(statement.NotAction);
}

function matchesResource(statement: Statement, resource: string, scope: MatchScope): boolean {
	// A trust policy has no Resource: it speaks about the role it belongs to.
	if (statement.Resource === undefined && statement.NotResource === undefined) return true;
	const names = listOf(statement.NotResource ?? statement.Resource);
	const patterns = names.map((name) => patternOf(name, scope));
	const isNamed = patterns.some((pattern) => pattern !== undefined && matchesArn(pattern, resource));
	// A variable without a value makes the statement invalid (reference_policies_variables).
	return statement.NotResource === undefined ? isNamed : !isNamed && !patterns.includes(undefined);
}

/** A name in a statement as a pattern; nothing where a variable in it has no value. */
export function patternOf(text: string, scope: MatchScope): Pattern | undefined {
	return scope.hasVariables && text.includes('${')
		? variablePattern(text, scope.context, wildcardPattern)
		: wildcardPattern(text);
}
