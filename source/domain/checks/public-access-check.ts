import {bucketPolicyIn} from '../operations/put-bucket-policy.js';
import {fixable} from '../problem.js';
import {defineCheck} from './define-check.js';
import {ok, stop, whenRead} from './verdict.js';

/**
 * Whether Block Public Access cuts the role off. It does not touch a policy that names a role; but where any statement
 * of a bucket is public, the whole policy gives nothing to other accounts, and S3 refuses to have it written again.
 * Source: S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export const publicAccessCheck = defineCheck({
	id: 'public-access',
	title: 'Block Public Access',
	group: 'destination',
	isNeeded: ({mode}) => mode === 'cross-account',
	needs: ['destinationPublicAccess', 'destinationIsPublic', 'planned'],
	decide: ({request}, {destinationPublicAccess, destinationIsPublic, planned}) =>
		whenRead([destinationPublicAccess, destinationIsPublic], (block, isPublic) => {
			if (block === undefined) return ok('on, as for every new bucket; the policy names the role');
			if (!isPublic) {
				return ok(
					block.restrictsPublicBuckets ? 'on, and the policy is not public' : 'the policy is not public',
				);
			}

			const cutsOff = block.restrictsPublicBuckets;
			const put =
				planned.isRead && planned.value.ok ? bucketPolicyIn(planned.value.plan.operations) : undefined;
			const isKept = planned.isRead && planned.value.ok && (put?.change ?? 'keep') === 'keep';
			if (!cutsOff && (isKept || !block.blocksPublicPolicy))
				return ok('the policy is public, and nothing restricts it');
			const {bucket} = request.destination;
			return stop(
				cutsOff ? 'the policy is public, and is restricted' : 'the policy is public, and such are refused',
				fixable(
					'public-policy-restricted',
					`Cannot admit the role to ${bucket}: Block Public Access`,
					cutsOff
						? 'With RestrictPublicBuckets a policy that is public anywhere gives nothing to other accounts, not even what its other statements say.'
						: 'With BlockPublicPolicy S3 refuses to write a policy that is public anywhere.',
					[
						`Take the public statement (a Principal of *) out of the policy of ${bucket}, or narrow it by a condition.`,
						'Choose another destination bucket.',
					],
				),
			);
		}),
});
