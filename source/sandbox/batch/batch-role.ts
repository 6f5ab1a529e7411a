import {decideAccess} from '../access/decide-access.js';
import {requestContextOf} from '../access/request-context.js';
import {roleOfService, serviceSession} from '../access/service-role.js';
import {policyFor} from '../s3/bucket-policy/policy-for.js';
import {type Bucket} from '../world/bucket.js';
import {type Identity} from '../world/credential.js';
import {type World} from '../world/world.js';

/** The service that assumes the role of a job (S3 User Guide, batch-ops-iam-role-policies). */
export const batchService = 'batchoperations.s3.amazonaws.com';

/** The name of the session that it opens (guessed). */
const sessionName = 's3-batch-operations';

/** What a job does with its role. */
export type BatchRole = {
	readonly identity: Identity;
	/** Says whether the role's policies and the bucket's allow that now. */
	readonly may: (
		bucket: Bucket,
		action: string,
		resource: string,
		context?: Readonly<Record<string, string>>,
	) => boolean;
};

/** Has the service assume the role as its trust stands now; undefined where it may not, or the role is not there. */
export function assumeBatchRole(world: World, roleArn: string, region: string): BatchRole | undefined {
	const role = roleOfService(world, roleArn, batchService);
	if (role === undefined) return undefined;
	const identity = serviceSession(role, sessionName);
	return {
		identity,
		may: (bucket, action, resource, context = {}) =>
			decideAccess(
				world,
				identity,
				{
					action,
					resource,
					resourceAccountId: bucket.ownerAccountId,
					context: () => ({
						...requestContextOf(world, region),
						's3:ResourceAccount': bucket.ownerAccountId,
						...context,
					}),
				},
				policyFor(world, bucket, role.accountId),
			).decision.isAllowed,
	};
}
