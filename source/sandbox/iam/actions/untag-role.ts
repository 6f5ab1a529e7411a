import {type UntagRoleRequest} from '@aws-sdk/client-iam';
import {withoutTags} from '../tags.js';
import {findRole, roleArnOf} from '../roles.js';
import {type QueryAction} from '../action.js';

export const untagRole: QueryAction<UntagRoleRequest, object> = {
	permission: (call) => ({action: 'iam:UntagRole', resource: roleArnOf(call, call.input.RoleName)}),
	target: ({RoleName}) => RoleName,
	run(call) {
		const tagged = findRole(call, call.input.RoleName);
		tagged.tags = withoutTags(tagged.tags, call.input.TagKeys ?? []);
		return {};
	},
};
