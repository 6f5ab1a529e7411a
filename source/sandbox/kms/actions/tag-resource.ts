import {type TagResourceRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {refusePending} from '../key-state.js';
import {refuseManaged} from '../make-call.js';
import {tagContextOf, withTags} from '../tags.js';

export const tagResource: KmsAction<TagResourceRequest, object> = {
	name: 'TagResource',
	run({input, keyFor}) {
		const key = keyFor(input.KeyId, {action: 'kms:TagResource', context: tagContextOf(input.Tags ?? [])});
		refuseManaged(key, 'kms:TagResource');
		refusePending(key);
		key.tags = withTags(key.tags, input.Tags);
		return {};
	},
};
