import {type Caller} from './access-request.js';
import {listOf, type PrincipalElement, type Statement} from './document.js';
import {splitPattern} from './match-arn.js';
import {accountOf, isExempt, matchPrincipal, type PrincipalMatch} from './match-principal.js';
import {type MatchScope} from './match-scope.js';
import {covers, overlaps} from './pattern-sets.js';
import {type Pattern, variablesIn, wildcardPattern} from './pattern.js';
import {patternOf} from './match-statement.js';

/**
 * How a statement of a resource policy names a caller. The name of a role's session is not known before: a statement that
 * names sessions of the role may speak of it or not. An Allow with NotPrincipal is not counted on (IAM User Guide,
 * reference_policies_elements_notprincipal: it is made for Deny).
 */
export function foreseePrincipal(
	{Effect, Principal, NotPrincipal}: Statement,
	caller: Caller,
): {readonly match: PrincipalMatch; readonly isSure: boolean} {
	if (Principal !== undefined) {
		const match = matchPrincipal(Principal, withoutSession(caller));
		if (match !== 'not-at-all') return {match, isSure: true};
		return namesSession(Principal, caller) ? {match: 'directly', isSure: false} : {match, isSure: true};
	}

	if (NotPrincipal === undefined || Effect === 'Allow') return {match: 'not-at-all', isSure: true};
	if (caller.kind !== 'role-session')
		return {match: isExempt(NotPrincipal, caller) ? 'not-at-all' : 'directly', isSure: true};
	if (NotPrincipal === '*' || listOf(NotPrincipal.AWS).includes('*'))
		return {match: 'not-at-all', isSure: true};
	const names = listOf(NotPrincipal.AWS);
	// It spares a role only where its account, the role and the session are listed.
	const isListed =
		names.includes(caller.roleArn) && names.some((name) => accountOf(name) === caller.accountId);
	return {match: 'directly', isSure: !(isListed && namesSession(NotPrincipal, caller))};
}

function withoutSession(caller: Caller): Caller {
	return caller.kind === 'role-session' ? {...caller, arn: ''} : caller;
}

function namesSession(element: PrincipalElement, caller: Caller): boolean {
	if (caller.kind !== 'role-session' || element === '*') return false;
	const sessions = caller.arn.slice(0, caller.arn.lastIndexOf('/') + 1);
	return listOf(element.AWS).some((name) => name.startsWith(sessions));
}

/**
 * How far a statement reaches over resources, which may be a pattern: nothing where it does not count, else whether it
 * reaches a part only, and the unknown keys of variables that it hangs on. An Allow counts where it covers them all.
 */
export function foreseeResource(
	{Effect, Resource, NotResource}: Statement,
	asked: string,
	scope: MatchScope,
	isKnown: (key: string) => boolean,
): {readonly isPartial: boolean; readonly keys: readonly string[]} | undefined {
	const all = {isPartial: false, keys: []};
	// A trust policy has no Resource: it speaks about the role it belongs to.
	if (Resource === undefined && NotResource === undefined) return all;
	const names = listOf(NotResource ?? Resource);
	const unknownIn = (name: string): readonly string[] =>
		scope.hasVariables ? variablesIn(name).filter((key) => !isKnown(key)) : [];
	const target = wildcardPattern(asked);
	const known = names
		.filter((name) => unknownIn(name).length === 0)
		.map((name) => patternOf(name, scope))
		.filter((pattern) => pattern !== undefined);
	const open = names.filter((name) => unknownIn(name).length > 0);
	const isCovered = known.some((pattern) => segmentwise(covers, pattern, target));
	const isTouched = known.some((pattern) => segmentwise(overlaps, pattern, target));
	const mayTouch = open.filter((name) => segmentwise(overlaps, widest(name), target));
	const keys = [...new Set(mayTouch.flatMap(unknownIn))];
	const mayCover = open.some((name) => segmentwise(covers, widest(name), target));
	if (NotResource !== undefined) {
		if (isCovered || (Effect === 'Allow' && isTouched)) return undefined;
		return {isPartial: isTouched, keys};
	}

	if (isCovered) return all;
	if (Effect === 'Allow') return mayCover ? {isPartial: false, keys} : undefined;
	if (isTouched) return {isPartial: true, keys};
	return keys.length > 0 ? {isPartial: false, keys} : undefined;
}

/** Variables that are not known may stand for anything. */
function widest(name: string): Pattern {
	return wildcardPattern(name.replaceAll(/\$\{[^}]*\}/g, '*'));
}

function segmentwise(compare: typeof covers, pattern: Pattern, target: Pattern): boolean {
	if (pattern.length === 1 && pattern[0] === 'any-many') return true;
	const left = splitPattern(pattern);
	const right = splitPattern(target);
	return left.length === right.length && left.every((segment, index) => compare(segment, right[index] ?? []));
}
