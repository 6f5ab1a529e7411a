import {type ListEntitiesForPolicyRequest, type ListEntitiesForPolicyResponse} from '@aws-sdk/client-iam';
import {boundaryUsersOf, findPolicy, holdersOf} from '../managed-policies.js';
import {type QueryAction} from '../action.js';

export const listEntitiesForPolicy: QueryAction<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> =
	{
		name: 'ListEntitiesForPolicy',
		permission: (call) => ({action: 'iam:ListEntitiesForPolicy', resource: call.input.PolicyArn ?? ''}),
		target: ({PolicyArn}) => PolicyArn,
		run(call) {
			const {world, account, input} = call;
			const {arn} = findPolicy(call, input.PolicyArn);
			const holders = [
				...(input.PolicyUsageFilter === 'PermissionsBoundary' ? [] : holdersOf(world, arn)),
				...(input.PolicyUsageFilter === 'PermissionsPolicy' ? [] : boundaryUsersOf(world, arn)),
			];
			const own = [...new Set(holders)].filter(
				({accountId, path}) => accountId === account.accountId && path.startsWith(input.PathPrefix ?? '/'),
			);
			const isWanted = (kind: string): boolean => (input.EntityFilter ?? kind) === kind;
			return {
				PolicyGroups: own.flatMap((holder) =>
					holder.kind === 'group' && isWanted('Group')
						? [{GroupName: holder.groupName, GroupId: holder.groupId}]
						: [],
				),
				PolicyUsers: own.flatMap((holder) =>
					holder.kind === 'user' && isWanted('User')
						? [{UserName: holder.userName, UserId: holder.userId}]
						: [],
				),
				PolicyRoles: own.flatMap((holder) =>
					holder.kind === 'role' && isWanted('Role')
						? [{RoleName: holder.roleName, RoleId: holder.roleId}]
						: [],
				),
				IsTruncated: false,
			};
		},
	};
