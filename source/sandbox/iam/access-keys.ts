import {type User} from '../world/account.js';
import {type Credential} from '../world/credential.js';
import {type World} from '../world/world.js';

/** The lasting access keys of a user: those of its sessions are not among them. */
export function keysOf(world: World, user: User): readonly Credential[] {
	return [...world.credentials.values()].filter(
		({identity, sessionToken}) =>
			identity.kind === 'user' && identity.user === user && sessionToken === undefined,
	);
}
