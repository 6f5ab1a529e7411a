import {type KmsAlias} from '../world/kms-key.js';
import {type KmsCall} from './action.js';
import {checkAliasName} from './alias-name.js';
import {kmsError} from './errors.js';
import {aliasArn} from './find-key.js';

/** Finds an alias of the caller's own account that it may change: none of those that AWS keeps. */
export function findOwnAlias({world, identity, region, note}: KmsCall<unknown>, name: string): KmsAlias {
	note(name);
	checkAliasName(name);
	const arn = aliasArn({accountId: identity.accountId, region}, name);
	const alias = world.kmsAliases.get(arn);
	if (alias === undefined) throw kmsError('NotFoundException', `Alias ${arn} is not found.`);
	return alias;
}
