import {randomBytes} from 'node:crypto';
import {type InlinePolicies, type Role, type User} from './account.js';
import {type Credential} from './credential.js';
import {Propagating} from './propagating.js';
import {openAccount, type World} from './world.js';

/** Secrets never come from the seed: whoever knows it must not know them. */
function newSecret(): string {
	return randomBytes(30).toString('base64');
}

/** Adds a user of the account with an access key of its own. */
export function addUser(
	world: World,
	accountId: string,
	userName: string,
	policies: InlinePolicies,
): {readonly user: User; readonly credential: Credential} {
	const account = openAccount(world, accountId);
	const user: User = {
		kind: 'user',
		accountId,
		userName,
		userId: world.ids.uniqueId('AIDA'),
		arn: `arn:aws:iam::${accountId}:user/${userName}`,
		policies: new Propagating(policies),
	};
	account.users.set(userName, user);
	const credential: Credential = {
		accessKeyId: world.ids.uniqueId('AKIA'),
		secretAccessKey: newSecret(),
		sessionToken: undefined,
		expiresAtMs: undefined,
		identity: {kind: 'user', accountId, user},
	};
	world.credentials.set(credential.accessKeyId, credential);
	return {user, credential};
}

/** Opens a session of a role until `expiresAtMs`. */
export function addSession(
	world: World,
	role: Role,
	sessionName: string,
	expiresAtMs: number,
	sessionPolicy?: string,
): Credential {
	const credential: Credential = {
		accessKeyId: world.ids.uniqueId('ASIA'),
		secretAccessKey: newSecret(),
		sessionToken: randomBytes(96).toString('base64'),
		expiresAtMs,
		identity: {kind: 'role-session', accountId: role.accountId, role, sessionName, sessionPolicy},
	};
	world.credentials.set(credential.accessKeyId, credential);
	return credential;
}
