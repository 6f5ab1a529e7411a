import {bucketOfArn} from '../../arn.js';
import {limits} from '../../limits.js';
import type {ReplicationRule} from '../../rule/replication-configuration.js';
import {filterOf, filterText} from '../../rule/rule-filter.js';
import {optionsIn} from '../../rule/rule-options.js';
import {decidingRule} from '../../rule/rule-priority.js';
import type {DiagnosedObject} from '../diagnosed-object.js';
import type {Case} from '../case.js';
import {type Certainty, type PlacedFinding, places} from '../finding.js';
import type {OwnReason} from '../reason-codes.js';
import type {Reason, Reasons} from '../reason.js';

type Texts = {readonly headline: string; readonly evidence: string; readonly certainty?: Certainty};

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

const ruleName = ({ID: id}: ReplicationRule): string => id ?? 'without a name';

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
	'rule-disabled': entry(
		'rule-disabled',
		'The rule that takes the object is disabled.',
		'Enable the rule.',
		({rule}) =>
			rule.Status === 'Disabled'
				? {
						headline: `Rule ${ruleName(rule)} is disabled`,
						evidence: `Status of rule ${ruleName(rule)} is Disabled.`,
					}
				: undefined,
	),
	'other-prefix': entry(
		'other-prefix',
		'The object’s key does not begin as the rule asks.',
		'Give the rule another prefix, or the object another key.',
		({rule, object}) => {
			const {prefix} = filterOf(rule);
			return object.key.startsWith(prefix)
				? undefined
				: {
						headline: `Rule ${ruleName(rule)} takes other keys`,
						evidence: `Rule ${ruleName(rule)} takes ${filterText(filterOf(rule))}; the key is ${object.key}.`,
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
					certainty: 'possible',
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
						evidence: `The object has no tag ${lacks.map(({Key, Value}) => `${Key}=${Value}`).join(', ')}.`,
					};
		},
	),
	'delete-marker-not-replicated': entry(
		'delete-marker-not-replicated',
		'The rule does not replicate delete markers.',
		'Turn on the replication of delete markers in the rule: --delete-markers.',
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
	'kms-not-replicated': entry(
		'kms-not-replicated',
		'The object is encrypted with KMS, and the rule leaves such objects out.',
		'Name a key for replicas in the rule: --kms-key.',
		({object, options, rule}) =>
			object.encryption?.kind === 'kms' && options.kmsKey === undefined
				? {
						headline: `Rule ${ruleName(rule)} leaves SSE-KMS objects out`,
						evidence: `The object is encrypted with ${object.encryption.keyArn ?? 'a KMS key'}, and SseKmsEncryptedObjects of the rule is not Enabled.`,
					}
				: undefined,
	),
	'sse-c': entry(
		'sse-c',
		'The object is encrypted with a customer’s key; new buckets refuse such replicas.',
		'Allow SSE-C at the destination: PutBucketEncryption with BlockedEncryptionTypes NONE.',
		({object, destinationName}) =>
			object.encryption?.kind === 'customer'
				? {
						certainty: 'possible',
						headline: 'The object is encrypted with SSE-C',
						evidence: `Buckets refuse SSE-C by default since April 2026; whether ${destinationName} does was not read.`,
					}
				: undefined,
	),
	'other-rule-goes-first': entry(
		'other-rule-goes-first',
		'Another rule with a higher priority takes the object to the same destination.',
		'Look at that rule.',
		(one) => {
			const winner = winnerOf(one);
			return winner && winner !== one.rule && one.rule.Status === 'Enabled'
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
		({object, rule}) =>
			object.status === null
				? {
						certainty: 'likely',
						headline: 'The object is older than the rule',
						evidence: `Rule ${ruleName(rule)} takes such objects now, and S3 gives this one no replication status.`,
					}
				: undefined,
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
		({object, options}) =>
			object.status === 'PENDING' && (object.ageMs ?? Infinity) < limits.timeControlMinutes * 60_000
				? {
						certainty: 'possible',
						headline: 'S3 has not finished yet',
						evidence: `The object is PENDING, and younger than ${limits.timeControlMinutes} minutes${options.replicationTimeControl ? ', which its rule has for most objects' : ''}.`,
					}
				: undefined,
	),
};

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

/** Whether a rule, once enabled, takes the object, as far as its tags are known. */
function takes(rule: ReplicationRule, object: DiagnosedObject): boolean {
	const {prefix, tags} = filterOf(rule);
	const own = object.tags?.isRead ? object.tags.value : undefined;
	const options = optionsIn(rule);
	return (
		object.key.startsWith(prefix) &&
		(own === undefined ||
			tags.every(({Key, Value}) => own.some((tag) => tag.Key === Key && tag.Value === Value))) &&
		(object.encryption?.kind !== 'kms' || options.kmsKey !== undefined) &&
		(!object.isDeleteMarker || (options.deleteMarkers === true && tags.length === 0))
	);
}
