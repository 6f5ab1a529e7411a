import {escapeUri, unescapeUri} from '../wire/percent.js';

/** Takes the fields of a line, gives it as CSV (RFC 4180): quoted where it must be. */
export function csvLine(fields: readonly string[]): string {
	return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}

/** Takes CSV in pieces, gives the fields of each line that is not empty; a quoted field may hold line ends. */
export async function* csvRows(pieces: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
	const decoder = new TextDecoder('utf-8');
	let open = '';
	for await (const piece of pieces) {
		open += decoder.decode(piece, {stream: true});
		const lines = open.split('\n');
		open = lines.pop() ?? '';
		let line = '';
		for (const next of lines) {
			line += next;
			if (isInQuotes(line)) {
				line += '\n';
				continue;
			}
			if (line.trim() !== '') yield fieldsOf(line);
			line = '';
		}
		open = line + open;
	}
	open += decoder.decode();
	if (open.trim() !== '') yield fieldsOf(open);
}

function isInQuotes(text: string): boolean {
	return text.includes('"') && text.split('"').length % 2 === 0;
}

function fieldsOf(line: string): readonly string[] {
	const text = line.replace(/^\uFEFF/, '').replace(/\r$/, '');
	if (!text.includes('"')) return text.split(',');
	return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
		([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
	);
}

/**
 * A key as manifests and reports have it: AWS's own example reads it with `unquote_plus`, where a plus is a space (S3 User Guide,
 * batch-ops-invoke-lambda; that slashes stay: guessed).
 */
export function encodeKey(key: string): string {
	return escapeUri(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}

/** The key that a manifest means; what is not encoded stands for itself. */
export function decodeKey(text: string): string {
	return unescapeUri(text.replaceAll('+', ' '));
}
