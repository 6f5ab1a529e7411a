import {type CreateRoleRequest, type CreateRoleResponse} from '@aws-sdk/client-iam';
import {type Role} from '../../world/account.js';
import {Propagating} from '../../world/propagating.js';
import {seenFromMs} from '../../world/world.js';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {checkName, roleArnOf, showRole} from '../roles.js';
import {checkBoundary} from '../boundary.js';
import {checkTrustPolicy} from '../trust-policy.js';

export const createRole: QueryAction<CreateRoleRequest, CreateRoleResponse> = {
	permission: (call) => ({
		action: 'iam:CreateRole',
		resource: roleArnOf(call, call.input.RoleName, call.input.Path),
	}),
	target: ({RoleName}) => RoleName,
	run({world, account, input}) {
		const path = input.Path ?? '/';
		const roleName = input.RoleName ?? '';
		checkName('roleName', roleName, 64);
		if (!/^(\/|\/[\x21-\x7e]+\/)$/.test(path) || path.length > 512) {
			throw iamError(
				'ValidationError',
				'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
			);
		}
		if (account.roles.has(roleName.toLowerCase())) {
			throw iamError('EntityAlreadyExists', `Role with name ${roleName} already exists.`);
		}
		const role: Role = {
			kind: 'role',
			accountId: account.accountId,
			roleName,
			roleId: world.ids.uniqueId('AROA'),
			path,
			arn: `arn:aws:iam::${account.accountId}:role${path}${roleName}`,
			createdMs: world.clock.now(),
			seenFromMs: seenFromMs(world),
			description: input.Description,
			maxSessionDurationSeconds: input.MaxSessionDuration ?? 3600,
			tags: (input.Tags ?? []).map(({Key, Value}) => ({Key: Key ?? '', Value: Value ?? ''})),
			trustPolicy: new Propagating(checkTrustPolicy(world, input.AssumeRolePolicyDocument)),
			policies: new Propagating(new Map()),
			attached: new Propagating<readonly string[]>([]),
			boundaryArn: new Propagating(checkBoundary(world, input.PermissionsBoundary)),
		};
		account.roles.set(roleName.toLowerCase(), role);
		return {Role: showRole(role, {isComplete: false})};
	},
};
