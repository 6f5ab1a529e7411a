import type {ObjectLock} from '../observed/bucket-settings.js';
import {fixable} from '../problem.js';
import {utcText} from '../text/utc-text.js';
import {type KeptFiles, keptFiles} from '../observed/kept-files.js';
import type {CheckContext} from './readings.js';
import {defineCheck} from './define-check.js';
import type {Verdict} from './check.js';
import {ok, stop, warning, whenRead} from './verdict.js';

/**
 * Whether a locked source meets a locked destination, and whether a default retention will keep test files. S3 takes the rule of a locked source
 * to a bucket without, and fails at each object. What the role has to read besides is part of its permissions policy, which the role's own check weighs.
 * Source: S3 User Guide, "Managing Object Lock" and "Requirements and considerations for replication".
 */
export const objectLockCheck = defineCheck({
	id: 'object-lock',
	title: 'Object Lock',
	group: 'destination',
	needs: ['sourceLock', 'destinationLock'],
	decide: (context, {sourceLock, destinationLock}) =>
		whenRead([sourceLock, destinationLock], (here, there) => weigh(context, here, there)),
});

/** Without a bucket there is no lock to read: it is created with what it needs. */
function weigh(context: CheckContext, here: ObjectLock | undefined, there: ObjectLock | undefined): Verdict {
	const {source, destination, objectLock: isWanted = false} = context.request;
	const isLockedHere = here?.isEnabled === true;
	if (there !== undefined && !there.isEnabled && (isLockedHere || isWanted))
		return unlocked(source.bucket, destination.bucket, isLockedHere);
	const kept = keptVerdict(context, here, there);
	if (kept) return kept;
	if (there === undefined && (isLockedHere || isWanted))
		return ok(`${isLockedHere ? 'on the source; ' : ''}the destination is created with it`);
	if (isLockedHere) return ok('on both');
	const isTwoWay = context.request.back !== undefined || context.request.isWayBack === true;
	const isMadeLocked = here === undefined && isTwoWay && there?.isEnabled === true;
	if (isMadeLocked && there.defaultRetention === undefined)
		return ok('on the destination; the source is created with it');
	if (!there?.isEnabled) return ok('on neither bucket');
	const {defaultRetention} = there;
	if (defaultRetention === undefined) return ok('on the destination only, without a default retention');
	return warning(
		`on the destination only, default ${defaultRetention}`,
		fixable(
			'replicas-get-locked',
			`Replicas will be locked in ${destination.bucket}`,
			`It has Object Lock with the default retention ${defaultRetention}, which every replica gets there: it cannot be deleted before.`,
			['Go on if that is wanted.', `Remove the default retention of ${destination.bucket}.`],
		),
	);
}

function unlocked(source: string, destination: string, isLockedHere: boolean): Verdict {
	if (isLockedHere) {
		return stop(
			'on the source, not on the destination',
			fixable(
				'destination-not-locked',
				`Cannot replicate ${source} to ${destination}: Object Lock differs`,
				'S3 takes the rule, and then fails at every object (DstBucketObjectLockConfigMissing).',
				[
					`Enable Object Lock on ${destination}.`,
					`Choose a bucket that has it in place of ${destination}, or a new name.`,
				],
			),
		);
	}

	return stop(
		'on neither bucket',
		fixable(
			'object-lock-on-existing',
			`Cannot give ${destination} Object Lock: it exists`,
			'With --object-lock this program creates a bucket with it, and changes none that exists.',
			[`Enable Object Lock on ${destination}, and run this again.`, 'Leave out --object-lock.'],
		),
	);
}

/** The test files that a default retention would keep. */
function keptVerdict(
	{request, fileCount, nowMs}: CheckContext,
	here: ObjectLock | undefined,
	there: ObjectLock | undefined,
): Verdict | undefined {
	const {source, destination} = request;
	const [kept] = keptFiles(
		{bucket: source.bucket, lock: here},
		[{bucket: destination.bucket, lock: there}],
		nowMs,
	);
	if (fileCount === 0 || !kept) return undefined;
	return keptFilesWarning(kept, 'Upload none: --files 0, or 0 test files in the wizard’s step Options.');
}

/** The warning of test files that a bucket keeps, with what to do `instead` of sending some. */
export function keptFilesWarning(kept: KeptFiles, instead: string): Verdict {
	const {bucket, defaultRetention, untilMs, isReplica = false} = kept;
	return warning(
		`default retention ${defaultRetention}`,
		fixable(
			'test-files-get-locked',
			`${isReplica ? 'Their replicas' : 'Test files'} stay locked until ${utcText(untilMs)}`,
			`${bucket} has Object Lock with the default retention ${defaultRetention}. ${isReplica ? 'No replica' : 'Neither a test file nor its replica'} can be deleted before, and undo leaves them.`,
			[instead, 'Go on if they may stay until then.'],
		),
	);
}
