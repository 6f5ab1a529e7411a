import {type GetCallerIdentityRequest, type GetCallerIdentityResponse} from '@aws-sdk/client-sts';
import {sessionCallerOf} from '../../access/decide-access.js';
import {type QueryAction} from '../../iam/action.js';

/** Needs no permission, and no policy can deny it (STS API reference, GetCallerIdentity). */
export const getCallerIdentity: QueryAction<GetCallerIdentityRequest, GetCallerIdentityResponse> = {
	name: 'GetCallerIdentity',
	run({identity}) {
		if (identity.kind === 'user') {
			return {UserId: identity.user.userId, Account: identity.accountId, Arn: identity.user.arn};
		}
		const {role, sessionName} = identity;
		const caller = sessionCallerOf(role, sessionName);
		return {
			UserId: `${role.roleId}:${sessionName}`,
			Account: identity.accountId,
			Arn: caller.kind === 'role-session' ? caller.arn : '',
		};
	},
};
