import {type StreamedBody} from '../../http/exchange.js';
import {bytesInMemory, readBytes, type StoredBody} from '../../world/body-store.js';
import {type World} from '../../world/world.js';
import {type ByteRange} from './byte-range.js';

/** The bytes of an object, or a range of them, for an answer. What is in a file is held until it was sent. */
export function bodyOf(
	world: World,
	stored: StoredBody,
	{firstByte, lastByte}: ByteRange = {firstByte: 0, lastByte: stored.sizeBytes - 1},
): Buffer | StreamedBody {
	const bytes = bytesInMemory(stored);
	if (bytes !== undefined) return bytes.subarray(firstByte, lastByte + 1);
	const held = world.bodies.share(stored);
	return {
		sizeBytes: lastByte - firstByte + 1,
		read: (maxBytes) => readBytes(held, firstByte, Math.min(lastByte, firstByte + maxBytes - 1)),
		close: () => {
			world.bodies.release(held);
		},
	};
}
