import {type CreateBucketOutput, type CreateBucketRequest, type ObjectOwnership} from '@aws-sdk/client-s3';
import {ObjectVersions} from '../../world/object-versions.js';
import {type ResourcePolicy} from '../../world/resource-policy.js';
import {type Acl} from '../../world/acl.js';
import {grantsOf} from '../acl/acl.js';
import {namesAcl} from '../acl/acl-input.js';
import {hasAcls, usual} from '../acl/object-owner.js';
import {openAccount, type World} from '../../world/world.js';
import {Propagating} from '../../world/propagating.js';
import {type Identity} from '../../world/credential.js';
import {type Partition} from '../../world/partition.js';
import {type AccountAction, bucketArn} from '../action.js';
import {enumValues} from '../../wire/enum-values.js';
import {checkTagsOfNewBucket} from '../tags/tags.js';
import {isAccountRegionalName, isBucketName} from '../buckets/bucket-name.js';
import {invalidArgument, notImplemented, s3Error} from '../errors/errors.js';

const homeRegion = 'us-east-1';
const namespaceHeader = 'x-amz-bucket-namespace';

export const createBucket: AccountAction<CreateBucketRequest, CreateBucketOutput> = {
	name: 'CreateBucket',
	target: 'account',
	run({world, identity, region, input, request, require}) {
		const name = input.Bucket ?? '';
		const isAccountRegional = checkName(name, request.headers[namespaceHeader], identity, region);
		const context = {[`s3:${namespaceHeader}`]: isAccountRegional ? 'account-regional' : 'global'};
		for (const action of permissionsOf(input))
			require({action, resource: bucketArn({name, region}), context});
		if (identity === undefined) throw s3Error('AccessDenied');
		refuseUnknown(input);
		const tags = input.CreateBucketConfiguration?.Tags ?? [];
		checkTagsOfNewBucket(tags);
		const ownership = ownershipOf(request.headers['x-amz-object-ownership'], input.ACL);
		const constraint = input.CreateBucketConfiguration?.LocationConstraint;
		const bucketRegion = regionFor(world.partition, region, constraint);
		const acl = aclOfNew(world, identity.accountId, bucketRegion, input, ownership);
		const existing = world.buckets.get(name);
		if (existing !== undefined) {
			if (existing.ownerAccountId !== identity.accountId) {
				throw s3Error('BucketAlreadyExists', {fields: {BucketName: name}});
			}
			// There, and only there, asking again is no error (S3 API reference, CreateBucket).
			if (
				isAccountRegional ||
				existing.region !== homeRegion ||
				bucketRegion !== homeRegion ||
				tags.length > 0
			) {
				throw s3Error('BucketAlreadyOwnedByYou', {fields: {BucketName: name}});
			}
			// It resets the ACL (the same).
			existing.acl = hasAcls(existing) ? acl : undefined;
		} else {
			world.buckets.set(name, {
				name,
				ownerAccountId: identity.accountId,
				owner: openAccount(world, identity.accountId),
				region: bucketRegion,
				locationConstraint: constraint,
				createdMs: world.clock.now(),
				// Object Lock wants versioning, and brings it (S3 API reference, CreateBucket).
				versioning: new Propagating(input.ObjectLockEnabledForBucket ? 'Enabled' : undefined),
				settings: new Map(tags.length === 0 ? [] : [['tagging', {TagSet: tags}]]),
				objectOwnership: ownership,
				acl,
				// As new buckets are since April 2023 (S3 User Guide, access-control-block-public-access).
				publicAccessBlock: {
					BlockPublicAcls: true,
					IgnorePublicAcls: true,
					BlockPublicPolicy: true,
					RestrictPublicBuckets: true,
				},
				objectLock: input.ObjectLockEnabledForBucket ? {rule: undefined} : undefined,
				policy: new Propagating<ResourcePolicy | undefined>(undefined),
				replication: undefined,
				versions: new ObjectVersions(),
				uploads: new Map(),
				completedUploads: new Map(),
			});
		}
		return {
			output: {
				Location:
					bucketRegion === homeRegion ? `/${name}` : `http://${name}.s3.${world.partition.dnsSuffix}/`,
				BucketArn: bucketArn({name, region}),
			},
		};
	},
};

