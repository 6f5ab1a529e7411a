import type * as iam from '@aws-sdk/client-iam';
import {wholeSeconds} from '../world/clock.js';
import {type Credential} from '../world/credential.js';
import {iamArn} from '../world/partition.js';
import {addAccessKey, makeUser} from '../world/sessions.js';
import {iamAction, type QueryAction, type QueryCall} from './action.js';
import {boundaryContext, checkBoundary} from './boundary.js';
import {iamError, invalidMember} from './errors.js';
import {groupsWith} from './groups.js';
import {devicesOf} from './mfa-devices.js';
import {checkName, checkPath} from './names.js';
import {pageOf} from './page.js';
import {withTags} from './tags.js';
import {findUser, keysOf, theUser, showUser, userNamed, userOrCaller} from './users.js';

/** IAM User Guide, reference_iam-quotas. */
const maxKeys = 2;

/** Users and their access keys; what users have like roles and groups is in the table of holders. */
export const userActions: readonly QueryAction[] = [
	iamAction<iam.CreateUserRequest, iam.CreateUserResponse>(
		'CreateUser',
		{...theUser, context: ({input}) => boundaryContext(input.PermissionsBoundary)},
		({world, account, input}) => {
			const userName = input.UserName ?? '';
			checkName('userName', userName, 64);
			if (userNamed(account, userName) !== undefined) {
				throw iamError('EntityAlreadyExists', `User with name ${userName} already exists.`);
			}
			const user = makeUser(world, account.accountId, userName, checkPath(input.Path ?? '/'), new Map());
			user.tags = withTags([], input.Tags ?? []);
			const boundary = checkBoundary(world, input.PermissionsBoundary);
			if (boundary !== undefined) user.boundaryArn.write(boundary, world.clock.now());
			account.users.set(userName, user);
			return {User: showUser(user, {isComplete: true})};
		},
	),
	iamAction<iam.GetUserRequest, iam.GetUserResponse>('GetUser', theUser, (call) => ({
		User: showUser(userOrCaller(call), {isComplete: true}),
	})),
	iamAction<iam.ListUsersRequest, iam.ListUsersResponse>(
		'ListUsers',
		{
			resource: ({world, account, input}) =>
				iamArn(world, account.accountId, `user${input.PathPrefix ?? '/'}`),
		},
		({account, input}) => {
			const users = [...account.users.values()].filter(({path}) => path.startsWith(input.PathPrefix ?? '/'));
			const {page, more} = pageOf(users, ({userName}) => userName.toLowerCase(), input);
			return {Users: page.map((user) => showUser(user, {isComplete: false})), ...more};
		},
	),
	iamAction<iam.DeleteUserRequest>('DeleteUser', theUser, (call) => {
		const user = findUser(call, call.input.UserName);
		if (keysOf(call.world, user).length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must delete access keys first.');
		}
		if (devicesOf(call, user).length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must delete MFA device first.');
		}
		if (user.policies.written.size > 0) throw iamError('DeleteConflict');
		if (user.attached.written.length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
		}
		// Words: those of DeleteGroup's, guessed.
		if (groupsWith(call.account, user).length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must remove users from group first.');
		}
		call.account.users.delete(user.userName);
		// Its sessions end with it.
		for (const {accessKeyId, identity} of call.world.credentials.values()) {
			if (identity.kind === 'user' && identity.user === user) call.world.credentials.delete(accessKeyId);
		}
		return {};
	}),
	iamAction<iam.CreateAccessKeyRequest, iam.CreateAccessKeyResponse>('CreateAccessKey', theUser, (call) => {
		const user = userOrCaller(call);
		if (keysOf(call.world, user).length >= maxKeys) {
			throw iamError('LimitExceeded', `Cannot exceed quota for AccessKeysPerUser: ${maxKeys}`);
		}
		const key = addAccessKey(call.world, user);
		return {
			AccessKey: {
				UserName: user.userName,
				AccessKeyId: key.accessKeyId,
				Status: 'Active',
				SecretAccessKey: key.secretAccessKey,
				CreateDate: wholeSeconds(key.createdMs),
			},
		};
	}),
	iamAction<iam.ListAccessKeysRequest, iam.ListAccessKeysResponse>('ListAccessKeys', theUser, (call) => {
		const user = userOrCaller(call);
		return {
			AccessKeyMetadata: keysOf(call.world, user).map(({accessKeyId, createdMs, isActive}) => ({
				UserName: user.userName,
				AccessKeyId: accessKeyId,
				Status: isActive ? 'Active' : 'Inactive',
				CreateDate: wholeSeconds(createdMs),
			})),
			IsTruncated: false,
		};
	}),
	iamAction<iam.UpdateAccessKeyRequest>('UpdateAccessKey', theUser, (call) => {
		const key = findKey(call);
		const status: string | undefined = call.input.Status;
		if (status !== 'Active' && status !== 'Inactive') {
			throw invalidMember('status', 'satisfy enum value set: [Active, Inactive]', status ?? '');
		}
		key.isActive = status === 'Active';
		return {};
	}),
	iamAction<iam.DeleteAccessKeyRequest>('DeleteAccessKey', theUser, (call) => {
		call.world.credentials.delete(findKey(call).accessKeyId);
		return {};
	}),
];

/** Finds the key of the user that are named. Throws NoSuchEntity. */
function findKey(call: QueryCall<iam.DeleteAccessKeyRequest>): Credential {
	const {AccessKeyId = ''} = call.input;
	const key = keysOf(call.world, userOrCaller(call)).find(({accessKeyId}) => accessKeyId === AccessKeyId);
	if (key !== undefined) return key;
	throw iamError('NoSuchEntity', `The Access Key with id ${AccessKeyId} cannot be found.`);
}
