/** Takes bytes and the checksum of what came before them, gives the checksum of all as an unsigned 32-bit number. */
export type Crc32 = (bytes: Uint8Array, before?: number) => number;

/** Takes a reflected polynomial, gives its checksum function. */
function makeCrc32(polynomial: number): Crc32 {
	const table = Uint32Array.from({length: 256}, (_, byte) => {
		let remainder = byte;
		for (let bit = 0; bit < 8; bit += 1)
			remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
		return remainder >>> 0;
	});
	return (bytes, before = 0) => {
		let crc = ~before;
		for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
		return ~crc >>> 0;
	};
}

export const crc32: Crc32 = makeCrc32(0xedb88320);
export const crc32c: Crc32 = makeCrc32(0x82f63b78);
