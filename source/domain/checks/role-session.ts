import {accountOfArn, roleArn, roleNameOf} from '../arn.js';
import type {CallerIdentity, ObservedRole} from '../observed.js';
import type {ReplicationRequest} from '../request.js';

/** The ARN of the role that is used, as it is or as it will be. */
export function usedRoleArn(
	request: ReplicationRequest,
	caller: CallerIdentity,
	role: ObservedRole | undefined,
): string {
	return role?.arn ?? roleArn(caller.partition, caller.accountId, request.roleName, request.rolePath);
}

/** S3 once it has assumed a role, as policies see it. */
export function replicationSession(arn: string) {
	const accountId = accountOfArn(arn);
	const [, partition = 'aws'] = arn.split(':');
	return {
		kind: 'role-session',
		accountId,
		arn: `arn:${partition}:sts::${accountId}:assumed-role/${roleNameOf(arn)}/s3-replication`,
		roleArn: arn,
	} as const;
}
