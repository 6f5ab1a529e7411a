/**
 * The keys that somebody may mean who names one that does not exist: an address or the bucket in front of it, a slash that begins it,
 * spaces around it, or the key as S3's events and inventories write it, URL-encoded. Pure.
 *
 * @param typed what was asked about
 * @param bucket the bucket it was looked for in
 * @returns the likeliest first, without what was typed
 */
export function likelyKeys(typed: string, bucket: string): readonly string[] {
	const trimmed = typed.trim();
	const fronts = [`s3://${bucket}/`, `arn:aws:s3:::${bucket}/`, `${bucket}/`];
	const front = fronts.find((one) => trimmed.startsWith(one)) ?? '';
	const bare = trimmed.slice(front.length).replace(/^\/+/, '');
	const found = new Set([trimmed, bare, decoded(bare)]);
	found.delete(typed);
	found.delete('');
	return [...found];
}

/** Source: S3 User Guide, "Event message structure": the key is URL-encoded, with + for a space. */
function decoded(key: string): string {
	try {
		return decodeURIComponent(key.replaceAll('+', ' '));
	} catch {
		return key;
	}
}
