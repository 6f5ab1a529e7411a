import {type GetRolePolicyRequest, type GetRolePolicyResponse} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {encodeDocument, findRole, roleArnOf} from '../roles.js';

export const getRolePolicy: QueryAction<GetRolePolicyRequest, GetRolePolicyResponse> = {
	permission: (call) => ({action: 'iam:GetRolePolicy', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const role = findRole(call, call.input.RoleName);
		const name = call.input.PolicyName ?? '';
		const text = role.policies.written.get(name);
		if (text === undefined) {
			throw iamError('NoSuchEntity', `The role policy with name ${name} cannot be found.`);
		}
		return {RoleName: role.roleName, PolicyName: name, PolicyDocument: encodeDocument(text)};
	},
};
