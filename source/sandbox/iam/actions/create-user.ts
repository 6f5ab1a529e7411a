import {type CreateUserRequest, type CreateUserResponse} from '@aws-sdk/client-iam';
import {makeUser} from '../../world/sessions.js';
import {boundaryContext, checkBoundary} from '../boundary.js';
import {iamError} from '../errors.js';
import {checkPath} from '../path.js';
import {checkName} from '../roles.js';
import {withTags} from '../tags.js';
import {showUser, userArnOf, userNamed} from '../users.js';
import {type QueryAction} from '../action.js';

export const createUser: QueryAction<CreateUserRequest, CreateUserResponse> = {
	name: 'CreateUser',
	permission: (call) => ({
		action: 'iam:CreateUser',
		resource: userArnOf(call, call.input.UserName, call.input.Path),
		context: boundaryContext(call.input.PermissionsBoundary),
	}),
	target: ({UserName}) => UserName,
	run(call) {
		const {world, account, input} = call;
		const userName = input.UserName ?? '';
		checkName('userName', userName, 64);
		if (userNamed(account, userName) !== undefined) {
			throw iamError('EntityAlreadyExists', `User with name ${userName} already exists.`);
		}
		const user = makeUser(world, account.accountId, userName, checkPath(input.Path ?? '/'), new Map());
		user.tags = withTags([], input.Tags ?? []);
		const boundary = checkBoundary(world, input.PermissionsBoundary);
		if (boundary !== undefined) user.boundaryArn.write(boundary, world.clock.now());
		account.users.set(userName, user);
		return {User: showUser(user, {isComplete: true})};
	},
};
