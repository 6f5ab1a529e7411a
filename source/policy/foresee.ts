import {type ForeseenRequest} from './access-request.js';
import {type PolicySet, type Reason, type Unsure} from './decision.js';
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

/** Foresees what the Denies of a resource policy do to a request that all else allows. */
export function foreseeDenies(
	request: ForeseenRequest,
	policy: NonNullable<PolicySet['resource']>,
): Foresight {
	const {name, document} = policy;
	const everything = {Effect: 'Allow', Action: '*', Resource: '*'} as const;
	return foresee(request, {
		identity: [{name: 'everything', document: {Version: '2012-10-17', Statement: everything}}],
		resource: {
			name,
			document: {...document, Statement: [...statementsOf(document), {...everything, Principal: '*'}]},
		},
	});
}

function isDoubt(reason: Reason): reason is Doubt {
	return reason.unsure !== undefined;
}
