import {type GetBucketAclOutput} from '@aws-sdk/client-s3';
import {type Bucket} from '../world/bucket.js';
import {type ObjectAcl} from '../world/object-version.js';
import {type World} from '../world/world.js';

/** The ACL that everything has where the bucket's owner owns all: full control for it (S3 User Guide, acl-overview). */
export function ownersAcl(world: World, bucket: Bucket): GetBucketAclOutput {
	const accountId = bucket.ownerAccountId;
	return shownAcl(world, {ownerAccountId: accountId, grants: [{accountId, permission: 'FULL_CONTROL'}]});
}

/** An ACL as S3 shows it. */
export function shownAcl(world: World, {ownerAccountId, grants}: ObjectAcl): GetBucketAclOutput {
	const idOf = (accountId: string): string | undefined => world.accounts.get(accountId)?.canonicalUserId;
	return {
		Owner: {ID: idOf(ownerAccountId)},
		Grants: grants.map(({accountId, permission}) => ({
			Grantee: {Type: 'CanonicalUser', ID: idOf(accountId)},
			Permission: permission,
		})),
	};
}
