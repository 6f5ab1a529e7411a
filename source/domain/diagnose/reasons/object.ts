import {bucketOfArn} from '../../arn.js';
import {prefixRemark} from '../../answers/rule-values.js';
import type {Tag} from '../../answers/rule-values.js';
import {durationText} from '../../text/duration-text.js';
import {limits} from '../../limits.js';
import type {ReplicationRule} from '../../rule/replication-configuration.js';
import {filterOf, filterText} from '../../rule/rule-filter.js';
import {optionsIn} from '../../rule/rule-options.js';
import {ruleName} from '../../rule/rule-name.js';
import {decidingRule} from '../../rule/rule-priority.js';
import type {DiagnosedObject} from '../diagnosed-object.js';
import type {Case} from '../case.js';
import {type Certainty, type PlacedFinding, places} from '../finding.js';
import {isOptedOut, optInKey} from '../opt-in-key.js';
import type {OwnReason} from '../reason-codes.js';
import type {Reason, Reasons} from '../reason.js';

type Texts = {
	readonly headline: string;
	readonly evidence: string;
	readonly certainty?: Certainty;
	/** Where more is known than the entry says. */
	readonly mend?: string;
	/** Where it is a guess that comes after what was read. */
	readonly place?: number;
};

/** Why a rule does not take the object, or nothing; whoever asks knows that there is one. */
type Recognise = (one: Case & {readonly object: DiagnosedObject}) => Texts | undefined;

const entry = (reason: OwnReason, means: string, mend: string, recognise: Recognise): Reason => ({
	means,
	mend,
	recognise(one) {
		const {object} = one;
		const texts = object && recognise({...one, object});
		if (!texts) return [];
		const found: PlacedFinding = {
			reason,
			place: places.rule,
			certainty: 'certain',
			mend,
			mendKind: 'advice',
			...texts,
		};
		return [found];
	},
});

const tagText = ({Key, Value}: Tag): string => `${Key}=${Value}`;

/** The tags of the object with the keys that the rule asks for; nothing where there is none. */
function nearTags(lacks: readonly Tag[], own: readonly Tag[]): string {
	const lower = (tag: Tag): string => tagText(tag).toLowerCase();
	const near = own.filter((one) => lacks.some(({Key}) => Key.toLowerCase() === one.Key.toLowerCase()));
	if (near.length === 0) return '';
	const isOtherCase = near.some((one) => lacks.some((lack) => lower(lack) === lower(one)));
	return ` It has ${near.map(tagText).join(', ')}${isOtherCase ? ': capitals count' : ''}.`;
}

const meantPrefix = (prefix: string): string =>
	prefix === ''
		? 'Change the rule to take every object: it has no prefix then.'
		: `Change the rule’s prefix to ${prefix}.`;

const archives = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * Why S3 does nothing at all with an object. Source: S3 User Guide, "What does Amazon S3 replicate?", "Replicating delete markers
 * between buckets", "Troubleshooting replication".
 */
