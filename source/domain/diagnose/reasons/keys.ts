import {regionOfKey} from '../../answers/key-name.js';
import {profileOption} from '../../answers/profile-option.js';
import type {ObservedKey} from '../../observed/observed-key.js';
import {optionsIn} from '../../rule/rule-options.js';
import {dutyContextOf, type Case} from '../case.js';
import {type PlacedFinding, places} from '../finding.js';
import type {Reasons} from '../reason.js';

/** Whether the keys can be used at all. Source: S3 User Guide, "Replicating encrypted objects"; KMS Developer Guide, "Key states". */
export const keyReasons: Reasons = {
	SrcKmsKeyInvalidState: {
		means: 'The key that the object is encrypted with cannot be used.',
		mend: 'Enable the key, or cancel its deletion.',
		recognise: sourceKey,
	},
	DstKmsKeyNotFound: {
		means: 'The key that the rule names for replicas does not exist.',
		mend: 'Name a key of the destination’s region in the rule.',
		recognise: replicaKeyMissing,
	},
	DstKmsKeyInvalidState: {
		means: 'The key that the rule names for replicas cannot be used.',
		mend: 'Enable the key, or cancel its deletion.',
		recognise: replicaKeyState,
	},
	'key-not-read': {
		means: 'A key could not be read whole: its state or policy may be wrong.',
		mend: 'Give a profile that may read it (kms:DescribeKey, kms:GetKeyPolicy).',
		recognise: notRead,
	},
};

const takesKeys = ({options, object}: Case): boolean =>
	options.kmsKey !== undefined &&
	object?.isDeleteMarker !== true &&
	(object?.encryption === undefined || object.encryption.kind === 'kms');

/** @param profile the one that its side is read with */
function enable(arn: string, profile: string | undefined): string {
	const key = `--key-id ${arn}${profile === undefined ? ' --profile NAME' : profileOption(profile)}`;
	return `Whoever manages the key can enable it: aws kms enable-key ${key} (where it is pending deletion, aws kms cancel-key-deletion ${key} first).`;
}

function sourceKey(one: Case): readonly PlacedFinding[] {
	const arn = dutyContextOf(one).sourceKeyArn;
	if (!takesKeys(one) || arn === undefined) return [];
	const key = Object.values(one.observed.keys).find(
		(found) => found.state === 'existing' && found.key.arn === arn,
	);
	if (key?.state !== 'existing' || key.key.state === 'Enabled') return [];
	return [
		{
			reason: 'SrcKmsKeyInvalidState',
			place: places.sourceKey + 1,
			// The default key of the bucket need not be the key of an object.
			certainty: one.object?.encryption ? 'certain' : 'likely',
			headline: `The source’s KMS key is ${key.key.state}`,
			evidence: `DescribeKey of ${arn} says ${key.key.state}.`,
			mend: enable(arn, one.source.profile),
			mendKind: 'advice',
		},
	];
}

function replicaKeyMissing(one: Case): readonly PlacedFinding[] {
	const {kmsKey} = one.options;
	const key = keyOf(one);
	if (!takesKeys(one) || kmsKey === undefined || key === undefined) return [];
	const isElsewhere = key.state === 'elsewhere' || isOfOtherRegion(one);
	if (key.state !== 'absent' && !isElsewhere) return [];
	return [
		{
			reason: 'DstKmsKeyNotFound',
			place: places.destinationKey,
			certainty: 'certain',
			headline: isElsewhere ? 'The replicas’ KMS key is elsewhere' : 'The replicas’ KMS key does not exist',
			evidence: isElsewhere
				? `${kmsKey} is in another region than ${one.destinationName}.`
				: `KMS knows no key ${kmsKey} in the region of ${one.destinationName}.`,
			mend: `Change the rule to a key in the region of ${one.destinationName}.`,
			mendKind: 'advice',
		},
	];
}

function replicaKeyState(one: Case): readonly PlacedFinding[] {
	const key = keyOf(one);
	if (!takesKeys(one) || key?.state !== 'existing' || key.key.state === 'Enabled' || isOfOtherRegion(one))
		return [];
	return [
		{
			reason: 'DstKmsKeyInvalidState',
			place: places.destinationKey + 1,
			certainty: 'certain',
			headline: `The replicas’ KMS key is ${key.key.state}`,
			evidence: `DescribeKey of ${key.key.arn} says ${key.key.state}.`,
			mend: enable(
				key.key.arn,
				one.destination.state === 'existing' ? one.destination.seen.profile : undefined,
			),
			mendKind: 'advice',
		},
	];
}

/** A key's ARN names its region; the key may be the source's own, and be found there. */
function isOfOtherRegion({options: {kmsKey = ''}, destination}: Case): boolean {
	const region = regionOfKey(kmsKey);
	return destination.state === 'existing' && region !== undefined && region !== destination.seen.region;
}

function keyOf({options: {kmsKey}, observed}: Case): ObservedKey | undefined {
	return kmsKey === undefined ? undefined : observed.keys[kmsKey];
}

/** The keys of the rule that were looked at in vain; where nobody sees the destination that is told of it already. */
function notRead(one: Case): readonly PlacedFinding[] {
	if (!takesKeys(one)) return [];
	const {observed, options, destination} = one;
	const replicas = destination.state === 'existing' ? options.kmsKey : undefined;
	return Object.entries(observed.keys).flatMap(([name, key]) => {
		const isReplicas = name === options.kmsKey;
		if (isReplicas ? name !== replicas : isOfAnotherRule(one, name)) return [];
		const cause = unreadOf(key);
		if (cause === undefined) return [];
		return [
			{
				reason: 'key-not-read' as const,
				place: places.notRead + 1,
				certainty: 'possible' as const,
				headline: isReplicas ? 'The replicas’ KMS key was not read' : 'The source’s KMS key was not read',
				evidence: `Not read of ${name}: ${cause}`,
				mend: `Give a profile that may read it (kms:DescribeKey, kms:GetKeyPolicy): ${isReplicas ? '--destination-profile' : '--source-profile'} NAME.`,
				mendKind: 'advice' as const,
			},
		];
	});
}

/** A key that another rule names for its replicas, and the source has nothing to do with. */
function isOfAnotherRule({observed, source, object}: Case, name: string): boolean {
	const {encryption} = source;
	const byDefault = encryption.isRead ? (encryption.value.keyId ?? 'alias/aws/s3') : undefined;
	const own = object?.encryption?.kind === 'kms' ? object.encryption.keyArn : undefined;
	if (name === byDefault || name === own) return false;
	return (observed.replication?.Rules ?? []).some((rule) => optionsIn(rule).kmsKey === name);
}

/** Nobody but AWS changes the policy of a key of AWS's own. */
function unreadOf(key: ObservedKey): string | undefined {
	if (key.state === 'unreadable') return key.cause;
	if (key.state !== 'existing' || key.key.manager === 'AWS' || key.policy?.state !== 'unreadable')
		return undefined;
	return key.policy.cause;
}
