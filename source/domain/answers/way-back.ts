import {roleNameOf} from '../arn.js';
import type {Side} from './mode.js';
import {defaultRoleName, maxRoleNameLength, maxRuleIdLength} from './role-name.js';
import type {ReplicationRequest} from './request.js';
import {stableName} from '../stable-name.js';

/** The other end. */
export function otherSide(side: Side): Side {
	return side === 'source' ? 'destination' : 'source';
}

/**
 * The way back of a two-way set-up as a request of its own: the ends change places, the rule is named `<id>-back`, and everything else
 * holds as it does on the way there. Within one account one role serves both; across accounts each side has its own. `undefined` where
 * only one direction was asked for. Pure.
 */
export function requestBack(request: ReplicationRequest): ReplicationRequest | undefined {
	const {back, source, destination, mode, ruleId, rule, ...others} = request;
	if (!back) return undefined;
	const {kmsKey: _kmsKey, ...ruleBack} = rule ?? {};
	const isOneAccount = mode === 'cross-region';
	const roleArn = back.roleArn ?? (isOneAccount ? request.roleArn : undefined);
	return {
		...others,
		mode,
		isWayBack: true,
		source: destination,
		destination: source,
		...roleBack(request, roleArn),
		ruleId: stableName(`${ruleId}-back`, maxRuleIdLength),
		rule: {...ruleBack, ...(back.kmsKey === undefined ? {} : {kmsKey: back.kmsKey})},
	};
}

function roleBack(
	{mode, roleName, roleArn, isRoleChosen}: ReplicationRequest,
	arnBack: string | undefined,
): Pick<ReplicationRequest, 'roleName' | 'roleArn' | 'isRoleChosen'> {
	if (arnBack !== undefined) return {roleName: roleNameOf(arnBack), roleArn: arnBack, isRoleChosen: true};
	if (mode === 'cross-region') return {roleName, roleArn: undefined, isRoleChosen};
	const base = roleArn === undefined ? roleName : defaultRoleName(mode, '');
	return {
		roleName: stableName(`${base}-back`, maxRoleNameLength),
		roleArn: undefined,
		isRoleChosen: roleArn === undefined && isRoleChosen,
	};
}
