import {
	listOf,
	type ConditionElement,
	type OneOrMany,
	type PrincipalElement,
	type Statement,
} from './document.js';
import {accountOf} from './match-principal.js';

/** Takes a statement; gives text that is the same for statements that mean the same. */
export function canonicalStatement(statement: Statement, comparesSids: boolean): string {
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
