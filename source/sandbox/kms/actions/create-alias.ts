import {type CreateAliasRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {checkAliasName} from '../alias-name.js';
import {kmsError} from '../errors.js';
import {aliasArn} from '../find-key.js';
import {refusePending} from '../key-state.js';

/** Needs a right on the alias and one on the key (KMS Developer Guide, alias-access). */
export const createAlias: KmsAction<CreateAliasRequest, object> = {
	name: 'CreateAlias',
	run({world, identity, region, input, requireRight, keyFor}) {
		const {AliasName: name = '', TargetKeyId} = input;
		checkAliasName(name);
		const {accountId} = identity;
		const arn = aliasArn({accountId, region}, name);
		requireRight('kms:CreateAlias', arn);
		const key = keyFor(TargetKeyId, {action: 'kms:CreateAlias'});
		refusePending(key);
		if (world.kmsAliases.has(arn)) {
			throw kmsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
		}
		const now = world.clock.now();
		const {keyId: targetKeyId} = key;
		world.kmsAliases.set(arn, {name, arn, accountId, region, createdMs: now, updatedMs: now, targetKeyId});
		return {};
	},
};
