/** Hears of the chunks of a body as they pass, the empty last one among them. */
export type ChunkListener = {
	readonly bytes: (piece: Buffer) => void;
	readonly ended: (signature: string | undefined) => void;
};

export type Trailers = Readonly<Record<string, string>>;

/** Thrown where a body is not of the form that aws-chunked has. */
export class MalformedChunksError extends Error {}

const lineEnd = Buffer.from('\r\n');
/** More than any chunk header or trailer has. */
const maxLineBytes = 16 * 1024;

/**
 * Takes a body of the form `size[;chunk-signature=…]\r\nbytes\r\n … 0\r\n[trailer: value\r\n]\r\n` piece by piece, gives
 * what it holds piece by piece, and the trailers at the end (S3 API reference, sigv4-streaming and
 * sigv4-streaming-trailers). Throws MalformedChunksError where it is not of that form.
 */
export async function* decodeAwsChunked(
	encoded: AsyncIterable<Buffer>,
	listener: ChunkListener,
): AsyncGenerator<Buffer, Trailers> {
	let pending: Buffer = Buffer.alloc(0);
	let state: 'header' | 'bytes' | 'end' | 'trailers' = 'header';
	let missingBytes = 0;
	let signature: string | undefined;
	for await (const piece of encoded) {
		pending = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
		while (state !== 'trailers') {
			if (state === 'bytes') {
				const part = pending.subarray(0, missingBytes);
				pending = pending.subarray(part.length);
				missingBytes -= part.length;
				listener.bytes(part);
				if (part.length > 0) yield part;
				if (missingBytes > 0) break;
				listener.ended(signature);
				state = 'end';
			}
			if (state === 'end') {
				if (pending.length < lineEnd.length) break;
				if (!pending.subarray(0, lineEnd.length).equals(lineEnd)) throw new MalformedChunksError();
				pending = pending.subarray(lineEnd.length);
				state = 'header';
			}
			const end = pending.indexOf(lineEnd);
			if (end === -1) break;
			({sizeBytes: missingBytes, signature} = readHeader(pending.toString('latin1', 0, end)));
			pending = pending.subarray(end + lineEnd.length);
			state = missingBytes === 0 ? 'trailers' : 'bytes';
			if (state === 'trailers') listener.ended(signature);
		}
		if (state !== 'bytes' && pending.length > maxLineBytes) throw new MalformedChunksError();
	}
	if (state !== 'trailers') throw new MalformedChunksError();
	return readTrailers(pending.toString('latin1'));
}

function readHeader(line: string): {readonly sizeBytes: number; readonly signature: string | undefined} {
	const [sizeText = '', extension = ''] = line.split(';');
	if (!/^[0-9a-f]{1,8}$/i.test(sizeText)) throw new MalformedChunksError();
	return {
		sizeBytes: Number.parseInt(sizeText, 16),
		signature: /^chunk-signature=([0-9a-f]+)$/.exec(extension)?.[1],
	};
}

function readTrailers(text: string): Trailers {
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
