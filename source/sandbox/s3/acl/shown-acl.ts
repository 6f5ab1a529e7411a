import {type GetBucketAclOutput, type Grantee} from '@aws-sdk/client-s3';
import {type Acl, type AclGrantee, fullControlOf} from '../../world/acl.js';
import {type Bucket} from '../../world/bucket.js';
import {type World} from '../../world/world.js';
import {hasAcls} from './object-owner.js';

/** An ACL as S3 shows it; where there is none, the bucket's owner has full control (S3 User Guide, acl-overview). */
export function shownAcl(world: World, bucket: Bucket, acl: Acl | undefined): GetBucketAclOutput {
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

function shownGrantee(world: World, grantee: AclGrantee): Grantee {
	switch (grantee.kind) {
		case 'account':
			return {Type: 'CanonicalUser', ID: world.accounts.get(grantee.accountId)?.canonicalUserId};
		case 'aws':
			return {Type: 'CanonicalUser', ID: grantee.canonicalUserId};
		case 'group':
			return {Type: 'Group', URI: grantee.uri};
	}
}
