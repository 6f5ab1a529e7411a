import {decide, decideTrust, type AccessRequest, type NamedPolicy} from '../../policy/decide.js';
import {namedPoliciesOf, namedPolicyOf, sessionCallerOf} from '../access.js';
import {currentDocumentOf} from '../s3/bucket-policy.js';
import {bucketArn, objectArn} from '../s3/action.js';
import {type Role} from '../world/account.js';
import {type Bucket} from '../world/bucket.js';
import {type ObjectVersion} from '../world/object-version.js';
import {findRoleByArn, type World} from '../world/world.js';

const sessionName = 's3-replication';

type Step = {
	readonly action: string;
	readonly bucket: Bucket;
	readonly failure: string;
	readonly onlyIfDenied?: boolean;
};

/**
 * Plays what S3 does with the role for one copy and gives the reason why it fails, or undefined where it succeeds.
 * The reasons are those of the S3 User Guide, replication-metrics-events.
 */
export function findCopyFailure(
	world: World,
	roleArn: string,
	source: Bucket,
	version: ObjectVersion,
	destination: Bucket | undefined,
): string | undefined {
	const role = assumableRole(world, roleArn, source);
	if (role === undefined) return 'AssumeRoleNotPermitted';
	const failed = (step: Step): boolean => !isPermitted(world, role, step, version.key);
	const sourceFailure = sourceSteps(source, version).find(failed)?.failure;
	if (sourceFailure !== undefined) return sourceFailure;
	if (destination === undefined) return 'DstBucketNotFound';
	if (destination.versioning.inEffect(world.clock.now()) !== 'Enabled') return 'DstBucketUnversioned';
	return destinationSteps(destination, version).find(failed)?.failure;
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

function sourceSteps(bucket: Bucket, version: ObjectVersion): readonly Step[] {
	if (version.data === undefined) return [];
	return [
		{action: 's3:GetObjectVersionForReplication', bucket, failure: 'SrcGetObjectNotPermitted'},
		{action: 's3:GetObjectVersionAcl', bucket, failure: 'SrcGetAclNotPermitted'},
		{action: 's3:GetObjectVersionTagging', bucket, failure: 'SrcGetTaggingNotPermitted'},
	];
}

function destinationSteps(bucket: Bucket, version: ObjectVersion): readonly Step[] {
	if (version.data === undefined)
		return [{action: 's3:ReplicateDelete', bucket, failure: 'DstDelObjNotPermitted'}];
	return [
		{action: 's3:ReplicateObject', bucket, failure: 'DstPutObjectNotPermitted'},
		// Tags travel with ReplicateObject; ReplicateTags is asked for later changes, and to refuse tags it is denied
		// (S3 User Guide, setting-repl-config-perm-overview).
		...(version.tags.length > 0
			? [{action: 's3:ReplicateTags', bucket, failure: 'DstPutTaggingNotPermitted', onlyIfDenied: true}]
			: []),
	];
}

function isPermitted(world: World, role: Role, step: Step, key: string): boolean {
	const request: AccessRequest = {
		caller: sessionCallerOf(role, sessionName),
		action: step.action,
		resource: key === '' ? bucketArn(step.bucket.name) : objectArn(step.bucket.name, key),
		resourceAccountId: step.bucket.ownerAccountId,
		context: {'aws:SecureTransport': 'true'},
	};
	const resource: NamedPolicy | undefined =
		step.bucket.policy === undefined
			? undefined
			: {name: 'bucket-policy', document: currentDocumentOf(world, step.bucket.policy)};
	const decision = decide(request, {
		identity: namedPoliciesOf(role.policies.inEffect(world.clock.now())),
		...(resource === undefined ? {} : {resource}),
	});
	if (decision.isAllowed) return true;
	return step.onlyIfDenied === true && !decision.reasons.some(({effect}) => effect === 'explicit-deny');
}
