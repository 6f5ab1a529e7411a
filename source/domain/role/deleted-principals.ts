import {listOf, type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';

/** A statement as a person finds it: by its `Sid`, else by its place. */
export function nameOf({Sid: sid}: Statement, index: number): string {
	return sid === undefined || sid === '' ? `number ${index + 1}` : `“${sid}”`;
}

/** A statement of a bucket policy that names a deleted role or user. */
export type StaleStatement = {readonly name: string; readonly id: string; readonly statement: Statement};

/** The statements that name a deleted role or user. */
export function staleStatements(policy: PolicyDocument): readonly StaleStatement[] {
	return statementsOf(policy).flatMap((statement, index) =>
		stalePrincipals(statement).map((id) => ({name: nameOf(statement, index), id, statement})),
	);
}

/** What a unique id was the id of. */
export const kindOf = (id: string): string => (id.startsWith('AROA') ? 'role' : 'user');

/**
 * Unique ids in the place of names: their roles and users are gone.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
function stalePrincipals({Principal: principal}: Statement): readonly string[] {
	if (principal === undefined || principal === '*') return [];
	return listOf(principal.AWS).filter((name) => /^A(?:RO|ID)A[A-Z0-9]+$/.test(name));
}

/**
 * A policy without deleted roles and users: a statement that names nobody else goes, one that names others keeps them. What it allows
 * and denies stays the same, for everybody. The same policy, where none is named.
 */
export function withoutDeletedPrincipals(policy: PolicyDocument): PolicyDocument {
	if (staleStatements(policy).length === 0) return policy;
	const statements = statementsOf(policy).flatMap((statement): readonly Statement[] => {
		const stale = new Set(stalePrincipals(statement));
		const {Principal: principal} = statement;
		if (stale.size === 0 || principal === undefined || principal === '*') return [statement];
		const {AWS: names, ...others} = principal;
		const left = listOf(names).filter((name) => !stale.has(name));
		if (left.length > 0) return [{...statement, Principal: {...others, AWS: left}}];
		return Object.keys(others).length > 0 ? [{...statement, Principal: others}] : [];
	});
	return {...policy, Statement: statements};
}
