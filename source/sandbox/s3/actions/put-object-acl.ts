import {type PutObjectAclOutput, type PutObjectAclRequest} from '@aws-sdk/client-s3';
import {grantsOf, subjectIn} from '../acl/acl.js';
import {checkNamesAcl} from '../acl/acl-input.js';
import {type BucketAction} from '../action.js';
import {checkAclOwner} from '../acl/check-acl-owner.js';
import {findBesideMarkers} from '../versions/find-version.js';
import {checkWithoutAcls, hasAcls, ownerOf, usual} from '../acl/object-owner.js';

export const putObjectAcl: BucketAction<PutObjectAclRequest, PutObjectAclOutput> = {
	name: 'PutObjectAcl',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:PutObjectAcl' : 's3:PutObjectVersionAcl'],
	run(call) {
		const {world, bucket, input} = call;
		checkNamesAcl(input);
		const version = findBesideMarkers(call, input.VersionId);
		if (!hasAcls(bucket)) {
			checkWithoutAcls(world, bucket, input);
			return {};
		}
		const owner = ownerOf(bucket, version);
		checkAclOwner(world, owner, input);
		const grants = grantsOf(world, subjectIn(bucket, 'object', owner), input);
		version.acl = usual(bucket.ownerAccountId, {ownerAccountId: owner, grants});
		call.metadataChanged(bucket, version, 'acl');
		return {};
	},
};
