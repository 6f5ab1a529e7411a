import {type QueryAction} from './action.js';
import {attachRolePolicy} from './actions/attach-role-policy.js';
import {attachUserPolicy} from './actions/attach-user-policy.js';
import {createAccessKey} from './actions/create-access-key.js';
import {createPolicy} from './actions/create-policy.js';
import {createPolicyVersion} from './actions/create-policy-version.js';
import {createUser} from './actions/create-user.js';
import {createVirtualMfaDevice} from './actions/create-virtual-mfa-device.js';
import {deactivateMfaDevice} from './actions/deactivate-mfa-device.js';
import {deleteVirtualMfaDevice} from './actions/delete-virtual-mfa-device.js';
import {enableMfaDevice} from './actions/enable-mfa-device.js';
import {listMfaDevices} from './actions/list-mfa-devices.js';
import {listVirtualMfaDevices} from './actions/list-virtual-mfa-devices.js';
import {deleteAccessKey} from './actions/delete-access-key.js';
import {deletePolicy} from './actions/delete-policy.js';
import {deletePolicyVersion} from './actions/delete-policy-version.js';
import {deleteRolePermissionsBoundary} from './actions/delete-role-permissions-boundary.js';
import {deleteUser} from './actions/delete-user.js';
import {deleteUserPermissionsBoundary} from './actions/delete-user-permissions-boundary.js';
import {deleteUserPolicy} from './actions/delete-user-policy.js';
import {detachRolePolicy} from './actions/detach-role-policy.js';
import {detachUserPolicy} from './actions/detach-user-policy.js';
import {getPolicy} from './actions/get-policy.js';
import {getPolicyVersion} from './actions/get-policy-version.js';
import {getUser} from './actions/get-user.js';
import {getUserPolicy} from './actions/get-user-policy.js';
import {listAccessKeys} from './actions/list-access-keys.js';
import {listAttachedRolePolicies} from './actions/list-attached-role-policies.js';
import {listAttachedUserPolicies} from './actions/list-attached-user-policies.js';
import {listPolicies} from './actions/list-policies.js';
import {listPolicyVersions} from './actions/list-policy-versions.js';
import {listRoleTags} from './actions/list-role-tags.js';
import {listUserPolicies} from './actions/list-user-policies.js';
import {listUserTags} from './actions/list-user-tags.js';
import {listUsers} from './actions/list-users.js';
import {putRolePermissionsBoundary} from './actions/put-role-permissions-boundary.js';
import {putUserPermissionsBoundary} from './actions/put-user-permissions-boundary.js';
import {putUserPolicy} from './actions/put-user-policy.js';
import {setDefaultPolicyVersion} from './actions/set-default-policy-version.js';
import {getAccountSummary} from './actions/get-account-summary.js';
import {listAccountAliases} from './actions/list-account-aliases.js';
import {simulateCustomPolicy} from './actions/simulate-custom-policy.js';
import {updateRoleDescription} from './actions/update-role-description.js';
import {simulatePrincipalPolicy} from './actions/simulate-principal-policy.js';
import {tagRole} from './actions/tag-role.js';
import {tagUser} from './actions/tag-user.js';
import {untagRole} from './actions/untag-role.js';
import {untagUser} from './actions/untag-user.js';
import {updateRole} from './actions/update-role.js';
import {createRole} from './actions/create-role.js';
import {deleteRolePolicy} from './actions/delete-role-policy.js';
import {deleteRole} from './actions/delete-role.js';
import {getRolePolicy} from './actions/get-role-policy.js';
import {getRole} from './actions/get-role.js';
import {listRolePolicies} from './actions/list-role-policies.js';
import {listRoles} from './actions/list-roles.js';
import {putRolePolicy} from './actions/put-role-policy.js';
import {updateAssumeRolePolicy} from './actions/update-assume-role-policy.js';
import {updateAccessKey} from './actions/update-access-key.js';
import {tagPolicy} from './actions/tag-policy.js';
import {untagPolicy} from './actions/untag-policy.js';
import {listPolicyTags} from './actions/list-policy-tags.js';
import {listEntitiesForPolicy} from './actions/list-entities-for-policy.js';
import {listInstanceProfilesForRole} from './actions/list-instance-profiles-for-role.js';
import {listGroupsForUser} from './actions/list-groups-for-user.js';

