import {statementsOf} from '../../../policy/document.js';
import {isPublicStatement} from '../../../policy/public-statements.js';
import type {Case} from '../case.js';
import {type PlacedFinding, places} from '../finding.js';

/**
 * Where any statement of the destination's policy is public, RestrictPublicBuckets of the bucket or of its account takes from other accounts
 * all that the policy gives, its statement for the role among it. It is no matter where no statement is public.
 * Source: S3 User Guide, "Blocking public access to your Amazon S3 storage", RestrictPublicBuckets.
 */
export function restricted({
	destination,
	destinationName: name,
	isCrossAccount,
}: Case): readonly PlacedFinding[] {
	if (destination.state !== 'existing' || !isCrossAccount) return [];
	const {restrictsPublic, policy, accountId} = destination.seen;
	if (!restrictsPublic || !policy.isRead || policy.value === undefined) return [];
	const {bucket, account} = restrictsPublic;
	const holders = [
		...(bucket.isRead && bucket.value ? ['the bucket'] : []),
		...(account.isRead && account.value ? [`account ${accountId}`] : []),
	];
	const unread = [bucket, account].flatMap((one) => (one.isRead ? [] : [one.cause]));
	if (holders.length === 0 && unread.length === 0) return [];
	const statements = statementsOf(policy.value).flatMap((statement, index) =>
		isPublicStatement(statement) ? [statement.Sid ?? `number ${index + 1}`] : [],
	);
	const isKnown = holders.length > 0;
	return [
		{
			reason: 'DstPutObjectNotPermitted',
			place: places.destinationRights - 1,
			certainty: isKnown ? 'certain' : 'possible',
			headline: isKnown
				? `Block Public Access restricts the policy of ${name}`
				: `Block Public Access may restrict ${name}`,
			evidence: `Public in the policy of ${name}: statement ${statements.join(', ')}. ${
				isKnown
					? `RestrictPublicBuckets is on for ${holders.join(' and ')}: then the policy gives nothing to other accounts, whatever else it says.`
					: `Whether RestrictPublicBuckets is on was not read: ${unread.join(' ')}`
			}`,
			mend: `Whoever manages ${name} can narrow that statement: its Principal is *.`,
			mendKind: 'advice',
		},
	];
}
