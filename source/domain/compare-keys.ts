/** S3 lists keys in the order of their UTF-8 bytes, which is that of their code points. */
export function compareKeys(left: string, right: string): number {
	if (left === right) return 0;
	const length = Math.min(left.length, right.length);
	for (let index = 0; index < length; index++) {
		const one = left.charCodeAt(index);
		const other = right.charCodeAt(index);
		if (one === other) continue;
		const isOneHigh = one >= 0xd8_00 && one <= 0xdf_ff;
		const isOtherHigh = other >= 0xd8_00 && other <= 0xdf_ff;
		// Code points above U+FFFF are two surrogates, which come before U+E000 to U+FFFF as numbers and behind them in S3.
		if (isOneHigh !== isOtherHigh) return isOneHigh ? 1 : -1;
		return one - other;
	}

	return left.length - right.length;
}
