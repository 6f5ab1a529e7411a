import {type AccessRequest} from './access-request.js';
import {type NamedPolicy, type Reason, type Unsure} from './decision.js';
import {statementsOf, type Statement} from './document.js';
import {isExempt, matchPrincipal, type PrincipalMatch} from './match-principal.js';
import {type MatchScope, scopeOf} from './match-scope.js';
import {matchesStatement} from './match-statement.js';
import {type RequestContext} from './request-context.js';

/** A statement that speaks about the request, and how it names the caller. */
export type FoundStatement = {
	readonly effect: Statement['Effect'];
	readonly principal: PrincipalMatch;
	readonly reason: Reason;
};

type PolicySource = {readonly where: Reason['where']; readonly policies: readonly NamedPolicy[]};

/** What a statement is read against. */
export type Reading = {
	readonly request: AccessRequest;
	readonly scope: MatchScope;
	readonly where: Reason['where'];
	readonly hasBoundary: boolean;
};

/** Takes a statement; gives how it names the caller, or nothing where it does not speak about the request. */
export type ReadStatement = (
	statement: Statement,
	reading: Reading,
) => {readonly principal: PrincipalMatch; readonly unsure?: Unsure} | undefined;

/** Reads a statement as AWS does when the request is made: what the request does not carry is not there. */
export const readAsAsked: ReadStatement = (statement, {request, scope, where, hasBoundary}) => {
	const principal = where === 'resource' ? principalOf(statement, request, hasBoundary) : 'directly';
	return principal !== 'not-at-all' && matchesStatement(statement, request, scope) ? {principal} : undefined;
};

/**
 * Takes a request, its context and policies of one kind; gives their statements that apply, in order. Where a
 * permissions boundary is attached, a Deny with NotPrincipal always applies (access_policies_boundaries).
 */
export function findStatements(
	request: AccessRequest,
	context: RequestContext,
	{where, policies}: PolicySource,
	{read, hasBoundary = false}: {readonly read: ReadStatement; readonly hasBoundary?: boolean},
): readonly FoundStatement[] {
	return policies.flatMap(({name, document}) =>
		statementsOf(document).flatMap((statement, index) => {
			const found = read(statement, {request, scope: scopeOf(document, context), where, hasBoundary});
			if (found === undefined) return [];
			const {principal, unsure} = found;
			const reason: Reason = {
				effect: statement.Effect === 'Allow' ? 'allow' : 'explicit-deny',
				where,
				policy: name,
				statement: statement.Sid ?? String(index + 1),
				...(unsure === undefined ? {} : {unsure}),
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
