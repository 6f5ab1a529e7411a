import {type AccessRequest, hasPolicies} from './access-request.js';
import {type Decision, type NamedPolicy, type PolicySet, type Reason} from './decision.js';
import {findStatements, type FoundStatement, readAsAsked, type ReadStatement} from './find-statements.js';
import {contextOf} from './request-context.js';

export type {AccessRequest, Caller} from './access-request.js';
export type {Decision, NamedPolicy, PolicySet} from './decision.js';

type Side = {readonly allows: readonly Reason[]; readonly missing: readonly Reason[]};

/**
 * Decides a request, with reasons: on yes the statements that allowed it, on no those that denied it, or the kinds of
 * policy in which an Allow is missing.
 *
 * Same account: the identity policies or the resource policy allow; a boundary caps the identity policies, and a resource
 * policy that names the role, but not one that names the user or the session. Across accounts both must allow. An
 * explicit deny anywhere wins. Account root may do everything in its own account unless the resource policy denies;
 * a service may do what the resource policy allows it.
 * Source: IAM User Guide, reference_policies_evaluation-logic and the pages below it.
 */
export function decide(request: AccessRequest, policies: PolicySet): Decision {
	return weigh(request, policies, 'either-side');
}

/**
 * Decides whether a caller may perform sts:AssumeRole on a role (the request's resource), with reasons; the trust
 * policy counts as the resource policy. Trust that names the account hands the question on to the caller's identity
 * policies; a caller of the role's own account named by its own ARN needs none; from another account both must allow.
 * The caller's boundary and session policies cap them as elsewhere.
 * Unlike other resource policies, trust must speak of the caller even in the role's own account
 * (reference_policies_evaluation-logic_policy-eval-denyallow). Account root may not assume roles (STS API Reference,
 * AssumeRole).
 */
export function decideTrust(
	request: AccessRequest,
	trust: NamedPolicy,
	identity: readonly NamedPolicy[],
	caps: Pick<PolicySet, 'boundary' | 'session'> = {},
): Decision {
	if (request.caller.kind === 'root') return {isAllowed: false, reasons: [missingIn('identity')]};
	return weigh(request, {...caps, identity, resource: trust}, 'resource-in-any-case');
}

/**
 * Decides the use of a KMS key, with reasons; the key's policy counts as the resource policy. It must speak of the caller in
 * any case, account root among them: where it names the account, it hands the question on to the caller's identity
 * policies; where it names the caller, those are not needed; from another account both must allow.
 * Source: KMS Developer Guide, key-policies and policy-evaluation.
 */
export function decideKeyUse(request: AccessRequest, policies: PolicySet): Decision {
	return weigh(request, policies, 'resource-in-any-case');
}

/** Who must allow a caller of the resource's own account: either side, or in any case the resource. */
export type SameAccountRule = 'either-side' | 'resource-in-any-case';

/** Weighs the statements that a reader finds; `decide` and those beside it say what counts. */
export function weigh(
	request: AccessRequest,
	policies: PolicySet,
	rule: SameAccountRule,
	read: ReadStatement = readAsAsked,
): Decision {
	const {caller} = request;
	const context = contextOf(request);
	const sessionPolicies = policies.session ?? [];
	const hasBoundary = policies.boundary !== undefined || sessionPolicies.length > 0;
	const found = (where: Reason['where'], those: readonly NamedPolicy[]): readonly FoundStatement[] =>
		findStatements(request, context, {where, policies: those}, {read, hasBoundary});
	const identity = found('identity', policies.identity);
	const boundary = found('boundary', optional(policies.boundary));
	const session = found('session', sessionPolicies);
	const resource = found('resource', optional(policies.resource));

	const denials = reasonsOf([...identity, ...resource, ...boundary, ...session], 'Deny');
	if (denials.length > 0) return {isAllowed: false, reasons: denials};

	const cap = bothOf(
		capOf(boundary, 'boundary', policies.boundary),
		capOf(session, 'session', sessionPolicies[0]),
	);
	const own = caller.kind === 'root' ? rootSide : sideOf(reasonsOf(identity, 'Allow'), 'identity');
	return combine(request, rule, bothOf(own, cap), resource, cap);
}

function capOf(
	found: readonly FoundStatement[],
	where: Reason['where'],
	policy: NamedPolicy | undefined,
): Side {
	return policy === undefined ? noCap : sideOf(reasonsOf(found, 'Allow'), where, policy.name);
}

function bothOf(left: Side, right: Side): Side {
	return {allows: [...left.allows, ...right.allows], missing: firstMissing(left, right)};
}

const noCap: Side = {allows: [], missing: []};
const rootSide: Side = {allows: [{effect: 'allow', where: 'identity'}], missing: []};

function combine(
	request: AccessRequest,
	rule: SameAccountRule,
	own: Side,
	resource: readonly FoundStatement[],
	cap: Side,
): Decision {
	const granting = resource.filter(({effect}) => effect === 'Allow');
	const granted = sideOf(
		granting.map(({reason}) => reason),
		'resource',
	);
	if (!hasPolicies(request.caller)) return decisionOf(granted);
	if (request.caller.accountId !== request.resourceAccountId) {
		return decisionOf({
			allows: [...own.allows, ...granted.allows],
			missing: [...own.missing, ...granted.missing],
		});
	}
	if (rule === 'resource-in-any-case' && granted.missing.length > 0) return decisionOf(granted);
	const direct = reasonsOf(
		granting.filter(({principal}) => principal === 'directly'),
		'Allow',
	);
	const asRole = reasonsOf(
		granting.filter(({principal}) => principal === 'as-role'),
		'Allow',
	);
	const allows = [
		...(own.missing.length === 0 ? own.allows : []),
		...direct,
		...(cap.missing.length === 0 ? asRole : []),
	];
	if (allows.length > 0) return {isAllowed: true, reasons: allows};
	return {isAllowed: false, reasons: asRole.length > 0 ? cap.missing : own.missing};
}

function decisionOf(side: Side): Decision {
	const isAllowed = side.missing.length === 0;
	return {isAllowed, reasons: isAllowed ? side.allows : side.missing};
}

function sideOf(allows: readonly Reason[], where: Reason['where'], policy?: string): Side {
	return {allows, missing: allows.length > 0 ? [] : [missingIn(where, policy)]};
}

/** An Allow that is missing in the identity policies says more than one that is also missing in the boundary. */
function firstMissing(own: Side, cap: Side): readonly Reason[] {
	return own.missing.length > 0 ? own.missing : cap.missing;
}

function missingIn(where: Reason['where'], policy?: string): Reason {
	return {effect: 'missing-allow', where, ...(policy === undefined ? {} : {policy})};
}

function reasonsOf(found: readonly FoundStatement[], effect: FoundStatement['effect']): readonly Reason[] {
	return found.filter((statement) => statement.effect === effect).map(({reason}) => reason);
}

function optional(policy: NamedPolicy | undefined): readonly NamedPolicy[] {
	return policy === undefined ? [] : [policy];
}
