import {type UntagUserRequest} from '@aws-sdk/client-iam';
import {withoutTags} from '../tags.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const untagUser: QueryAction<UntagUserRequest, object> = {
	permission: (call) => ({action: 'iam:UntagUser', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const tagged = findUser(call, call.input.UserName);
		tagged.tags = withoutTags(tagged.tags, call.input.TagKeys ?? []);
		return {};
	},
};
