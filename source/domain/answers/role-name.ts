import type {Mode} from './mode.js';
import {stableName} from '../stable-name.js';

/** Source: IAM User Guide, "IAM and AWS STS quotas". */
export const maxRoleNameLength = 64;
/** Source: S3 API Reference, ReplicationRule (ID). */
export const maxRuleIdLength = 255;
/** Source: IAM API Reference, CreateRole (Path). */
const maxRolePathLength = 512;

/**
 * The role's name where the person gives none: the console's for a role made with the rule, the tutorial's across accounts.
 * Source: S3 User Guide, "Setting up permissions for live replication"; IAM User Guide, "IAM and AWS STS quotas" (64 characters).
 */
export function defaultRoleName(mode: Mode, sourceBucket: string): string {
	if (mode === 'cross-account') return 's3-cross-account-rep';
	return stableName(`s3crr_role_for_${sourceBucket}`, maxRoleNameLength);
}

/** The rule's name where the person gives none: the tutorials'. */
export function defaultRuleId(mode: Mode): string {
	return mode === 'cross-region' ? 'cross-region-rule' : 'cross-account-rule';
}

/** What is wrong with a role's name, or nothing. Source: IAM API Reference, CreateRole. */
export function roleNameFault(name: string): string | undefined {
	if (name === '') return 'A role needs a name.';
	if (name.length > maxRoleNameLength)
		return `A role name has at most ${maxRoleNameLength} characters; this has ${name.length}.`;
	const odd = /[^\w+=,.@-]/u.exec(name);
	if (odd) return `A role name has only letters, digits and _+=,.@-; this has “${odd[0]}”.`;
	return undefined;
}

/** What is wrong with a role's path, or nothing. Source: IAM API Reference, CreateRole (Path). */
export function rolePathFault(path: string): string | undefined {
	if (!path.startsWith('/') || !path.endsWith('/'))
		return 'A path begins and ends with a slash, such as /service-role/.';
	if (path.length > maxRolePathLength)
		return `A path has at most ${maxRolePathLength} characters; this has ${path.length}.`;
	const odd = /[^\x21-\x7e]/u.exec(path);
	if (odd) return `A path has only visible ASCII characters; this has “${odd[0]}”.`;
	if (path === '//') return 'Between two slashes of a path stands something.';
	return undefined;
}

/** What is wrong with the ARN of a permissions boundary, or nothing. Source: IAM API Reference, CreateRole (PermissionsBoundary). */
export function boundaryFault(arn: string): string | undefined {
	if (/^arn:[\w-]+:iam::(?:\d{12}|aws):policy\/\S+$/.test(arn) && arn.length <= 2048) return undefined;
	return 'A permissions boundary is a managed policy, such as arn:aws:iam::111122223333:policy/NAME.';
}

/**
 * What is wrong with the ARN of a role to use, or nothing; a role with a path has it in its ARN. Which account it is of is only known when
 * AWS is asked. Source: IAM User Guide, "IAM identifiers".
 */
export function roleArnFault(arn: string): string | undefined {
	const example = 'such as arn:aws:iam::111122223333:role/NAME';
	if (arn.startsWith('/')) return `This is a path; the ARN of a role has its path in it, ${example}.`;
	if (!arn.startsWith('arn:')) return `A role is named by its ARN here, ${example}.`;
	if (arn.includes(':assumed-role/')) return `This is a session; give the ARN of its role, ${example}.`;
	const [, partition = '', service, , accountId = '', ...rest] = arn.split(':');
	const resource = rest.join(':');
	const [kind = ''] = resource.split('/');
	if (service !== 'iam') return `This is no ARN of IAM. Give the ARN of a role, ${example}.`;
	if (!/^aws(?:-[a-z]+)*$/.test(partition)) return `AWS has no partition “${partition}”.`;
	if (kind !== 'role') return `S3 assumes a role, and this is a ${kind}. Give the ARN of a role, ${example}.`;
	if (!/^\d{12}$/.test(accountId)) return `A role's ARN has an account of 12 digits, ${example}.`;
	const name = resource.slice(resource.lastIndexOf('/') + 1);
	if (resource === 'role' || name === '')
		return `This ARN ends without the role's name; give it whole, ${example}.`;
	return roleNameFault(name) ?? rolePathFault(resource.slice('role'.length, -name.length));
}

/** What is wrong with a rule's name, or nothing. Source: S3 API Reference, ReplicationRule and ErrorResponses. */
export function ruleIdFault(id: string): string | undefined {
	if (id === '') return 'A rule needs a name.';
	if (id.length > maxRuleIdLength)
		return `A rule name has at most ${maxRuleIdLength} characters; this has ${id.length}.`;
	if (/[^\x20-\x7e]/.test(id)) return 'A rule name has only ASCII characters.';
	return undefined;
}
