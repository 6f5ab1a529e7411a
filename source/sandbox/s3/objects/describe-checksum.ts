import {type Checksum} from '../../world/object-version.js';

type ShownChecksum = Readonly<Record<string, string>>;

/** The member of an answer that tells a checksum; none where there is none. */
export function checksumMember(checksum: Checksum | undefined): ShownChecksum {
	return checksum === undefined ? {} : {[`Checksum${checksum.algorithm}`]: checksum.value};
}

/** The same with the member that tells its type. */
export function describeChecksum(
	checksum: Checksum | undefined,
): ShownChecksum & {readonly ChecksumType?: 'FULL_OBJECT' | 'COMPOSITE'} {
	return {...checksumMember(checksum), ...(checksum && {ChecksumType: checksumTypeOf(checksum)})};
}

/** Whether it is of the whole object or of its parts' checksums (S3 User Guide, checking-object-integrity-upload). */
export function checksumTypeOf({isComposite}: Checksum): 'FULL_OBJECT' | 'COMPOSITE' {
	return isComposite === true ? 'COMPOSITE' : 'FULL_OBJECT';
}
