import {type ListRolesRequest, type ListRolesResponse} from '@aws-sdk/client-iam';
import {type Role} from '../../world/account.js';
import {byName, pageOf} from '../page.js';
import {type QueryAction} from '../action.js';
import {showRole} from '../roles.js';
import {iamArn} from '../../world/partition.js';

export const listRoles: QueryAction<ListRolesRequest, ListRolesResponse> = {
	name: 'ListRoles',
	permission: ({world, account, input}) => ({
		action: 'iam:ListRoles',
		resource: iamArn(world, account.accountId, `role${input.PathPrefix ?? '/'}`),
	}),
	run({account, input}) {
		const nameOf = ({roleName}: Role): string => roleName.toLowerCase();
		const roles = [...account.roles.values()]
			.filter(({path}) => path.startsWith(input.PathPrefix ?? '/'))
			.sort(byName(nameOf));
		const {page, more} = pageOf(roles, nameOf, input);
		return {
			Roles: page.map((role) => {
				// Recorded: test_list_roles_with_permission_boundary has neither.
				const {Tags: _tags, PermissionsBoundary: _boundary, ...shown} = showRole(role, {isComplete: true});
				return shown;
			}),
			...more,
		};
	},
};
