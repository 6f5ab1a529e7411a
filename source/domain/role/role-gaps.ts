import {type Caller, decide, decideTrust, type NamedPolicy, type Reason} from '../../policy/decide.js';
import type {ConditionElement, PolicyDocument} from '../../policy/document.js';
import {accountOfArn, roleNameOf} from '../arn.js';
import {contextsOf, type Need, policyFor} from './duties.js';
import type {ObservedRole} from '../observed/observed.js';

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

type RoleGaps = {
	/** Whether S3 may assume the role. */
	readonly isTrusted: boolean;
	readonly gaps: readonly RoleGap[];
	/** What could not be read; where there is something, a gap may be none, and what is no gap may be one. */
	readonly unread: readonly string[];
	/** The policy that closes the gaps of kind `missing`: what to give to whoever may change the role. */
	readonly policy?: PolicyDocument;
	/** The same for those of kind `boundary`: what the permissions boundary has to allow as well. */
	readonly boundary?: PolicyDocument;
};

/**
 * What a role lacks to do what is needed: its trust policy, inline and attached policies and its boundary, weighed as IAM
 * does. A resource that ends in `/*` has to be covered as a whole. Pure. Source: IAM User Guide, "Policy evaluation logic".
 */
export function roleGaps(role: ObservedRole, needed: readonly Need[]): RoleGaps {
	const gaps = needed.flatMap((need) => gapsAt(role, need));
	return {
		isTrusted: trustsS3(role),
		gaps,
		unread: role.unread,
		policy: closing(gaps, 'missing'),
		boundary: closing(gaps, 'boundary'),
	};
}

/** Whether the trust policy lets S3 assume the role. */
export function trustsS3({arn, trust}: Pick<ObservedRole, 'arn' | 'trust'>): boolean {
	return decideTrust(
		{
			caller: {kind: 'service', service: 's3.amazonaws.com'},
			action: 'sts:AssumeRole',
			resource: arn,
			resourceAccountId: accountOfArn(arn),
		},
		{name: 'trust policy', document: trust},
		[],
	).isAllowed;
}

const allowsAll: NamedPolicy = {
	name: 'everything',
	document: {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: '*', Resource: '*'}},
};

function gapsAt(role: ObservedRole, need: Need): readonly RoleGap[] {
	const {actions, resource, condition} = need;
	const found = new Map<GapReason, {readonly actions: string[]; readonly deniedBy: Set<string>}>();
	const add = (action: string, reasons: readonly Reason[], missing: GapReason): void => {
		for (const {effect, policy = ''} of reasons) {
			const reason = effect === 'explicit-deny' ? 'denied' : missing;
			const gap = found.get(reason) ?? {actions: [], deniedBy: new Set<string>()};
			found.set(reason, gap);
			if (!gap.actions.includes(action)) gap.actions.push(action);
			if (effect === 'explicit-deny') gap.deniedBy.add(policy);
		}
	};

	const accountId = accountOfArn(role.arn);
	for (const context of contextsOf(need)) {
		for (const action of actions) {
			// The star of `bucket/*` is taken for a key of that name: only what covers every key covers it, too.
			const request = {
				caller: sessionOf(role.arn),
				action,
				resource,
				resourceAccountId: accountId,
				context,
			};
			const own = decide(request, {identity: identityOf(role)});
			if (!own.isAllowed) add(action, own.reasons, 'missing');
			if (!role.boundary?.document) continue;
			const boundary = {name: role.boundary.arn, document: role.boundary.document};
			const capped = decide(request, {identity: [allowsAll], boundary});
			if (!capped.isAllowed) add(action, capped.reasons, 'boundary');
		}
	}

	return [...found].map(([reason, gap]) => ({
		reason,
		resource,
		actions: gap.actions,
		...(condition === undefined ? {} : {condition}),
		deniedBy: [...gap.deniedBy],
	}));
}

function identityOf({permissions, inline, attached}: ObservedRole): readonly NamedPolicy[] {
	const own = permissions === undefined ? [] : [{name: 's3-replicate', document: permissions}];
	return [...own, ...inline, ...attached];
}

/** S3, once it has assumed the role. */
function sessionOf(roleArn: string): Caller {
	const name = roleNameOf(roleArn);
	const [, partition = ''] = roleArn.split(':');
	const accountId = accountOfArn(roleArn);
	const arn = `arn:${partition}:sts::${accountId}:assumed-role/${name}/s3-replication`;
	return {kind: 'role-session', accountId, arn, roleArn};
}

function closing(gaps: readonly RoleGap[], reason: GapReason): PolicyDocument | undefined {
	const needs = gaps.filter((gap) => gap.reason === reason);
	return needs.length === 0 ? undefined : policyFor(needs);
}
