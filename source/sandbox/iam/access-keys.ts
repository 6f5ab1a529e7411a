import {type User} from '../world/account.js';
import {type Credential} from '../world/credential.js';
import {type World} from '../world/world.js';
import {type QueryCall} from './action.js';
import {iamError} from './errors.js';

/** The lasting access keys of a user: those of its sessions are not among them. */
export function keysOf(world: World, user: User): readonly Credential[] {
	return [...world.credentials.values()].filter(
		({identity, sessionToken}) =>
			identity.kind === 'user' && identity.user === user && sessionToken === undefined,
	);
}

/** Finds a key of a user. Throws NoSuchEntity. */
export function findKey(
	{world}: QueryCall<unknown>,
	user: User,
	accessKeyId: string | undefined,
): Credential {
	const key = keysOf(world, user).find((other) => other.accessKeyId === accessKeyId);
	if (key !== undefined) return key;
	throw iamError('NoSuchEntity', `The Access Key with id ${accessKeyId ?? ''} cannot be found.`);
}
