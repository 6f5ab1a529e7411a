import {type Role as ShownRole} from '@aws-sdk/client-iam';
import {type Role} from '../world/account.js';
import {type QueryCall} from './action.js';
import {boundaryShownOf} from './boundary.js';
import {iamError} from './errors.js';
import {iamArn} from '../world/partition.js';

/** Finds a role of the caller's account; names are compared without case. Throws NoSuchEntity. */
export function findRole({account}: QueryCall<unknown>, roleName: string | undefined): Role {
	checkName('roleName', roleName, 64);
	const role = account.roles.get((roleName ?? '').toLowerCase());
	if (role === undefined)
		throw iamError('NoSuchEntity', `The role with name ${roleName ?? ''} cannot be found.`);
	return role;
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
		CreateDate: new Date(Math.floor(role.createdMs / 1000) * 1000),
		AssumeRolePolicyDocument: encodeDocument(role.trustPolicy.written),
		...(role.description === undefined ? {} : {Description: role.description}),
		...(options.isComplete ? {MaxSessionDuration: role.maxSessionDurationSeconds} : {}),
		...boundaryShownOf(role),
		...(role.tags.length === 0 ? {} : {Tags: [...role.tags]}),
	};
}

/** Percent-encodes a policy as IAM does: everything but RFC 3986's unreserved characters. */
export function encodeDocument(text: string): string {
	return encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** Throws ValidationError for a name that IAM does not take (IAM User Guide, reference_iam-quotas). */
export function checkName(argument: string, name: string | undefined, maxLength: number): void {
	const text = name ?? '';
	const failed =
		text === ''
			? 'Member must have length greater than or equal to 1'
			: text.length > maxLength
				? `Member must have length less than or equal to ${maxLength}`
				: /^[\w+=,.@-]+$/.test(text)
					? undefined
					: 'Member must satisfy regular expression pattern: [\\w+=,.@-]+';
	if (failed !== undefined) {
		throw iamError(
			'ValidationError',
			`1 validation error detected: Value '${text}' at '${argument}' failed to satisfy constraint: ${failed}`,
		);
	}
}
