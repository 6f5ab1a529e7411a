import {bucketArn} from '../arn.js';
import {
	isSchemaV1,
	type ReplicationConfiguration,
	type ReplicationRule,
} from './replication-configuration.js';
import {asSchemaV2} from './rule-conversion.js';
import {
	besidesText,
	fulfils,
	isSameRule,
	ruleFor,
	type WantedRule,
	wouldFulfilIfEnabled,
} from './rule-meaning.js';
import {placeBelow} from './rule-priority.js';

export type {WantedRule} from './rule-meaning.js';

/** Source: S3 API Reference, ReplicationConfiguration. */
const maxRules = 1000;

export type MergedRules =
	| {
			readonly ok: true;
			readonly configuration: ReplicationConfiguration;
			/** The rule that does it: the one wanted, or one that did it before under another name. */
			readonly ruleId: string;
			/** What a person should know of the other rules. */
			readonly notes: readonly string[];
	  }
	/** Another rule has the name: nothing is written over it. */
	| {readonly ok: false; readonly why: 'taken'; readonly rule: ReplicationRule; readonly freeId: string}
	| {readonly ok: false; readonly why: 'full'};

/**
 * The source's replication configuration with the rule wanted, and with every other rule doing what it did.
 * Gives the same value back where a rule does it already, whatever its name, priority and schema; a rule of the wanted
 * name that is only disabled is enabled; rules of schema V1 are converted where something has to be written beside them.
 * Source: S3 User Guide, "Replication configuration file elements" (schema V2 wants Filter, Priority and DeleteMarkerReplication).
 */
export function mergeRule(
	existing: ReplicationConfiguration | undefined,
	roleArn: string,
	wanted: WantedRule,
): MergedRules {
	const rules = existing?.Rules ?? [];
	const named = rules.find((rule) => rule.ID === wanted.id);
	const doing = named && fulfils(named, wanted) ? named : rules.find((rule) => fulfils(rule, wanted));
	if (existing && doing) {
		const configuration = existing.Role === roleArn ? existing : {...existing, Role: roleArn};
		return {ok: true, configuration, ruleId: doing.ID ?? wanted.id, notes: keptNotes(doing, wanted)};
	}

	if (named && !wouldFulfilIfEnabled(named, wanted))
		return {ok: false, why: 'taken', rule: named, freeId: freeId(rules, wanted.id)};
	if (!named && rules.length >= maxRules) return {ok: false, why: 'full'};
	const written = named ? enabled(rules, named) : added(rules, wanted);
	return {
		ok: true,
		configuration: {...existing, Role: roleArn, Rules: written.rules},
		ruleId: wanted.id,
		notes: written.notes,
	};
}

type Written = {readonly rules: readonly ReplicationRule[]; readonly notes: readonly string[]};

function added(existing: readonly ReplicationRule[], wanted: WantedRule): Written {
	const converted = asSchemaV2(existing);
	const placed = placeBelow(converted.rules, bucketArn(wanted.partition, wanted.destinationBucket));
	return {
		rules: [...placed.rules, ruleFor(wanted, placed.priority)],
		notes: [...converted.notes, ...placed.notes],
	};
}

/** A rule that was switched off, switched on in its place, below what others say of their objects. */
function enabled(existing: readonly ReplicationRule[], named: ReplicationRule): Written {
	const note = `rule ${named.ID ?? ''}: it is there and disabled, and is enabled`;
	const isAlone = existing.length === 1;
	// By itself a rule of schema V1 needs no priority.
	if (isAlone) return {rules: [{...named, Status: 'Enabled'}], notes: [note]};
	const converted = asSchemaV2(existing);
	const index = existing.indexOf(named);
	const others = converted.rules.filter((_rule, at) => at !== index);
	const rule = converted.rules[index] ?? named;
	const isLowest = others
		.filter(({Destination: {Bucket: bucket}}) => bucket === rule.Destination.Bucket)
		.every(({Priority: priority}) => (priority ?? 0) > (rule.Priority ?? 0));
	const placed = isLowest
		? {priority: rule.Priority ?? 0, rules: others, notes: []}
		: placeBelow(others, rule.Destination.Bucket);
	const rules = [...placed.rules];
	rules.splice(index, 0, {...rule, Priority: placed.priority, Status: 'Enabled'});
	return {rules, notes: [note, ...converted.notes, ...placed.notes]};
}

function keptNotes(doing: ReplicationRule, wanted: WantedRule): readonly string[] {
	const besides = besidesText(doing);
	const name = doing.ID ?? '';
	if (name !== wanted.id)
		return [
			`rule ${name}: it replicates every object to ${wanted.destinationBucket} already${besides === '' ? '' : ` (${besides})`}; ${wanted.id} is not needed`,
		];
	return besides === '' ? [] : [`rule ${name}: it does more than is asked for, and is kept so: ${besides}`];
}

function freeId(rules: readonly ReplicationRule[], wanted: string): string {
	const taken = new Set(rules.map(({ID: id}) => id));
	let number = 2;
	while (taken.has(`${wanted}-${number}`)) number++;
	return `${wanted}-${number}`;
}

/** Whether a configuration read back has the rule that was written, under the same role. */
export function hasRule(
	seen: ReplicationConfiguration | undefined,
	written: ReplicationConfiguration,
	ruleId: string,
): boolean {
	const wanted = written.Rules.find((rule) => rule.ID === ruleId);
	const existing = seen?.Rules.find((rule) => rule.ID === ruleId);
	return (
		wanted !== undefined &&
		existing !== undefined &&
		isSchemaV1(existing) === isSchemaV1(wanted) &&
		seen?.Role === written.Role &&
		isSameRule(existing, wanted)
	);
}