/**
 * Says whether the name is one of the account's own namespace, which a header asks for; throws where it is none there, or
 * none for all (S3 User Guide, gpbucketnamespaces; the error of the former: guessed).
 */
function checkName(
	name: string,
	namespace: string | undefined,
	identity: Identity | undefined,
	region: string,
): boolean {
	const isAccountRegional = namespace === 'account-regional';
	if (namespace !== undefined && namespace !== 'global' && !isAccountRegional) {
		throw invalidArgument('Invalid Argument', namespaceHeader, namespace);
	}
	const isValid = isAccountRegional
		? isAccountRegionalName(name, identity?.accountId ?? '', region)
		: isBucketName(name);
	if (!isValid) throw s3Error('InvalidBucketName', {fields: {BucketName: name}});
	return isAccountRegional;
}

/** What it takes beside CreateBucket itself (S3 API reference, CreateBucket, "Permissions"). */
function permissionsOf(input: CreateBucketRequest): readonly string[] {
	return [
		's3:CreateBucket',
		...(input.ObjectLockEnabledForBucket
			? ['s3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning']
			: []),
		...(isPrivate(input) ? [] : ['s3:PutBucketAcl']),
		...(input.ObjectOwnership === undefined ? [] : ['s3:PutBucketOwnershipControls']),
		...(input.CreateBucketConfiguration?.Tags?.length ? ['s3:TagResource'] : []),
	];
}

/**
 * Recorded: TestS3BucketOwnershipControls::test_bucket_ownership_controls_exc; that a bucket which is created as private
 * has ACLs: third-party (versitygw, of AWS), and what rclone's mkdir relies on.
 */
function ownershipOf(header: string | undefined, acl: string | undefined): ObjectOwnership {
	if (header === undefined) return acl === 'private' ? 'BucketOwnerPreferred' : 'BucketOwnerEnforced';
	if (enumValues['OwnershipControlsRule.ObjectOwnership']!.includes(header)) return header as ObjectOwnership;
	throw s3Error('InvalidArgument', {
		message: `Invalid x-amz-object-ownership header: ${header}`,
		fields: {ArgumentName: 'x-amz-object-ownership'},
	});
}

/** The location rules, as recorded of AWS in test_s3.snapshot.json and told in docs/aws-facts.md, 7.2. */
function regionFor({regions}: Partition, endpointRegion: string, constraint: string | undefined): string {
	if (endpointRegion === homeRegion) {
		if (constraint === undefined) return homeRegion;
		const wanted = constraint === 'EU' ? 'eu-west-1' : constraint;
		if (wanted !== homeRegion && regions.has(wanted)) return wanted;
		throw s3Error('InvalidLocationConstraint', {fields: {LocationConstraint: constraint}});
	}
	if (constraint === endpointRegion || (constraint === 'EU' && endpointRegion === 'eu-west-1'))
		return endpointRegion;
	throw s3Error('IllegalLocationConstraintException', {
		message: `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
	});
}

function isPrivate(input: CreateBucketRequest): boolean {
	return !namesAcl(input) || input.ACL === 'private';
}

/** Everybody's grants are blocked from the start, and without ACLs there is none (S3 User Guide, object-ownership-error-responses; the other code: third-party). */
function aclOfNew(
	world: World,
	owner: string,
	region: string,
	input: CreateBucketRequest,
	ownership: ObjectOwnership,
): Acl | undefined {
	if (isPrivate(input)) return undefined;
	if (ownership === 'BucketOwnerEnforced') throw s3Error('InvalidBucketAclWithObjectOwnership');
	const publicRefusal = 'InvalidBucketAclWithBlockPublicAccessError';
	const subject = {of: 'bucket', region, bucketOwner: owner, owner, publicRefusal} as const;
	return usual(owner, {ownerAccountId: owner, grants: grantsOf(world, subject, input)});
}

function refuseUnknown(input: CreateBucketRequest): void {
	if (input.CreateBucketConfiguration?.Bucket ?? input.CreateBucketConfiguration?.Location) {
		throw notImplemented('directory buckets');
	}
}
