import {fixable} from '../problem.js';
import {defineCheck} from './define-check.js';
import {ok, stop, warning, whenRead} from './verdict.js';

/**
 * Whether a locked source meets a locked destination. S3 takes the rule of one that does not, and fails at each object.
 * What the role has to read besides is part of its permissions policy, which the role's own check weighs.
 * Source: S3 User Guide, "Managing Object Lock" and "Requirements and considerations for replication".
 */
export const objectLockCheck = defineCheck({
	id: 'object-lock',
	title: 'Object Lock',
	group: 'destination',
	needs: ['sourceLock', 'destinationLock'],
	decide: ({request}, {sourceLock, destinationLock}) =>
		whenRead([sourceLock, destinationLock], (here, there) => {
			const source = request.source.bucket;
			const destination = request.destination.bucket;
			if (!here?.isEnabled) {
				if (!there?.isEnabled) return ok('on neither bucket');
				const {defaultRetention} = there;
				if (defaultRetention === undefined) return ok('on the destination only, without a default retention');
				return warning(
					`on the destination only, default ${defaultRetention}`,
					fixable(
						'replicas-get-locked',
						`Replicas will be locked in ${destination}`,
						`It has Object Lock with the default retention ${defaultRetention}, which every replica gets there: it cannot be deleted before.`,
						['Go on if that is wanted.', 'Remove the default retention of the destination bucket.'],
					),
				);
			}

			if (!there?.isEnabled) {
				return stop(
					'on the source, not on the destination',
					fixable(
						'destination-not-locked',
						`Cannot replicate ${source} to ${destination}: Object Lock differs`,
						'S3 takes the rule, and then fails at every object (DstBucketObjectLockConfigMissing).',
						[
							there === undefined
								? `Create ${destination} with Object Lock first: this program creates buckets without it.`
								: `Enable Object Lock on ${destination}.`,
							'Choose another destination bucket that has it.',
						],
					),
				);
			}

			return ok('on both');
		}),
});
