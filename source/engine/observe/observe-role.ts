import type {Connection, Roles} from '../../aws/ports.js';
import {accountOfArn, roleNameOf} from '../../domain/arn.js';
import type {ObservedBoundary, ObservedRole, ExistingRole} from '../../domain/observed/observed.js';
import {isRefusal, ProblemError} from '../../domain/problem.js';
import type {NamedPolicy} from '../../policy/decision.js';
import type {PolicyDocument} from '../../policy/document.js';

/**
 * Reads a role with all that decides what it may do. From nothing that is one parallel step; the documents of a role that
 * is there are read once their names are known. What the caller may not read besides the role itself is told as `unread`.
 * Throws the problem of the role where that cannot be read.
 */
export async function observeRole(
	roles: Roles,
	roleName: string,
	policyName: string,
	signal?: AbortSignal,
): Promise<ObservedRole | undefined> {
	const unread: string[] = [];
	const allowed = async <T>(reading: Promise<T>, what: string): Promise<T | undefined> =>
		orNoted(reading, () => unread.push(what));
	const [role, permissions, inlineNames = [], attachedArns = []] = await Promise.all([
		roles.get(roleName, signal),
		roles.getPolicy(roleName, policyName, signal),
		allowed(roles.listPolicies(roleName, signal), 'its inline policies (iam:ListRolePolicies)'),
		allowed(
			roles.listAttachedPolicies(roleName, signal),
			'its attached policies (iam:ListAttachedRolePolicies)',
		),
	]);
	if (!role) return undefined;
	const {boundaryArn, ...known} = role;
	const managed = async (arn: string): Promise<PolicyDocument | undefined> =>
		allowed(roles.getManagedPolicy(arn, signal), `the policy ${arn} (iam:GetPolicy)`);
	const named = async (
		names: readonly string[],
		read: (name: string) => Promise<PolicyDocument | undefined>,
	): Promise<readonly NamedPolicy[]> => {
		const found = await Promise.all(names.map(async (name) => ({name, document: await read(name)})));
		return found.flatMap(({name, document}) => (document === undefined ? [] : [{name, document}]));
	};

	const [inline, attached, boundary] = await Promise.all([
		named(
			inlineNames.filter((name) => name !== policyName),
			async (name) =>
				allowed(roles.getPolicy(roleName, name, signal), `its inline policy ${name} (iam:GetRolePolicy)`),
		),
		named(attachedArns, managed),
		boundaryArn === undefined ? undefined : managed(boundaryArn),
	]);
	return {
		...known,
		permissions,
		inline,
		attached,
		...(boundaryArn === undefined ? {} : {boundary: {arn: boundaryArn, document: boundary}}),
		unread,
	};
}

/** Reads the role that a replication configuration names, by its ARN. */
export async function observeExistingRole(
	{roles}: Connection,
	arn: string,
	policyName: string,
	accountId: string,
	signal?: AbortSignal,
): Promise<ExistingRole> {
	if (accountOfArn(arn) !== accountId) return {state: 'foreign'};
	try {
		const role = await observeRole(roles, roleNameOf(arn), policyName, signal);
		// A role of this name with another path is another role: the one that is named was deleted.
		return role?.arn === arn ? {state: 'existing', role} : {state: 'deleted'};
	} catch (error) {
		return {state: 'unreadable', cause: refusalOf(error)};
	}
}

/** Reads the managed policy that a new role shall have as its boundary. */
export async function observeBoundary(
	{roles}: Connection,
	arn: string,
	signal?: AbortSignal,
): Promise<ObservedBoundary> {
	try {
		const document = await roles.getManagedPolicy(arn, signal);
		return document ? {state: 'existing', document} : {state: 'absent'};
	} catch (error) {
		return {state: 'unreadable', cause: refusalOf(error)};
	}
}

/** The answer; nothing where AWS refuses it, which is noted then. Rejects by whatever is no refusal. */
export async function orNoted<T>(reading: Promise<T>, note: () => void): Promise<T | undefined> {
	return reading.catch((error: unknown) => {
		refusalOf(error);
		note();
		return undefined;
	});
}

/** Why AWS refuses it. Throws whatever is no refusal. */
export function refusalOf(error: unknown): string {
	if (error instanceof ProblemError && error.answer && isRefusal(error.answer)) return error.problem.cause;
	throw error;
}
