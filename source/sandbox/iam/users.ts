import {type User as ShownUser} from '@aws-sdk/client-iam';
import {type Account, type User} from '../world/account.js';
import {wholeSeconds} from '../world/clock.js';
import {type Credential} from '../world/credential.js';
import {iamArn} from '../world/partition.js';
import {type World} from '../world/world.js';
import {type QueryCall, type Subject} from './action.js';
import {boundaryShownOf} from './boundary.js';
import {iamError} from './errors.js';
import {checkName} from './names.js';

type Named = {readonly UserName?: string | undefined; readonly Path?: string | undefined};

/** What actions on the user are about that the input names. */
export const theUser: Subject<Named> = {
	resource: (call) => userArnOf(call, call.input.UserName, call.input.Path),
	target: ({UserName}) => UserName,
};

/** Finds a user of the caller's account. Throws NoSuchEntity. */
export function findUser({account}: QueryCall<unknown>, userName: string | undefined): User {
	checkName('userName', userName, 64);
	const user = userNamed(account, userName ?? '');
	if (user !== undefined) return user;
	throw iamError('NoSuchEntity', `The user with name ${userName ?? ''} cannot be found.`);
}

/** Names are not told apart by case (IAM API reference, CreateUser). */
export function userNamed({users}: Account, name: string): User | undefined {
	const wanted = name.toLowerCase();
	return users.get(name) ?? [...users.values()].find(({userName}) => userName.toLowerCase() === wanted);
}

/** The user that is named, or the caller itself where none is. */
export function userOrCaller(call: QueryCall<Named>): User {
	const {UserName} = call.input;
	if (UserName !== undefined) return findUser(call, UserName);
	if (call.identity.kind === 'user') return call.identity.user;
	throw iamError('ValidationError', 'Must specify userName when calling with non-User credentials');
}

/** The ARN that a permission on a user is about, whether or not there is such a user. */
export function userArnOf(
	{world, account, identity}: QueryCall<unknown>,
	userName?: string,
	path = '/',
): string {
	const own = identity.kind === 'user' ? identity.user.userName : '';
	const name = userName ?? own;
	return userNamed(account, name)?.arn ?? iamArn(world, account.accountId, `user${path}${name}`);
}

/** The lasting access keys of a user: those of its sessions are not among them. */
export function keysOf(world: World, user: User): readonly Credential[] {
	return [...world.credentials.values()].filter(
		({identity, sessionToken}) =>
			identity.kind === 'user' && identity.user === user && sessionToken === undefined,
	);
}

/** A user as IAM shows it. */
export function showUser(user: User, options: {readonly isComplete: boolean}): ShownUser {
	return {
		Path: user.path,
		UserName: user.userName,
		UserId: user.userId,
		Arn: user.arn,
		CreateDate: wholeSeconds(user.createdMs),
		...(options.isComplete ? boundaryShownOf(user) : {}),
		...(options.isComplete && user.tags.length > 0 ? {Tags: [...user.tags]} : {}),
	};
}
