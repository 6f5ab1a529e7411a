import {type PutObjectAclOutput, type PutObjectAclRequest} from '@aws-sdk/client-s3';
import {checkNamedOnce, grantsOf} from '../acl.js';
import {type BucketAction} from '../action.js';
import {s3Error} from '../errors.js';
import {findBesideMarkers} from '../find-version.js';
import {checkWithoutAcls, hasAcls, ownerOf, usual} from '../object-owner.js';

export const putObjectAcl: BucketAction<PutObjectAclRequest, PutObjectAclOutput> = {
	name: 'PutObjectAcl',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:PutObjectAcl' : 's3:PutObjectVersionAcl'],
	run(call) {
		const {world, bucket, input} = call;
		checkNamedOnce(input);
		const version = findBesideMarkers(call, input.VersionId);
		if (!hasAcls(bucket)) {
			checkWithoutAcls(world, bucket, input);
			return {};
		}
		const owner = ownerOf(bucket, version);
		const ownerId = world.accounts.get(owner)?.canonicalUserId;
		// The owner cannot be changed this way (S3 API reference, PutObjectAcl).
		if ((input.AccessControlPolicy?.Owner?.ID ?? ownerId) !== ownerId) throw s3Error('AccessDenied');
		const grants = grantsOf(world, bucket, {bucketOwner: bucket.ownerAccountId, owner}, input);
		version.acl = usual(bucket.ownerAccountId, {ownerAccountId: owner, grants});
		call.metadataChanged(bucket, version, 'acl');
		return {};
	},
};
