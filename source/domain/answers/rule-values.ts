/** A tag of an object. */
export type Tag = {readonly Key: string; readonly Value: string};

/** Source: S3 API Reference, ReplicationRuleFilter (Prefix). */
const maxPrefixBytes = 1024;
/** Source: S3 User Guide, "Categorizing your objects using tags". */
const maxTagKey = 128;
const maxTagValue = 256;
const tagCharacters = /^[\p{L}\p{N}\p{Z} +\-=._:/@]*$/u;

/** What is wrong with a prefix, or nothing. */
export function prefixFault(prefix: string): string | undefined {
	const bytes = new TextEncoder().encode(prefix).length;
	return bytes > maxPrefixBytes
		? `A prefix has at most ${maxPrefixBytes} bytes; this has ${bytes}.`
		: undefined;
}

/**
 * What a prefix means to S3 where it looks like something else; nothing where it is as it looks.
 * Source: S3 User Guide, "Organizing objects using prefixes": a prefix is a string of characters at the beginning of the key, and no pattern.
 */
export function prefixRemark(
	prefix: string,
): {readonly cause: string; /** What was probably meant. */ readonly prefix: string} | undefined {
	const isRooted = prefix.startsWith('/');
	const hasStar = prefix.includes('*');
	if (!isRooted && !hasStar) return undefined;
	const causes = [
		...(hasStar ? ['A prefix has no wildcards: * matches only a key with * in it.'] : []),
		...(isRooted ? ['Keys begin with / only if they were uploaded that way.'] : []),
	];
	return {cause: causes.join(' '), prefix: prefix.replace(/^\/+/, '').replace(/\*.*$/s, '')};
}

/** What is wrong with KEY=VALUE as a tag of a filter, or nothing. The value may be empty; only the first equals sign parts the two. */
export function tagFault(text: string): string | undefined {
	if (!text.includes('=') || text.startsWith('=')) return 'A tag is KEY=VALUE, such as team=red.';
	const {Key: key, Value: value} = tagOf(text);
	if (key.length > maxTagKey)
		return `A tag's key has at most ${maxTagKey} characters; this has ${key.length}.`;
	if (value.length > maxTagValue)
		return `A tag's value has at most ${maxTagValue} characters; this has ${value.length}.`;
	if (!tagCharacters.test(text)) return 'A tag has letters, digits, spaces and + - = . _ : / @.';
	return key.startsWith('aws:') ? 'Keys that begin with aws: are AWS’s own.' : undefined;
}

/** KEY=VALUE as a tag. */
export function tagOf(text: string): Tag {
	const at = text.indexOf('=');
	return {Key: text.slice(0, at), Value: text.slice(at + 1)};
}
