/** Orders keys by their UTF-8 bytes, as S3 lists them. */
export function compareKeys(left: string, right: string): number {
	return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Takes sorted keys, gives the place of the first that is not before `start`, found by halving. */
export function firstPlaceFrom(keys: readonly string[], start: string): number {
	const bytes = Buffer.from(start);
	let low = 0;
	let high = keys.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (Buffer.compare(Buffer.from(keys[middle]!), bytes) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
