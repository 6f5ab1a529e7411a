import {type ObjectData, type ObjectVersion} from '../world/object-version.js';
import {s3Error} from './errors.js';

export type ReadConditions = {
	readonly IfMatch?: string | undefined;
	readonly IfNoneMatch?: string | undefined;
	readonly IfModifiedSince?: Date | undefined;
	readonly IfUnmodifiedSince?: Date | undefined;
};

/**
 * Checks the conditions of GET and HEAD. Throws PreconditionFailed; says whether the answer is 304 Not Modified
 * (RFC 9110, section 13.2.2, as S3 follows it: S3 API reference, GetObject).
 */
export function isNotModified(
	conditions: ReadConditions,
	version: ObjectVersion & {readonly data: ObjectData},
): boolean {
	const {IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince} = conditions;
	const isSameTag = (tag: string): boolean => tag === '*' || unquoted(tag) === version.data.etag;
	if (IfMatch !== undefined) {
		if (!isSameTag(IfMatch)) throw s3Error('PreconditionFailed', {fields: {Condition: 'If-Match'}});
	} else if (IfUnmodifiedSince !== undefined && version.lastModifiedMs > IfUnmodifiedSince.getTime()) {
		throw s3Error('PreconditionFailed', {fields: {Condition: 'If-Unmodified-Since'}});
	}
	if (IfNoneMatch !== undefined) return isSameTag(IfNoneMatch);
	return IfModifiedSince !== undefined && version.lastModifiedMs <= IfModifiedSince.getTime();
}

export type CopyConditions = {
	readonly CopySourceIfMatch?: string | undefined;
	readonly CopySourceIfNoneMatch?: string | undefined;
	readonly CopySourceIfModifiedSince?: Date | undefined;
	readonly CopySourceIfUnmodifiedSince?: Date | undefined;
};

/**
 * Checks the conditions on the source of a copy: If-Match outweighs If-Unmodified-Since, If-None-Match
 * If-Modified-Since, and a time to come counts for nothing there. Throws PreconditionFailed (recorded: TestS3Multipart::test_upload_part_copy_with_…).
 */
export function checkCopyConditions(
	conditions: CopyConditions,
	{data, lastModifiedMs}: ObjectVersion & {readonly data: ObjectData},
	nowMs: number,
): void {
	const {CopySourceIfMatch: match, CopySourceIfNoneMatch: noneMatch} = conditions;
	const {CopySourceIfModifiedSince: modified, CopySourceIfUnmodifiedSince: unmodified} = conditions;
	const fail = (name: string): never => {
		throw s3Error('PreconditionFailed', {fields: {Condition: `x-amz-copy-source-${name}`}});
	};
	if (match !== undefined) {
		if (unquoted(match) !== data.etag) fail('If-Match');
	} else if (unmodified !== undefined && lastModifiedMs > unmodified.getTime()) {
		fail('If-Unmodified-Since');
	}
	if (noneMatch !== undefined) {
		if (unquoted(noneMatch) === data.etag) fail('If-None-Match');
	} else if (modified !== undefined && modified.getTime() <= nowMs && lastModifiedMs <= modified.getTime()) {
		fail('If-Modified-Since');
	}
}

/**
 * Checks the conditions of PUT against the object that is there (S3 User Guide, conditional-writes; words as recorded
 * in TestS3ObjectWritePrecondition).
 */
export function checkWriteConditions(
	conditions: {readonly IfMatch?: string | undefined; readonly IfNoneMatch?: string | undefined},
	current: ObjectVersion | undefined,
): void {
	const etag = current?.data?.etag;
	if (conditions.IfNoneMatch !== undefined && etag !== undefined) {
		throw s3Error('PreconditionFailed', {fields: {Condition: 'If-None-Match'}});
	}
	if (conditions.IfMatch === undefined) return;
	if (etag === undefined) throw s3Error('NoSuchKey', {fields: {Key: current?.key ?? ''}});
	if (unquoted(conditions.IfMatch) !== etag)
		throw s3Error('PreconditionFailed', {fields: {Condition: 'If-Match'}});
}

function unquoted(tag: string): string {
	return tag.replace(/^"(.*)"$/, '$1');
}
