import {bucketArn, destinationOf} from '../arn.js';
import {isSchemaV1, type ReplicationRule} from './replication-configuration.js';
import {covers, filterElement, filterOf, filterText, type RuleFilter} from './rule-filter.js';
import {lackingIn, optionsIn, optionTexts, type RuleOptions, withOptions} from './rule-options.js';
import {isRecord} from '../../policy/json-shape.js';

export type WantedRule = {
	readonly id: string;
	/** Whether nobody named it: then it may get another name where this one is taken. */
	readonly isNameFree?: boolean;
	readonly partition: string;
	readonly destinationBucket: string;
	/** Across accounts only. */
	readonly destinationAccountId?: string;
	/** The account of both buckets, where there is one. */
	readonly sourceAccountId?: string;
	/** What it takes; the whole bucket by default. */
	readonly filter?: RuleFilter;
	/** A number that a person chose; else one that leaves to other rules what they take. */
	readonly priority?: number;
	readonly options?: RuleOptions;
};

const wholeBucket: RuleFilter = {prefix: '', tags: []};

/** The rule as it is written where there is none yet. Source: S3 User Guide, "Replication configuration file elements". */
export function ruleFor(wanted: WantedRule, priority: number): ReplicationRule {
	const {id, partition, destinationBucket, destinationAccountId, filter = wholeBucket, options = {}} = wanted;
	const bare: ReplicationRule = {
		ID: id,
		Priority: priority,
		Status: 'Enabled',
		Filter: filterElement(filter),
		DeleteMarkerReplication: {Status: 'Disabled'},
		Destination: {
			Bucket: bucketArn(partition, destinationBucket),
			...(destinationAccountId === undefined ? {} : {Account: destinationAccountId}),
		},
	};
	return withOptions(bare, options, {destinationAccountId: destinationOwner(wanted)});
}

/**
 * Whether a rule, once enabled, replicates the objects wanted to the destination wanted; how it does so is another question, and it may
 * take more than these.
 */
function isAimedAt(rule: ReplicationRule, wanted: WantedRule): boolean {
	const {Bucket: bucket, Account: account} = rule.Destination;
	const owner = destinationOwner(wanted);
	return (
		covers(filterOf(rule), wanted.filter ?? wholeBucket) &&
		bucket === bucketArn(wanted.partition, wanted.destinationBucket) &&
		(account === undefined || owner === undefined || account === owner)
	);
}

/** Whether it takes these objects and no others: only then may the rule be changed for their sake. */
export function isAimedAtNoMore(rule: ReplicationRule, wanted: WantedRule): boolean {
	return isAimedAt(rule, wanted) && covers(wanted.filter ?? wholeBucket, filterOf(rule));
}

/** Whether a rule does what is wanted, and as it is wanted; it may do more than that. */
export function fulfils(rule: ReplicationRule, wanted: WantedRule): boolean {
	return rule.Status === 'Enabled' && wouldFulfilIfEnabled(rule, wanted);
}

/** The same of a rule that may be disabled. */
function wouldFulfilIfEnabled(rule: ReplicationRule, wanted: WantedRule): boolean {
	return (
		isAimedAt(rule, wanted) &&
		lackingIn(rule, wanted.options ?? {}).length === 0 &&
		(wanted.priority === undefined || rule.Priority === undefined || wanted.priority === rule.Priority)
	);
}

/** The account of the destination bucket, where it is known. */
export function destinationOwner(wanted: WantedRule): string | undefined {
	return wanted.destinationAccountId ?? wanted.sourceAccountId;
}

/** What a rule replicates and where to, for people. */
export function ruleText(rule: ReplicationRule): string {
	const disabled = rule.Status === 'Disabled' ? ' (disabled)' : '';
	return `${filterText(filterOf(rule))} to ${destinationOf(rule)}${disabled}`;
}

/** What a rule does besides what is wanted of it, for people; empty where there is nothing. */
export function besidesText(rule: ReplicationRule, wanted: WantedRule): string {
	const asked = optionsIn(ruleFor(wanted, 1));
	const besides = Object.entries(optionsIn(rule)).filter(([name]) => !(name in asked));
	return optionTexts(Object.fromEntries(besides)).join(', ');
}

/** Equal in everything that decides what happens: an empty filter and an empty prefix both mean the whole bucket. */
export function isSameRule(left: ReplicationRule, right: ReplicationRule): boolean {
	return canonical(left) === canonical(right);
}

function canonical(rule: ReplicationRule): string {
	const {ID: _id, ...rest} = rule;
	const {prefix, tags} = filterOf(rule);
	const sorted = [...tags].sort((left, right) => (left.Key < right.Key ? -1 : 1));
	const normal = isSchemaV1(rule) ? rest : {...rest, Filter: filterElement({prefix, tags: sorted})};
	return JSON.stringify(normal, (_key, member: unknown) =>
		isRecord(member)
			? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
			: member,
	);
}
