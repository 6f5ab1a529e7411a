import {accountOfArn, roleNameOf} from '../arn.js';

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
