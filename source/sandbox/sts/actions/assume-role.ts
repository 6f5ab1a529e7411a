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
import {addSession} from '../../world/sessions.js';
import {checkDuration} from '../duration.js';

const minDurationSeconds = 900;
const maxDurationSeconds = 43_200;
const chainedMaxSeconds = 3600;

export const assumeRole: QueryAction<AssumeRoleRequest, AssumeRoleResponse> = {
	name: 'AssumeRole',
	permission: undefined,
	target: ({RoleArn}) => RoleArn,
	run({world, identity, input}) {
		const roleArn = input.RoleArn ?? '';
		const sessionName = input.RoleSessionName ?? '';
		checkInput(input, roleArn, sessionName);
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
		const durationSeconds = input.DurationSeconds ?? chainedMaxSeconds;
		const longest = identity.kind === 'role-session' ? chainedMaxSeconds : role.maxSessionDurationSeconds;
		if (durationSeconds > longest) {
			throw iamError(
				'ValidationError',
				'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
			);
		}
		const terms = sessionTermsOf(world, identity, role.accountId, input);
		const credential = addSession(world, role, sessionName, now + durationSeconds * 1000, terms);
		return {
			Credentials: {
				AccessKeyId: credential.accessKeyId,
				SecretAccessKey: credential.secretAccessKey,
				SessionToken: credential.sessionToken,
				Expiration: new Date(Math.floor((credential.expiresAtMs ?? now) / 1000) * 1000),
			},
			AssumedRoleUser: {
				AssumedRoleId: `${role.roleId}:${sessionName}`,
				Arn: `arn:aws:sts::${role.accountId}:assumed-role/${role.roleName}/${sessionName}`,
			},
		};
	},
};

/** Words as recorded in TestSTSIntegrations::test_sts_invalid_parameters. */
function checkInput(input: AssumeRoleRequest, roleArn: string, sessionName: string): void {
	if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(roleArn))
		throw iamError('ValidationError', `${roleArn} is invalid`);
	const length = sessionName.length;
	if (length < 2 || length > 64) {
		const rule = length < 2 ? 'greater than or equal to 2' : 'less than or equal to 64';
		throw iamError(
			'ValidationError',
			`1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must have length ${rule}`,
		);
	}
	if (!/^[\w+=,.@-]*$/.test(sessionName)) {
		throw iamError(
			'ValidationError',
			`1 validation error detected: Value '${sessionName}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
		);
	}
	checkDuration(input.DurationSeconds, minDurationSeconds, maxDurationSeconds);
	if (input.SourceIdentity !== undefined) throw notImplemented('the source identity of AssumeRole');
	if (input.ProvidedContexts?.length) throw notImplemented('the trusted contexts of AssumeRole');
}
