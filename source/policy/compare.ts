import {canonicalStatement} from './canonical.js';
import {statementsOf, type PolicyDocument} from './document.js';

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
