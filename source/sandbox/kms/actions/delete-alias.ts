import {type DeleteAliasRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {findOwnAlias} from '../own-alias.js';
import {findKey} from '../find-key.js';

/** Needs a right on the alias and one on its key, while that is there (KMS Developer Guide, alias-access). */
export const deleteAlias: KmsAction<DeleteAliasRequest, object> = {
	name: 'DeleteAlias',
	run(call) {
		const {world, input, requireRight, keyFor} = call;
		const alias = findOwnAlias(call, input.AliasName ?? '');
		requireRight('kms:DeleteAlias', alias.arn);
		const isKeyThere = findKey(world, alias.targetKeyId, alias).key !== undefined;
		if (isKeyThere) keyFor(alias.targetKeyId, {action: 'kms:DeleteAlias'});
		world.kmsAliases.delete(alias.arn);
		return {};
	},
};
