import {type PutObjectRequest} from '@aws-sdk/client-s3';
import {type AclInput, namesAcl} from '../acl/acl-input.js';
import {conditionPermissions} from '../objects/preconditions.js';

type WriteInput = AclInput &
	Pick<PutObjectRequest, 'IfMatch' | 'ObjectLockLegalHoldStatus' | 'ObjectLockMode' | 'Tagging'>;

/** What a write takes for itself, and for what it says of tags, locks, conditions and ACLs (S3 API reference, PutObject). */
export function writePermissions({input}: {readonly input: WriteInput}): readonly string[] {
	return [
		's3:PutObject',
		...(input.Tagging ? ['s3:PutObjectTagging'] : []),
		...(input.ObjectLockMode === undefined ? [] : ['s3:PutObjectRetention']),
		...(input.ObjectLockLegalHoldStatus === undefined ? [] : ['s3:PutObjectLegalHold']),
		...conditionPermissions(input),
		...(namesAcl(input) ? ['s3:PutObjectAcl'] : []),
	];
}
