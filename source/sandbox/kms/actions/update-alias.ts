import {type UpdateAliasRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {findOwnAlias} from '../own-alias.js';
import {refusePending} from '../key-state.js';

/** Needs a right on the alias and on both keys (KMS Developer Guide, alias-access). */
export const updateAlias: KmsAction<UpdateAliasRequest, object> = {
	name: 'UpdateAlias',
	run(call) {
		const {world, input, requireRight, keyFor} = call;
		const alias = findOwnAlias(call, input.AliasName ?? '');
		requireRight('kms:UpdateAlias', alias.arn);
		keyFor(alias.targetKeyId, {action: 'kms:UpdateAlias'});
		const key = keyFor(input.TargetKeyId, {action: 'kms:UpdateAlias'});
		refusePending(key);
		alias.targetKeyId = key.keyId;
		alias.updatedMs = world.clock.now();
		return {};
	},
};
