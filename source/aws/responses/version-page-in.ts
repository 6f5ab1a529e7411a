import type {ListObjectVersionsCommandOutput} from '@aws-sdk/client-s3';
import {compareKeys} from '../../domain/compare-keys.js';
import {needed, neededText} from './needed.js';
import type {VersionName} from '../../domain/record/own-files.js';
import type {VersionMarker, VersionPage} from '../ports.js';
import {UnexpectedAnswer} from './unexpected-answer.js';

/**
 * A page of a listing of versions. One that goes on has to go forward: S3 lists keys in the order of their bytes, and the
 * versions of a key one after the other. Source: S3 API Reference, ListObjectVersions.
 */
export function versionPageIn(
	answer: ListObjectVersionsCommandOutput,
	from: Partial<VersionMarker>,
): VersionPage {
	const versions = (answer.Versions ?? []).map((version) => ({
		...nameIn(version),
		sizeBytes: count(version.Size, 'Size'),
		lastModified: count(version.LastModified?.getTime(), 'LastModified'),
		isLatest: version.IsLatest ?? false,
	}));
	const markers = (answer.DeleteMarkers ?? []).map((marker) => ({
		...nameIn(marker),
		...(marker.IsLatest ? {isLatest: true} : {}),
		...(marker.LastModified ? {lastModified: count(marker.LastModified.getTime(), 'LastModified')} : {}),
	}));
	return answer.IsTruncated ? {versions, markers, next: nextIn(answer, from)} : {versions, markers};
}

function nextIn(
	{NextKeyMarker: keyMarker, NextVersionIdMarker: versionIdMarker}: ListObjectVersionsCommandOutput,
	from: Partial<VersionMarker>,
): VersionMarker {
	if (!keyMarker) throw new UnexpectedAnswer('The listing goes on, but the answer does not say where.');
	const place = from.keyMarker === undefined ? 1 : compareKeys(keyMarker, from.keyMarker);
	if (place < 0) throw new UnexpectedAnswer('The listing goes backwards and would not end.');
	if (place > 0) return {keyMarker, versionIdMarker};
	const passed = new Set(from.passed).add(from.versionIdMarker ?? '');
	// A key without a version stands for what comes behind all of its versions.
	if (from.versionIdMarker === undefined || !versionIdMarker || passed.has(versionIdMarker))
		throw new UnexpectedAnswer('The listing comes to the same place again and would not end.');
	return {keyMarker, versionIdMarker, passed};
}

function nameIn({Key, VersionId}: {readonly Key?: string; readonly VersionId?: string}): VersionName {
	return {key: neededText(Key, 'Key'), versionId: neededText(VersionId, 'VersionId')};
}

function count(value: number | undefined, name: string): number {
	if (Number.isFinite(needed(value, name))) return value as number;
	throw new UnexpectedAnswer(`The ${name} in the answer is no number.`);
}