export const objectReasons: Reasons = {
	'version-deleted': entry(
		'version-deleted',
		'The version was deleted at the source; S3 never replicates the delete of a version.',
		'Delete the replica as well, if it has to go: S3 leaves it.',
		({object, source}) =>
			object.isGone
				? {
						headline: 'The version is gone at the source',
						evidence: `HEAD of ${object.key} (version ${object.versionId}) in ${source.bucket} finds nothing.`,
					}
				: undefined,
	),
	'is-a-replica': entry(
		'is-a-replica',
		'The object is a replica itself; S3 replicates no replicas.',
		'Replicate from the bucket that it was first written to; Batch Replication copies replicas.',
		({object}) =>
			object.status === 'REPLICA'
				? {headline: 'The object is a replica itself', evidence: 'Its replication status is REPLICA.'}
				: undefined,
	),
	'null-version': entry(
		'null-version',
		'The object was written while versioning was not enabled: it has no version id.',
		'Upload the object again.',
		({object}) =>
			object.versionId === 'null'
				? {headline: 'The object has no version id', evidence: 'Its version id is null.'}
				: undefined,
	),
	'rule-disabled': {
		means: 'The rule that takes the object is disabled.',
		mend: 'Enable the rule.',
		recognise: disabled,
	},
	'other-prefix': entry(
		'other-prefix',
		'The object’s key does not begin as the rule asks.',
		'Give the rule another prefix, or the object another key.',
		({rule, object}) => {
			const {prefix} = filterOf(rule);
			if (object.key.startsWith(prefix)) return undefined;
			const remark = prefixRemark(prefix);
			const isMeant = remark !== undefined && object.key.startsWith(remark.prefix);
			const isOtherCase = object.key.toLowerCase().startsWith(prefix.toLowerCase());
			return {
				headline: `Rule ${ruleName(rule)} takes other keys`,
				evidence: `Rule ${ruleName(rule)} takes ${filterText(filterOf(rule))}; the key is ${object.key}.${isMeant ? ` ${remark.cause}` : ''}${isOtherCase ? ' Capitals count.' : ''}`,
				...(isMeant ? {mend: meantPrefix(remark.prefix)} : {}),
			};
		},
	),
	'other-tags': entry(
		'other-tags',
		'When it was written, the object lacked tags that the rule asks for.',
		'Upload the object again with the tags: tags that come later start no replication.',
		({rule, object}) => {
			const {tags} = filterOf(rule);
			if (tags.length === 0) return undefined;
			if (object.isDeleteMarker)
				return {
					headline: `Rule ${ruleName(rule)} takes no delete markers`,
					evidence: `Rule ${ruleName(rule)} takes ${filterText(filterOf(rule))}, and delete markers have no tags.`,
				};
			const {tags: read} = object;
			if (!read?.isRead)
				return {
					// S3 did nothing with it, and there is no better guess.
					certainty: object.status === null ? 'likely' : 'possible',
					headline: `Rule ${ruleName(rule)} asks for tags`,
					evidence: `Rule ${ruleName(rule)} takes ${filterText(filterOf(rule))}; the object’s tags were not read.`,
				};
			const lacks = tags.filter(
				({Key, Value}) => !read.value.some((tag) => tag.Key === Key && tag.Value === Value),
			);
			return lacks.length === 0
				? undefined
				: {
						headline: `Rule ${ruleName(rule)} asks for other tags`,
						evidence: `The object has no tag ${lacks.map(tagText).join(', ')}.${nearTags(lacks, read.value)}`,
					};
		},
	),
	'delete-marker-not-replicated': entry(
		'delete-marker-not-replicated',
		'The rule does not replicate delete markers.',
		'Turn on the replication of delete markers: --delete-markers. What was deleted before stays there.',
		({rule, options, object}) =>
			object.isDeleteMarker && options.deleteMarkers !== true
				? {
						headline: `Rule ${ruleName(rule)} leaves delete markers out`,
						evidence: `DeleteMarkerReplication of rule ${ruleName(rule)} is not Enabled.`,
					}
				: undefined,
	),
	archived: entry(
		'archived',
		'The object lies in an archive; S3 replicates nothing from there.',
		'Restore it and copy it onto itself with another storage class.',
		({object: {storageClass = '', archiveStatus}}) =>
			archives.has(storageClass) || archiveStatus !== undefined
				? {
						headline: 'The object lies in an archive',
						evidence: `Its storage class is ${storageClass}${archiveStatus === undefined ? '' : ` (${archiveStatus})`}.`,
					}
				: undefined,
	),
	'kms-not-replicated': {
		means: 'The object is encrypted with KMS, and the rule leaves such objects out.',
		mend: 'Name a key for replicas in the rule: --kms-key.',
		recognise: kmsLeftOut,
	},
	'sse-c': entry(
		'sse-c',
		'The object is encrypted with a customer’s key; new buckets refuse such replicas.',
		'Allow SSE-C at the destination: its encryption again, with BlockedEncryptionTypes NONE.',
		({object, destinationName, destination}) => {
			if (object.encryption?.kind !== 'customer') return undefined;
			if (object.replicas?.[destinationName] === 'existing') return undefined;
			const read = destination.state === 'existing' && destination.seen.encryption;
			const blocks = read && read.isRead ? read.value.blocksCustomerKeys : undefined;
			if (blocks === false) return undefined;
			return {
				certainty: blocks ? 'likely' : 'possible',
				headline: 'The object is encrypted with SSE-C',
				evidence: blocks
					? `GetBucketEncryption of ${destinationName} says that it blocks SSE-C. Buckets do so by default since April 2026.`
					: `Buckets refuse SSE-C by default since April 2026; whether ${destinationName} does was not read.`,
			};
		},
	),
	'other-rule-goes-first': entry(
		'other-rule-goes-first',
		'Another rule with a higher priority takes the object to the same destination.',
		'Look at that rule.',
		(one) => {
			const winner = winnerOf(one);
			return winner && winner !== one.rule && one.rule.Status === 'Enabled' && takes(one.rule, one.object)
				? {
						headline: `Rule ${ruleName(winner)} goes before rule ${ruleName(one.rule)}`,
						evidence: `Both take the object to ${one.destinationName}; their priorities are ${winner.Priority ?? 0} and ${one.rule.Priority ?? 0}.`,
					}
				: undefined;
		},
	),
	'written-before-rule': entry(
		'written-before-rule',
		'The object was written before the rule, or by a lifecycle rule: S3 leaves it out.',
		'Copy the object onto itself, or use Batch Replication for many.',
		({object, rule, options, destinationName}) => {
			const name = ruleName(rule);
			if (object.isDeleteMarker)
				return options.deleteMarkers === true && object.replicas?.[destinationName] === 'absent'
					? {
							certainty: 'likely',
							// Markers have no status: S3 may have taken it, and what stands in its way comes first.
							place: places.notRead - 1,
							headline: `${destinationName} lacks the delete marker`,
							evidence: `Rule ${name} replicates delete markers. S3 leaves out those of lifecycle rules, and those from before the rule.`,
							mend: `Delete the object at ${destinationName} as well.`,
						}
					: undefined;
			if (object.status !== null) return undefined;
			const isTagged = filterOf(rule).tags.length > 0;
			// Whether the rule takes it nobody knows: that is told of its tags.
			if (isTagged && !object.tags?.isRead) return undefined;
			return {
				certainty: 'likely',
				headline: isTagged ? 'The object, or its tags, are older' : 'The object is older than the rule',
				evidence: `Rule ${name} takes such objects now, and S3 gives this one no replication status.${isTagged ? ' Tags that come after the upload start no replication.' : ' A rule that was disabled then took nothing, either.'}`,
			};
		},
	),
	'replica-missing': entry(
		'replica-missing',
		'S3 has replicated the object, and the destination lacks it.',
		'Copy the object onto itself: S3 replicates the new version.',
		({object, destinationName, rule}) =>
			object.status === 'COMPLETED' && object.replicas?.[destinationName] === 'absent'
				? {
						headline: `${destinationName} lacks what S3 replicated`,
						evidence: `S3 says COMPLETED, and ${destinationName} has no such version. Somebody deleted it there, or a lifecycle rule. Or rule ${ruleName(rule)} is newer than the object.`,
					}
				: undefined,
	),
	'replica-hidden': entry(
		'replica-hidden',
		'The replica is there, below a newer version or a delete marker.',
		'Delete what lies over the replica, or copy the object onto itself.',
		({object, destinationName}) =>
			object.replicas?.[destinationName] === 'hidden'
				? {
						headline: `The replica in ${destinationName} is hidden`,
						evidence: `The version is in ${destinationName}. A newer version or a delete marker there lies over it.`,
					}
				: undefined,
	),
	'no-cause-seen': entry(
		'no-cause-seen',
		'S3 says FAILED, and nothing that was read stands in the way now.',
		'Copy the object onto itself. If that fails, diagnose --probe --reasons has S3 tell why.',
		() => undefined,
	),
	'rule-changed-since': entry(
		'rule-changed-since',
		'S3 took the object once; the rules have changed since.',
		'Copy the object onto itself: then the rules of today take it.',
		() => undefined,
	),
	'not-due-yet': entry(
		'not-due-yet',
		'S3 has not finished yet; with replication time control most objects take less than 15 minutes.',
		'Wait: pending is no failure.',
		({object: {status, ageMs}, options}) => {
			if (status !== 'PENDING' || ageMs === undefined) return undefined;
			if (ageMs < limits.timeControlMinutes * 60_000)
				return {
					certainty: 'possible',
					headline: 'S3 has not finished yet',
					evidence: `The object is PENDING, and younger than ${limits.timeControlMinutes} minutes${options.replicationTimeControl ? ', which its rule has for most objects' : ''}.`,
				};
			return {
				certainty: 'possible',
				headline: `S3 has not finished after ${durationText(ageMs)}`,
				evidence: `The object is still PENDING. ${options.metrics ? 'CloudWatch shows how much is pending.' : 'Without metrics nobody sees how much else is pending.'} Large objects take hours, and so do many at once.`,
				mend: options.metrics
					? 'See whether the pending operations fall. If not, copy the object onto itself.'
					: 'Turn on metrics (--metrics) to see what is pending. Or copy the object onto itself.',
			};
		},
	),
};

