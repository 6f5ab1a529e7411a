import {createHash} from 'node:crypto';
import {type ChecksumName} from '../world/object-version.js';
import {crc32, crc32c} from './crc.js';

/** The checksums S3 names that the sandbox can compute, with the header each travels in. */
export const checksumHeaders: Readonly<Record<ChecksumName, string>> = {
	CRC32: 'x-amz-checksum-crc32',
	CRC32C: 'x-amz-checksum-crc32c',
	SHA1: 'x-amz-checksum-sha1',
	SHA256: 'x-amz-checksum-sha256',
};

/** Takes the algorithm and the bytes, gives the checksum in Base64 as S3 writes it. */
export function computeChecksum(algorithm: ChecksumName, bytes: Uint8Array): string {
	switch (algorithm) {
		case 'CRC32':
			return crcText(crc32(bytes));
		case 'CRC32C':
			return crcText(crc32c(bytes));
		case 'SHA1':
			return createHash('sha1').update(bytes).digest('base64');
		case 'SHA256':
			return createHash('sha256').update(bytes).digest('base64');
	}
}

function crcText(crc: number): string {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(crc);
	return bytes.toString('base64');
}
