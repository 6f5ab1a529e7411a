import {type TagRoleRequest} from '@aws-sdk/client-iam';
import {withTags} from '../tags.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const tagRole: QueryAction<TagRoleRequest, object> = {
	permission: (call) => ({action: 'iam:TagRole', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const tagged = findRole(call, call.input.RoleName);
		tagged.tags = withTags(tagged.tags, call.input.Tags ?? []);
		return {};
	},
};
