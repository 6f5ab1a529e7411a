import {type PolicyDocument, statementsOf} from '../../policy/document.js';
import {isPublicStatement} from '../../policy/public-statements.js';
import type {PublicAccessBlock} from '../observed/bucket-settings.js';
import {bucketPolicyIn} from '../operations/put-bucket-policy.js';
import type {PlanResult} from '../plan/make-plan.js';
import {fixable} from '../problem.js';
import {defineCheck} from './define-check.js';
import type {Reading} from './readings.js';
import {ok, stop, unknown, whenRead} from './verdict.js';

/**
 * Whether Block Public Access cuts the role off. It does not touch a policy that names a role; but where any statement
 * of a bucket is public, the whole policy gives nothing to other accounts, and S3 refuses to have it written again. What
 * the bucket or its account has on counts. Source: S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export const publicAccessCheck = defineCheck({
	id: 'public-access',
	title: 'Block Public Access',
	group: 'destination',
	isNeeded: ({mode}) => mode === 'cross-account',
	needs: [
		'destinationPublicAccess',
		'destinationAccountPublicAccess',
		'destinationIsPublic',
		'destinationPolicy',
		'planned',
	],
	decide: ({request}, readings) =>
		whenRead([readings.destinationPublicAccess, readings.destinationIsPublic], (own, isPublic) => {
			if (own === undefined) return ok('on, as for every new bucket; the policy names the role');
			if (!isPublic) {
				return ok(
					own.restrictsPublicBuckets ? 'on, and the policy is not public' : 'the policy is not public',
				);
			}

			const account = readings.destinationAccountPublicAccess;
			const restricting = holdersOf('restrictsPublicBuckets', own, account);
			const refusing = isPolicyKept(readings.planned) ? [] : holdersOf('blocksPublicPolicy', own, account);
			if (restricting.length === 0 && refusing.length === 0) {
				return account.isRead
					? ok('the policy is public, and nothing restricts it')
					: unknown(
							`the policy is public; whether the account restricts it could not be read: ${account.problem.headline}`,
							account.problem,
						);
			}

			const {bucket} = request.destination;
			const publicOnes = publicStatementsIn(readings.destinationPolicy);
			return stop(
				restricting.length > 0
					? 'the policy is public, and is restricted'
					: 'the policy is public, and such are refused',
				fixable(
					'public-policy-restricted',
					`Cannot admit the role to ${bucket}: Block Public Access`,
					[
						...(publicOnes.length > 0 ? [`Public in its policy: ${publicOnes.join(', ')}.`] : []),
						...(restricting.length > 0
							? [
									`RestrictPublicBuckets is on for ${restricting.join(' and ')}. A policy with a public statement then gives other accounts nothing at all.`,
								]
							: []),
						...(refusing.length > 0
							? [
									`BlockPublicPolicy is on for ${refusing.join(' and ')}. S3 refuses to write a policy that is public anywhere.`,
								]
							: []),
					].join(' '),
					[
						`Remove the public statement (Principal *) from the policy of ${bucket}, or narrow it.`,
						'Choose another destination bucket.',
					],
				),
			);
		}),
});

/** Who has a setting on: S3 takes the stricter of the two. */
function holdersOf(
	setting: keyof PublicAccessBlock,
	own: PublicAccessBlock,
	account: Reading<PublicAccessBlock | undefined>,
): readonly string[] {
	return [
		...(own[setting] ? ['the bucket'] : []),
		...(account.isRead && account.value?.[setting] === true ? ['its account'] : []),
	];
}

function isPolicyKept(planned: Reading<PlanResult>): boolean {
	if (!planned.isRead || !planned.value.ok) return false;
	return (bucketPolicyIn(planned.value.plan.operations)?.change ?? 'keep') === 'keep';
}

/** As they are called: by Sid, or by number from 1. None where the policy could not be read: S3 has said that it is public. */
function publicStatementsIn(policy: Reading<PolicyDocument | undefined>): readonly string[] {
	if (!policy.isRead || policy.value === undefined) return [];
	return statementsOf(policy.value).flatMap((statement, index) =>
		isPublicStatement(statement)
			? [statement.Sid === undefined ? `statement ${index + 1}` : `statement “${statement.Sid}”`]
			: [],
	);
}
