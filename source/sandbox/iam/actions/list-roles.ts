import {type ListRolesRequest, type ListRolesResponse} from '@aws-sdk/client-iam';
import {type QueryAction} from '../action.js';
import {showRole} from '../roles.js';

const defaultMaxItems = 100;

export const listRoles: QueryAction<ListRolesRequest, ListRolesResponse> = {
	permission: ({account, input}) => ({
		action: 'iam:ListRoles',
		resource: `arn:aws:iam::${account.accountId}:role${input.PathPrefix ?? '/'}`,
	}),
	run({account, input}) {
		const roles = [...account.roles.entries()]
			.filter(([, role]) => role.path.startsWith(input.PathPrefix ?? '/'))
			.sort(([left], [right]) => (left < right ? -1 : 1));
		const rest = roles.filter(([name]) => input.Marker === undefined || name > input.Marker);
		const page = rest.slice(0, input.MaxItems ?? defaultMaxItems);
		const last = page[page.length - 1];
		const isTruncated = page.length < rest.length && last !== undefined;
		return {
			Roles: page.map(([, role]) => {
				// Recorded: test_list_roles_with_permission_boundary has neither.
				const {Tags: _tags, PermissionsBoundary: _boundary, ...shown} = showRole(role, {isComplete: true});
				return shown;
			}),
			IsTruncated: isTruncated,
			...(isTruncated ? {Marker: last[0]} : {}),
		};
	},
};
