import {type GetAccountSummaryResponse, type ListAccountAliasesResponse} from '@aws-sdk/client-iam';
import {iamAction, type QueryAction} from './action.js';

/** IAM User Guide, reference_iam-quotas. */
const quotas = {
	AccessKeysPerUserQuota: 2,
	AssumeRolePolicySizeQuota: 2048,
	AttachedPoliciesPerGroupQuota: 10,
	AttachedPoliciesPerRoleQuota: 20,
	AttachedPoliciesPerUserQuota: 20,
	GroupPolicySizeQuota: 5120,
	GroupsPerUserQuota: 10,
	GroupsQuota: 300,
	PoliciesQuota: 1500,
	PolicySizeQuota: 6144,
	PolicyVersionsInUseQuota: 10_000,
	RolePolicySizeQuota: 10_240,
	RolesQuota: 1000,
	UserPolicySizeQuota: 2048,
	UsersQuota: 5000,
	VersionsPerPolicyQuota: 5,
};

/** The account as a whole. */
export const accountActions: readonly QueryAction[] = [
	// What of the account the sandbox has, with its quotas; of what it has not, such as a root user with MFA, there is none.
	iamAction<object, GetAccountSummaryResponse>('GetAccountSummary', {resource: () => '*'}, ({account}) => {
		const devices = [...account.mfaDevices.values()];
		const policies = [...account.managedPolicies.values()];
		return {
			SummaryMap: {
				...quotas,
				AccountAccessKeysPresent: 0,
				AccountMFAEnabled: 0,
				Groups: account.groups.size,
				InstanceProfiles: 0,
				MFADevices: devices.length,
				MFADevicesInUse: devices.filter(({assigned}) => assigned !== undefined).length,
				Policies: policies.length,
				PolicyVersionsInUse: policies.reduce((count, {versions}) => count + versions.length, 0),
				Providers: account.oidcProviders.size,
				Roles: account.roles.size,
				Users: account.users.size,
			},
		};
	}),
	// There are none: nothing in the sandbox makes them, and clients ask to show the account.
	iamAction<object, ListAccountAliasesResponse>('ListAccountAliases', {resource: () => '*'}, () => ({
		AccountAliases: [],
		IsTruncated: false,
	})),
];
