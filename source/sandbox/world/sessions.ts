import {randomBytes} from 'node:crypto';
import {type InlinePolicies, type Role, type User} from './account.js';
import {type Credential, type Identity, noTerms, type SessionTerms} from './credential.js';
import {iamArn} from './partition.js';
import {Propagating} from './propagating.js';
import {openAccount, type World} from './world.js';

/** Adds a user of the account, gives an access key of its own. */
export function addUser(
	world: World,
	accountId: string,
	userName: string,
	policies: InlinePolicies,
): Credential {
	const user = makeUser(world, accountId, userName, '/', policies);
	openAccount(world, accountId).users.set(userName, user);
	return addAccessKey(world, user);
}

/** Makes a user, who is not yet in its account. */
export function makeUser(
	world: World,
	accountId: string,
	userName: string,
	path: string,
	policies: InlinePolicies,
): User {
	return {
		kind: 'user',
		accountId,
		userName,
		userId: world.ids.uniqueId('AIDA'),
		path,
		arn: iamArn(world, accountId, `user${path}${userName}`),
		createdMs: world.clock.now(),
		tags: [],
		policies: new Propagating(policies),
		attached: new Propagating<readonly string[]>([]),
		boundaryArn: new Propagating<string | undefined>(undefined),
	};
}

/** Makes a role, which is not yet in its account. */
export function makeRole(
	world: World,
	accountId: string,
	roleName: string,
	given: Pick<Role, 'path' | 'seenFromMs' | 'description' | 'maxSessionDurationSeconds' | 'tags'> & {
		readonly trustPolicy: string;
		readonly boundaryArn: string | undefined;
	},
): Role {
	return {
		...given,
		kind: 'role',
		accountId,
		roleName,
		roleId: world.ids.uniqueId('AROA'),
		arn: iamArn(world, accountId, `role${given.path}${roleName}`),
		createdMs: world.clock.now(),
		trustPolicy: new Propagating(given.trustPolicy),
		policies: new Propagating(new Map()),
		attached: new Propagating<readonly string[]>([]),
		boundaryArn: new Propagating(given.boundaryArn),
	};
}

/** Gives a user one more access key. */
export function addAccessKey(world: World, user: User): Credential {
	return issue(world, {kind: 'user', accountId: user.accountId, user, isSession: false}, undefined);
}

/** Opens a session of a user until `expiresAtMs`, with the user's own permissions; `mfaAtMs`: when a code was shown for it. */
export function addUserSession(world: World, user: User, expiresAtMs: number, mfaAtMs?: number): Credential {
	return issue(
		world,
		{
			kind: 'user',
			accountId: user.accountId,
			user,
			isSession: true,
			mfaAtMs,
		},
		expiresAtMs,
	);
}

/** Opens a session of a role until `expiresAtMs`. */
export function addSession(
	world: World,
	role: Role,
	sessionName: string,
	expiresAtMs: number,
	terms: SessionTerms = noTerms,
): Credential {
	return issue(
		world,
		{
			kind: 'role-session',
			accountId: role.accountId,
			role,
			sessionName,
			terms,
		},
		expiresAtMs,
	);
}

/** Issues what signs for somebody, for a session with a token and an end. Secrets never come from the seed: whoever knows it must not know them. */
function issue(world: World, identity: Identity, expiresAtMs: number | undefined): Credential {
	const isSession = expiresAtMs !== undefined;
	const credential: Credential = {
		accessKeyId: world.ids.uniqueId(isSession ? 'ASIA' : 'AKIA'),
		secretAccessKey: randomBytes(30).toString('base64'),
		sessionToken: isSession ? randomBytes(96).toString('base64') : undefined,
		expiresAtMs,
		createdMs: world.clock.now(),
		isActive: true,
		identity,
	};
	world.credentials.set(credential.accessKeyId, credential);
	return credential;
}

/** Gives credentials of a session that ended a second ago. Its role exists in no account. */
export function addExpiredSession(
	world: World,
	accountId: string,
): {readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string} {
	const now = world.clock.now();
	const role = makeRole(world, accountId, 'expired', {
		path: '/',
		seenFromMs: now,
		description: undefined,
		maxSessionDurationSeconds: 3600,
		tags: [],
		trustPolicy: '',
		boundaryArn: undefined,
	});
	const {accessKeyId, secretAccessKey, sessionToken} = addSession(world, role, 'expired', now - 1000);
	return {accessKeyId, secretAccessKey, sessionToken: sessionToken ?? ''};
}
