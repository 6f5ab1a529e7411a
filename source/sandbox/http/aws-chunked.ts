export type Chunk = {readonly bytes: Buffer; readonly signature: string | undefined};

/** A decoded aws-chunked body: its chunks, the empty last one among them, all their bytes, and what came after. */
export type DecodedChunks = {
	readonly chunks: readonly Chunk[];
	readonly bytes: Buffer;
	readonly trailers: Readonly<Record<string, string>>;
};

const lineEnd = Buffer.from('\r\n');

/**
 * Takes a body of the form `size[;chunk-signature=…]\r\nbytes\r\n … 0\r\n[trailer: value\r\n]\r\n`, gives what it holds,
 * or undefined where it is not of that form (S3 API reference, sigv4-streaming and sigv4-streaming-trailers).
 */
export function decodeAwsChunked(encoded: Buffer): DecodedChunks | undefined {
	const chunks: Chunk[] = [];
	let offset = 0;
	for (;;) {
		const end = encoded.indexOf(lineEnd, offset);
		if (end === -1) return undefined;
		const [sizeText = '', extension = ''] = encoded.toString('latin1', offset, end).split(';');
		const signature = /^chunk-signature=([0-9a-f]+)$/.exec(extension)?.[1];
		if (!/^[0-9a-f]{1,8}$/i.test(sizeText)) return undefined;
		const sizeBytes = Number.parseInt(sizeText, 16);
		offset = end + lineEnd.length;
		if (sizeBytes === 0) {
			chunks.push({bytes: Buffer.alloc(0), signature});
			break;
		}
		if (offset + sizeBytes + lineEnd.length > encoded.length) return undefined;
		chunks.push({bytes: encoded.subarray(offset, offset + sizeBytes), signature});
		offset += sizeBytes + lineEnd.length;
	}
	return {
		chunks,
		bytes: Buffer.concat(chunks.map(({bytes}) => bytes)),
		trailers: readTrailers(encoded.toString('latin1', offset)),
	};
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
