const reservedPrefixes = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const reservedSuffixes = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** The end of the names that an account has for itself in a region (S3 User Guide, gpbucketnamespaces). */
const accountRegional = '-an';

/** Says whether a bucket may have that name in the namespace of all accounts (S3 User Guide, bucketnamingrules). */
export function isBucketName(name: string): boolean {
	return isNameOfAny(name) && !name.endsWith(accountRegional);
}

/** Says whether a bucket may have that name in the namespace of the account in the region. */
export function isAccountRegionalName(name: string, accountId: string, region: string): boolean {
	const end = `-${accountId}-${region}${accountRegional}`;
	return isNameOfAny(name) && name.endsWith(end) && name.length > end.length;
}

function isNameOfAny(name: string): boolean {
	return (
		/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
		!name.includes('..') &&
		!/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
		!reservedPrefixes.some((prefix) => name.startsWith(prefix)) &&
		!reservedSuffixes.some((suffix) => name.endsWith(suffix))
	);
}
