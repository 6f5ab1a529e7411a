import {listOf, type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';
import type {Need} from './duties.js';
import {letsIn} from './lets-in.js';
import type {Places} from './replication-calls.js';

/** The `Id` that the console gives the policy it writes for replication. */
const policyId = 'S3-Console-Replication-Policy';

/**
 * The destination's bucket policy with what the role needs, merged into what is there.
 * Gives the same document back where the role may do everything already. Existing statements are kept in their order;
 * a `Sid` that is taken gets a number behind it.
 * Source: S3 User Guide, "Configuring replication for buckets in different accounts".
 */
export function destinationPolicy(
	existing: PolicyDocument | undefined,
	needs: readonly Need[],
	principalArn: string,
	places: Places = {},
): PolicyDocument {
	const base: PolicyDocument = existing ?? {Version: '2012-10-17', Id: policyId, Statement: []};
	const missing = missingIn(base, needs, principalArn, places);
	if (missing.length === 0) return base;

	const statements = [...statementsOf(base)];
	for (const {actions, resource} of missing) {
		const statement: Statement = {
			Sid: freeSid(statements, sidFor(resource)),
			Effect: 'Allow',
			Principal: {AWS: principalArn},
			Action: actions,
			Resource: resource,
		};
		statements.push(statement);
	}

	return {...base, Statement: statements};
}

/** What a person should know of the statements that are there: who grants it already, and who is named in vain. */
export function policyNotes(
	existing: PolicyDocument | undefined,
	needs: readonly Need[],
	principalArn: string,
	places: Places = {},
): readonly string[] {
	if (!existing) return [];
	const statements = statementsOf(existing);
	const stale = staleStatements(existing).map(
		({name, id}) =>
			`Statement ${name} names ${id}, the id of a deleted ${kindOf(id)}: it lets nobody in, a new one of the same name neither.`,
	);
	const isGranted = missingIn(existing, needs, principalArn, places).length === 0;
	const granting = statements.flatMap((statement, index) =>
		needs.some(({actions, resource}) =>
			actions.some((action) =>
				letsIn(
					{Version: existing.Version, Statement: statement},
					{actions: [action], resource},
					principalArn,
					places,
				),
			),
		)
			? [nameOf(statement, index)]
			: [],
	);
	const granted = isGranted ? [`The role is let in already, by ${granting.join(', ')}.`] : [];
	return [...granted, ...stale];
}

function nameOf({Sid: sid}: Statement, index: number): string {
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

/** The console's names for the two. */
const sidFor = (resource: string): string =>
	resource.endsWith('/*') ? 'Set-permissions-for-objects' : 'Set-permissions-on-bucket';

function missingIn(
	policy: PolicyDocument,
	needs: readonly Need[],
	principalArn: string,
	places: Places,
): readonly Need[] {
	// A Deny is somebody's intent, and another statement would not lift it: only what is allowed is looked at here.
	const allowing = {...policy, Statement: statementsOf(policy).filter(({Effect}) => Effect === 'Allow')};
	return needs.filter((need) => !letsIn(allowing, need, principalArn, places));
}

/** A `Sid` that no statement has: the one wanted, or with a number behind it. */
export function freeSid(statements: readonly Statement[], wanted: string): string {
	const taken = new Set(statements.map((statement) => statement.Sid));
	let sid = wanted;
	for (let number = 2; taken.has(sid); number++) sid = `${wanted}-${number}`;
	return sid;
}
