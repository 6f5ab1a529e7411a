import {type Tag as GivenTag} from '@aws-sdk/client-iam';
import {type Tag} from '../world/account.js';
import {iamError} from './errors.js';

const maxTags = 50;

/** Puts tags on, in place of those with the same key, whose case does not count (IAM User Guide, id_tags). */
export function withTags(tags: readonly Tag[], added: readonly GivenTag[]): readonly Tag[] {
	const fresh = added.map(({Key = '', Value = ''}) => ({Key, Value}));
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
