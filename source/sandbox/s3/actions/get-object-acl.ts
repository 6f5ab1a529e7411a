import {type GetObjectAclOutput, type GetObjectAclRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findBesideMarkers} from '../versions/find-version.js';
import {shownAcl} from '../acl/shown-acl.js';

export const getObjectAcl: BucketAction<GetObjectAclRequest, GetObjectAclOutput> = {
	name: 'GetObjectAcl',
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObjectAcl' : 's3:GetObjectVersionAcl'],
	run(call) {
		const {acl} = findBesideMarkers(call, call.input.VersionId);
		return {output: shownAcl(call.world, call.bucket, acl)};
	},
};
