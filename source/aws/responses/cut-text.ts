/** The longest text of an endpoint that is shown, in bytes of UTF-8. AWS's own messages are shorter. */
const shownBytes = 1024;

/** A text of at most so many bytes of UTF-8: cut between two characters, with an ellipsis where something is left out. */
export function cutText(text: string, maxBytes: number = shownBytes): string {
	// No character takes more than three bytes a unit: most texts need no counting.
	if (text.length * 3 <= maxBytes) return text;
	const bytes = Buffer.from(text.slice(0, maxBytes + 1));
	if (text.length <= maxBytes && bytes.length <= maxBytes) return text;
	let end = maxBytes - Buffer.byteLength('…');
	while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
	return `${bytes.subarray(0, end).toString('utf8')}…`;
}
