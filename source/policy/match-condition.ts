import {conditionOperator, type ConditionOperator} from './condition-operators.js';
import {listOf, type Statement} from './document.js';
import {type MatchScope} from './match-scope.js';

type OperatorName = {readonly set?: string; readonly base: string; readonly ifExists?: string};

/** Takes an operator as written in a policy; gives its parts. */
export function parseOperator(operator: string): OperatorName {
	const {
		set,
		base = '',
		ifExists,
	} = /^(?:(?<set>ForAllValues|ForAnyValue):)?(?<base>.*?)(?<ifExists>IfExists)?$/.exec(operator)?.groups ??
	{};
	return {base, ...(set === undefined ? {} : {set}), ...(ifExists === undefined ? {} : {ifExists})};
}

/** One condition of a statement: what a key's value is compared with. */
export type Condition = {
	readonly operator: string;
	readonly key: string;
	readonly values: readonly string[];
};

/** Takes a statement; gives its conditions, which all have to hold. */
export function conditionsOf({Condition: condition = {}}: Statement): readonly Condition[] {
	return Object.entries(condition).flatMap(([operator, keys]) =>
		Object.entries(keys).map(([key, values]) => ({operator, key, values: listOf(values).map(String)})),
	);
}

/** Says whether every condition of a statement holds. */
export function matchesCondition(statement: Statement, scope: MatchScope): boolean {
	return conditionsOf(statement).every((condition) => holdsCondition(condition, statement.Effect, scope));
}

/**
 * Says whether a condition holds. AWS refuses a policy with an operator it does not know; should one come this far it
 * never allows: an Allow does not apply, a Deny does.
 */
export function holdsCondition(
	{operator, key, values}: Condition,
	effect: Statement['Effect'],
	scope: MatchScope,
): boolean {
	return holds(operator, key, values, scope) ?? effect === 'Deny';
}

function holds(
	operator: string,
	key: string,
	expected: readonly string[],
	scope: MatchScope,
): boolean | undefined {
	const name = parseOperator(operator);
	const actual = scope.context.get(key.toLowerCase()) ?? [];
	if (name.base === 'Null' && name.ifExists === undefined) {
		const isMissing = String(actual.length === 0);
		return expected.some((value) => value.toLowerCase() === isMissing);
	}
	const found = conditionOperator(name.base);
	if (found === undefined) return undefined;
	if (actual.length === 0) return holdsWithoutValue(name, found);
	const fits = (value: string) => {
		const results = expected.map((other) => found.compare(value, other, scope));
		// A variable without a value makes the statement invalid (reference_policies_variables): `not equal` included.
		return found.isNegated ? results.every((result) => result === false) : results.includes(true);
	};
	if (name.set === 'ForAllValues') return actual.every(fits);
	if (name.set === 'ForAnyValue') return actual.some(fits);
	return found.isNegated ? actual.every(fits) : actual.some(fits);
}

/** A missing key: IfExists and ForAllValues hold, ForAnyValue does not, negated operators do, others do not. */
function holdsWithoutValue(name: OperatorName, operator: ConditionOperator): boolean {
	if (name.ifExists !== undefined || name.set === 'ForAllValues') return true;
	return name.set === undefined && operator.isNegated;
}
