import {type GetObjectAclOutput, type GetObjectAclRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findBesideMarkers} from '../find-version.js';
import {hasAcls} from '../object-owner.js';
import {ownersAcl, shownAcl} from '../owners-acl.js';

export const getObjectAcl: BucketAction<GetObjectAclRequest, GetObjectAclOutput> = {
	name: 'GetObjectAcl',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObjectAcl' : 's3:GetObjectVersionAcl'],
	run(call) {
		const {world, bucket} = call;
		const {acl} = findBesideMarkers(call, call.input.VersionId);
		const isOwn = acl !== undefined && hasAcls(bucket);
		return {output: isOwn ? shownAcl(world, acl) : ownersAcl(world, bucket)};
	},
};
