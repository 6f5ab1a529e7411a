import type {Tag} from '../answers/rule-values.js';
import type {ReplicationRule} from './replication-configuration.js';

/** The objects that a rule takes: keys that begin so, with all of these tags. */
export type RuleFilter = {readonly prefix: string; readonly tags: readonly Tag[]};

/** What a rule takes; of schema V1 or V2. */
export function filterOf({Filter, Prefix}: ReplicationRule): RuleFilter {
	if (!Filter) return {prefix: Prefix ?? '', tags: []};
	return {
		prefix: Filter.Prefix ?? Filter.And?.Prefix ?? '',
		tags: Filter.Tag ? [Filter.Tag] : (Filter.And?.Tags ?? []),
	};
}

/**
 * A filter as the API takes it: exactly one of prefix, tag and both together; nothing for the whole bucket.
 * Source: S3 API Reference, ReplicationRuleFilter.
 */
export function filterElement({prefix, tags}: RuleFilter): NonNullable<ReplicationRule['Filter']> {
	const [tag, ...others] = tags;
	if (!tag) return prefix === '' ? {} : {Prefix: prefix};
	if (prefix === '' && others.length === 0) return {Tag: tag};
	return {And: {...(prefix === '' ? {} : {Prefix: prefix}), Tags: tags}};
}

/** Whether a filter takes every object that another takes. */
export function covers(wide: RuleFilter, narrow: RuleFilter): boolean {
	return (
		narrow.prefix.startsWith(wide.prefix) &&
		wide.tags.every(({Key, Value}) => narrow.tags.some((tag) => tag.Key === Key && tag.Value === Value))
	);
}

/** Whether a filter takes an object with this key and these tags. */
export function takesObject(
	{prefix, tags}: RuleFilter,
	key: string,
	own: Readonly<Record<string, string>>,
): boolean {
	return key.startsWith(prefix) && tags.every(({Key, Value}) => own[Key] === Value);
}

/** Whether there can be an object that both take. */
export function overlaps(one: RuleFilter, other: RuleFilter): boolean {
	const isBeside = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
	// An object has one value for a key.
	const clashes = one.tags.some(({Key, Value}) =>
		other.tags.some((tag) => tag.Key === Key && tag.Value !== Value),
	);
	return isBeside && !clashes;
}

/** What a filter takes, for people. */
export function filterText({prefix, tags}: RuleFilter): string {
	const what = prefix === '' ? 'every object' : `what begins with “${prefix}”`;
	if (tags.length === 0) return what;
	return `${what} with the tag ${tags.map(({Key, Value}) => `${Key}=${Value}`).join(', ')}`;
}
