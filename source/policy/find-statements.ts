import {type AccessRequest} from './access-request.js';
import {type NamedPolicy, type Reason} from './decision.js';
import {statementsOf, type Statement} from './document.js';
import {isExempt, matchPrincipal, type PrincipalMatch} from './match-principal.js';
import {scopeOf} from './match-scope.js';
import {matchesStatement} from './match-statement.js';
import {type RequestContext} from './request-context.js';

/** A statement that speaks about the request, and how it names the caller. */
export type FoundStatement = {
	readonly effect: Statement['Effect'];
	readonly principal: PrincipalMatch;
	readonly reason: Reason;
};

type PolicySource = {readonly where: Reason['where']; readonly policies: readonly NamedPolicy[]};

/**
 * Takes a request, its context and policies of one kind; gives their statements that apply, in order. Where a
 * permissions boundary is attached, a Deny with NotPrincipal always applies (access_policies_boundaries).
 */
export function findStatements(
	request: AccessRequest,
	context: RequestContext,
	source: PolicySource,
	hasBoundary = false,
): readonly FoundStatement[] {
	if (source.policies.length === 0) return [];
	return source.policies.flatMap(({name, document}) =>
		statementsOf(document).flatMap((statement, index) => {
			const principal =
				source.where === 'resource' ? principalOf(statement, request, hasBoundary) : 'directly';
			if (principal === 'not-at-all' || !matchesStatement(statement, request, scopeOf(document, context)))
				return [];
			const reason: Reason = {
				effect: statement.Effect === 'Allow' ? 'allow' : 'explicit-deny',
				where: source.where,
				policy: name,
				statement: statement.Sid ?? String(index + 1),
			};
			return [{effect: statement.Effect, principal, reason}];
		}),
	);
}

function principalOf(statement: Statement, request: AccessRequest, hasBoundary: boolean): PrincipalMatch {
	const {Effect, Principal, NotPrincipal} = statement;
	if (Principal !== undefined) return matchPrincipal(Principal, request.caller);
	if (NotPrincipal === undefined) return 'not-at-all';
	const isLeftOut =
		Effect === 'Allow'
			? matchPrincipal(NotPrincipal, request.caller) !== 'not-at-all'
			: isExempt(NotPrincipal, request.caller) && !hasBoundary;
	return isLeftOut ? 'not-at-all' : 'directly';
}
