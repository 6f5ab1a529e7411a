const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

/** Takes text, gives it as it stands in XML. */
export function escapeXml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
