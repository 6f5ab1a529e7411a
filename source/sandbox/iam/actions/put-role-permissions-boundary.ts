import {type PutRolePermissionsBoundaryRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {checkBoundary} from '../boundary.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const putRolePermissionsBoundary: QueryAction<PutRolePermissionsBoundaryRequest, object> = {
	permission: (call) => ({
		action: 'iam:PutRolePermissionsBoundary',
		resource: roleArnOf(call, call.input.RoleName),
	}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const holder = findRole(call, call.input.RoleName);
		const arn = checkBoundary(call.world, call.input.PermissionsBoundary);
		holder.boundaryArn.write(arn, seenFromMs(call.world));
		return {};
	},
};
