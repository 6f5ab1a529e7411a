import {type QueryAction} from './action.js';
import {createRole} from './actions/create-role.js';
import {deleteRolePolicy} from './actions/delete-role-policy.js';
import {deleteRole} from './actions/delete-role.js';
import {getRolePolicy} from './actions/get-role-policy.js';
import {getRole} from './actions/get-role.js';
import {listRolePolicies} from './actions/list-role-policies.js';
import {listRoles} from './actions/list-roles.js';
import {putRolePolicy} from './actions/put-role-policy.js';
import {updateAssumeRolePolicy} from './actions/update-assume-role-policy.js';

/** What the sandbox does of IAM; every other operation answers NotImplemented. */
export const iamActions: ReadonlyMap<string, QueryAction<never, object>> = new Map<
	string,
	QueryAction<never, object>
>([
	['CreateRole', createRole],
	['DeleteRole', deleteRole],
	['DeleteRolePolicy', deleteRolePolicy],
	['GetRole', getRole],
	['GetRolePolicy', getRolePolicy],
	['ListRolePolicies', listRolePolicies],
	['ListRoles', listRoles],
	['PutRolePolicy', putRolePolicy],
	['UpdateAssumeRolePolicy', updateAssumeRolePolicy],
]);
