import {type CompletedPart} from '@aws-sdk/client-s3';
import {type Part, type Upload} from '../../world/upload.js';
import {invalidRequest, s3Error} from '../errors/errors.js';

const minPartBytes = 5 * 1024 * 1024;

/**
 * Takes the list of CompleteMultipartUpload, gives the parts it names. Throws MalformedXML, InvalidPartOrder, InvalidPart
 * or EntityTooSmall (S3 API reference, CompleteMultipartUpload).
 */
export function chosenParts(upload: Upload, listed: readonly CompletedPart[]): readonly Part[] {
	if (listed.length === 0) throw s3Error('MalformedXML');
	const numbers = listed.map(({PartNumber}) => PartNumber ?? 0);
	if (numbers.some((number, index) => index > 0 && number <= numbers[index - 1]!)) {
		throw s3Error('InvalidPartOrder', {fields: {UploadId: upload.uploadId}});
	}
	checkPartChecksums(upload, listed);
	const parts = listed.map((wanted) => {
		const part = upload.parts.get(wanted.PartNumber ?? 0);
		if (part === undefined || !isSamePart(part, wanted)) {
			throw s3Error('InvalidPart', {
				fields: {
					ETag: wanted.ETag ?? '',
					PartNumber: String(wanted.PartNumber ?? ''),
					UploadId: upload.uploadId,
				},
			});
		}
		return part;
	});
	const small = parts.slice(0, -1).find(({body}) => body.sizeBytes < minPartBytes);
	if (small !== undefined) {
		throw s3Error('EntityTooSmall', {
			fields: {
				ETag: small.etag,
				MinSizeAllowed: String(minPartBytes),
				PartNumber: String(small.partNumber),
				ProposedSize: String(small.body.sizeBytes),
			},
		});
	}
	return parts;
}

function isSamePart(part: Part, wanted: CompletedPart): boolean {
	if ((wanted.ETag ?? '').replace(/^"(.*)"$/, '$1') !== part.etag) return false;
	const given = part.checksum === undefined ? undefined : wanted[`Checksum${part.checksum.algorithm}`];
	return given === undefined || given === part.checksum?.value;
}

/** A checksum that is put together from the parts' asks for each of theirs (words: third-party, as clients report them of AWS). */
function checkPartChecksums(
	{checksumAlgorithm, isChecksumComposite}: Upload,
	listed: readonly CompletedPart[],
): void {
	if (checksumAlgorithm === undefined || !isChecksumComposite) return;
	const without = listed.find((part) => part[`Checksum${checksumAlgorithm}`] === undefined);
	if (without === undefined) return;
	throw invalidRequest(
		`The upload was created using a ${checksumAlgorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${without.PartNumber} in the request.`,
	);
}
