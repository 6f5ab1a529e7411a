/** What a watch leaves out that may not write to a destination that leads back. */
export function wayBackRefusedText(bucket: string): string {
	return `Cannot write to ${bucket}: the way back from there is not tested`;
}
