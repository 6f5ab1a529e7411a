/** A moment for people, to the minute: `2026-12-28 15:53 UTC`. Takes milliseconds since 1970. */
export function utcText(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
