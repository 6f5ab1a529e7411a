/** Source: S3 User Guide, "General purpose bucket naming rules". */
export const maxBucketNameLength = 63;

const forbiddenPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const forbiddenSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/**
 * The first naming rule that a bucket name breaks, as a sentence, or nothing where it may be used.
 * Source: S3 User Guide, "General purpose bucket naming rules".
 */
export function bucketNameFault(name: string): string | undefined {
	if (name.length < 3) return `A bucket name has at least 3 characters; this has ${name.length}.`;
	if (name.length > maxBucketNameLength)
		return `A bucket name has at most ${maxBucketNameLength} characters; this has ${name.length}.`;
	if (/[A-Z]/.test(name)) return 'A bucket name has no capital letters.';
	const odd = /[^a-z0-9.-]/u.exec(name);
	if (odd) return `A bucket name has only a-z, 0-9, dots and hyphens; this has “${odd[0]}”.`;
	if (!/^[a-z0-9]/.test(name)) return 'A bucket name begins with a letter or a digit.';
	if (!/[a-z0-9]$/.test(name)) return 'A bucket name ends with a letter or a digit.';
	if (name.includes('..')) return 'A bucket name has no two dots next to each other.';
	if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return 'A bucket name is not formatted like an IP address.';
	const prefix = forbiddenPrefixes.find((text) => name.startsWith(text));
	if (prefix) return `A bucket name does not begin with ${prefix}, which AWS keeps for itself.`;
	const suffix = forbiddenSuffixes.find((text) => name.endsWith(text));
	// Source: AWS knowledge center, "Why don't my Amazon S3 objects replicate" (general purpose buckets only).
	if (suffix === '--x-s3') return 'It is a directory bucket: S3 replicates general purpose buckets only.';
	if (suffix === '--table-s3') return 'It is a table bucket: S3 replicates general purpose buckets only.';
	if (suffix) return `A bucket name does not end with ${suffix}, which AWS keeps for itself.`;
	return name.endsWith('-an') && !accountNameIn(name)
		? "A bucket name ends with -an only in an account's own namespace: NAME-111122223333-us-east-1-an."
		: undefined;
}

/** Of the name of a bucket in an account's own namespace: what it is called there, whose it is, and where. */
type AccountName = {readonly prefix: string; readonly accountId: string; readonly region: string};

/**
 * What the name of a bucket in an account's own namespace says; nothing for a name of the namespace that all accounts share.
 * Source: S3 User Guide, "Namespaces for general purpose buckets".
 */
export function accountNameIn(name: string): AccountName | undefined {
	const [, prefix, accountId, region] = /^(.+)-(\d{12})-([a-z]+(?:-[a-z]+)*-\d+)-an$/.exec(name) ?? [];
	return prefix === undefined || accountId === undefined || region === undefined
		? undefined
		: {prefix, accountId, region};
}

/** The name in the account's own namespace. */
export function accountBucketName({prefix, accountId, region}: AccountName): string {
	return `${prefix}-${accountId}-${region}-an`;
}
