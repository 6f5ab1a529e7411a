const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** The bytes of a body without the blanks around it and a byte order mark; none where there is no body. */
export function trimmed(body: unknown): Uint8Array {
	if (!(body instanceof Uint8Array)) return new Uint8Array();
	let start = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
	let end = body.length;
	while (start < end && blanks.has(body[start] as number)) start++;
	while (end > start && blanks.has(body[end - 1] as number)) end--;
	return body.subarray(start, end);
}

/** How much of a body may stand before its root: a declaration and a comment or two. */
const longestProlog = 4096;

/** The name of an XML document's root, or nothing where it is none. Reads only the beginning. */
export function rootOf(body: Uint8Array): string | undefined {
	if (body[0] !== 0x3c) return undefined;
	const start = text(body.subarray(0, longestProlog));
	return /^(?:<\?[^>]*\?>\s*|<!--.*?-->\s*)*<([A-Za-z_][\w.-]*)[\s/>]/s.exec(start)?.[1];
}

/** Whether a document ends with its root's end: what was cut off does not. */
export function isClosed(body: Uint8Array, root: string): boolean {
	if (new RegExp(`</${root}\\s*>$`).test(text(body.subarray(-root.length - 40)))) return true;
	// A root without content is the only element of its document.
	return new RegExp(`^(?:<\\?[^>]*\\?>\\s*)?<${root}(?:\\s[^<>]*)?/>$`).test(
		text(body.subarray(0, longestProlog)),
	);
}

/** A byte a character: names of elements are ASCII. */
function text(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
