import type {PolicyDocument} from '../../policy/document.js';
import {objectsArn} from '../arn.js';
import {chooseRole} from '../choose-role.js';
import {fixable} from '../problem.js';
import {roleGaps} from '../role-gaps.js';
import {defineCheck} from './define-check.js';
import {notRead, ok, stop, warning, whenRead} from './verdict.js';

/**
 * Whether a locked source meets a locked destination. S3 takes the rule of one that does not, and fails at each object.
 * Source: S3 User Guide, "Managing Object Lock" and "Requirements and considerations for replication".
 */
export const objectLockCheck = defineCheck({
	id: 'object-lock',
	title: 'Object Lock',
	group: 'destination',
	needs: ['sourceLock', 'destinationLock', 'observed'],
	decide: ({request}, {sourceLock, destinationLock, observed}) =>
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
						`Cannot replicate ${source} to ${destination}: only the source has Object Lock`,
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

			if (!observed.isRead) return notRead(observed.problem);
			const {name, role} = chooseRole(request, observed.value);
			const {partition} = observed.value.source.caller;
			const needed: PolicyDocument = {
				Version: '2012-10-17',
				Statement: [
					{
						Effect: 'Allow',
						Action: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'],
						Resource: objectsArn(partition, source),
					},
				],
			};
			if (role && roleGaps(role, needed).gaps.length === 0) return ok('on both, and the role may read it');
			const lacking = fixable(
				'role-cannot-read-locks',
				`Cannot replicate ${source}: the role may not read its Object Lock settings`,
				'With Object Lock the role needs s3:GetObjectRetention and s3:GetObjectLegalHold besides, which this program does not give it yet.',
				[
					role === undefined
						? `Create the role ${name} first, with the policy below, and run this again.`
						: `Give the role ${name} the policy below as well, and run this again.`,
					'Choose a role that has it (--role-name).',
				],
			);
			return stop('on both, and the role may not read it', {
				...lacking,
				documents: [{title: `What the role ${name} needs besides`, value: needed}],
			});
		}),
});
