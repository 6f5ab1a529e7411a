import {type AssumeRoleRequest, type AssumeRoleResponse} from '@aws-sdk/client-sts';
import {type AccessRequest, decideTrust} from '../../../policy/decide.js';
import {explainDenial} from '../../../policy/explain.js';
import {callerOf, capsOf, identityPoliciesOf, namedPolicyOf} from '../../access/decide-access.js';
import {type QueryAction} from '../../iam/action.js';
import {iamError, notImplemented} from '../../iam/errors.js';
import {checkMfa} from '../check-mfa.js';
import {mfaContextOf, mfaKeys} from '../../mfa/mfa-context.js';
import {sessionTermsOf, tagContextOf} from '../session-terms.js';
import {findRoleByArn} from '../../world/world.js';
import {checkSessionInput, openSession} from '../open-session.js';

const chainedMaxSeconds = 3600;

export const assumeRole: QueryAction<AssumeRoleRequest, AssumeRoleResponse> = {
	name: 'AssumeRole',
	target: ({RoleArn}) => RoleArn,
	run({world, identity, input}) {
		const roleArn = input.RoleArn ?? '';
		const sessionName = input.RoleSessionName ?? '';
		checkSessionInput(input);
		if (input.SourceIdentity !== undefined) throw notImplemented('the source identity of AssumeRole');
		if (input.ProvidedContexts?.length) throw notImplemented('the trusted contexts of AssumeRole');
		const now = world.clock.now();
		const role = findRoleByArn(world, roleArn);
		const hasMfa = checkMfa(world, identity, input);
		const request: AccessRequest = {
			caller: callerOf(identity),
			action: 'sts:AssumeRole',
			resource: roleArn,
			resourceAccountId: role?.accountId ?? '',
			context: {
				...(hasMfa ? mfaKeys(0) : mfaContextOf(identity, now)),
				'sts:RoleSessionName': sessionName,
				...(input.ExternalId === undefined ? {} : {'sts:ExternalId': input.ExternalId}),
				...tagContextOf(input),
			},
		};
		if (role === undefined || role.seenFromMs > now) {
			throw iamError('AccessDenied', explainDenial(request, {isAllowed: false, reasons: []}));
		}
		const trust = namedPolicyOf('trust', role.trustPolicy.inEffect(now));
		const identityPolicies = identityPoliciesOf(world, identity);
		// Who passes tags must be allowed that too (IAM User Guide, id_session-tags_permissions-required).
		for (const action of ['sts:AssumeRole', ...(input.Tags?.length ? ['sts:TagSession'] : [])]) {
			const asked = {...request, action};
			const decision = decideTrust(asked, trust, identityPolicies, capsOf(world, identity));
			if (!decision.isAllowed) throw iamError('AccessDenied', explainDenial(asked, decision));
		}
		const longest = identity.kind === 'role-session' ? chainedMaxSeconds : role.maxSessionDurationSeconds;
		const terms = sessionTermsOf(world, identity, role.accountId, input);
		return openSession(world, role, input, longest, terms);
	},
};