/** What the sandbox does of IAM; every other operation answers NotImplemented. */
export const iamActions: ReadonlyMap<string, QueryAction<never, object>> = new Map<
	string,
	QueryAction<never, object>
>([
	['AttachRolePolicy', attachRolePolicy],
	['AttachUserPolicy', attachUserPolicy],
	['CreateAccessKey', createAccessKey],
	['CreatePolicy', createPolicy],
	['CreatePolicyVersion', createPolicyVersion],
	['CreateUser', createUser],
	['DeleteAccessKey', deleteAccessKey],
	['DeletePolicy', deletePolicy],
	['DeletePolicyVersion', deletePolicyVersion],
	['DeleteRolePermissionsBoundary', deleteRolePermissionsBoundary],
	['DeleteUser', deleteUser],
	['DeleteUserPermissionsBoundary', deleteUserPermissionsBoundary],
	['DeleteUserPolicy', deleteUserPolicy],
	['DetachRolePolicy', detachRolePolicy],
	['DetachUserPolicy', detachUserPolicy],
	['GetPolicy', getPolicy],
	['GetPolicyVersion', getPolicyVersion],
	['GetUser', getUser],
	['GetUserPolicy', getUserPolicy],
	['ListAccessKeys', listAccessKeys],
	['ListAttachedRolePolicies', listAttachedRolePolicies],
	['ListAttachedUserPolicies', listAttachedUserPolicies],
	['ListPolicies', listPolicies],
	['ListPolicyVersions', listPolicyVersions],
	['ListRoleTags', listRoleTags],
	['ListUserPolicies', listUserPolicies],
	['ListUserTags', listUserTags],
	['ListUsers', listUsers],
	['PutRolePermissionsBoundary', putRolePermissionsBoundary],
	['PutUserPermissionsBoundary', putUserPermissionsBoundary],
	['PutUserPolicy', putUserPolicy],
	['SetDefaultPolicyVersion', setDefaultPolicyVersion],
	['GetAccountSummary', getAccountSummary],
	['ListAccountAliases', listAccountAliases],
	['SimulateCustomPolicy', simulateCustomPolicy],
	['UpdateRoleDescription', updateRoleDescription],
	['SimulatePrincipalPolicy', simulatePrincipalPolicy],
	['TagRole', tagRole],
	['TagUser', tagUser],
	['UntagRole', untagRole],
	['UntagUser', untagUser],
	['UpdateRole', updateRole],
	['CreateRole', createRole],
	['DeleteRole', deleteRole],
	['DeleteRolePolicy', deleteRolePolicy],
	['GetRole', getRole],
	['GetRolePolicy', getRolePolicy],
	['ListRolePolicies', listRolePolicies],
	['ListRoles', listRoles],
	['PutRolePolicy', putRolePolicy],
	['UpdateAssumeRolePolicy', updateAssumeRolePolicy],
	['UpdateAccessKey', updateAccessKey],
	['TagPolicy', tagPolicy],
	['UntagPolicy', untagPolicy],
	['ListPolicyTags', listPolicyTags],
	['ListEntitiesForPolicy', listEntitiesForPolicy],
	['ListInstanceProfilesForRole', listInstanceProfilesForRole],
	['ListGroupsForUser', listGroupsForUser],
	['CreateVirtualMFADevice', createVirtualMfaDevice],
	['DeactivateMFADevice', deactivateMfaDevice],
	['DeleteVirtualMFADevice', deleteVirtualMfaDevice],
	['EnableMFADevice', enableMfaDevice],
	['ListMFADevices', listMfaDevices],
	['ListVirtualMFADevices', listVirtualMfaDevices],
]);
