import {limits} from '../limits.js';
import type {ReplicationRule} from './replication-configuration.js';

/**
 * What a person may want of a rule besides its two buckets and its filter. What is absent was not asked for: a new rule has S3's default, and
 * a rule that is there may do as it likes.
 */
export type RuleOptions = {
	/** The storage class of replicas; by default that of the source object. */
	readonly storageClass?: string;
	readonly deleteMarkers?: boolean;
	/** Most objects within 15 minutes; brings metrics with it. */
	readonly replicationTimeControl?: boolean;
	readonly metrics?: boolean;
	/** Whether replicas belong to the account of the destination bucket. */
	readonly ownerOverride?: boolean;
	/** The ARN of the key that replicas of objects with SSE-KMS are encrypted with. */
	readonly kmsKey?: string;
	/** Whether changes of a replica's metadata are replicated from here, too. */
	readonly replicaModifications?: boolean;
};

type RuleOptionName = keyof RuleOptions;

type RuleOption<Value> = {
	/** The value that a rule has; nothing where it has S3's default. */
	readonly read: (rule: ReplicationRule) => Value | undefined;
	/** The rule with this value; everything else of it stays. */
	readonly write: (rule: ReplicationRule, value: Value, context: RuleContext) => ReplicationRule;
	/** What a rule with it does, for people. */
	readonly text: (value: Value) => string;
};

type RuleContext = {
	/** The account of the destination bucket, where it is known. */
	readonly destinationAccountId?: string;
};

type Status = 'Enabled' | 'Disabled';
type Timed = {readonly Status?: Status};
type Criteria = {readonly SseKmsEncryptedObjects?: Timed; readonly ReplicaModifications?: Timed};

const {timeControlMinutes: thresholdMinutes} = limits;

const isOn = (part: unknown): true | undefined =>
	(part as Timed | undefined)?.Status === 'Enabled' ? true : undefined;

const criteriaOf = (rule: ReplicationRule): Criteria => rule.SourceSelectionCriteria ?? {};

const withDestination = (
	rule: ReplicationRule,
	members: Readonly<Record<string, unknown>>,
): ReplicationRule => ({
	...rule,
	Destination: {...rule.Destination, ...members},
});

const withCriteria = (rule: ReplicationRule, members: Criteria): ReplicationRule => ({
	...rule,
	SourceSelectionCriteria: {...criteriaOf(rule), ...members},
});

/**
 * Every option of a rule: how it stands in the rule, and what it means. A new option is an entry here, one among the answers, and a line in their
 * table. Source: S3 API Reference, ReplicationRule, Destination, SourceSelectionCriteria; S3 User Guide, "Replication configuration file elements".
 */
const ruleOptionTable: {
	readonly [Name in RuleOptionName]-?: RuleOption<NonNullable<RuleOptions[Name]>>;
} = {
	storageClass: {
		read: ({Destination: {StorageClass: storageClass}}) => storageClass,
		write: (rule, storageClass) => withDestination(rule, {StorageClass: storageClass}),
		text: (storageClass) => `replicas are stored as ${storageClass}`,
	},
	deleteMarkers: {
		// Rules of schema V1 always replicate them.
		read: (rule) => (rule.Filter === undefined ? true : isOn(rule.DeleteMarkerReplication)),
		write: (rule) => ({...rule, DeleteMarkerReplication: {Status: 'Enabled'}}),
		text: () => 'it replicates delete markers',
	},
	replicationTimeControl: {
		read: ({Destination}) => isOn(Destination.ReplicationTime),
		write: (rule) =>
			withDestination(rule, {
				ReplicationTime: {Status: 'Enabled', Time: {Minutes: thresholdMinutes}},
				Metrics: {Status: 'Enabled', EventThreshold: {Minutes: thresholdMinutes}},
			}),
		text: () => 'it has replication time control',
	},
	metrics: {
		read: ({Destination}) => isOn(Destination.Metrics),
		// Without time control S3 refuses an event threshold.
		write: (rule) =>
			isOn(rule.Destination.ReplicationTime) ? rule : withDestination(rule, {Metrics: {Status: 'Enabled'}}),
		text: () => 'it has metrics',
	},
	ownerOverride: {
		read: ({Destination}) => (Destination.AccessControlTranslation === undefined ? undefined : true),
		write: (rule, _value, {destinationAccountId}) =>
			withDestination(rule, {
				...(destinationAccountId === undefined ? {} : {Account: destinationAccountId}),
				AccessControlTranslation: {Owner: 'Destination'},
			}),
		text: () => "replicas belong to the destination's account",
	},
	kmsKey: {
		read: (rule) =>
			isOn(criteriaOf(rule).SseKmsEncryptedObjects)
				? (rule.Destination.EncryptionConfiguration as {readonly ReplicaKmsKeyID?: string} | undefined)
						?.ReplicaKmsKeyID
				: undefined,
		write: (rule, arn) =>
			withCriteria(withDestination(rule, {EncryptionConfiguration: {ReplicaKmsKeyID: arn}}), {
				SseKmsEncryptedObjects: {Status: 'Enabled'},
			}),
		text: (arn) => `it replicates objects with SSE-KMS, encrypted with ${arn}`,
	},
	replicaModifications: {
		read: (rule) => isOn(criteriaOf(rule).ReplicaModifications),
		write: (rule) => withCriteria(rule, {ReplicaModifications: {Status: 'Enabled'}}),
		text: () => 'it replicates changes of metadata that replicas get',
	},
};

const rows = Object.entries(ruleOptionTable) as unknown as ReadonlyArray<
	readonly [RuleOptionName, RuleOption<string | boolean>]
>;

/** What a rule does besides replicating to its destination. */
export function optionsIn(rule: ReplicationRule): RuleOptions {
	return Object.fromEntries(
		rows.map(([name, {read}]) => [name, read(rule)]).filter(([, value]) => value !== undefined),
	) as RuleOptions;
}

/** The options asked for that a rule does not have. A switch that is off asks for nothing. */
export function lackingIn(rule: ReplicationRule, wanted: RuleOptions): readonly RuleOptionName[] {
	return rows
		.filter(([name, {read}]) => isAskedFor(wanted[name]) && read(rule) !== wanted[name])
		.map(([name]) => name);
}

/** The rule with every option asked for; what it has besides stays. */
export function withOptions(
	rule: ReplicationRule,
	wanted: RuleOptions,
	context: RuleContext,
): ReplicationRule {
	const lacking = new Set(lackingIn(rule, wanted));
	return rows
		.filter(([name]) => lacking.has(name))
		.reduce((changed, [name, {write}]) => write(changed, wanted[name] ?? true, context), rule);
}

/** The options of a rule as they were answered. The compiler names an answer that no option stands for: it would do nothing. */
export function ruleOptionsIn<Given extends RuleOptions>(
	given: Given & Readonly<Record<Exclude<keyof Given, RuleOptionName>, never>>,
): RuleOptions {
	return Object.fromEntries(
		rows.map(([name]) => [name, given[name]]).filter(([, value]) => value !== undefined),
	) as RuleOptions;
}

/** What options mean, a few words each. */
export function optionTexts(options: RuleOptions): readonly string[] {
	return rows.flatMap(([name, {text}]) => {
		const value = options[name];
		return value === undefined || value === false ? [] : [text(value)];
	});
}

function isAskedFor(value: string | boolean | undefined): boolean {
	return value !== undefined && value !== false;
}
