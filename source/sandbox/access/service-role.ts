import {decideTrust} from '../../policy/decide.js';
import {type Role} from '../world/account.js';
import {type Identity, noTerms} from '../world/credential.js';
import {findRoleByArn, type World} from '../world/world.js';
import {namedPolicyOf} from './decide-access.js';

/** Finds a role that the service may assume, as its trust stands now; undefined where it may not, or the role is not there. */
export function roleOfService(world: World, roleArn: string, service: string): Role | undefined {
	const role = findRoleByArn(world, roleArn);
	const now = world.clock.now();
	if (role === undefined || role.seenFromMs > now) return undefined;
	const {isAllowed} = decideTrust(
		{
			caller: {kind: 'service', service},
			action: 'sts:AssumeRole',
			resource: role.arn,
			resourceAccountId: role.accountId,
		},
		namedPolicyOf('trust', role.trustPolicy.inEffect(now)),
		[],
	);
	return isAllowed ? role : undefined;
}

/** Whom a service speaks for that has assumed the role. */
export function serviceSession(role: Role, sessionName: string): Identity {
	return {kind: 'role-session', accountId: role.accountId, role, sessionName, terms: noTerms};
}
