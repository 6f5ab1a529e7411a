import {type AssumeRoleRequest, type AssumeRoleResponse} from '@aws-sdk/client-sts';
import {type AccessRequest, decideTrust} from '../../../policy/decide.js';
import {explainDenial} from '../../../policy/explain.js';
import {parsePolicy} from '../../../policy/parse.js';
import {callerOf, identityPoliciesOf, namedPolicyOf} from '../../access.js';
import {type QueryAction} from '../../iam/action.js';
import {iamError} from '../../iam/errors.js';
import {findRoleByArn} from '../../world/world.js';
import {addSession} from '../../world/sessions.js';
import {checkDuration} from '../duration.js';

const minDurationSeconds = 900;
const maxDurationSeconds = 43_200;
const chainedMaxSeconds = 3600;

export const assumeRole: QueryAction<AssumeRoleRequest, AssumeRoleResponse> = {
	permission: undefined,
	target: ({RoleArn}) => RoleArn,
	run({world, identity, input}) {
		const roleArn = input.RoleArn ?? '';
		const sessionName = input.RoleSessionName ?? '';
		checkInput(input, roleArn, sessionName);
		const now = world.clock.now();
		const role = findRoleByArn(world, roleArn);
		const request: AccessRequest = {
			caller: callerOf(identity),
			action: 'sts:AssumeRole',
			resource: roleArn,
			resourceAccountId: role?.accountId ?? '',
			context: input.ExternalId === undefined ? {} : {'sts:ExternalId': input.ExternalId},
		};
		if (role === undefined || role.seenFromMs > now) {
			throw iamError('AccessDenied', explainDenial(request, {isAllowed: false, reasons: []}));
		}
		const trust = namedPolicyOf('trust', role.trustPolicy.inEffect(now));
		const decision = decideTrust(request, trust, identityPoliciesOf(world, identity));
		if (!decision.isAllowed) throw iamError('AccessDenied', explainDenial(request, decision));
		const durationSeconds = input.DurationSeconds ?? chainedMaxSeconds;
		const longest = identity.kind === 'role-session' ? chainedMaxSeconds : role.maxSessionDurationSeconds;
		if (durationSeconds > longest) {
			throw iamError(
				'ValidationError',
				'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
			);
		}
		const credential = addSession(world, role, sessionName, now + durationSeconds * 1000, input.Policy);
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
	if (input.PolicyArns?.length || input.Tags?.length || input.SerialNumber) {
		throw iamError(
			'NotImplemented',
			'The sandbox does not implement managed session policies, session tags and MFA.',
		);
	}
	const parsed = input.Policy === undefined ? undefined : parsePolicy(input.Policy, 'identity');
	if (parsed?.ok === false) throw iamError('MalformedPolicyDocument', parsed.reason);
}
