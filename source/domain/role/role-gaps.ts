import {type Doubt, foresee} from '../../policy/foresee.js';
import {allowsAll, type NamedPolicy, type Unsure} from '../../policy/decision.js';
import type {ConditionElement, PolicyDocument} from '../../policy/document.js';
import {joined, type Need, policyFor} from './duties.js';
import type {ObservedRole} from '../observed/observed.js';
import {together} from './foreseen-together.js';
import {type Places, replicationCalls} from './replication-calls.js';
import {bucketOfArn} from '../arn.js';

/**
 * Why the role may not: nothing in its policies allows it, its permissions boundary does not, or a statement denies it.
 * What two of them withhold is in the list twice.
 */
export type GapReason = 'missing' | 'boundary' | 'denied';

/** Actions that the role may not perform on one resource (an ARN, for objects with `/*` behind it). */
export type RoleGap = {
	readonly reason: GapReason;
	readonly resource: string;
	readonly actions: readonly string[];
	/** What holds when S3 asks for it. */
	readonly condition?: ConditionElement;
	/** The policies with the statement that denies it. */
	readonly deniedBy: readonly string[];
};

/** Actions that the role may not perform if what is not known now turns out so; `reason` is what it would be. */
export type RoleDoubt = {
	readonly reason: GapReason;
	readonly resource: string;
	readonly actions: readonly string[];
	readonly condition?: ConditionElement;
	/** The statement that decides. */
	readonly effect: 'allows' | 'denies';
	readonly policy: string;
	readonly statement: string;
	readonly unsure: Unsure;
};

type RoleGaps = {
	readonly gaps: readonly RoleGap[];
	readonly doubts: readonly RoleDoubt[];
	/** What could not be read; where there is something, a gap may be none, and what is no gap may be one. */
	readonly unread: readonly string[];
	/** The policy that closes the gaps of kind `missing`, those in doubt, too: what to give to whoever may change the role. */
	readonly policy?: PolicyDocument;
	/** The same for those of kind `boundary`: what the permissions boundary has to allow as well. */
	readonly boundary?: PolicyDocument;
};

/**
 * What a role lacks to do what is needed: its inline and attached policies and its boundary, weighed as IAM does, with what is
 * known of the buckets. A resource that ends in `/*` has to be covered as a whole. Pure.
 * Source: IAM User Guide, "Policy evaluation logic".
 */
export function roleGaps(role: ObservedRole, needed: readonly Need[], places: Places): RoleGaps {
	const found = needed.map((need) => gapsAt(role, need, places));
	const gaps = found.flatMap((one) => one.gaps);
	const doubts = found.flatMap((one) => one.doubts);
	return {
		gaps,
		doubts,
		unread: role.unread,
		policy: closing([...gaps, ...doubts], 'missing'),
		boundary: closing([...gaps, ...doubts], 'boundary'),
	};
}

function gapsAt(role: ObservedRole, need: Need, places: Places): Pick<RoleGaps, 'gaps' | 'doubts'> {
	const gaps = new Map<string, RoleGap>();
	const doubts = new Map<string, RoleDoubt>();
	const {actions, ...at} = need;
	const addGap = (action: string, reason: GapReason, deniedBy: readonly string[]): void => {
		const before = gaps.get(reason) ?? {reason, ...at, actions: [], deniedBy: []};
		gaps.set(reason, {
			...before,
			actions: unique([...before.actions, action]),
			deniedBy: unique([...before.deniedBy, ...deniedBy]),
		});
	};

	const addDoubt = (
		action: string,
		missing: GapReason,
		{effect, policy = '', statement = '', unsure}: Doubt,
	): void => {
		const isDeny = effect === 'explicit-deny';
		const key = JSON.stringify([effect, policy, statement, unsure]);
		const before = doubts.get(key) ?? {
			reason: isDeny ? ('denied' as const) : missing,
			...at,
			actions: [],
			effect: isDeny ? ('denies' as const) : ('allows' as const),
			policy,
			statement,
			unsure,
		};
		doubts.set(key, {...before, actions: unique([...before.actions, action])});
	};

	for (const action of actions) {
		for (const [missing, policies] of sidesOf(role)) {
			const foreseen = replicationCalls(role.arn, action, need, places).map((call) =>
				foresee(call, policies),
			);
			const {surely, unclear} = together(foreseen);
			for (const {effect, policy = ''} of surely)
				addGap(
					action,
					effect === 'explicit-deny' ? 'denied' : missing,
					effect === 'explicit-deny' ? [policy] : [],
				);
			for (const reason of unclear) addDoubt(action, missing, reason);
		}
	}

	return {gaps: [...gaps.values()], doubts: [...doubts.values()]};
}

/** The two that have to allow: the role's policies, and its boundary where that could be read. */
function sidesOf(role: ObservedRole) {
	const own = ['missing', {identity: identityOf(role)}] as const;
	if (!role.boundary?.document) return [own];
	const boundary = {name: role.boundary.arn, document: role.boundary.document};
	return [own, ['boundary', {identity: [allowsAll], boundary}] as const];
}

function identityOf({permissions, inline, attached}: ObservedRole): readonly NamedPolicy[] {
	const own = permissions === undefined ? [] : [{name: 's3-replicate', document: permissions}];
	return [...own, ...inline, ...attached];
}

function closing(found: ReadonlyArray<RoleGap | RoleDoubt>, reason: GapReason): PolicyDocument | undefined {
	const needs = found
		.filter((one) => one.reason === reason)
		.map(({actions, resource, condition}): Need => ({
			actions,
			resource,
			...(condition === undefined ? {} : {condition}),
		}));
	return needs.length === 0 ? undefined : policyFor(joined(needs));
}

function unique<T>(values: readonly T[]): readonly T[] {
	return [...new Set(values)];
}

/** Each gap or doubt once. */
export function uniqueGaps<T extends object>(gaps: readonly T[]): readonly T[] {
	return [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()];
}

/** A gap for people: `s3:ReplicateObject on dst/* is missing`. */
export function gapText({reason, actions, resource, deniedBy}: RoleGap): string {
	const what = `${actions.join(', ')} on ${bucketOfArn(resource)}`;
	if (reason === 'missing') return `${what} is missing`;
	if (reason === 'boundary') return `${what} is not allowed by its permissions boundary`;
	return `${what} is denied by ${deniedBy.join(', ')}`;
}
