/** A decoded aws-chunked body: the bytes, and what came after them. */
export type DecodedChunks = {readonly bytes: Buffer; readonly trailers: Readonly<Record<string, string>>};

const lineEnd = Buffer.from('\r\n');

/**
 * Takes a body of the form `size[;chunk-signature=…]\r\nbytes\r\n … 0\r\n[trailer: value\r\n]\r\n`, gives what it holds,
 * or undefined where it is not of that form (S3 API reference, sigv4-streaming and sigv4-streaming-trailers).
 */
export function decodeAwsChunked(encoded: Buffer): DecodedChunks | undefined {
	const chunks: Buffer[] = [];
	let offset = 0;
	for (;;) {
		const end = encoded.indexOf(lineEnd, offset);
		if (end === -1) return undefined;
		const [sizeText = ''] = encoded.toString('latin1', offset, end).split(';');
		if (!/^[0-9a-f]{1,8}$/i.test(sizeText)) return undefined;
		const sizeBytes = Number.parseInt(sizeText, 16);
		offset = end + lineEnd.length;
		if (sizeBytes === 0) break;
		if (offset + sizeBytes + lineEnd.length > encoded.length) return undefined;
		chunks.push(encoded.subarray(offset, offset + sizeBytes));
		offset += sizeBytes + lineEnd.length;
	}
	return {bytes: Buffer.concat(chunks), trailers: readTrailers(encoded.toString('latin1', offset))};
}

function readTrailers(text: string): Readonly<Record<string, string>> {
	return Object.fromEntries(
		text
			.split(/\r?\n/)
			.filter((line) => line.includes(':'))
			.map((line) => {
				const colon = line.indexOf(':');
				return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
			}),
	);
}
