import {createHash} from 'node:crypto';
import {type ChecksumName} from '../world/object-version.js';
import {type Crc32, crc32, crc32c} from './crc.js';
import {Crc64Nvme} from './crc64-nvme.js';

/** The checksums S3 names that the sandbox can compute, with the header each travels in. */
export const checksumHeaders: Readonly<Record<ChecksumName, string>> = {
	CRC32: 'x-amz-checksum-crc32',
	CRC32C: 'x-amz-checksum-crc32c',
	CRC64NVME: 'x-amz-checksum-crc64nvme',
	SHA1: 'x-amz-checksum-sha1',
	SHA256: 'x-amz-checksum-sha256',
};

/** A checksum that is fed piece by piece and gives Base64, as S3 writes it. */
export type RunningChecksum = {
	readonly update: (bytes: Uint8Array) => void;
	readonly digest: () => string;
};

/** Starts a checksum of the algorithm. */
export function startChecksum(algorithm: ChecksumName): RunningChecksum {
	switch (algorithm) {
		case 'CRC32':
			return startCrc32(crc32);
		case 'CRC32C':
			return startCrc32(crc32c);
		case 'CRC64NVME':
			return new Crc64Nvme();
		case 'SHA1':
			return startHash('sha1');
		case 'SHA256':
			return startHash('sha256');
	}
}

function startCrc32(crc: Crc32): RunningChecksum {
	let value = 0;
	return {
		update: (bytes) => {
			value = crc(bytes, value);
		},
		digest: () => {
			const bytes = Buffer.alloc(4);
			bytes.writeUInt32BE(value);
			return bytes.toString('base64');
		},
	};
}

function startHash(name: 'sha1' | 'sha256'): RunningChecksum {
	const hash = createHash(name);
	return {
		update: (bytes) => {
			hash.update(bytes);
		},
		digest: () => hash.digest('base64'),
	};
}
