import {type Role as ShownRole} from '@aws-sdk/client-iam';
import {escapeUri} from '../wire/percent.js';
import {type Role} from '../world/account.js';
import {wholeSeconds} from '../world/clock.js';
import {iamArn} from '../world/partition.js';
import {type QueryCall} from './action.js';
import {boundaryShownOf} from './boundary.js';
import {iamError} from './errors.js';
import {checkName} from './names.js';

/** Finds a role of the caller's account; names are compared without case. Throws NoSuchEntity. */
export function findRole({account}: QueryCall<unknown>, roleName: string | undefined): Role {
	checkName('roleName', roleName, 64);
	const role = account.roles.get((roleName ?? '').toLowerCase());
	if (role !== undefined) return role;
	throw iamError('NoSuchEntity', `The role with name ${roleName ?? ''} cannot be found.`);
}

/** The ARN that a permission on a role is about, whether or not there is such a role. */
export function roleArnOf(
	{world, account}: QueryCall<unknown>,
	roleName: string | undefined,
	path = '/',
): string {
	const role = account.roles.get((roleName ?? '').toLowerCase());
	return role?.arn ?? iamArn(world, account.accountId, `role${path}${roleName ?? ''}`);
}

/** A role as IAM shows it; policy documents are percent-encoded (IAM API reference, GetRole; RFC 3986). */
export function showRole(role: Role, options: {readonly isComplete: boolean}): ShownRole {
	return {
		Path: role.path,
		RoleName: role.roleName,
		RoleId: role.roleId,
		Arn: role.arn,
		CreateDate: wholeSeconds(role.createdMs),
		AssumeRolePolicyDocument: escapeUri(role.trustPolicy.written),
		Description: role.description,
		MaxSessionDuration: options.isComplete ? role.maxSessionDurationSeconds : undefined,
		...boundaryShownOf(role),
		...(role.tags.length === 0 ? {} : {Tags: [...role.tags]}),
	};
}
