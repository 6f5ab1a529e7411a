import {type Statement} from '../../policy/document.js';
import {type NamedPolicy} from '../../policy/decide.js';
import {type Bucket} from '../world/bucket.js';
import {type AclPermission, type ObjectAcl, type ObjectVersion} from '../world/object-version.js';
import {type World} from '../world/world.js';
import {type AccountCall} from './action.js';
import {type AclInput, grantsOf, grantsOwnerAlone, namesAcl} from './acl.js';
import {s3Error} from './errors.js';

/** With BucketOwnerEnforced ACLs count for nothing: all is the bucket owner's (S3 User Guide, about-object-ownership). */
export function hasAcls({objectOwnership}: Bucket): boolean {
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

/**
 * Gives the ACL that a write leaves on the object, undefined where it is the bucket owner's with full control.
 * Throws AccessControlListNotSupported where the bucket has no ACLs and another one is asked for.
 */
export function aclOfWrite(
	{world, identity}: Pick<AccountCall<unknown>, 'world' | 'identity'>,
	bucket: Bucket,
	input: AclInput,
): ObjectAcl | undefined {
	const bucketOwner = bucket.ownerAccountId;
	if (!hasAcls(bucket)) {
		checkWithoutAcls(world, bucket, input);
		return undefined;
	}
	const writer = identity?.accountId ?? '';
	const isHandedOver =
		bucket.objectOwnership === 'BucketOwnerPreferred' && input.ACL === 'bucket-owner-full-control';
	const owner = isHandedOver ? bucketOwner : writer;
	const acl = namesAcl(input) ? input : {ACL: 'private' as const};
	return usual(bucketOwner, {
		ownerAccountId: owner,
		grants: grantsOf(world, bucket, {bucketOwner, owner}, acl),
	});
}

/** Only what is out of the ordinary is kept with the object. */
export function usual(bucketOwner: string, acl: ObjectAcl): ObjectAcl | undefined {
	const [grant, ...more] = acl.grants;
	const isOrdinary =
		acl.ownerAccountId === bucketOwner &&
		more.length === 0 &&
		grant?.accountId === bucketOwner &&
		grant.permission === 'FULL_CONTROL';
	return isOrdinary ? undefined : acl;
}

/** The account that has a version. */
export function ownerOf(bucket: Bucket, version: Pick<ObjectVersion, 'acl'>): string {
	return (hasAcls(bucket) ? version.acl?.ownerAccountId : undefined) ?? bucket.ownerAccountId;
}

/** The actions that an object's ACL speaks of, where it is not the bucket owner's (S3 User Guide, acl-overview). */
const permissionFor: Readonly<Record<string, AclPermission>> = {
	's3:GetObject': 'READ',
	's3:GetObjectVersion': 'READ',
	's3:GetObjectAcl': 'READ_ACP',
	's3:GetObjectVersionAcl': 'READ_ACP',
	's3:PutObjectAcl': 'WRITE_ACP',
	's3:PutObjectVersionAcl': 'WRITE_ACP',
};

/**
 * Where another account has the object, gives that account and what stands in for the bucket's policy: of that one only
 * what it denies, and the grants of the ACL (S3 User Guide, access-control-auth-workflow-object-operation).
 */
export function foreignAccess(
	bucket: Bucket,
	version: ObjectVersion | undefined,
	action: string,
	policy: NamedPolicy | undefined,
): {readonly accountId: string; readonly policy: NamedPolicy} | undefined {
	const wanted = permissionFor[action];
	if (wanted === undefined || version?.acl === undefined) return undefined;
	const accountId = ownerOf(bucket, version);
	if (accountId === bucket.ownerAccountId) return undefined;
	const granted = version.acl.grants.filter(
		({permission}) => permission === wanted || permission === 'FULL_CONTROL',
	);
	const allows: readonly Statement[] = granted.map((grant) => ({
		Effect: 'Allow',
		Principal: {AWS: `arn:aws:iam::${grant.accountId}:root`},
		Action: action,
		Resource: '*',
	}));
	const denies = [policy?.document.Statement ?? []].flat().filter(({Effect}) => Effect === 'Deny');
	const document = {Version: '2012-10-17', ...policy?.document, Statement: [...denies, ...allows]};
	return {accountId, policy: {name: policy?.name ?? 'object-acl', document}};
}
