import {type UntagResourceRequest} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {refusePending} from '../key-state.js';
import {refuseManaged} from '../make-call.js';

export const untagResource: KmsAction<UntagResourceRequest, object> = {
	name: 'UntagResource',
	run({input, keyFor}) {
		const gone = new Set(input.TagKeys);
		const key = keyFor(input.KeyId, {action: 'kms:UntagResource', context: {'aws:TagKeys': [...gone]}});
		refuseManaged(key, 'kms:UntagResource');
		refusePending(key);
		key.tags = key.tags.filter(({TagKey = ''}) => !gone.has(TagKey));
		return {};
	},
};
