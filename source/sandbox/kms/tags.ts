import type * as kms from '@aws-sdk/client-kms';
import {rangeRule} from '../wire/constraint.js';
import {changingKey, type KmsAction, onKey} from './action.js';
import {invalidMember, kmsError} from './errors.js';
import {refusePending} from './key-state.js';
import {pageOf} from './page.js';

const maxTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;

/** The tags of keys. */
export const tagActions: readonly KmsAction[] = [
	changingKey<kms.TagResourceRequest>(
		'TagResource',
		({input}, key) => {
			refusePending(key);
			key.tags = withTags(key.tags, input.Tags);
			return {};
		},
		({Tags = []}) => tagContextOf(Tags),
	),
	changingKey<kms.UntagResourceRequest>(
		'UntagResource',
		({input}, key) => {
			refusePending(key);
			const gone = new Set(input.TagKeys);
			key.tags = key.tags.filter(({TagKey = ''}) => !gone.has(TagKey));
			return {};
		},
		({TagKeys}) => ({'aws:TagKeys': [...new Set(TagKeys)]}),
	),
	onKey<kms.ListResourceTagsRequest, kms.ListResourceTagsResponse>('ListResourceTags', ({input}, {tags}) => {
		const {page, more} = pageOf(tags, ({TagKey = ''}) => TagKey, input, 50);
		return {Tags: page, ...more};
	}),
];

/**
 * Puts tags on, in place of those with the same key (recorded: test_update_and_add_tags_on_tagged_key, test_create_key_with_too_many_tags_raises_error,
 * test_tag_existing_key_with_invalid_tag_key, test_tag_key_with_duplicate_tag_keys_raises_error).
 */
export function withTags(tags: readonly kms.Tag[], added: readonly kms.Tag[] = []): readonly kms.Tag[] {
	added.forEach(checkTag);
	const fresh = new Map(added.map((tag) => [tag.TagKey, tag]));
	if (fresh.size < added.length) throw kmsError('TagException', 'Duplicate tag keys');
	const known = new Set(tags.map(({TagKey}) => TagKey));
	const all = [
		...tags.map((tag) => fresh.get(tag.TagKey) ?? tag),
		...[...fresh.values()].filter(({TagKey}) => !known.has(TagKey)),
	];
	if (all.length > maxTags) throw kmsError('TagException', 'Too many tags');
	return all;
}

/** The condition keys of a request that gives tags (KMS Developer Guide, tag-permissions). */
export function tagContextOf(tags: readonly kms.Tag[]): Readonly<Record<string, string | readonly string[]>> {
	return {
		...Object.fromEntries(
			tags.map(({TagKey, TagValue}) => [`aws:RequestTag/${TagKey ?? ''}`, TagValue ?? '']),
		),
		...(tags.length === 0 ? {} : {'aws:TagKeys': tags.map(({TagKey}) => TagKey ?? '')}),
	};
}

function checkTag({TagKey = '', TagValue = ''}: kms.Tag, index: number): void {
	const member = `tags.${index + 1}.member`;
	const brokenLength = rangeRule(TagKey.length, 1, maxKeyLength, 'length');
	if (brokenLength !== undefined) throw invalidMember(`${member}.tagKey`, brokenLength, TagKey);
	if (TagValue.length > maxValueLength) {
		throw invalidMember(
			`${member}.tagValue`,
			`have length less than or equal to ${maxValueLength}`,
			TagValue,
		);
	}
	if (/^aws:/i.test(TagKey)) throw kmsError('TagException', 'Tags beginning with aws: are reserved');
}
