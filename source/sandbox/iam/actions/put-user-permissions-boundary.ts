import {type PutUserPermissionsBoundaryRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {checkBoundary} from '../boundary.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const putUserPermissionsBoundary: QueryAction<PutUserPermissionsBoundaryRequest, object> = {
	permission: (call) => ({
		action: 'iam:PutUserPermissionsBoundary',
		resource: userArnOf(call, call.input.UserName),
	}),
	target: ({UserName}) => UserName,
	run(call) {
		const holder = findUser(call, call.input.UserName);
		const arn = checkBoundary(call.world, call.input.PermissionsBoundary);
		holder.boundaryArn.write(arn, seenFromMs(call.world));
		return {};
	},
};