/** A rule that is disabled is wanted so; that none is enabled is told of the first, since nothing is replicated then. */
function disabled({rule, object, observed, source}: Case): readonly PlacedFinding[] {
	const rules = observed.replication?.Rules ?? [];
	const areAll = rule === rules[0] && rules.every(({Status}) => Status === 'Disabled');
	if (rule.Status !== 'Disabled' || !(object || areAll)) return [];
	return [
		{
			reason: 'rule-disabled',
			place: places.rule,
			certainty: object ? 'certain' : 'possible',
			headline: object ? `Rule ${ruleName(rule)} is disabled` : `No rule of ${source.bucket} is enabled`,
			evidence: object
				? `Status of rule ${ruleName(rule)} is Disabled.`
				: `S3 replicates nothing of ${source.bucket}: the status of every rule is Disabled.`,
			mend: 'Enable the rule.',
			mendKind: 'advice',
		},
	];
}

/**
 * An object with SSE-KMS, or a bucket that encrypts so by default: then the rule leaves out all that is written without asking for another encryption.
 * Source: S3 User Guide, "Replicating encrypted objects".
 */
function kmsLeftOut({object, options, rule, observed, source}: Case): readonly PlacedFinding[] {
	if (options.kmsKey !== undefined) return [];
	const {encryption} = source;
	const byDefault = encryption.isRead && encryption.value.algorithm.startsWith('aws:kms');
	const own = object?.encryption;
	const isLeftOut = object === undefined ? byDefault && rule.Status === 'Enabled' : own?.kind === 'kms';
	if (!isLeftOut) return [];
	const key = optInKey(observed, rule);
	const optIn = isOptedOut(rule) ? 'is Disabled' : 'is not Enabled';
	return [
		{
			reason: 'kms-not-replicated',
			place: places.rule,
			// Somebody wants it so, or writes with another encryption than the bucket's.
			certainty: object ? 'certain' : isOptedOut(rule) ? 'possible' : 'likely',
			headline: `Rule ${ruleName(rule)} leaves SSE-KMS objects out`,
			evidence: `${own?.kind === 'kms' ? `The object is encrypted with ${own.keyArn ?? 'a KMS key'}` : `${source.bucket} encrypts with SSE-KMS by default`}, and SseKmsEncryptedObjects of the rule ${optIn}.`,
			mend: `Name a key for replicas in the rule: --kms-key${key === undefined ? '' : ` ${key}`}. Then Batch Replication copies what was left out.`,
			mendKind: key === undefined ? 'advice' : 'plan',
		},
	];
}

/** Of the enabled rules that take the object to this destination the one that counts. */
function winnerOf(one: Case & {readonly object: DiagnosedObject}): ReplicationRule | undefined {
	const candidates = (one.observed.replication?.Rules ?? []).filter(
		(rule) =>
			rule.Status === 'Enabled' &&
			bucketOfArn(rule.Destination.Bucket) === one.destinationName &&
			takes(rule, one.object),
	);
	return decidingRule(candidates);
}

/**
 * Whether a rule, once enabled, takes the object, as far as its tags are known. Of delete markers the rule that decides says whether they
 * are replicated: one below it has no say, as in `markerDestinations`.
 */
function takes(rule: ReplicationRule, object: DiagnosedObject): boolean {
	const {prefix, tags} = filterOf(rule);
	const own = object.tags?.isRead ? object.tags.value : undefined;
	const options = optionsIn(rule);
	return (
		object.key.startsWith(prefix) &&
		(own === undefined ||
			tags.every(({Key, Value}) => own.some((tag) => tag.Key === Key && tag.Value === Value))) &&
		(object.encryption?.kind !== 'kms' || options.kmsKey !== undefined) &&
		(!object.isDeleteMarker || tags.length === 0)
	);
}
