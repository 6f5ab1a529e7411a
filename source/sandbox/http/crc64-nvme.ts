/** The polynomial of NVM Express, reflected, as two halves (NVM Command Set Specification, 64b Guard). */
const polynomialHigh = 0x9a6c9329;
const polynomialLow = 0xac4bc9b5;

const {high: highTable, low: lowTable} = makeTables();

function makeTables(): {readonly high: Int32Array; readonly low: Int32Array} {
	const tables = {high: new Int32Array(256), low: new Int32Array(256)};
	for (let byte = 0; byte < 256; byte += 1) {
		let high = 0;
		let low = byte;
		for (let bit = 0; bit < 8; bit += 1) {
			const isOdd = (low & 1) === 1;
			low = (low >>> 1) | (high << 31);
			high >>>= 1;
			if (isOdd) {
				high ^= polynomialHigh;
				low ^= polynomialLow;
			}
		}
		tables.high[byte] = high;
		tables.low[byte] = low;
	}
	return tables;
}

/** CRC-64/NVME, which S3 calls CRC64NVME, in two halves: numbers hold 64 bits only as BigInt, which is slow. */
export class Crc64Nvme {
	#high = ~0;
	#low = ~0;

	update(bytes: Uint8Array): void {
		let high = this.#high;
		let low = this.#low;
		for (const byte of bytes) {
			const index = (low ^ byte) & 0xff;
			low = ((low >>> 8) | (high << 24)) ^ lowTable[index]!;
			high = (high >>> 8) ^ highTable[index]!;
		}
		this.#high = high;
		this.#low = low;
	}

	/** Eight bytes, the most significant first, in Base64. */
	digest(): string {
		const bytes = Buffer.alloc(8);
		bytes.writeInt32BE(~this.#high, 0);
		bytes.writeInt32BE(~this.#low, 4);
		return bytes.toString('base64');
	}
}
