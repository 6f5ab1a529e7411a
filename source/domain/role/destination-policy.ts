import {type PolicyDocument, type Statement, statementsOf} from '../../policy/document.js';
import {nameOf, staleNotes} from './deleted-principals.js';
import type {Need} from './duties.js';
import {granteeOf, grantsNeed} from './grants.js';
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
	/** Whether the role's account is named in the place of the role. */
	byAccount = false,
): PolicyDocument {
	const base: PolicyDocument = existing ?? {Version: '2012-10-17', Id: policyId, Statement: []};
	const missing = missingIn(base, needs, principalArn, places);
	if (missing.length === 0) return base;

	const {Principal, Condition} = granteeOf(principalArn, byAccount);
	const statements = [...statementsOf(base)];
	for (const {actions, resource} of missing) {
		const statement: Statement = {
			Sid: freeSid(statements, sidFor(resource)),
			Effect: 'Allow',
			Principal,
			Action: actions,
			Resource: resource,
			...(Condition ? {Condition} : {}),
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
	{
		places = {},
		drops = false,
	}: {
		readonly places?: Places;
		/** Whether the deleted ones are dropped. */
		readonly drops?: boolean;
	} = {},
): readonly string[] {
	if (!existing) return [];
	const statements = statementsOf(existing);
	const stale = staleNotes(existing, drops);
	const isGranted = missingIn(existing, needs, principalArn, places).length === 0;
	const granting = statements.flatMap((statement, index) =>
		needs.some(({actions, resource}) =>
			actions.some((action) =>
				grantsNeed(
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

/** The console's names for the two. */
const sidFor = (resource: string): string =>
	resource.endsWith('/*') ? 'Set-permissions-for-objects' : 'Set-permissions-on-bucket';

/** Of what a role needs that which a policy does not allow it. */
export function missingIn(
	policy: PolicyDocument,
	needs: readonly Need[],
	principalArn: string,
	places: Places,
): readonly Need[] {
	// A Deny is somebody's intent, and another statement would not lift it: only what is allowed is looked at here.
	const allowing = {...policy, Statement: statementsOf(policy).filter(({Effect}) => Effect === 'Allow')};
	return needs.filter((need) => !grantsNeed(allowing, need, principalArn, places));
}

/** A `Sid` that no statement has: the one wanted, or with a number behind it. */
export function freeSid(statements: readonly Statement[], wanted: string): string {
	const taken = new Set(statements.map((statement) => statement.Sid));
	let sid = wanted;
	for (let number = 2; taken.has(sid); number++) sid = `${wanted}-${number}`;
	return sid;
}
