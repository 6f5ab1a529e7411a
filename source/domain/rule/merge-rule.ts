import {bucketArn} from '../arn.js';
import {
	freePriority,
	type ReplicationConfiguration,
	type ReplicationRule,
} from './replication-configuration.js';
import {asSchemaV2} from './rule-conversion.js';
import {covers, filterOf, filterText, overlaps} from './rule-filter.js';
import {
	besidesText,
	destinationOwner,
	fulfils,
	isAimedAtNoMore,
	ruleFor,
	type WantedRule,
} from './rule-meaning.js';
import {lackingIn, optionTexts, type RuleOptions, withOptions} from './rule-options.js';
import {placeBelow, type PlacedRule} from './rule-priority.js';

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
	/** Another rule has the priority that a person chose. */
	| {
			readonly ok: false;
			readonly why: 'priority';
			readonly rule: ReplicationRule;
			readonly freePriority: number;
	  }
	| {readonly ok: false; readonly why: 'full'};

/**
 * The source's replication configuration with the rule wanted, and with every other rule doing what it did.
 * Gives the same value back where a rule does it already, whatever its name, priority and schema; a rule of the wanted
 * name, destination and filter gets what it lacks (it is enabled, an option is added) and keeps the rest; rules of schema V1 are
 * converted where something has to be written beside them.
 * Source: S3 User Guide, "Replication configuration file elements" (schema V2 wants Filter, Priority and DeleteMarkerReplication).
 */
export function mergeRule(
	existing: ReplicationConfiguration | undefined,
	roleArn: string,
	asked: WantedRule,
): MergedRules {
	const rules = existing?.Rules ?? [];
	const wanted = named(rules, asked);
	const ofName = rules.find((rule) => rule.ID === wanted.id);
	const doing = ofName && fulfils(ofName, wanted) ? ofName : rules.find((rule) => fulfils(rule, wanted));
	if (existing && doing) {
		const configuration = existing.Role === roleArn ? existing : {...existing, Role: roleArn};
		return {ok: true, configuration, ruleId: doing.ID ?? wanted.id, notes: keptNotes(doing, wanted)};
	}

	if (ofName && !isAimedAtNoMore(ofName, wanted))
		return {ok: false, why: 'taken', rule: ofName, freeId: freeId(rules, wanted.id)};
	if (!ofName && rules.length >= maxRules) return {ok: false, why: 'full'};
	const {priority} = wanted;
	const inTheWay = rules.find((rule) => rule !== ofName && rule.Priority === priority);
	if (priority !== undefined && inTheWay)
		return {ok: false, why: 'priority', rule: inTheWay, freePriority: freePriority(rules)};
	const written = ofName ? changed(rules, ofName, wanted) : added(rules, wanted);
	return {
		ok: true,
		configuration: {...existing, Role: roleArn, Rules: written.rules},
		ruleId: wanted.id,
		notes: written.notes,
	};
}

/** A rule that nobody named gets a free name where another rule has the usual one: both stand beside each other. */
function named(rules: readonly ReplicationRule[], wanted: WantedRule): WantedRule {
	if (!wanted.isNameFree) return wanted;
	const ofName = rules.find((rule) => rule.ID === wanted.id);
	const isOther = ofName && !fulfils(ofName, wanted) && !isAimedAtNoMore(ofName, wanted);
	return isOther ? {...wanted, id: freeId(rules, wanted.id)} : wanted;
}

type Written = {readonly rules: readonly ReplicationRule[]; readonly notes: readonly string[]};

function added(existing: readonly ReplicationRule[], wanted: WantedRule): Written {
	const converted = asSchemaV2(existing);
	const bucket = bucketArn(wanted.partition, wanted.destinationBucket);
	const placed = placeOf(converted.rules, wanted, bucket);
	const rule = ruleFor(wanted, placed.priority);
	return {
		rules: [...placed.rules, rule],
		notes: [...converted.notes, ...placed.notes, ...orderNotes(placed.rules, rule, wanted)],
	};
}

