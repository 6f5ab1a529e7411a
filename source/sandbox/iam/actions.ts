import {queryActions} from './action.js';
import {createAccessKey} from './actions/create-access-key.js';
import {createPolicy} from './actions/create-policy.js';
import {createPolicyVersion} from './actions/create-policy-version.js';
import {createRole} from './actions/create-role.js';
import {createUser} from './actions/create-user.js';
import {createVirtualMfaDevice} from './actions/create-virtual-mfa-device.js';
import {deactivateMfaDevice} from './actions/deactivate-mfa-device.js';
import {deleteAccessKey} from './actions/delete-access-key.js';
import {deletePolicy} from './actions/delete-policy.js';
import {deletePolicyVersion} from './actions/delete-policy-version.js';
import {deleteRole} from './actions/delete-role.js';
import {deleteUser} from './actions/delete-user.js';
import {deleteVirtualMfaDevice} from './actions/delete-virtual-mfa-device.js';
import {enableMfaDevice} from './actions/enable-mfa-device.js';
import {getAccountSummary} from './actions/get-account-summary.js';
import {getPolicy} from './actions/get-policy.js';
import {getPolicyVersion} from './actions/get-policy-version.js';
import {getRole} from './actions/get-role.js';
import {getUser} from './actions/get-user.js';
import {listAccessKeys} from './actions/list-access-keys.js';
import {listAccountAliases} from './actions/list-account-aliases.js';
import {listEntitiesForPolicy} from './actions/list-entities-for-policy.js';
import {listInstanceProfilesForRole} from './actions/list-instance-profiles-for-role.js';
import {listMfaDevices} from './actions/list-mfa-devices.js';
import {listPolicies} from './actions/list-policies.js';
import {listPolicyVersions} from './actions/list-policy-versions.js';
import {listRoles} from './actions/list-roles.js';
import {listUsers} from './actions/list-users.js';
import {listVirtualMfaDevices} from './actions/list-virtual-mfa-devices.js';
import {setDefaultPolicyVersion} from './actions/set-default-policy-version.js';
import {simulateCustomPolicy} from './actions/simulate-custom-policy.js';
import {simulatePrincipalPolicy} from './actions/simulate-principal-policy.js';
import {updateAccessKey} from './actions/update-access-key.js';
import {updateAssumeRolePolicy} from './actions/update-assume-role-policy.js';
import {updateRole} from './actions/update-role.js';
import {updateRoleDescription} from './actions/update-role-description.js';
import {groupActions} from './group-actions.js';
import {holderActions} from './holder-actions.js';
import {oidcActions} from './oidc-actions.js';

/** What the sandbox does of IAM; every other operation answers NotImplemented. */
export const iamActions = queryActions(
	...groupActions,
	...holderActions,
	...oidcActions,
	createAccessKey,
	createPolicy,
	createPolicyVersion,
	createRole,
	createUser,
	createVirtualMfaDevice,
	deactivateMfaDevice,
	deleteAccessKey,
	deletePolicy,
	deletePolicyVersion,
	deleteRole,
	deleteUser,
	deleteVirtualMfaDevice,
	enableMfaDevice,
	getAccountSummary,
	getPolicy,
	getPolicyVersion,
	getRole,
	getUser,
	listAccessKeys,
	listAccountAliases,
	listEntitiesForPolicy,
	listInstanceProfilesForRole,
	listMfaDevices,
	listPolicies,
	listPolicyVersions,
	listRoles,
	listUsers,
	listVirtualMfaDevices,
	setDefaultPolicyVersion,
	simulateCustomPolicy,
	simulatePrincipalPolicy,
	updateAccessKey,
	updateAssumeRolePolicy,
	updateRole,
	updateRoleDescription,
);
