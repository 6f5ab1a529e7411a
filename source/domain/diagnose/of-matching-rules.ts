import {type Finding, isWrong} from './finding.js';
import type {ReasonCode} from './reason-codes.js';

/** Reasons of rules that are about other objects, or that somebody has disabled. */
const leftToOthers: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
	'other-prefix',
	'other-tags',
	'other-rule-goes-first',
	'rule-disabled',
	'delete-marker-not-replicated',
	'kms-not-replicated',
]);

/** Why a rule surely or likely does not take an object that another may take; nothing where it may take it. Pure. */
export function leftOutBy(findings: readonly Finding[]): Finding | undefined {
	return findings.find((one) => leftToOthers.has(one.reason) && isWrong(one));
}

/**
 * What was found of the rules that take an object: where one does, it does not matter that others do not. All of them where none
 * does. Pure.
 */
export function ofMatchingRules<Found extends {readonly findings: readonly Finding[]}>(
	found: readonly Found[],
): readonly Found[] {
	const matching = found.filter(({findings}) => leftOutBy(findings) === undefined);
	return matching.length > 0 ? matching : found;
}
