import {type AssumeRoleResponse} from '@aws-sdk/client-sts';
import {iamError} from '../iam/errors.js';
import {type Role} from '../world/account.js';
import {type SessionTerms} from '../world/credential.js';
import {addSession} from '../world/sessions.js';
import {type World} from '../world/world.js';
import {checkDuration} from './duration.js';
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
	const {length} = RoleSessionName;
	const failed =
		length < 2
			? 'have length greater than or equal to 2'
			: length > 64
				? 'have length less than or equal to 64'
				: /^[\w+=,.@-]*$/.test(RoleSessionName)
					? undefined
					: 'satisfy regular expression pattern: [\\w+=,.@-]*';
	if (failed !== undefined) {
		throw iamError(
			'ValidationError',
			`1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: Member must ${failed}`,
		);
	}
	checkDuration(DurationSeconds, minDurationSeconds, maxDurationSeconds);
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
		Credentials: {
			AccessKeyId: credential.accessKeyId,
			SecretAccessKey: credential.secretAccessKey,
			SessionToken: credential.sessionToken,
			Expiration: new Date(Math.floor(expiresAtMs / 1000) * 1000),
		},
		AssumedRoleUser: {
			AssumedRoleId: `${role.roleId}:${RoleSessionName}`,
			Arn: `arn:${partitionIdIn(role.arn)}:sts::${role.accountId}:assumed-role/${role.roleName}/${RoleSessionName}`,
		},
	};
}
