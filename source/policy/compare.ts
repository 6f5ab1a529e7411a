import {
	type ConditionElement,
	listOf,
	type OneOrMany,
	type PolicyDocument,
	type PrincipalElement,
	type Statement,
	statementsOf,
} from './document.js';
import {accountOf} from './match-principal.js';

/**
 * Says whether two policies are equal by meaning: the order of statements, of actions and resources, and one-or-many
 * spelling do not matter; Sids only when asked; actions and condition keys compare without case. The Id never matters,
 * the Version only where there is a policy variable, which version 2008-10-17 takes for plain text.
 */
export function isSamePolicy(
	left: PolicyDocument,
	right: PolicyDocument,
	options: {readonly comparesSids?: boolean} = {},
): boolean {
	return canonical(left, options.comparesSids ?? false) === canonical(right, options.comparesSids ?? false);
}

function canonical(document: PolicyDocument, comparesSids: boolean): string {
	const statements = [
		...new Set(statementsOf(document).map((statement) => canonicalStatement(statement, comparesSids))),
	].sort();
	const hasVariable = statements.some((statement) => statement.includes('${'));
	return JSON.stringify([hasVariable && document.Version === '2012-10-17', statements]);
}

/** Takes a statement; gives text that is the same for statements that mean the same. */
function canonicalStatement(statement: Statement, comparesSids: boolean): string {
	const {Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition} = statement;
	const lower = (name: string) => name.toLowerCase();
	return JSON.stringify([
		comparesSids ? (statement.Sid ?? '') : '',
		Effect,
		canonicalPrincipal(Principal),
		canonicalPrincipal(NotPrincipal),
		canonicalList(Action, lower),
		canonicalList(NotAction, lower),
		canonicalList(Resource),
		canonicalList(NotResource),
		canonicalCondition(Condition),
	]);
}

function canonicalPrincipal(element: PrincipalElement | undefined): unknown {
	if (element === undefined) return null;
	// The two spellings of everyone are equivalent (reference_policies_elements_principal), as are those of an account.
	if (element === '*') return canonicalPrincipal({AWS: '*'});
	return Object.entries(element)
		.map(([kind, names]) => [kind, canonicalList(names, (name) => accountOf(name) ?? name)] as const)
		.sort(byFirst);
}

function canonicalCondition(condition: ConditionElement | undefined): unknown {
	return Object.entries(condition ?? {})
		.flatMap(([operator, keys]) =>
			Object.entries(keys).map(
				([key, values]) => [`${operator} ${key.toLowerCase()}`, canonicalList(values)] as const,
			),
		)
		.sort(byFirst);
}

function canonicalList(
	values: OneOrMany<string | number | boolean> | undefined,
	spell: (value: string) => string = (value) => value,
): readonly string[] | null {
	return values === undefined
		? null
		: [...new Set(listOf(values).map((value) => spell(String(value))))].sort();
}

function byFirst(left: readonly [string, unknown], right: readonly [string, unknown]): number {
	return left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;
}
