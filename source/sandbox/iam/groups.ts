import {type Group as ShownGroup} from '@aws-sdk/client-iam';
import {type Account, type Group, type User} from '../world/account.js';
import {type QueryCall} from './action.js';
import {iamError} from './errors.js';
import {checkName} from './names.js';
import {iamArn} from '../world/partition.js';
import {wholeSeconds} from '../world/clock.js';

/** Finds a group of the caller's account. Throws NoSuchEntity; words: third-party (moto). */
export function findGroup({account}: QueryCall<unknown>, groupName: string | undefined): Group {
	checkName('groupName', groupName, 128);
	const group = account.groups.get((groupName ?? '').toLowerCase());
	if (group !== undefined) return group;
	throw iamError('NoSuchEntity', `The group with name ${groupName ?? ''} cannot be found.`);
}

/** The ARN that a permission on a group is about, whether or not there is such a group. */
export function groupArnOf(
	{world, account}: QueryCall<unknown>,
	groupName: string | undefined,
	path = '/',
): string {
	const group = account.groups.get((groupName ?? '').toLowerCase());
	return group?.arn ?? iamArn(world, account.accountId, `group${path}${groupName ?? ''}`);
}

/** The groups that a user was put into. */
export function groupsWith({groups}: Account, user: User): readonly Group[] {
	return [...groups.values()].filter(({members}) => members.written.includes(user));
}

/** Throws EntityAlreadyExists where another group has the name; case does not count (IAM API reference, CreateGroup). */
export function checkGroupIsNew({groups}: Account, groupName: string, self?: Group): void {
	checkName('groupName', groupName, 128);
	const other = groups.get(groupName.toLowerCase());
	if (other === undefined || other === self) return;
	throw iamError('EntityAlreadyExists', `Group with name ${groupName} already exists.`);
}

/** A group as IAM shows it. */
export function showGroup({path, groupName, groupId, arn, createdMs}: Group): ShownGroup {
	return {
		Path: path,
		GroupName: groupName,
		GroupId: groupId,
		Arn: arn,
		CreateDate: wholeSeconds(createdMs),
	};
}
