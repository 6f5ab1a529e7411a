import type {Finding} from './finding.js';
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

/**
 * What was found of the rules that take an object: where one does, it does not matter that others do not. All of them where none
 * does. Pure.
 */
export function ofMatchingRules<Found extends {readonly findings: readonly Finding[]}>(
	found: readonly Found[],
): readonly Found[] {
	const matching = found.filter(({findings}) => !findings.some(({reason}) => leftToOthers.has(reason)));
	return matching.length > 0 ? matching : found;
}
