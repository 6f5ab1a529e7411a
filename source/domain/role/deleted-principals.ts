import {answerTable} from '../answers/answer-table.js';
import {listOf, type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';

/** A statement as a person finds it: by its `Sid`, else by its place. */
export function nameOf({Sid: sid}: Statement, index: number): string {
	return sid === undefined || sid === '' ? `number ${index + 1}` : `“${sid}”`;
}

/** A statement of a bucket policy that names a deleted role or user. */
type StaleStatement = {readonly name: string; readonly id: string; readonly statement: Statement};

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

/** What a plan says of the deleted roles and users that a policy names. */
export function staleNotes(policy: PolicyDocument, areDropped: boolean): readonly string[] {
	return staleStatements(policy).map(({name, id}) =>
		areDropped
			? `Statement ${name} names ${id}, the id of a deleted ${kindOf(id)}: that is dropped (--${answerTable.dropsDeletedPrincipals.flag}).`
			: `Statement ${name} names ${id}, the id of a deleted ${kindOf(id)}: it lets nobody in, a new one of the same name neither.`,
	);
}

/**
 * What an undo restores of a policy: statements of deleted roles and users that the run dropped stay dropped, since AWS refuses a policy
 * that has them.
 *
 * @param target the bucket or key whose policy it is
 */
export function withoutDropped(
	now: PolicyDocument | undefined,
	restored: PolicyDocument | undefined,
	target: string,
): {readonly left: PolicyDocument | undefined; readonly notes: readonly string[]} {
	const dropped = restored && now && staleStatements(now).length === 0 ? staleStatements(restored) : [];
	return {
		left: restored && dropped.length > 0 ? withoutDeletedPrincipals(restored) : restored,
		notes: dropped.map(
			({name, id}) =>
				`Statement ${name} of ${target} does not come back as it was: it names ${id}, a deleted ${kindOf(id)}, and AWS would refuse it.`,
		),
	};
}
