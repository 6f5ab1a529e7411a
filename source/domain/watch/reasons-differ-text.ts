/** Tells that S3's own reason is another than the one that was read from the set-up. */
export function reasonsDifferText({
	destination,
	reason,
	inferred,
}: {
	readonly destination: string;
	readonly reason: string;
	readonly inferred: string;
}): string {
	return `S3 says ${reason} of files to ${destination}, and the set-up read here says ${inferred}: S3's word counts.`;
}
