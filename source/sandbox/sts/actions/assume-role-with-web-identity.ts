import {
	type AssumeRoleWithWebIdentityRequest,
	type AssumeRoleWithWebIdentityResponse,
} from '@aws-sdk/client-sts';
import {decide} from '../../../policy/decide.js';
import {namedPolicyOf} from '../../access/decide-access.js';
import {type UnsignedAction} from '../../http/rpc-service.js';
import {iamError, notImplemented} from '../../iam/errors.js';
import {checkToken} from '../web-identity/check-token.js';
import {tokenContextOf, tokenTagsOf} from '../web-identity/token-context.js';
import {findRoleByArn} from '../../world/world.js';
import {checkSessionInput, openSession} from '../open-session.js';
import {sessionTermsOf, tagContextOf} from '../session-terms.js';

const action = 'sts:AssumeRoleWithWebIdentity';

/**
 * A token in place of a signature. The trust policy alone decides, about the provider and the claims; the session's
 * requests carry the token's condition keys on.
 */
export const assumeRoleWithWebIdentity: UnsignedAction<
	AssumeRoleWithWebIdentityRequest,
	AssumeRoleWithWebIdentityResponse
> = {
	name: 'AssumeRoleWithWebIdentity',
	accountIdOf: ({RoleArn}) => accountIdIn(RoleArn),
	target: ({RoleArn}) => RoleArn,
	async run({world, input}) {
		checkSessionInput(input);
		if (input.ProviderId !== undefined) throw notImplemented('the OAuth 2.0 access tokens of ProviderId');
		const roleArn = input.RoleArn ?? '';
		const account = world.accounts.get(accountIdIn(roleArn) ?? '');
		const identity = await checkToken(world, account, input.WebIdentityToken ?? '');
		// What changed while the keys came counts.
		const now = world.clock.now();
		const role = findRoleByArn(world, roleArn);
		const tags = tokenTagsOf(identity);
		const context = tokenContextOf(identity);
		const trust = role && namedPolicyOf('trust', role.trustPolicy.inEffect(now));
		const isTrusted = (asked: string): boolean =>
			decide(
				{
					caller: {kind: 'federated', provider: identity.provider.arn},
					action: asked,
					resource: roleArn,
					resourceAccountId: role?.accountId ?? '',
					context: {...context, ...tagContextOf(tags), 'sts:RoleSessionName': input.RoleSessionName ?? ''},
				},
				{identity: [], resource: trust},
			).isAllowed;
		const isAllowed = isTrusted(action) && (tags.Tags === undefined || isTrusted('sts:TagSession'));
		if (role === undefined || role.seenFromMs > now || !isAllowed) {
			throw iamError('AccessDenied', `Not authorized to perform ${action}`);
		}
		const terms = sessionTermsOf(world, undefined, role.accountId, {...input, ...tags});
		return {
			...openSession(world, role, input, role.maxSessionDurationSeconds, {...terms, context}),
			SubjectFromWebIdentityToken: identity.subject,
			// The ARN, where the reference has the token's issuer: third-party (answers shown by clients of AWS).
			Provider: identity.provider.arn,
			Audience: identity.audience,
		};
	},
};

function accountIdIn(roleArn: string | undefined): string | undefined {
	return /^arn:[^:]+:iam::(\d{12}):role\//.exec(roleArn ?? '')?.[1];
}
