import {type AssumeRoleResponse} from '@aws-sdk/client-sts';
import {checkRange, iamError, invalidMember} from '../iam/errors.js';
import {rangeRule} from '../wire/constraint.js';
import {type Role} from '../world/account.js';
import {wholeSeconds} from '../world/clock.js';
import {type Credential, type SessionTerms} from '../world/credential.js';
import {addSession} from '../world/sessions.js';
import {type World} from '../world/world.js';
import {partitionIdIn} from '../world/partition.js';

const minDurationSeconds = 900;
const maxDurationSeconds = 43_200;

/** What every way to assume a role is given. */
type SessionInput = {
	readonly RoleArn: string | undefined;
	readonly RoleSessionName: string | undefined;
	readonly DurationSeconds?: number | undefined;
};

/** Throws what STS answers to a role, a name or a length that cannot be (recorded: TestSTSIntegrations::test_sts_invalid_parameters). */
export function checkSessionInput({RoleArn = '', RoleSessionName = '', DurationSeconds}: SessionInput): void {
	if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(RoleArn))
		throw iamError('ValidationError', `${RoleArn} is invalid`);
	const broken =
		rangeRule(RoleSessionName.length, 2, 64, 'length') ??
		(/^[\w+=,.@-]*$/.test(RoleSessionName) ? undefined : 'satisfy regular expression pattern: [\\w+=,.@-]*');
	if (broken !== undefined) throw invalidMember('roleSessionName', broken, RoleSessionName);
	if (DurationSeconds !== undefined) {
		checkRange('durationSeconds', DurationSeconds, minDurationSeconds, maxDurationSeconds);
	}
}

/** Opens the session and gives what STS answers; throws where it would last longer than `longestSeconds`. */
export function openSession(
	world: World,
	role: Role,
	{RoleSessionName = '', DurationSeconds = 3600}: SessionInput,
	longestSeconds: number,
	terms: SessionTerms,
): AssumeRoleResponse {
	if (DurationSeconds > longestSeconds) {
		throw iamError(
			'ValidationError',
			'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
		);
	}
	const expiresAtMs = world.clock.now() + DurationSeconds * 1000;
	const credential = addSession(world, role, RoleSessionName, expiresAtMs, terms);
	return {
		Credentials: shownCredentials(credential),
		AssumedRoleUser: {
			AssumedRoleId: `${role.roleId}:${RoleSessionName}`,
			Arn: `arn:${partitionIdIn(role.arn)}:sts::${role.accountId}:assumed-role/${role.roleName}/${RoleSessionName}`,
		},
	};
}

/** The credentials of a session, as STS tells them this once. */
export function shownCredentials({
	accessKeyId,
	secretAccessKey,
	sessionToken,
	expiresAtMs,
}: Credential): NonNullable<AssumeRoleResponse['Credentials']> {
	return {
		AccessKeyId: accessKeyId,
		SecretAccessKey: secretAccessKey,
		SessionToken: sessionToken,
		Expiration: expiresAtMs === undefined ? undefined : wholeSeconds(expiresAtMs),
	};
}
