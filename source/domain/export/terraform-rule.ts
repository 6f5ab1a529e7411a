import type {ReplicationRule} from '../rule/replication-configuration.js';
import type {Block, HclValue} from './hcl.js';

type Element = Readonly<Record<string, unknown>>;
type Tags = ReadonlyArray<{readonly Key: string; readonly Value: string}>;

/** How the members of an element are written: an attribute or a map of tags by its name, or a block with members of its own. */
type Members = Readonly<
	Record<string, string | {readonly map: string} | {readonly block: string; readonly members: Members}>
>;

const block = (name: string, members: Members) => ({block: name, members}) as const;
const status = {Status: 'status'} as const;
const minutes = {Minutes: 'minutes'} as const;

/**
 * Every element of a rule, by its name in the S3 API and in Terraform, in the order in which it is written.
 * Source: S3 API Reference, ReplicationRule; Terraform AWS provider 5.100, aws_s3_bucket_replication_configuration.
 */
const ruleMembers: Members = {
	ID: 'id',
	Priority: 'priority',
	Prefix: 'prefix',
	Status: 'status',
	Filter: block('filter', {
		Prefix: 'prefix',
		Tag: block('tag', {Key: 'key', Value: 'value'}),
		And: block('and', {Prefix: 'prefix', Tags: {map: 'tags'}}),
	}),
	DeleteMarkerReplication: block('delete_marker_replication', status),
	ExistingObjectReplication: block('existing_object_replication', status),
	SourceSelectionCriteria: block('source_selection_criteria', {
		ReplicaModifications: block('replica_modifications', status),
		SseKmsEncryptedObjects: block('sse_kms_encrypted_objects', status),
	}),
	Destination: block('destination', {
		Bucket: 'bucket',
		Account: 'account',
		StorageClass: 'storage_class',
		AccessControlTranslation: block('access_control_translation', {Owner: 'owner'}),
		EncryptionConfiguration: block('encryption_configuration', {ReplicaKmsKeyID: 'replica_kms_key_id'}),
		Metrics: block('metrics', {...status, EventThreshold: block('event_threshold', minutes)}),
		ReplicationTime: block('replication_time', {...status, Time: block('time', minutes)}),
	}),
};

/** A rule as a block: every element that S3 returns and none that it does not, or Terraform would see a difference. */
export function ruleBlock(rule: ReplicationRule): Block {
	return {type: 'rule', body: bodyOf(rule, ruleMembers)};
}

/** The elements of a rule that are not written: what S3 has got since. */
export function unknownElements(rule: ReplicationRule): readonly string[] {
	return unknownIn(rule, ruleMembers);
}

function bodyOf(value: Element, members: Members): Block['body'] {
	return Object.entries(members).flatMap(([name, how]): Block['body'] => {
		const member = value[name];
		if (member === undefined) return [];
		if (typeof how === 'string') return [[how, member as HclValue]];
		if ('map' in how)
			return [[how.map, Object.fromEntries((member as Tags).map(({Key, Value}) => [Key, Value]))]];
		return [{type: how.block, body: bodyOf(member as Element, how.members)}];
	});
}

function unknownIn(value: Element, members: Members): readonly string[] {
	return Object.entries(value).flatMap(([name, member]) => {
		if (member === undefined) return [];
		const how = members[name];
		if (how === undefined) return [name];
		return typeof how === 'object' && 'block' in how ? unknownIn(member as Element, how.members) : [];
	});
}
