import {explainDenial} from '../../policy/explain.js';
import {decideAccess} from '../access/decide-access.js';
import {requestContextOf} from '../access/request-context.js';
import {type Exchange} from '../http/exchange.js';
import {type Identity} from '../world/credential.js';
import {type KmsKey} from '../world/kms-key.js';
import {type World} from '../world/world.js';
import {type KmsCall} from './action.js';
import {foreignRefusal, keyRefusal} from './decide-key.js';
import {invalidMember, kmsError} from './errors.js';
import {findKey} from './find-key.js';

/** Makes what an action is given: its input, and the two questions about the caller's permissions. */
export function makeCall(
	world: World,
	identity: Identity,
	{region, log}: Pick<Exchange, 'region' | 'log'>,
	input: Record<string, unknown>,
): KmsCall<never> {
	const {accountId} = identity;
	const note = (target: string): void => {
		log.target = target;
	};
	return {
		world,
		identity,
		region,
		input: input as never,
		note,
		keyFor: (keyId = '', use, {takesAliases = false, takesForeign = false} = {}) => {
			note(keyId);
			if (keyId === '') throw invalidMember('keyId', 'have length greater than or equal to 1', '');
			if (!takesAliases && /^alias\/|:alias\//.test(keyId)) {
				throw kmsError('NotFoundException', `Invalid keyId '${keyId}'`);
			}
			const found = findKey(world, keyId, {accountId, region});
			if (found.key === undefined) {
				throw found.isForeign
					? kmsError('AccessDeniedException', foreignRefusal(identity, use.action))
					: kmsError('NotFoundException', found.reason);
			}
			const {key, requestAlias} = found;
			const refusal =
				key.accountId !== accountId && !takesForeign
					? foreignRefusal(identity, use.action)
					: keyRefusal(world, identity, key, {...use, requestAlias});
			if (refusal !== undefined) throw kmsError('AccessDeniedException', refusal);
			return key;
		},
		requireRight: (action, resource, context = {}) => {
			const {request, decision} = decideAccess(world, identity, {
				action,
				resource,
				resourceAccountId: accountId,
				context: {...requestContextOf(world, region), 'kms:CallerAccount': accountId, ...context},
			});
			if (!decision.isAllowed) throw kmsError('AccessDeniedException', explainDenial(request, decision));
		},
	};
}

/** Throws where a key that AWS manages would be changed (KMS Developer Guide, concepts, "AWS managed keys"; the words: third-party). */
export function refuseManaged({manager, arn}: KmsKey, action: string): void {
	if (manager === 'CUSTOMER') return;
	throw kmsError(
		'AccessDeniedException',
		`${action} is not permitted on ${arn}: AWS managed keys cannot be changed`,
	);
}
