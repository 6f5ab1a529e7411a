import {foreseeTrust} from '../../role/foresee-trust.js';
import {doubtText, whoKnows} from '../../role/doubt-text.js';
import {trustDocument} from '../../role/trust-policy.js';
import {accountOfArn} from '../../arn.js';
import type {Case} from '../case.js';
import {type PlacedFinding, places} from '../finding.js';
import type {Reasons} from '../reason.js';

/** Whether S3 can assume the role. Source: S3 User Guide, "Setting up permissions for live replication". */
export const roleReasons: Reasons = {
	AssumeRoleNotPermitted: {
		means: 'S3 cannot assume the role: it is gone, new, or does not trust s3.amazonaws.com.',
		mend: 'Let the role exist and trust s3.amazonaws.com.',
		recognise: trust,
	},
	'role-not-read': {
		means: 'The role could not be read whole: something in it may be wrong.',
		mend: 'Let somebody with rights to read the role run the diagnosis.',
		recognise: notRead,
	},
};

function trust({
	observed: {role: existing},
	role,
	roleArn,
	roleName,
	source,
}: Case): readonly PlacedFinding[] {
	const base = {reason: 'AssumeRoleNotPermitted', place: places.trust} as const;
	if (existing?.state === 'deleted') {
		return [
			{
				...base,
				certainty: 'certain',
				headline: `Role ${roleName} does not exist`,
				evidence: `The rules name ${roleArn}, and IAM knows no role of this name and path.`,
				mend: 'Create the role again with what the rules need.',
				mendKind: 'plan',
			},
		];
	}

	if (existing?.state === 'foreign') {
		return [
			{
				...base,
				certainty: 'likely',
				headline: `Role ${roleName} belongs to another account`,
				evidence: `The rules name ${roleArn} of account ${accountOfArn(roleArn)}; the bucket belongs to ${source.accountId}.`,
				mend: 'Name a role of the source’s account in the rules.',
				mendKind: 'advice',
			},
		];
	}

	if (role === undefined) return [];
	const foreseen = foreseeTrust(role, source.bucket);
	if (foreseen.outcome === 'allowed') return [];
	const document = trustDocument(role.trust, foreseen, `Trust policy for role ${roleName}`);
	const reasons = foreseen.outcome === 'open' ? foreseen.doubts : foreseen.reasons;
	const [denial] = reasons.filter(({effect}) => effect === 'explicit-deny');
	const mend = denial
		? `Whoever manages role ${roleName} can let the statement spare s3.amazonaws.com.`
		: `Whoever manages role ${roleName} can give it this trust policy: it adds S3 alone.`;
	if (foreseen.outcome === 'refused') {
		return [
			{
				...base,
				certainty: 'certain',
				headline: `Role ${roleName} does not trust S3`,
				evidence: denial
					? `Statement ${denial.statement ?? ''} of the trust policy of ${roleArn} denies s3.amazonaws.com sts:AssumeRole.`
					: `No statement in the trust policy of ${roleArn} lets s3.amazonaws.com assume it for ${source.bucket}.`,
				mend,
				mendKind: 'document',
				document,
			},
		];
	}

	return [
		{
			...base,
			certainty: 'possible',
			headline: `Role ${roleName} trusts S3 under a condition`,
			evidence: `${foreseen.doubts
				.map(({effect, statement = '', unsure}) =>
					doubtText({
						effect: effect === 'explicit-deny' ? 'denies' : 'allows',
						actions: ['sts:AssumeRole'],
						statement,
						policy: 'the trust policy',
						unsure,
					}),
				)
				.join(' ')} ${whoKnows(foreseen.doubts.map(({unsure}) => unsure))}`,
			mend,
			mendKind: 'document',
			document,
		},
	];
}

function notRead({observed: {role: existing}, role, roleName}: Case): readonly PlacedFinding[] {
	const unread = role?.unread ?? [];
	const causes = existing?.state === 'unreadable' ? [existing.cause] : unread;
	const hasBlindBoundary = role?.boundary !== undefined && role.boundary.document === undefined;
	if (causes.length === 0 && !hasBlindBoundary) return [];
	return [
		{
			reason: 'role-not-read',
			place: places.notRead,
			certainty: 'possible',
			headline: `Role ${roleName} was not read as a whole`,
			evidence: causes.length > 0 ? `Not read: ${causes.join('; ')}.` : 'Not read: its permissions boundary.',
			mend: 'Whoever may read the role knows what it allows: run the diagnosis with such a profile.',
			mendKind: 'advice',
		},
	];
}
