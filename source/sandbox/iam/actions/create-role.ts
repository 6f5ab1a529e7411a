import {type CreateRoleRequest, type CreateRoleResponse} from '@aws-sdk/client-iam';
import {type Role} from '../../world/account.js';
import {Propagating} from '../../world/propagating.js';
import {seenFromMs} from '../../world/world.js';
import {type QueryAction} from '../action.js';
import {iamError} from '../errors.js';
import {checkName, roleArnOf, showRole} from '../roles.js';
import {boundaryContext, checkBoundary} from '../boundary.js';
import {checkPath} from '../path.js';
import {checkMaxSession} from '../session-duration.js';
import {withTags} from '../tags.js';
import {checkTrustPolicy} from '../trust-policy.js';
import {iamArn} from '../../world/partition.js';

export const createRole: QueryAction<CreateRoleRequest, CreateRoleResponse> = {
	name: 'CreateRole',
	permission: (call) => ({
		action: 'iam:CreateRole',
		resource: roleArnOf(call, call.input.RoleName, call.input.Path),
		context: boundaryContext(call.input.PermissionsBoundary),
	}),
	target: ({RoleName}) => RoleName,
	run({world, account, input}) {
		const path = checkPath(input.Path ?? '/');
		const roleName = input.RoleName ?? '';
		checkName('roleName', roleName, 64);
		if (account.roles.has(roleName.toLowerCase())) {
			throw iamError('EntityAlreadyExists', `Role with name ${roleName} already exists.`);
		}
		const role: Role = {
			kind: 'role',
			accountId: account.accountId,
			roleName,
			roleId: world.ids.uniqueId('AROA'),
			path,
			arn: iamArn(world, account.accountId, `role${path}${roleName}`),
			createdMs: world.clock.now(),
			seenFromMs: seenFromMs(world),
			description: input.Description,
			maxSessionDurationSeconds: checkMaxSession(input.MaxSessionDuration) ?? 3600,
			tags: withTags([], input.Tags ?? []),
			trustPolicy: new Propagating(checkTrustPolicy(world, input.AssumeRolePolicyDocument)),
			policies: new Propagating(new Map()),
			attached: new Propagating<readonly string[]>([]),
			boundaryArn: new Propagating(checkBoundary(world, input.PermissionsBoundary)),
		};
		account.roles.set(roleName.toLowerCase(), role);
		return {Role: showRole(role, {isComplete: false})};
	},
};
