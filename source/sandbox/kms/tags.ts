import {type Tag} from '@aws-sdk/client-kms';
import {invalidMember, kmsError} from './errors.js';

const maxTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;

/**
 * Puts tags on, in place of those with the same key (recorded: test_update_and_add_tags_on_tagged_key, test_create_key_with_too_many_tags_raises_error,
 * test_tag_existing_key_with_invalid_tag_key, test_tag_key_with_duplicate_tag_keys_raises_error).
 */
export function withTags(tags: readonly Tag[], added: readonly Tag[] = []): readonly Tag[] {
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
export function tagContextOf(tags: readonly Tag[]): Readonly<Record<string, string | readonly string[]>> {
	return {
		...Object.fromEntries(
			tags.map(({TagKey, TagValue}) => [`aws:RequestTag/${TagKey ?? ''}`, TagValue ?? '']),
		),
		...(tags.length === 0 ? {} : {'aws:TagKeys': tags.map(({TagKey}) => TagKey ?? '')}),
	};
}

function checkTag({TagKey = '', TagValue = ''}: Tag, index: number): void {
	const member = `tags.${index + 1}.member`;
	if (TagKey === '') throw invalidMember(`${member}.tagKey`, 'have length greater than or equal to 1', '');
	if (TagKey.length > maxKeyLength) {
		throw invalidMember(`${member}.tagKey`, `have length less than or equal to ${maxKeyLength}`, TagKey);
	}
	if (TagValue.length > maxValueLength) {
		throw invalidMember(
			`${member}.tagValue`,
			`have length less than or equal to ${maxValueLength}`,
			TagValue,
		);
	}
	if (/^aws:/i.test(TagKey)) throw kmsError('TagException', 'Tags beginning with aws: are reserved');
}
