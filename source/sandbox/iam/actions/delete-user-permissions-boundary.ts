import {type DeleteUserPermissionsBoundaryRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const deleteUserPermissionsBoundary: QueryAction<DeleteUserPermissionsBoundaryRequest, object> = {
	permission: (call) => ({
		action: 'iam:DeleteUserPermissionsBoundary',
		resource: userArnOf(call, call.input.UserName),
	}),
	target: ({UserName}) => UserName,
	run(call) {
		const holder = findUser(call, call.input.UserName);
		holder.boundaryArn.write(undefined, seenFromMs(call.world));
		return {};
	},
};
