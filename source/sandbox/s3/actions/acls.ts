import type * as s3 from '@aws-sdk/client-s3';
import {type Acl, type AclGrantee, fullControlOf} from '../../world/acl.js';
import {type Bucket} from '../../world/bucket.js';
import {type World} from '../../world/world.js';
import {grantsOf, subjectIn} from '../acl/acl.js';
import {type AclInput, checkNamesAcl} from '../acl/acl-input.js';
import {checkWithoutAcls, hasAcls, ownerOf, usual} from '../acl/object-owner.js';
import {type BucketCall, onBucket, onObject, permissionOnVersion, type S3Action} from '../action.js';
import {invalidArgument, s3Error} from '../errors/errors.js';
import {findBesideMarkers} from '../versions/find-version.js';

export const aclActions: readonly S3Action[] = [
	onBucket<s3.GetBucketAclRequest, s3.GetBucketAclOutput>('GetBucketAcl', ({world, bucket}) => ({
		output: shownAcl(world, bucket, bucket.acl),
	})),
	onBucket<s3.PutBucketAclRequest>('PutBucketAcl', (call) => {
		const {bucket, input} = call;
		checkNamesAcl(input);
		if (hasAcls(bucket)) bucket.acl = givenAcl(call, 'bucket', bucket.ownerAccountId);
		else checkWithoutAcls(call.world, bucket, input);
		return {};
	}),
	onObject<s3.GetObjectAclRequest, s3.GetObjectAclOutput>(
		'GetObjectAcl',
		(call) => {
			const {acl} = findBesideMarkers(call, call.input.VersionId);
			return {output: shownAcl(call.world, call.bucket, acl)};
		},
		permissionOnVersion('s3:GetObject', 'Acl'),
	),
	onObject<s3.PutObjectAclRequest, s3.PutObjectAclOutput>(
		'PutObjectAcl',
		(call) => {
			const {world, bucket, input} = call;
			checkNamesAcl(input);
			const version = findBesideMarkers(call, input.VersionId);
			if (!hasAcls(bucket)) {
				checkWithoutAcls(world, bucket, input);
				return {};
			}
			version.acl = givenAcl(call, 'object', ownerOf(bucket, version));
			call.metadataChanged(bucket, version, 'acl');
			return {};
		},
		permissionOnVersion('s3:PutObject', 'Acl'),
	),
];

function givenAcl(
	{world, bucket, input}: BucketCall<AclInput>,
	of: 'bucket' | 'object',
	owner: string,
): Acl | undefined {
	checkAclOwner(world, owner, input);
	const grants = grantsOf(world, subjectIn(bucket, of, owner), input);
	return usual(bucket.ownerAccountId, {ownerAccountId: owner, grants});
}

/**
 * Throws where the body of an ACL names no owner, an id that nobody has, or another owner than there is: the owner cannot be
 * changed this way (S3 API reference, PutObjectAcl; words: third-party, LocalStack).
 */
function checkAclOwner(world: World, owner: string, {AccessControlPolicy: policy}: AclInput): void {
	if (policy === undefined) return;
	const id = policy.Owner?.ID;
	if (id === undefined || id === '') throw s3Error('MalformedACLError');
	if (id === world.accounts.get(owner)?.canonicalUserId) return;
	if (!/^[0-9a-f]{64}$/.test(id)) throw invalidArgument('Invalid id', 'CanonicalUser/ID', id);
	throw s3Error('AccessDenied');
}

/** An ACL as S3 shows it; where there is none, the bucket's owner has full control (S3 User Guide, acl-overview). */
function shownAcl(world: World, bucket: Bucket, acl: Acl | undefined): s3.GetBucketAclOutput {
	const {ownerAccountId, grants} =
		acl === undefined || !hasAcls(bucket)
			? {ownerAccountId: bucket.ownerAccountId, grants: [fullControlOf(bucket.ownerAccountId)]}
			: acl;
	return {
		Owner: {ID: world.accounts.get(ownerAccountId)?.canonicalUserId},
		Grants: grants.map(({grantee, permission}) => ({
			Grantee: shownGrantee(world, grantee),
			Permission: permission,
		})),
	};
}

function shownGrantee(world: World, grantee: AclGrantee): s3.Grantee {
	switch (grantee.kind) {
		case 'account':
			return {Type: 'CanonicalUser', ID: world.accounts.get(grantee.accountId)?.canonicalUserId};
		case 'aws':
			return {Type: 'CanonicalUser', ID: grantee.canonicalUserId};
		case 'group':
			return {Type: 'Group', URI: grantee.uri};
	}
}