/** Where the new rule goes: where a person said, else below what other rules say of their objects. */
function placeOf(rules: readonly ReplicationRule[], {priority}: WantedRule, destination: string): PlacedRule {
	return priority === undefined ? placeBelow(rules, destination) : {priority, rules, notes: []};
}

/** Which rule decides over objects that two rules with one destination take, where that makes a difference. */
function orderNotes(
	others: readonly ReplicationRule[],
	rule: ReplicationRule,
	{priority, options = {}}: WantedRule,
): readonly string[] {
	const filter = filterOf(rule);
	const siblings = others.filter(
		(other) =>
			other.Status === 'Enabled' &&
			other.Destination.Bucket === rule.Destination.Bucket &&
			overlaps(filterOf(other), filter) &&
			(priority !== undefined || lackingIn(other, options).length > 0),
	);
	return siblings.map((other) => {
		const isFirst = (rule.Priority ?? 0) > (other.Priority ?? 0);
		const objects = covers(filterOf(other), filter)
			? 'all objects of the new rule'
			: 'objects that both take';
		return isFirst
			? `rule ${other.ID ?? ''}: the new rule decides over objects that both take`
			: `rule ${other.ID ?? ''}: it decides over ${objects}; a higher --priority lets the new rule decide`;
	});
}

/** A rule that is there, with what it lacks: switched on in its place, below what others say of their objects, with the options asked for. */
function changed(existing: readonly ReplicationRule[], ofName: ReplicationRule, wanted: WantedRule): Written {
	const lacking = lackingIn(ofName, wanted.options ?? {});
	const notes = changeNotes(ofName, wanted, lacking);
	const isAlone = existing.length === 1;
	// By itself a rule of schema V1 needs no priority.
	if (isAlone && lacking.length === 0 && wanted.priority === undefined)
		return {rules: [{...ofName, Status: 'Enabled'}], notes};
	const converted = asSchemaV2(existing);
	const index = existing.indexOf(ofName);
	const others = converted.rules.filter((_rule, at) => at !== index);
	const rule = withOptions(converted.rules[index] ?? ofName, wanted.options ?? {}, {
		destinationAccountId: destinationOwner(wanted),
	});
	const isPlaced =
		ofName.Status === 'Enabled' ||
		others
			.filter(({Destination: {Bucket: bucket}}) => bucket === rule.Destination.Bucket)
			.every(({Priority: priority}) => (priority ?? 0) > (rule.Priority ?? 0));
	const placed: PlacedRule =
		wanted.priority === undefined && isPlaced
			? {priority: rule.Priority ?? 0, rules: others, notes: []}
			: placeOf(others, wanted, rule.Destination.Bucket);
	const rules = [...placed.rules];
	rules.splice(index, 0, {...rule, Priority: placed.priority, Status: 'Enabled'});
	return {rules, notes: [...notes, ...converted.notes, ...placed.notes]};
}

function changeNotes(
	ofName: ReplicationRule,
	{options = {}}: WantedRule,
	lacking: ReadonlyArray<keyof RuleOptions>,
): readonly string[] {
	const name = ofName.ID ?? '';
	const gets = optionTexts(Object.fromEntries(lacking.map((option) => [option, options[option]])));
	return [
		...(ofName.Status === 'Enabled' ? [] : [`rule ${name}: it is there and disabled, and is enabled`]),
		...(gets.length === 0 ? [] : [`rule ${name}: it is there, and changes: ${gets.join(', ')}`]),
	];
}

function keptNotes(doing: ReplicationRule, wanted: WantedRule): readonly string[] {
	const besides = besidesText(doing, wanted);
	const name = doing.ID ?? '';
	if (name !== wanted.id)
		return [
			`rule ${name}: it replicates ${filterText(filterOf(doing))} to ${wanted.destinationBucket} already${besides === '' ? '' : ` (${besides})`}; ${wanted.id} is not needed`,
		];
	return besides === '' ? [] : [`rule ${name}: it does more than is asked for, and is kept so: ${besides}`];
}

function freeId(rules: readonly ReplicationRule[], wanted: string): string {
	const taken = new Set(rules.map(({ID: id}) => id));
	let number = 2;
	while (taken.has(`${wanted}-${number}`)) number++;
	return `${wanted}-${number}`;
}
