import {type ListResourceTagsRequest, type ListResourceTagsResponse} from '@aws-sdk/client-kms';
import {type KmsAction} from '../action.js';
import {pageOf} from '../page.js';

const usualItems = 50;

export const listResourceTags: KmsAction<ListResourceTagsRequest, ListResourceTagsResponse> = {
	name: 'ListResourceTags',
	run({input, keyFor}) {
		const {tags} = keyFor(input.KeyId, {action: 'kms:ListResourceTags'});
		const {page, more} = pageOf(tags, ({TagKey = ''}) => TagKey, input, usualItems);
		return {Tags: page, ...more};
	},
};
