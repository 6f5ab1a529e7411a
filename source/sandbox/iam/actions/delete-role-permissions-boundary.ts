import {type DeleteRolePermissionsBoundaryRequest} from '@aws-sdk/client-iam';
import {seenFromMs} from '../../world/world.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const deleteRolePermissionsBoundary: QueryAction<DeleteRolePermissionsBoundaryRequest, object> = {
	permission: (call) => ({
		action: 'iam:DeleteRolePermissionsBoundary',
		resource: roleArnOf(call, call.input.RoleName),
	}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const holder = findRole(call, call.input.RoleName);
		holder.boundaryArn.write(undefined, seenFromMs(call.world));
		return {};
	},
};
