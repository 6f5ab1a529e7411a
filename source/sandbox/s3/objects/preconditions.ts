import {
	type CopyObjectRequest,
	type DeleteObjectRequest,
	type GetObjectRequest,
	type PutObjectRequest,
} from '@aws-sdk/client-s3';
import {type ObjectData, type ObjectVersion} from '../../world/object-version.js';
import {type ServiceError} from '../../wire/service-error.js';
import {s3Error} from '../errors/errors.js';

type ReadConditions = Pick<
	GetObjectRequest,
	'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince'
>;

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

type CopyConditions = Pick<
	CopyObjectRequest,
	'CopySourceIfMatch' | 'CopySourceIfNoneMatch' | 'CopySourceIfModifiedSince' | 'CopySourceIfUnmodifiedSince'
>;

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

type WriteConditions = Pick<PutObjectRequest, 'IfMatch' | 'IfNoneMatch'>;

/** What a write needs beside its own permissions where it asks for an ETag (S3 User Guide, conditional-writes). */
export function conditionPermissions({IfMatch}: WriteConditions): readonly string[] {
	return IfMatch === undefined || IfMatch === '*' ? [] : ['s3:GetObject'];
}

/**
 * Checks the conditions of PUT against the object that is there (S3 User Guide, conditional-writes; words as recorded
 * in TestS3ObjectWritePrecondition, what it refuses to look at in …_validation).
 */
export function checkWriteConditions(
	{IfMatch, IfNoneMatch}: WriteConditions,
	key: string,
	current: ObjectVersion | undefined,
): void {
	if (IfMatch !== undefined && IfNoneMatch !== undefined) {
		throw unsupported(
			'If-Match,If-None-Match',
			'Multiple conditional request headers present in the request',
		);
	}
	if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw unsupportedValue('If-None-Match');
	if (IfMatch === '*') throw unsupportedValue('If-Match');
	const etag = current?.data?.etag;
	if (IfNoneMatch !== undefined && etag !== undefined) {
		throw s3Error('PreconditionFailed', {fields: {Condition: 'If-None-Match'}});
	}
	if (IfMatch !== undefined) checkMatch(IfMatch, key, etag);
}

/**
 * Checks the condition of a delete against the current version, whichever is to be deleted (S3 User Guide,
 * conditional-deletes). Two of the conditions are for directory buckets alone (recorded: TestS3DeletePrecondition).
 */
export function checkDeleteConditions(
	conditions: Pick<DeleteObjectRequest, 'IfMatch' | 'IfMatchLastModifiedTime' | 'IfMatchSize'>,
	key: string,
	current: ObjectVersion | undefined,
): void {
	if (conditions.IfMatchLastModifiedTime !== undefined)
		throw unsupported('x-amz-if-match-last-modified-time');
	if (conditions.IfMatchSize !== undefined) throw unsupported('x-amz-if-match-size');
	if (conditions.IfMatch === undefined) return;
	// Third-party (rustfs): a delete marker is there, and does not match; what was never there is not found.
	if (current !== undefined && current.data === undefined) {
		throw s3Error('PreconditionFailed', {fields: {Condition: 'If-Match'}});
	}
	checkMatch(conditions.IfMatch, key, current?.data?.etag);
}

function checkMatch(wanted: string, key: string, etag: string | undefined): void {
	if (etag === undefined) throw s3Error('NoSuchKey', {fields: {Key: key}});
	if (wanted !== '*' && unquoted(wanted) !== etag) {
		throw s3Error('PreconditionFailed', {fields: {Condition: 'If-Match'}});
	}
}

/** S3's own NotImplemented, in its own words. */
function unsupported(header: string, additionalMessage?: string): ServiceError {
	return s3Error('NotImplemented', {
		fields: {Header: header, ...(additionalMessage === undefined ? {} : {additionalMessage})},
	});
}

function unsupportedValue(header: string): ServiceError {
	return unsupported(header, `We don't accept the provided value of ${header} header for this API`);
}

function unquoted(tag: string): string {
	return tag.replace(/^"(.*)"$/, '$1');
}
