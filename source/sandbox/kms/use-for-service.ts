import {type ServiceError} from '../wire/service-error.js';
import {type Identity} from '../world/credential.js';
import {type KmsKey} from '../world/kms-key.js';
import {type World} from '../world/world.js';
import {keyRefusal, type KeyUse, notFound} from './decide-key.js';
import {kmsError} from './errors.js';
import {findKey} from './find-key.js';
import {stateProblem} from './key-state.js';
import {type KeyPlace} from './make-key.js';

/** What became of a use of a key that a service asks for on somebody's behalf. */
export type ServiceUse =
	| {readonly ok: true; readonly key: KmsKey}
	| {
			readonly ok: false;
			readonly problem: 'not-found' | 'not-permitted' | 'invalid-state';
			readonly error: ServiceError;
	  };

/**
 * Finds a key for a service, by any of its names, and says whether the caller may use it so through that service, and
 * whether the key's state lets it be used. Nothing is really encrypted. What KMS would say is in the error.
 */
export function useForService(
	world: World,
	identity: Identity,
	keyId: string,
	place: KeyPlace,
	use: KeyUse & {readonly viaService: string},
): ServiceUse {
	const found = findKey(world, keyId, place);
	if (found.key === undefined) {
		return {ok: false, problem: 'not-found', error: notFound(identity, use.action, found)};
	}
	const {key, requestAlias} = found;
	const refusal = keyRefusal(world, identity, key, {...use, requestAlias});
	if (refusal !== undefined) {
		return {ok: false, problem: 'not-permitted', error: kmsError('AccessDeniedException', refusal)};
	}
	const error = stateProblem(key);
	return error === undefined ? {ok: true, key} : {ok: false, problem: 'invalid-state', error};
}
