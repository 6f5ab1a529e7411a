import {type World} from '../../world/world.js';
import {type AclInput} from './acl-input.js';
import {invalidArgument, s3Error} from '../errors/errors.js';

/**
 * Throws where the body of an ACL names no owner, an id that nobody has, or another owner than there is: the owner cannot be
 * changed this way (S3 API reference, PutObjectAcl; words: third-party, LocalStack).
 */
export function checkAclOwner(world: World, owner: string, {AccessControlPolicy: policy}: AclInput): void {
	if (policy === undefined) return;
	const id = policy.Owner?.ID;
	if (id === undefined || id === '') throw s3Error('MalformedACLError');
	if (id === world.accounts.get(owner)?.canonicalUserId) return;
	if (!/^[0-9a-f]{64}$/.test(id)) throw invalidArgument('Invalid id', 'CanonicalUser/ID', id);
	throw s3Error('AccessDenied');
}
