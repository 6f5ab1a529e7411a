import {type GetObjectAclOutput, type GetObjectAclRequest} from '@aws-sdk/client-s3';
import {type BucketAction} from '../action.js';
import {findObject} from '../find-version.js';
import {ownersAcl} from '../owners-acl.js';

export const getObjectAcl: BucketAction<GetObjectAclRequest, GetObjectAclOutput> = {
	target: 'object',
	permissions: ({input}) => [input.VersionId === undefined ? 's3:GetObjectAcl' : 's3:GetObjectVersionAcl'],
	run(call) {
		findObject(call, call.input.VersionId);
		return {output: ownersAcl(call.world, call.bucket)};
	},
};
