import {iamArn} from './partition.js';
import {type Role} from './account.js';
import {Propagating} from './propagating.js';
import {addSession} from './sessions.js';
import {type World} from './world.js';

/** Gives credentials of a session that ended a second ago. Its role exists in no account. */
export function addExpiredSession(
	world: World,
	accountId: string,
): {readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string} {
	const now = world.clock.now();
	const role: Role = {
		kind: 'role',
		accountId,
		roleName: 'expired',
		roleId: world.ids.uniqueId('AROA'),
		path: '/',
		arn: iamArn(world, accountId, 'role/expired'),
		createdMs: now,
		seenFromMs: now,
		description: undefined,
		maxSessionDurationSeconds: 3600,
		tags: [],
		trustPolicy: new Propagating(''),
		policies: new Propagating(new Map()),
		attached: new Propagating<readonly string[]>([]),
		boundaryArn: new Propagating<string | undefined>(undefined),
	};
	const {accessKeyId, secretAccessKey, sessionToken} = addSession(world, role, 'expired', now - 1000);
	return {accessKeyId, secretAccessKey, sessionToken: sessionToken ?? ''};
}
