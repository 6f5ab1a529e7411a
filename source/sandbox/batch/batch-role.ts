import {decideTrust, type AccessRequest} from '../../policy/decide.js';
import {decideAccess, namedPolicyOf} from '../access/decide-access.js';
import {requestContextOf} from '../access/request-context.js';
import {policyFor} from '../s3/bucket-policy/policy-for.js';
import {type Role} from '../world/account.js';
import {type Bucket} from '../world/bucket.js';
import {type Identity, noTerms} from '../world/credential.js';
import {findRoleByArn, type World} from '../world/world.js';

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
	const role = findRoleByArn(world, roleArn);
	if (role === undefined || role.seenFromMs > world.clock.now() || !isTrusted(world, role)) return undefined;
	const identity = {
		kind: 'role-session',
		accountId: role.accountId,
		role,
		sessionName,
		terms: noTerms,
	} as const;
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

function isTrusted(world: World, role: Role): boolean {
	const request: AccessRequest = {
		caller: {kind: 'service', service: batchService},
		action: 'sts:AssumeRole',
		resource: role.arn,
		resourceAccountId: role.accountId,
	};
	const trust = namedPolicyOf('trust', role.trustPolicy.inEffect(world.clock.now()));
	return decideTrust(request, trust, []).isAllowed;
}
