import {type Caller, hasPolicies} from './access-request.js';
import {listOf, type PrincipalElement} from './document.js';

/**
 * How a Principal element names a caller. It decides what an Allow is worth in the caller's own account:
 * `directly` (its own ARN or id, its session's ARN, everyone, the service) is enough by itself; `as-role` is capped by
 * the permissions boundary; `as-account` only hands the question on to the account's identity policies.
 * Source: IAM User Guide, reference_policies_evaluation-logic_policy-eval-basics-single-account and
 * reference_policies_elements_principal.
 */
export type PrincipalMatch = 'directly' | 'as-role' | 'as-account' | 'not-at-all';

const strongestFirst: readonly PrincipalMatch[] = ['directly', 'as-role', 'as-account'];

/** Takes a Principal element and a caller, gives the strongest way in which it names the caller. */
export function matchPrincipal(element: PrincipalElement, caller: Caller): PrincipalMatch {
	if (element === '*') return 'directly';
	const ways = [
		...listOf(element.AWS).map((name) => matchName(name, caller)),
		...listOf(element.Service).map((name) =>
			caller.kind === 'service' && caller.service === name ? 'directly' : 'not-at-all',
		),
		...listOf(element.Federated).map((name) =>
			caller.kind === 'federated' && caller.provider === name ? 'directly' : 'not-at-all',
		),
	];
	return strongestFirst.find((way) => ways.includes(way)) ?? 'not-at-all';
}

/**
 * Says whether a Deny with this NotPrincipal spares the caller. Every identity the caller has must be listed: the account,
 * the role and the session (IAM User Guide, reference_policies_elements_notprincipal).
 */
export function isExempt(element: PrincipalElement, caller: Caller): boolean {
	if (element === '*') return true;
	const names = listOf(element.AWS);
	if (names.includes('*')) return true;
	switch (caller.kind) {
		case 'service':
			return listOf(element.Service).includes(caller.service);
		case 'federated':
			return listOf(element.Federated).includes(caller.provider);
		case 'anonymous':
			return false;
		case 'root':
			return names.some((name) => accountOf(name) === caller.accountId);
		case 'user':
			return names.some((name) => accountOf(name) === caller.accountId) && names.includes(caller.arn);
		case 'role-session':
			return (
				names.some((name) => accountOf(name) === caller.accountId) &&
				names.includes(caller.roleArn) &&
				names.includes(caller.arn)
			);
	}
}

/** Takes an entry of an AWS principal; gives the account id where it names a whole account. */
export function accountOf(name: string): string | undefined {
	return /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
}

function matchName(name: string, caller: Caller): PrincipalMatch {
	if (name === '*') return 'directly';
	if (!hasPolicies(caller)) return 'not-at-all';
	if (accountOf(name) === caller.accountId) return 'as-account';
	if (name === caller.arn) return 'directly';
	if (caller.kind === 'root' || caller.uniqueId === undefined) return isRole(name, caller);
	if (name === caller.uniqueId) return caller.kind === 'user' || name.includes(':') ? 'directly' : 'as-role';
	if (caller.kind === 'role-session' && name === caller.uniqueId.split(':')[0]) return 'as-role';
	return isRole(name, caller);
}

function isRole(name: string, caller: Caller): PrincipalMatch {
	return caller.kind === 'role-session' && name === caller.roleArn ? 'as-role' : 'not-at-all';
}
