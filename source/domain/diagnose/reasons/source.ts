import type {Case} from '../case.js';
import {type PlacedFinding, places} from '../finding.js';
import type {Reasons} from '../reason.js';

/** What is wrong with the source. */
export const sourceReasons: Reasons = {
	'source-unversioned': {
		means: 'Versioning is not enabled at the source: S3 replicates versions only.',
		mend: 'Enable versioning at the source.',
		recognise: unversioned,
	},
	'source-not-read': {
		means: 'The source could not be read whole: something in it may be wrong.',
		mend: 'Give a profile that may read it: --source-profile NAME.',
		recognise: notRead,
	},
	SrcBucketNotFound: {
		means: 'The source bucket does not exist any longer.',
		mend: 'Nothing can be copied from it.',
	},
	SrcBucketReplicationConfigMissing: {
		means: 'The source has no replication configuration any longer.',
		mend: 'Set up the rule again.',
	},
	SrcObjectNotFound: {
		means: 'The object was deleted before it was copied.',
		mend: 'Upload it again.',
	},
	SrcKeyNotFound: {
		means: 'S3 does not find the key of the object at the source.',
		mend: 'Upload it again.',
	},
	SrcVersionNotFound: {
		means: 'This version of the object was deleted before it was copied.',
		mend: 'Nothing: later versions are copied.',
	},
};

function unversioned({source}: Case): readonly PlacedFinding[] {
	const {versioning, bucket} = source;
	if (!versioning.isRead || versioning.value === 'Enabled') return [];
	return [
		{
			reason: 'source-unversioned',
			place: places.rule,
			certainty: 'certain',
			headline: `Versioning of ${bucket} is not enabled`,
			evidence: `GetBucketVersioning of ${bucket} says ${versioning.value}.`,
			mend: `Enable versioning of ${bucket}.`,
			mendKind: 'plan',
		},
	];
}

function notRead({source, options}: Case): readonly PlacedFinding[] {
	const {bucket, versioning, policy, lock, encryption} = source;
	const looks = [versioning, policy, lock, ...(options.kmsKey === undefined ? [] : [encryption])];
	const causes = looks.flatMap((one) => (one.isRead ? [] : [one.cause]));
	if (causes.length === 0) return [];
	return [
		{
			reason: 'source-not-read',
			place: places.notRead,
			certainty: 'possible',
			headline: `${bucket} was not read as a whole`,
			evidence: `Not read: ${causes.join(' ')}`,
			mend: `Give a profile of account ${source.accountId} that may read it: --source-profile NAME.`,
			mendKind: 'advice',
		},
	];
}
