const policyNameLimit = 128;

/**
 * The inline policy's name: a stable function of both buckets, so that a role shared by several pairs keeps one for each.
 * `+` is in no bucket name, so that two pairs never share a name. Two names of 63 characters and their `+` are within the
 * limit, so that nothing has to be cut: where the beginning is too much, it goes.
 */
export function rolePolicyName(sourceBucket: string, destinationBucket: string): string {
	const pair = `${sourceBucket}+${destinationBucket}`;
	const name = `s3-replicate+${pair}`;
	return name.length <= policyNameLimit ? name : pair;
}
