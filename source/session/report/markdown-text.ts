import {visibleText} from '../../domain/text/visible-text.js';

/**
 * A text that others wrote as Markdown that shows exactly it within a line: no link, image, HTML, code, emphasis or table cell comes of
 * it, and it stays in its line. Source: CommonMark 0.31, "Backslash escapes"; GitHub Flavored Markdown, "Tables" and "Autolinks".
 */
export function markdownText(text: string): string {
	return (
		visibleText(text)
			.replaceAll(/[\\`*_#[\]<>&|~@$]/g, String.raw`\$&`)
			// What becomes a link by itself.
			.replaceAll('://', String.raw`\://`)
			.replaceAll(/www\./gi, (found) => found.replace('.', String.raw`\.`))
			.trim()
	);
}

/** The same where a line begins: no heading, list or rule comes of it either. */
export function markdownLine(text: string): string {
	return markdownText(text)
		.replace(/^[+=-]/, String.raw`\$&`)
		.replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}

/** A text that others wrote as code, whatever is in it. Source: CommonMark 0.31, "Code spans". */
export function markdownCode(text: string): string {
	const shown = visibleText(text);
	const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({length}) => length));
	const fence = '`'.repeat(longest + 1);
	// One space at both ends is taken away again.
	const padding = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
	return `${fence}${padding}${shown}${padding}${fence}`;
}
