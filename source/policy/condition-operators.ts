import {BlockList, isIP} from 'node:net';
import {matchesArn} from './match-arn.js';
import {type MatchScope} from './match-scope.js';
import {literalPattern, matchesPattern, variablePattern, wildcardPattern, type Pattern} from './pattern.js';

/** Says whether one value of the request fits one of the policy; undefined where a policy variable has no value. */
export type Comparison = (actual: string, expected: string, scope: MatchScope) => boolean | undefined;

export type ConditionOperator = {readonly compare: Comparison; readonly isNegated: boolean};

const equals = text(matchesPattern, literalPattern);
const like = text(matchesPattern, wildcardPattern);
const arnLike = text(matchesArn, wildcardPattern);
const equalsIgnoringCase = text(
	(pattern, actual) => matchesPattern(lowerCased(pattern), actual.toLowerCase()),
	literalPattern,
);

/** The operators of the policy language (IAM User Guide, reference_policies_elements_condition_operators). */
const operators: ReadonlyMap<string, ConditionOperator> = new Map([
	...pair('StringEquals', 'StringNotEquals', equals),
	...pair('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', equalsIgnoringCase),
	...pair('StringLike', 'StringNotLike', like),
	// The page says of both pairs that they behave identically.
	...pair('ArnEquals', 'ArnNotEquals', arnLike),
	...pair('ArnLike', 'ArnNotLike', arnLike),
	...orders('Numeric', numberOf),
	...orders('Date', secondsOf),
	...pair('IpAddress', 'NotIpAddress', isInRange),
	[
		'Bool',
		{compare: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(), isNegated: false},
	],
	['BinaryEquals', {compare: (actual, expected) => actual === expected, isNegated: false}],
]);

/** Takes an operator's name without prefix and IfExists; gives undefined where there is none of this name. */
export function conditionOperator(name: string): ConditionOperator | undefined {
	return operators.get(name);
}

function pair(name: string, negatedName: string, compare: Comparison): [string, ConditionOperator][] {
	return [
		[name, {compare, isNegated: false}],
		[negatedName, {compare, isNegated: true}],
	];
}

function orders(kind: string, valueOf: (text: string) => number): [string, ConditionOperator][] {
	const comparing =
		(holds: (actual: number, expected: number) => boolean): Comparison =>
		(actual, expected) =>
			holds(valueOf(actual), valueOf(expected));
	const order = (name: string, holds: Parameters<typeof comparing>[0]): [string, ConditionOperator] => [
		`${kind}${name}`,
		{compare: comparing(holds), isNegated: false},
	];
	return [
		...pair(
			`${kind}Equals`,
			`${kind}NotEquals`,
			comparing((actual, expected) => actual === expected),
		),
		order('LessThan', (actual, expected) => actual < expected),
		order('LessThanEquals', (actual, expected) => actual <= expected),
		order('GreaterThan', (actual, expected) => actual > expected),
		order('GreaterThanEquals', (actual, expected) => actual >= expected),
	];
}

function text(
	fits: (pattern: Pattern, actual: string) => boolean,
	plain: (text: string) => Pattern,
): Comparison {
	return (actual, expected, scope) => {
		const pattern = scope.hasVariables ? variablePattern(expected, scope.context, plain) : plain(expected);
		return pattern && fits(pattern, actual);
	};
}

function lowerCased(pattern: Pattern): Pattern {
	return pattern.flatMap((part) =>
		typeof part === 'object' ? literalPattern(part.literal.toLowerCase()) : [part],
	);
}

function numberOf(text: string): number {
	return text.trim() === '' ? Number.NaN : Number(text);
}

/** A date is written in ISO 8601 (where four digits are a year) or as seconds since 1970. */
function secondsOf(text: string): number {
	return /^\d{5,}(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text) / 1000;
}

function isInRange(actual: string, expected: string): boolean {
	const family = familyOf(actual);
	const [network = '', prefix] = expected.split('/');
	const networkFamily = familyOf(network);
	if (family === undefined || family !== networkFamily) return false;
	const longest = family === 'ipv4' ? 32 : 128;
	const bits = prefix === undefined ? longest : numberOf(prefix);
	if (!Number.isInteger(bits) || bits < 0 || bits > longest) return false;
	const range = new BlockList();
	range.addSubnet(network, bits, family);
	return range.check(actual, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
	const version = isIP(address);
	return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}
