import {type DeleteRoleRequest} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {findRole, roleArnOf} from '../roles.js';

export const deleteRole: QueryAction<DeleteRoleRequest, object> = {
	name: 'DeleteRole',
	permission: (call) => ({action: 'iam:DeleteRole', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const role = findRole(call, call.input.RoleName);
		if (role.policies.written.size > 0) throw iamError('DeleteConflict');
		if (role.attached.written.length > 0) {
			throw iamError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
		}
		call.account.roles.delete(role.roleName.toLowerCase());
		return {};
	},
};
