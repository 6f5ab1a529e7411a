import {type GetBucketAclOutput} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {type World} from '../world/world.js';

/** The ACL that everything has where the bucket's owner owns all: full control for it (S3 User Guide, acl-overview). */
export function ownersAcl(world: World, bucket: Bucket): GetBucketAclOutput {
	const ID = world.accounts.get(bucket.ownerAccountId)?.canonicalUserId;
	return {
		Owner: {ID},
		Grants: [{Grantee: {Type: 'CanonicalUser', ID}, Permission: 'FULL_CONTROL'}],
	};
}
