import {type TagUserRequest} from '@aws-sdk/client-iam';
import {withTags} from '../tags.js';
import {findUser, userArnOf} from '../users.js';
import {type QueryAction} from '../action.js';

export const tagUser: QueryAction<TagUserRequest, object> = {
	permission: (call) => ({action: 'iam:TagUser', resource: userArnOf(call, call.input.UserName)}),
	target: ({UserName}) => UserName,
	run(call) {
		const tagged = findUser(call, call.input.UserName);
		tagged.tags = withTags(tagged.tags, call.input.Tags ?? []);
		return {};
	},
};
