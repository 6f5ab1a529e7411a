import {type IncomingMessage} from 'node:http';

/** Takes a request and a limit in bytes, gives the body, or undefined where it is longer than the limit. */
export async function readBody(message: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	let sizeBytes = 0;
	let isTooLong = Number(message.headers['content-length'] ?? 0) > limitBytes;
	for await (const chunk of message as AsyncIterable<Buffer>) {
		sizeBytes += chunk.length;
		isTooLong ||= sizeBytes > limitBytes;
		// The rest is read and dropped: a client that is still sending would not see the answer.
		if (isTooLong) chunks.length = 0;
		else chunks.push(chunk);
	}
	return isTooLong ? undefined : Buffer.concat(chunks);
}
