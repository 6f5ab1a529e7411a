import {
	listOf,
	type PolicyDocument,
	type PrincipalElement,
	type Statement,
	statementsOf,
} from '../../policy/document.js';
import {localArn} from '../world/partition.js';
import {type ResourcePolicy} from '../world/resource-policy.js';
import {findRoleByArn, type World} from '../world/world.js';

/**
 * Takes a policy, gives it with its principals resolved, or the ARN of the first that does not exist. Services keep the
 * unique id of a principal, not its name (IAM User Guide, reference_policies_elements_principal).
 */
export function resolveResourcePolicy(
	world: World,
	text: string,
	document: PolicyDocument,
): {readonly ok: true; readonly policy: ResourcePolicy} | {readonly ok: false; readonly principal: string} {
	const uniqueIds = new Map<string, string>();
	for (const principal of principalsOf(document)) {
		const found = resolvePrincipal(world, principal);
		if (found === 'unknown') return {ok: false, principal};
		if (found.uniqueId !== undefined) uniqueIds.set(principal, found.uniqueId);
	}
	return {ok: true, policy: {text, document, uniqueIds}};
}

/** Gives the policy as it is now: a principal that was deleted since shows as its unique id and matches nobody. */
export function currentDocumentOf(world: World, policy: ResourcePolicy): PolicyDocument {
	const gone = goneOf(world, policy);
	if (gone.size === 0) return policy.document;
	const replace = (statement: Statement): Statement => ({
		...statement,
		...(statement.Principal === undefined ? {} : {Principal: replaceIn(statement.Principal, gone)}),
		...(statement.NotPrincipal === undefined ? {} : {NotPrincipal: replaceIn(statement.NotPrincipal, gone)}),
	});
	return {...policy.document, Statement: statementsOf(policy.document).map(replace)};
}

/** The policy's text as GetBucketPolicy gives it. */
export function currentTextOf(world: World, policy: ResourcePolicy): string {
	const document = currentDocumentOf(world, policy);
	return document === policy.document ? policy.text : JSON.stringify(document);
}

/** All that its statements name as resources. */
export function resourcesOf(document: PolicyDocument): readonly string[] {
	return statementsOf(document).flatMap(({Resource, NotResource}) => [
		...listOf(Resource),
		...listOf(NotResource),
	]);
}

function goneOf(world: World, policy: ResourcePolicy): ReadonlyMap<string, string> {
	return new Map([...policy.uniqueIds].filter(([arn, uniqueId]) => uniqueIdOf(world, arn) !== uniqueId));
}

function replaceIn(element: PrincipalElement, gone: ReadonlyMap<string, string>): PrincipalElement {
	if (typeof element === 'string' || element.AWS === undefined) return element;
	const replaced = listOf(element.AWS).map((name) => gone.get(name) ?? name);
	const [only = ''] = replaced;
	return {...element, AWS: typeof element.AWS === 'string' ? only : replaced};
}

function principalsOf(document: PolicyDocument): readonly string[] {
	return statementsOf(document)
		.flatMap(({Principal, NotPrincipal}) => [Principal, NotPrincipal])
		.flatMap((element) => (element === undefined || typeof element === 'string' ? [] : listOf(element.AWS)));
}

function resolvePrincipal(world: World, principal: string): {readonly uniqueId?: string} | 'unknown' {
	if (principal === '*') return {};
	const local = localArn(world, principal);
	const account = /^(?:iam::)?(\d{12})(?::root)?$/.exec(local)?.[1];
	if (account !== undefined) return world.accounts.has(account) ? {} : 'unknown';
	if (/^sts::\d{12}:assumed-role\/[^/*]+\/[^*]+$/.test(local)) return {};
	if (/^(AROA|AIDA)[A-Z0-9]{16,}$/.test(principal))
		return isUniqueIdOfSomebody(world, principal) ? {} : 'unknown';
	const uniqueId = uniqueIdOf(world, principal);
	return uniqueId === undefined ? 'unknown' : {uniqueId};
}

/** What is left of a deleted principal in a policy cannot be put again (third-party: the refusal that its reporters got). */
function isUniqueIdOfSomebody(world: World, uniqueId: string): boolean {
	return [...world.accounts.values()].some(
		({users, roles}) =>
			[...users.values()].some(({userId}) => userId === uniqueId) ||
			[...roles.values()].some(({roleId}) => roleId === uniqueId),
	);
}

/** The unique id of the role or user of that ARN, if it is there and seen by others. */
export function uniqueIdOf(world: World, arn: string): string | undefined {
	const role = findRoleByArn(world, arn);
	if (role !== undefined) return role.seenFromMs <= world.clock.now() ? role.roleId : undefined;
	const [, accountId, userName] = /^iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/.exec(localArn(world, arn)) ?? [];
	const user = world.accounts.get(accountId ?? '')?.users.get(userName ?? '');
	return user?.arn === arn ? user.userId : undefined;
}
