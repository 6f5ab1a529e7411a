import {decide, decideTrust, type AccessRequest} from '../../policy/decide.js';
import {boundaryOf, namedPolicyOf, policiesOf, sessionCallerOf} from '../access/decide-access.js';
import {objectArn} from '../s3/action.js';
import {ownerOf} from '../s3/object-owner.js';
import {policyFor} from '../s3/policy-for.js';
import {type Role} from '../world/account.js';
import {doesGrant} from '../world/acl.js';
import {type Bucket} from '../world/bucket.js';
import {findRoleByArn, type World} from '../world/world.js';
import {type CopyAttempt} from './copy-attempt.js';
import {type CopyStep, destinationSteps, sourceSteps} from './copy-steps.js';

const sessionName = 's3-replication';

/**
 * Plays what S3 does with the role for one copy and gives the reason why it fails, or undefined where it succeeds.
 * The reasons are those of the S3 User Guide, replication-metrics-events.
 */
export function findCopyFailure(
	world: World,
	attempt: CopyAttempt,
	destination: Bucket | undefined,
): string | undefined {
	const {source, version} = attempt;
	const role = assumableRole(world, attempt.roleArn, source);
	if (role === undefined) return 'AssumeRoleNotPermitted';
	const failed = (step: CopyStep): boolean => !isPermitted(world, role, step, version.key);
	const sourceFailure =
		sourceSteps(attempt).find(failed)?.failure ??
		(mayNotShare(attempt) ? 'SrcGetAclNotPermitted' : undefined);
	if (sourceFailure !== undefined) return sourceFailure;
	if (destination === undefined) return 'DstBucketNotFound';
	return (
		stateFailure(world, attempt, destination) ?? destinationSteps(attempt, destination).find(failed)?.failure
	);
}

/**
 * Says whether another account has the source object and keeps it, or its ACL, from the bucket's owner (S3 User Guide,
 * replication-requirements; which reason stands for it: replication-metrics-events).
 */
function mayNotShare({source, version}: CopyAttempt): boolean {
	if (ownerOf(source, version) === source.ownerAccountId) return false;
	const {acl} = version;
	const countsPublic = source.publicAccessBlock?.IgnorePublicAcls !== true;
	return !(['READ', 'READ_ACP'] as const).every(
		(wanted) => acl !== undefined && doesGrant(acl, source.ownerAccountId, wanted, {countsPublic}),
	);
}

/** What is wrong with the destination whatever the role may do. */
function stateFailure(
	world: World,
	{source, version, stage}: CopyAttempt,
	destination: Bucket,
): string | undefined {
	if (destination.versioning.inEffect(world.clock.now()) !== 'Enabled') return 'DstBucketUnversioned';
	if (source.objectLock !== undefined && destination.objectLock === undefined) {
		return 'DstBucketObjectLockConfigMissing';
	}
	// S3 User Guide, replication-requirements: across accounts the requester must not have to pay.
	const payer = (destination.settings.get('requestPayment') as {readonly Payer?: string} | undefined)?.Payer;
	if (payer === 'Requester' && destination.ownerAccountId !== source.ownerAccountId) {
		return 'DstPutObjectNotPermitted';
	}
	const isThere = destination.versions.find(version.key, version.versionId) !== undefined;
	return stage === 'change' && !isThere ? 'DstVersionNotFound' : undefined;
}

function assumableRole(world: World, roleArn: string, source: Bucket): Role | undefined {
	const role = findRoleByArn(world, roleArn);
	const now = world.clock.now();
	if (role === undefined || role.seenFromMs > now || role.accountId !== source.ownerAccountId)
		return undefined;
	const trust = namedPolicyOf('trust', role.trustPolicy.inEffect(now));
	const request: AccessRequest = {
		caller: {kind: 'service', service: 's3.amazonaws.com'},
		action: 'sts:AssumeRole',
		resource: role.arn,
		resourceAccountId: role.accountId,
	};
	return decideTrust(request, trust, []).isAllowed ? role : undefined;
}

function isPermitted(world: World, role: Role, step: CopyStep, key: string): boolean {
	const request: AccessRequest = {
		caller: sessionCallerOf(role, sessionName),
		action: step.action,
		resource: objectArn(step.bucket.name, key),
		resourceAccountId: step.bucket.ownerAccountId,
		context: {
			'aws:SecureTransport': 'true',
			'aws:CurrentTime': new Date(world.clock.now()).toISOString(),
			's3:ResourceAccount': step.bucket.ownerAccountId,
		},
	};
	const boundary = boundaryOf(world, role);
	const resource = policyFor(world, step.bucket, role.accountId);
	const decision = decide(request, {
		identity: policiesOf(world, role),
		...(boundary === undefined ? {} : {boundary}),
		...(resource === undefined ? {} : {resource}),
	});
	if (decision.isAllowed) return true;
	return step.onlyIfDenied === true && !decision.reasons.some(({effect}) => effect === 'explicit-deny');
}
