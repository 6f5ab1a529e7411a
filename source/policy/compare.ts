import {canonicalStatement} from './canonical.js';
import {statementsOf, type PolicyDocument} from './document.js';
import {wildcardPattern} from './pattern.js';
import {couldDeny, isGrant} from './statement-reach.js';

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

type Need = {readonly principalArn: string; readonly actions: readonly string[]; readonly resource: string};

/**
 * Says whether a resource policy by itself, without conditions, lets a principal (a role or user ARN) perform every
 * action on the resource, which may be a pattern such as `arn:aws:s3:::dst/*`, and no Deny could hit it, whatever the
 * Deny's conditions. Trust in the principal's whole account counts: it is what the S3 console writes, and the principal's
 * own policies then decide. Where in doubt the answer is no.
 */
export function grants(document: PolicyDocument, needed: Need): boolean {
	const statements = statementsOf(document);
	const resource = wildcardPattern(needed.resource);
	return needed.actions.every((name) => {
		const action = wildcardPattern(name.toLowerCase());
		const asked = {principalArn: needed.principalArn, action, resource};
		return (
			statements.some((statement) => isGrant(statement, asked)) &&
			!statements.some((statement) => couldDeny(statement, asked))
		);
	});
}
