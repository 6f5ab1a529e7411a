import {missingRight} from '../access/own-rights.js';
import {type RpcRequest} from '../http/rpc-service.js';
import {type KmsCall} from './action.js';
import {foreignRefusal, keyRefusal, notFound} from './decide-key.js';
import {invalidMember, kmsError} from './errors.js';
import {findKey} from './find-key.js';

/** Makes what an action is given: its input, and the two questions about the caller's permissions. */
export function makeCall({world, identity, exchange: {region, log}, input}: RpcRequest): KmsCall<unknown> {
	const {accountId} = identity;
	const note = (target: string): void => {
		log.target = target;
	};
	return {
		world,
		identity,
		region,
		input,
		note,
		keyFor: (keyId = '', use, {takesAliases = false, takesForeign = false} = {}) => {
			note(keyId);
			if (keyId === '') throw invalidMember('keyId', 'have length greater than or equal to 1', '');
			if (!takesAliases && /^alias\/|:alias\//.test(keyId)) {
				throw kmsError('NotFoundException', `Invalid keyId '${keyId}'`);
			}
			const found = findKey(world, keyId, {accountId, region});
			if (found.key === undefined) throw notFound(identity, use.action, found);
			const {key, requestAlias} = found;
			const refusal =
				key.accountId !== accountId && !takesForeign
					? foreignRefusal(identity, use.action)
					: keyRefusal(world, identity, key, {...use, requestAlias});
			if (refusal !== undefined) throw kmsError('AccessDeniedException', refusal);
			return key;
		},
		requireRight: (action, resource, ownContext) => {
			const context = {'kms:CallerAccount': accountId, ...ownContext};
			const refusal = missingRight(world, identity, region, {action, resource, context});
			if (refusal !== undefined) throw kmsError('AccessDeniedException', refusal);
		},
	};
}
