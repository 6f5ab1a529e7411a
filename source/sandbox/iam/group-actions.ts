import type * as iam from '@aws-sdk/client-iam';
import {type Group, type User} from '../world/account.js';
import {Propagating} from '../world/propagating.js';
import {seenFromMs, type World} from '../world/world.js';
import {iamAction, type QueryAction, type Subject} from './action.js';
import {iamError} from './errors.js';
import {checkGroupIsNew, findGroup, groupArnOf, groupsWith, showGroup} from './groups.js';
import {checkPath} from './names.js';
import {pageOf} from './page.js';
import {findUser, theUser, showUser} from './users.js';
import {iamArn} from '../world/partition.js';

/** IAM User Guide, reference_iam-quotas. */
const maxGroupsOfUser = 10;

/** What actions on the group are about that the input names. */
const theGroup: Subject<{readonly GroupName: string | undefined; readonly Path?: string | undefined}> = {
	resource: (call) => groupArnOf(call, call.input.GroupName, call.input.Path),
	target: ({GroupName}) => GroupName,
};

/** What is done with groups and who is in them; what they have like users and roles is in the table of holders. */
export const groupActions: readonly QueryAction[] = [
	iamAction<iam.CreateGroupRequest>('CreateGroup', theGroup, ({world, account, input}) => {
		const {GroupName = '', Path = '/'} = input;
		checkGroupIsNew(account, GroupName);
		const group: Group = {
			kind: 'group',
			accountId: account.accountId,
			groupId: world.ids.uniqueId('AGPA'),
			createdMs: world.clock.now(),
			...placeOf(world, account.accountId, checkPath(Path), GroupName),
			members: new Propagating<readonly User[]>([]),
			policies: new Propagating(new Map()),
			attached: new Propagating<readonly string[]>([]),
		};
		account.groups.set(GroupName.toLowerCase(), group);
		return {Group: showGroup(group)};
	}),
	iamAction<iam.GetGroupRequest>('GetGroup', theGroup, (call) => {
		const group = findGroup(call, call.input.GroupName);
		const {page, more} = pageOf(group.members.written, ({userName}) => userName.toLowerCase(), call.input);
		return {
			Group: showGroup(group),
			Users: page.map((user) => showUser(user, {isComplete: false})),
			...more,
		};
	}),
	iamAction<iam.UpdateGroupRequest>('UpdateGroup', theGroup, (call) => {
		const {world, account, input} = call;
		const group = findGroup(call, input.GroupName);
		const name = input.NewGroupName ?? group.groupName;
		const path = checkPath(input.NewPath ?? group.path);
		checkGroupIsNew(account, name, group);
		account.groups.delete(group.groupName.toLowerCase());
		Object.assign(group, placeOf(world, account.accountId, path, name));
		account.groups.set(name.toLowerCase(), group);
		return {};
	}),
	iamAction<iam.GetGroupRequest>('DeleteGroup', theGroup, (call) => {
		const group = findGroup(call, call.input.GroupName);
		const {members, policies, attached} = group;
		const left =
			members.written.length > 0
				? 'remove users from group'
				: policies.written.size > 0
					? 'delete policies'
					: attached.written.length > 0
						? 'detach all policies'
						: undefined;
		if (left !== undefined) throw iamError('DeleteConflict', `Cannot delete entity, must ${left} first.`);
		call.account.groups.delete(group.groupName.toLowerCase());
		return {};
	}),
	iamAction<iam.AddUserToGroupRequest>('AddUserToGroup', theGroup, (call) => {
		const {world, account, input} = call;
		const {members} = findGroup(call, input.GroupName);
		const user = findUser(call, input.UserName);
		if (members.written.includes(user)) return {};
		if (groupsWith(account, user).length >= maxGroupsOfUser) {
			throw iamError('LimitExceeded', `Cannot exceed quota for GroupsPerUser: ${maxGroupsOfUser}`);
		}
		members.write([...members.written, user], seenFromMs(world));
		return {};
	}),
	// That one who is not in it is told so: third-party (moto), words too.
	iamAction<iam.AddUserToGroupRequest>('RemoveUserFromGroup', theGroup, (call) => {
		const {world, input} = call;
		const {members, groupName} = findGroup(call, input.GroupName);
		const user = findUser(call, input.UserName);
		if (!members.written.includes(user)) {
			throw iamError('NoSuchEntity', `User ${user.userName} not in group ${groupName}`);
		}
		members.write(
			members.written.filter((other) => other !== user),
			seenFromMs(world),
		);
		return {};
	}),
	iamAction<iam.ListGroupsRequest>(
		'ListGroups',
		{
			resource: ({world, account, input}) =>
				iamArn(world, account.accountId, `group${input.PathPrefix ?? '/'}`),
		},
		({account, input}) => {
			const groups = [...account.groups.values()];
			return listed(
				groups.filter(({path}) => path.startsWith(input.PathPrefix ?? '/')),
				input,
			);
		},
	),
	iamAction<iam.ListGroupsForUserRequest>('ListGroupsForUser', theUser, (call) =>
		listed(groupsWith(call.account, findUser(call, call.input.UserName)), call.input),
	),
];

function listed(groups: readonly Group[], input: iam.ListGroupsRequest): object {
	const {page, more} = pageOf(groups, ({groupName}) => groupName.toLowerCase(), input);
	return {Groups: page.map(showGroup), ...more};
}

function placeOf(
	world: World,
	accountId: string,
	path: string,
	groupName: string,
): Pick<Group, 'path' | 'groupName' | 'arn'> {
	return {path, groupName, arn: iamArn(world, accountId, `group${path}${groupName}`)};
}
