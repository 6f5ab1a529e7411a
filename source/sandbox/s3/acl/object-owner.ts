import {type Acl, fullControlOf} from '../../world/acl.js';
import {type Bucket} from '../../world/bucket.js';
import {type ObjectVersion} from '../../world/object-version.js';
import {type World} from '../../world/world.js';
import {type AccountCall} from '../action.js';
import {grantsOf, subjectIn} from './acl.js';
import {type AclInput, givenGrantsOf, namesAcl} from './acl-input.js';
import {s3Error} from '../errors/errors.js';

/** With BucketOwnerEnforced ACLs count for nothing: all is the bucket owner's (S3 User Guide, about-object-ownership). */
export function hasAcls({objectOwnership}: Pick<Bucket, 'objectOwnership'>): boolean {
	return objectOwnership !== 'BucketOwnerEnforced';
}

/**
 * Throws AccessControlListNotSupported, where the bucket has no ACLs, for one that says anything but that its owner has
 * full control: that canned one, or the same as grants (S3 User Guide, about-object-ownership, S3 API reference,
 * OwnershipControlsRule).
 */
export function checkWithoutAcls(world: World, bucket: Bucket, input: AclInput): void {
	const isHarmless =
		!namesAcl(input) ||
		(input.ACL === undefined
			? grantsOwnerAlone(input, world.accounts.get(bucket.ownerAccountId)?.canonicalUserId ?? '')
			: input.ACL === 'bucket-owner-full-control');
	if (!isHarmless) throw s3Error('AccessControlListNotSupported');
}

/** Says whether the grants of headers or body are full control for the account of that canonical id, and nothing else. */
function grantsOwnerAlone(input: AclInput, ownerId: string): boolean {
	const given = givenGrantsOf(input);
	return (
		given.length > 0 &&
		given.every(
			({kind, grantee, permission}) => kind === 'id' && grantee === ownerId && permission === 'FULL_CONTROL',
		)
	);
}

/**
 * Gives the ACL that a write leaves on the object, undefined where it is the bucket owner's with full control.
 * Throws AccessControlListNotSupported where the bucket has no ACLs and another one is asked for.
 */
export function aclOfWrite(
	{world, identity}: Pick<AccountCall<unknown>, 'world' | 'identity'>,
	bucket: Bucket,
	input: AclInput,
): Acl | undefined {
	const bucketOwner = bucket.ownerAccountId;
	if (!hasAcls(bucket)) {
		checkWithoutAcls(world, bucket, input);
		return undefined;
	}
	const writer = identity?.accountId ?? '';
	const isHandedOver =
		bucket.objectOwnership === 'BucketOwnerPreferred' && input.ACL === 'bucket-owner-full-control';
	const owner = isHandedOver ? bucketOwner : writer;
	const grants = namesAcl(input)
		? grantsOf(world, subjectIn(bucket, 'object', owner), input)
		: [fullControlOf(owner)];
	return usual(bucketOwner, {ownerAccountId: owner, grants});
}

/** Only what is out of the ordinary is kept with the bucket or the object. */
export function usual(bucketOwner: string, acl: Acl): Acl | undefined {
	const [grant, ...more] = acl.grants;
	const isOrdinary =
		acl.ownerAccountId === bucketOwner &&
		more.length === 0 &&
		grant?.grantee.kind === 'account' &&
		grant.grantee.accountId === bucketOwner &&
		grant.permission === 'FULL_CONTROL';
	return isOrdinary ? undefined : acl;
}

/** The account that has a version. */
export function ownerOf(bucket: Bucket, version: Pick<ObjectVersion, 'acl'>): string {
	return (hasAcls(bucket) ? version.acl?.ownerAccountId : undefined) ?? bucket.ownerAccountId;
}
