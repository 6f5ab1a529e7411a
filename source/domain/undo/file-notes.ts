import {defaultChain} from '../answers/answers.js';
import {deletesFiles} from '../operations/delete-objects.js';
import {quoted} from '../text/shell-word.js';
import {type FileEnd, ownFilesOf, type RunRecord} from '../record/run-record.js';
import type {UndoObserved} from '../take-back/undo-observed.js';
import type {UndoStep} from './undo-plan.js';

/**
 * Says what stays below the prefix of a run's test files because it is not provably the run's, why, and how to remove it:
 * what others wrote there, and the files of runs that an earlier version of this program made, which neither noted nor marked them.
 */
export function fileNotes(
	record: RunRecord,
	deletions: readonly UndoStep[],
	{buckets}: UndoObserved,
): readonly string[] {
	const isMarked = ownFilesOf(record).every((files) => files.isMarked);
	return deletions.flatMap(({operation, profile}) => {
		const found = buckets[operation.target];
		if (found?.state !== 'owned' || !deletesFiles(operation)) return [];
		const {othersCount, example = '', isWhole} = found.files;
		if (othersCount === 0) return [];
		const {Prefix} = operation.after;
		const count = `${isWhole ? '' : 'at least '}${othersCount}`;
		const what = `${count} ${othersCount === 1 ? 'version or marker stays' : 'versions or markers stay'} below s3://${operation.target}/${Prefix}`;
		const place = {bucket: operation.target, region: operation.region, profile};
		if (isMarked)
			return [`${capital(what)}, not uploaded by this run: ${example}${othersCount > 1 ? ', …' : ''}`];
		return [
			`${capital(what)}: an earlier version of s3-replicate made this run and did not note its uploads.`,
			`Delete what is there, 1,000 at a time: ${deleteCommand(place, Prefix, record)}`,
		];
	});
}

type Place = Pick<FileEnd, 'bucket' | 'region' | 'profile'>;

function listCommand(place: Place, prefix: string, record: RunRecord): string {
	return `${aws('list-object-versions', place, record)} --prefix ${quoted(prefix)}`;
}

/** A request deletes at most 1,000. Source: S3 API Reference, DeleteObjects. */
function deleteCommand(place: Place, prefix: string, record: RunRecord): string {
	const query = '{Objects: [Versions, DeleteMarkers][] | [?Key] | [:1000].{Key: Key, VersionId: VersionId}}';
	const listed = `${listCommand(place, prefix, record)} --output json --query '${query}'`;
	return `${aws('delete-objects', place, record)} --delete "$(${listed})"`;
}

function aws(
	operation: string,
	{bucket, region, profile}: Place,
	{header: {endpointUrl, endpoints = []}}: RunRecord,
): string {
	// The two sides may have different ones; records of earlier versions know one for all.
	const own = endpoints.find((known) => known.profile === profile);
	const at = own ? own.s3 : endpointUrl;
	const words = ['aws', 's3api', operation, '--bucket', quoted(bucket), '--region', quoted(region)];
	if (profile !== defaultChain) words.push('--profile', quoted(profile));
	if (at !== null) words.push('--endpoint-url', quoted(at));
	return words.join(' ');
}

function capital(text: string): string {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}
