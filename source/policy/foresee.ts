import {type ForeseenRequest} from './access-request.js';
import {type NamedPolicy, type PolicySet, type Reason, type Unsure} from './decision.js';
import {type SameAccountRule, weigh} from './decide.js';
import {statementsOf} from './document.js';
import {readAhead} from './read-ahead.js';

/** A statement that decides, and that nobody knows before to apply. */
export type Doubt = Reason & {readonly unsure: Unsure};

/** What will be decided about a request: for certain, or hanging on what nobody knows before it is made. */
export type Foresight =
	| {readonly outcome: 'allowed'; readonly reasons: readonly Reason[]}
	| {readonly outcome: 'refused'; readonly reasons: readonly Reason[]}
	| {readonly outcome: 'open'; readonly doubts: readonly Doubt[]};

/**
 * Foresees what `decide` will say of a request of which not all is known: a condition on a key that is neither in its
 * context nor follows from its caller may hold or not. The resource may be a pattern (`arn:aws:s3:::dst/*`): an Allow
 * counts where it covers all of it, a Deny that hits a part of it leaves the answer open. It is decided twice, once with
 * everything that is open in the caller's favour and once against them; where both agree, it is known.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function foresee(
	request: ForeseenRequest,
	policies: PolicySet,
	rule: SameAccountRule = 'either-side',
): Foresight {
	const best = weigh(request, policies, rule, readAhead(request, 'best'));
	if (!best.isAllowed) return {outcome: 'refused', reasons: best.reasons};
	const worst = weigh(request, policies, rule, readAhead(request, 'worst'));
	if (worst.isAllowed) return {outcome: 'allowed', reasons: worst.reasons};
	const isAllowedAnyway = ({where}: Reason): boolean =>
		best.reasons.some((reason) => reason.where === where && reason.unsure === undefined);
	const doubts = [...best.reasons.filter((reason) => !isAllowedAnyway(reason)), ...worst.reasons];
	return {outcome: 'open', doubts: doubts.filter(isDoubt)};
}

/**
 * Everything that stands in the way of a request, not only what decides it: an explicit Deny hides an Allow that is missing, and an Allow that
 * is missing hides a Deny that may hold. Who mends what decides meets the other next.
 */
export function foreseeEvery(
	request: ForeseenRequest,
	policies: PolicySet,
	rule: SameAccountRule = 'either-side',
): {readonly refused: readonly Reason[]; readonly doubts: readonly Doubt[]} {
	const granted = grantedAll(policies);
	const denied = foresee(request, granted, rule);
	const mayBeDenied = weigh(request, granted, rule, readAhead(request, 'worst'));
	const allowed = foresee(request, withoutDenies(policies), rule);
	return {
		refused: [denied, allowed].flatMap((one) => (one.outcome === 'refused' ? one.reasons : [])),
		doubts: [
			...(mayBeDenied.isAllowed ? [] : mayBeDenied.reasons.filter(isDoubt)),
			...(allowed.outcome === 'open' ? allowed.doubts : []),
		],
	};
}

/** The same policies where all that they do not deny is allowed. */
function grantedAll({identity, resource, boundary, session}: PolicySet): PolicySet {
	const everything = {Effect: 'Allow', Action: '*', Resource: '*'} as const;
	const opened = (policy: NamedPolicy, more: Readonly<Record<string, string>> = {}): NamedPolicy => ({
		name: policy.name,
		document: {
			...policy.document,
			Statement: [...statementsOf(policy.document), {...everything, ...more}],
		},
	});
	const nothing: NamedPolicy = {name: 'everything', document: {Version: '2012-10-17', Statement: []}};
	return {
		identity: [...identity, opened(nothing)],
		resource: opened(resource ?? nothing, {Principal: '*'}),
		...(boundary ? {boundary: opened(boundary)} : {}),
		...(session ? {session: session.map((one) => opened(one))} : {}),
	};
}

function withoutDenies({identity, resource, boundary, session}: PolicySet): PolicySet {
	const spared = ({name, document}: NamedPolicy): NamedPolicy => ({
		name,
		document: {...document, Statement: statementsOf(document).filter(({Effect}) => Effect !== 'Deny')},
	});
	return {
		identity: identity.map(spared),
		...(resource ? {resource: spared(resource)} : {}),
		...(boundary ? {boundary: spared(boundary)} : {}),
		...(session ? {session: session.map(spared)} : {}),
	};
}

/** Foresees what the Denies of a resource policy do to a request that all else allows. */
export function foreseeDenies(
	request: ForeseenRequest,
	policy: NonNullable<PolicySet['resource']>,
): Foresight {
	return foresee(request, grantedAll({identity: [], resource: policy}));
}

function isDoubt(reason: Reason): reason is Doubt {
	return reason.unsure !== undefined;
}
