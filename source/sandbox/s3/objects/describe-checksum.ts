import {type Checksum} from '../../world/object-version.js';

type ShownChecksum = Readonly<Record<string, string>> & {
	readonly ChecksumType: 'FULL_OBJECT' | 'COMPOSITE';
};

/** A checksum as the members of an answer that tell it. */
export function describeChecksum(checksum: Checksum): ShownChecksum {
	return {[`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksumTypeOf(checksum)};
}

/** Whether it is of the whole object or of its parts' checksums (S3 User Guide, checking-object-integrity-upload). */
export function checksumTypeOf({isComposite}: Checksum): 'FULL_OBJECT' | 'COMPOSITE' {
	return isComposite === true ? 'COMPOSITE' : 'FULL_OBJECT';
}
