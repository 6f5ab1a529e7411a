import {type DeleteUserRequest} from '@aws-sdk/client-iam';
import {keysOf} from '../access-keys.js';
import {iamError} from '../errors.js';
import {groupsWith} from '../groups.js';
import {devicesOf} from '../mfa-devices.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const deleteUser: QueryAction<DeleteUserRequest, object> = {
	name: 'DeleteUser',
	permission: (call) => ({action: 'iam:DeleteUser', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
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
	},
};
