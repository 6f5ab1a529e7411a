import {decide, type AccessRequest} from '../../policy/decide.js';
import {boundaryOf, policiesOf, sessionCallerOf} from '../access/decide-access.js';
import {roleOfService} from '../access/service-role.js';
import {objectArn} from '../s3/action.js';
import {ownerOf} from '../s3/acl/object-owner.js';
import {policyFor} from '../s3/bucket-policy/policy-for.js';
import {type Role} from '../world/account.js';
import {doesGrant} from '../world/acl.js';
import {type Bucket} from '../world/bucket.js';
import {isBlocked} from '../world/public-access-block.js';
import {type World} from '../world/world.js';
import {replicaKeyFailure, sessionName, sourceKeyFailure} from './check-keys.js';
import {type CopyAttempt} from './copy-attempt.js';
import {replicaKeyIdOf} from './replica-encryption.js';
import {type CopyStep, destinationSteps, replicateFailureOf, sourceSteps} from './copy-steps.js';

/**
 * Plays what S3 does with the role for one copy and gives the reason why it fails, or undefined where it succeeds.
 * The reasons are those of the S3 User Guide, replication-metrics-events.
 */
export function findCopyFailure(
	world: World,
	attempt: CopyAttempt,
	destination: Bucket | undefined,
): string | undefined {
	const {source} = attempt;
	const role = roleOfService(world, attempt.roleArn, 's3.amazonaws.com');
	if (role?.accountId !== source.ownerAccountId) return 'AssumeRoleNotPermitted';
	const failed = (step: CopyStep): boolean => !isPermitted(world, role, step, attempt);
	const sourceFailure =
		sourceSteps(attempt).find(failed)?.failure ??
		(mayNotShare(attempt) ? 'SrcGetAclNotPermitted' : undefined) ??
		sourceKeyFailure(world, role, attempt);
	if (sourceFailure !== undefined) return sourceFailure;
	if (destination === undefined) return 'DstBucketNotFound';
	return (
		stateFailure(world, attempt, destination) ??
		destinationSteps(attempt, destination).find(failed)?.failure ??
		replicaKeyFailure(world, role, attempt, destination, replicateFailureOf(attempt))
	);
}

/**
 * Says whether another account has the source object and keeps it, or its ACL, from the bucket's owner (S3 User Guide,
 * replication-requirements; which reason stands for it: replication-metrics-events).
 */
function mayNotShare({source, version}: CopyAttempt): boolean {
	if (ownerOf(source, version) === source.ownerAccountId) return false;
	const {acl} = version;
	const countsPublic = !isBlocked(source, 'IgnorePublicAcls');
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
	const payment: {readonly Payer?: string} | undefined = destination.settings.get('requestPayment');
	if (payment?.Payer === 'Requester' && destination.ownerAccountId !== source.ownerAccountId) {
		return 'DstPutObjectNotPermitted';
	}
	const isThere = destination.versions.find(version.key, version.versionId) !== undefined;
	return stage === 'change' && !isThere ? 'DstVersionNotFound' : undefined;
}

function isPermitted(world: World, role: Role, step: CopyStep, attempt: CopyAttempt): boolean {
	const request: AccessRequest = {
		caller: sessionCallerOf(role, sessionName),
		action: step.action,
		resource: objectArn(step.bucket, attempt.version.key),
		resourceAccountId: step.bucket.ownerAccountId,
		context: {
			'aws:SecureTransport': 'true',
			'aws:CurrentTime': new Date(world.clock.now()).toISOString(),
			'aws:RequestedRegion': step.bucket.region,
			's3:ResourceAccount': step.bucket.ownerAccountId,
			...(step.action === 's3:ReplicateObject' ? encryptionKeysOf(attempt) : {}),
		},
	};
	const decision = decide(request, {
		identity: policiesOf(world, role),
		boundary: boundaryOf(world, role),
		resource: policyFor(world, step.bucket, role.accountId),
	});
	if (decision.isAllowed) return true;
	return step.onlyIfDenied === true && !decision.reasons.some(({effect}) => effect === 'explicit-deny');
}

/** The condition keys by which AWS's walkthrough limits how replicas are encrypted (S3 User Guide, replication-config-for-kms-objects). */
function encryptionKeysOf({version, rule}: CopyAttempt): Readonly<Record<string, string>> {
	const encryption = version.data?.encryption;
	return encryption === undefined
		? {'s3:x-amz-server-side-encryption': 'AES256'}
		: {
				's3:x-amz-server-side-encryption': encryption.algorithm,
				's3:x-amz-server-side-encryption-aws-kms-key-id': replicaKeyIdOf(rule),
			};
}
