import {type ListRoleTagsResponse, type Tag as GivenTag} from '@aws-sdk/client-iam';
import {type Tag} from '../world/account.js';
import {rangeRule} from '../wire/constraint.js';
import {iamError, invalidMember} from './errors.js';
import {pageOf, type PageInput} from './page.js';

const maxTags = 50;
const maxKeyLength = 128;
const maxValueLength = 256;

/**
 * Puts tags on, in place of those with the same key, whose case does not count (IAM User Guide, id_tags). One bad tag
 * fails them all. Codes: IAM API reference, TagRole and CommonErrors; words: third-party (moto).
 */
export function withTags(tags: readonly Tag[], added: readonly GivenTag[]): readonly Tag[] {
	const fresh = added.map(({Key = '', Value = ''}) => ({Key, Value}));
	fresh.forEach(checkTag);
	const keys = new Set(fresh.map(({Key}) => Key.toLowerCase()));
	if (keys.size < fresh.length) {
		throw iamError(
			'InvalidInput',
			'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
		);
	}
	const all = [...tags.filter(({Key}) => !keys.has(Key.toLowerCase())), ...fresh];
	if (all.length > maxTags)
		throw iamError('LimitExceeded', `Cannot exceed quota for TagsPerRole: ${maxTags}`);
	return all;
}

/** Takes tags off; keys that are not there are no error. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
	const gone = new Set(keys.map((key) => key.toLowerCase()));
	return tags.filter(({Key}) => !gone.has(Key.toLowerCase()));
}

/** The tags as IAM lists them: in the order of their keys (IAM API reference, ListRoleTags). */
export function showTags(tags: readonly Tag[], input: PageInput): ListRoleTagsResponse {
	const {page, more} = pageOf(tags, ({Key}) => Key.toLowerCase(), input);
	return {Tags: page, ...more};
}

function checkTag({Key, Value}: Tag, index: number): void {
	const member = `tags.${index + 1}.member`;
	const brokenLength = rangeRule(Key.length, 1, maxKeyLength, 'length');
	if (brokenLength !== undefined) throw invalidMember(`${member}.key`, brokenLength, Key);
	if (Value.length > maxValueLength) {
		throw invalidMember(`${member}.value`, `have length less than or equal to ${maxValueLength}`, Value);
	}
	if (!allowed.test(Key)) throw invalidMember(`${member}.key`, `${pattern}+`, Key);
	if (!allowed.test(Value)) throw invalidMember(`${member}.value`, `${pattern}*`, Value);
	// IAM User Guide, id_tags: the prefix is kept for AWS.
	if (/^aws:/i.test(Key)) throw iamError('InvalidInput', 'System tags cannot be added/updated by requester');
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const pattern = 'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';
