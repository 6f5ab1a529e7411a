import {profileOption} from '../../answers/profile-option.js';
import type {Case} from '../case.js';
import {type PlacedFinding, places} from '../finding.js';
import type {Reasons} from '../reason.js';
import type {ReasonCode} from '../reason-codes.js';
import type {MendKind} from '../finding.js';

/** What is wrong with the destination whatever the role may do. Source: S3 User Guide, "Requirements and considerations for replication". */
export const destinationReasons: Reasons = {
	DstBucketNotFound: {
		means: 'The destination bucket does not exist.',
		mend: 'Create the bucket again, or point the rule to another one.',
		recognise: notFound,
	},
	DstBucketUnversioned: {
		means: 'Versioning is not enabled at the destination.',
		mend: 'Enable versioning at the destination.',
		recognise: unversioned,
	},
	DstBucketObjectLockConfigMissing: {
		means: 'The source has Object Lock and the destination has not.',
		mend: 'Enable Object Lock at the destination; its owner can do so for a versioned bucket.',
		recognise: lockMissing,
	},
	DstVersionNotFound: {
		means: 'S3 copies a change of the object, and its replica is gone.',
		mend: 'Upload the object again: then it is copied as a whole.',
	},
	'replicas-of-source-account': {
		means: 'Replicas belong to the source’s account: the destination’s may not read them.',
		mend: 'Turn on owner override in the rule, or BucketOwnerEnforced at the destination.',
		recognise: ofSourceAccount,
	},
	'destination-not-read': {
		means: 'Nobody here could look at the destination.',
		mend: 'Give a profile of its account: --destination-profile NAME.',
		recognise: notRead,
	},
};

function found(
	reason: ReasonCode,
	place: number,
	texts: {readonly headline: string; readonly evidence: string; readonly mend: string},
	mendKind: MendKind,
): readonly PlacedFinding[] {
	return [{reason, place, certainty: 'certain', ...texts, mendKind}];
}

function notFound({observed, destination, destinationName: name, rule}: Case): readonly PlacedFinding[] {
	if (destination.state !== 'absent') return [];
	const isPlaceKnown = Object.hasOwn(observed.lost ?? {}, name);
	return found(
		'DstBucketNotFound',
		places.destination,
		{
			headline: `Bucket ${name} does not exist`,
			evidence: `Rule ${rule.ID ?? ''} replicates to ${name}, and S3 knows no bucket of this name.`,
			mend: `Create ${name} again with versioning in its account, or point the rule elsewhere.`,
		},
		isPlaceKnown ? 'plan' : 'advice',
	);
}

function unversioned({destination, destinationName: name}: Case): readonly PlacedFinding[] {
	if (destination.state !== 'existing') return [];
	const {versioning, accountId} = destination.seen;
	if (!versioning.isRead || versioning.value === 'Enabled') return [];
	const state = versioning.value === 'Suspended' ? 'suspended' : 'not enabled';
	return found(
		'DstBucketUnversioned',
		places.destinationState,
		{
			headline: `Versioning of ${name} is ${state}`,
			evidence: `GetBucketVersioning of ${name} (account ${accountId}) says ${versioning.value}.`,
			mend: `Enable versioning of ${name}: its account is ${accountId}.`,
		},
		'plan',
	);
}

function lockMissing({source, destination, destinationName: name}: Case): readonly PlacedFinding[] {
	if (destination.state !== 'existing' || !source.lock.isRead || !source.lock.value.isEnabled) return [];
	const {lock, accountId, profile} = destination.seen;
	if (!lock.isRead || lock.value.isEnabled) return [];
	return found(
		'DstBucketObjectLockConfigMissing',
		places.destinationState + 1,
		{
			headline: `${name} has no Object Lock`,
			evidence: `${source.bucket} has Object Lock, and ${name} (account ${accountId}) has none.`,
			mend: `Whoever owns ${name} can enable it, for good: aws s3api put-object-lock-configuration --bucket ${name} --object-lock-configuration ObjectLockEnabled=Enabled${profileOption(profile)}`,
		},
		'advice',
	);
}

/**
 * Nothing fails, and the destination's owner cannot read what arrives. Source: S3 User Guide, "Changing the replica owner", "Controlling
 * ownership of objects".
 */
function ofSourceAccount({source, destination, options, object, rule}: Case): readonly PlacedFinding[] {
	if (destination.state !== 'existing' || rule.Status !== 'Enabled' || options.ownerOverride === true)
		return [];
	const {bucket, accountId, ownership} = destination.seen;
	const isAsked = object !== undefined && object.status !== 'COMPLETED';
	if (isAsked || accountId === source.accountId || !ownership.isRead) return [];
	if (ownership.value === 'BucketOwnerEnforced') return [];
	return [
		{
			reason: 'replicas-of-source-account',
			place: places.destinationRights,
			certainty: 'possible',
			headline: `Replicas in ${bucket} belong to the source’s account`,
			evidence: `Object Ownership of ${bucket} is ${ownership.value}, and rule ${rule.ID ?? ''} does not change the owner. Account ${accountId} may not be able to read them.`,
			mend: `Set Object Ownership of ${bucket} to BucketOwnerEnforced, if nobody needs its ACLs. Or turn on owner override in the rule: --owner-override. Replicas that are there keep their owner.`,
			mendKind: 'advice',
		},
	];
}

function notRead({destination, destinationName: name, rule}: Case): readonly PlacedFinding[] {
	const account = rule.Destination.Account;
	const causes =
		destination.state === 'unseen'
			? [destination.cause]
			: destination.state === 'existing'
				? unreadOf(destination.seen)
				: [];
	if (causes.length === 0) return [];
	return [
		{
			reason: 'destination-not-read',
			place: places.notRead,
			certainty: 'possible',
			headline: `${name} was not read as a whole`,
			evidence: `Not read: ${causes.join(' ')}`,
			mend: `Give a profile of ${account === undefined ? 'its account' : `account ${account}`} that may read it: --destination-profile NAME.`,
			mendKind: 'advice',
		},
	];
}

function unreadOf({
	versioning,
	policy,
	lock,
	payer,
}: Extract<Case['destination'], {state: 'existing'}>['seen']) {
	return [versioning, policy, lock, payer].flatMap((one) => (one.isRead ? [] : [one.cause]));
}
