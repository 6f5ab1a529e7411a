import {limits} from '../limits.js';
import {pricesDate} from '../prices.js';
import {defaultRuleId, ruleIdFault} from './role-name.js';
import {keyCost, keyNameFault} from './key-name.js';
import {prefixFault, prefixRemark, tagFault} from './rule-values.js';
import type {AnswerEntry} from './answer-entry.js';

/** What all answers about the rule have alike. */
const ofRule = {
	commands: ['wizard', 'plan', 'apply', 'export'],
	group: 'answers',
	belongsTo: 'rule',
	isRecorded: true,
} as const;

export const ruleId = {
	...ofRule,
	commands: [...ofRule.commands, 'watch'],
	flag: 'rule-id',
	kind: 'text',
	placeholder: 'ID',
	description: 'name of the replication rule; in watch the one to test',
	field: {label: 'Rule name', note: 'Other rules of the source bucket are kept.'},
	faultOf: ruleIdFault,
	refusal: {
		code: 'rule-name',
		headline: (id) => `Cannot use “${id}” as the rule's name`,
		nextStep: 'Give another --rule-id.',
	},
	defaultOf: ({mode}) => defaultRuleId(mode),
	isImplied: (id, {mode = 'cross-region'}) => id === defaultRuleId(mode),
} as const satisfies AnswerEntry;

export const prefix = {
	...ofRule,
	flag: 'prefix',
	kind: 'text',
	placeholder: 'PREFIX',
	description: 'replicate only keys that begin so',
	field: {
		label: 'Prefix',
		note: 'Replicates only keys that begin so, such as logs/.',
		wantedFor: 'For one folder of a bucket.',
		empty: '',
		emptyText: 'every key',
	},
	faultOf: prefixFault,
	remarkOf: (value) => prefixRemark(value)?.cause,
	refusal: {
		code: 'rule-prefix',
		headline: (prefix) => `Cannot use “${prefix}” as the prefix of a rule`,
		nextStep: 'Give another --prefix.',
	},
} as const satisfies AnswerEntry;

export const tags = {
	...ofRule,
	flag: 'tag',
	kind: 'list',
	placeholder: 'KEY=VALUE',
	description: 'replicate only objects with this tag; several: with all of them',
	field: {
		label: 'Tags',
		note: 'Replicates only objects uploaded with all these tags: KEY=VALUE, KEY=VALUE.',
		wantedFor: 'For objects that folders do not separate.',
		empty: '',
		emptyText: 'with or without tags',
	},
	faultOf: tagFault,
	refusal: {
		code: 'rule-tag',
		headline: (tag) => `Cannot filter by the tag “${tag}”`,
		nextStep: 'Give --tag KEY=VALUE.',
	},
} as const satisfies AnswerEntry;

export const storageClass = {
	...ofRule,
	flag: 'storage-class',
	kind: 'choice',
	placeholder: 'CLASS',
	choices: [
		'STANDARD',
		'STANDARD_IA',
		'ONEZONE_IA',
		'INTELLIGENT_TIERING',
		'GLACIER_IR',
		'GLACIER',
		'DEEP_ARCHIVE',
		'REDUCED_REDUNDANCY',
	],
	description: "storage class of replicas (the source object's)",
	field: {
		label: 'Storage class',
		note: 'The storage class of replicas.',
		cost: `Classes below STANDARD cost less to keep and more to read (${pricesDate}).`,
		wantedFor: 'For replicas that are rarely read.',
		empty: '',
		emptyText: 'as the source object',
	},
} as const satisfies AnswerEntry;

export const deleteMarkers = {
	...ofRule,
	flag: 'delete-markers',
	kind: 'switch',
	description: 'replicate delete markers, too',
	field: {
		label: 'Delete markers',
		note: 'Objects deleted without a version disappear at the destination, too.',
		cost: `A replication request for each (${pricesDate}).`,
		wantedFor: 'For a mirror; not for a backup. Not with tags.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

export const replicationTimeControl = {
	...ofRule,
	flag: 'replication-time-control',
	kind: 'switch',
	description: `most objects within ${limits.timeControlMinutes} minutes, with metrics; costs per GB`,
	field: {
		label: 'Time control',
		note: `Replicates most objects within ${limits.timeControlMinutes} minutes, and turns metrics on.`,
		cost: `$0.015 per GB, plus metrics (${pricesDate}).`,
		wantedFor: 'For a promised recovery point.',
		turnsOn: 'metrics',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

export const metrics = {
	...ofRule,
	flag: 'metrics',
	kind: 'switch',
	description: 'replication metrics in CloudWatch, and failure events',
	field: {
		label: 'Metrics',
		note: 'Shows pending objects, bytes and latency in CloudWatch.',
		cost: `About $0.30 per metric and month, as CloudWatch's own (${pricesDate}).`,
		wantedFor: 'For alarms on replication.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

export const priority = {
	...ofRule,
	flag: 'priority',
	kind: 'count',
	placeholder: 'N',
	max: 2_147_483_647,
	description: 'the higher wins among rules with one destination (below the others)',
} as const satisfies AnswerEntry;

export const ownerOverride = {
	...ofRule,
	flag: 'owner-override',
	kind: 'switch',
	description: "replicas belong to the destination's account; across accounts only",
	field: {
		section: 'encryption',
		label: 'Owner override',
		note: "Replicas belong to the destination's account; source ACLs are not copied.",
		wantedFor: 'For replicas that the source account must not control. Across accounts only.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;

export const kmsKey = {
	...ofRule,
	flag: 'kms-key',
	kind: 'text',
	placeholder: 'KEY',
	description: "replicate objects with SSE-KMS, too, under this key of the destination's region",
	field: {
		label: 'KMS key',
		section: 'encryption',
		note: "Replicate objects with SSE-KMS, too, under this key: an ARN or alias of the destination's region.",
		cost: keyCost,
		empty: '',
		emptyText: 'objects with SSE-KMS stay',
	},
	faultOf: keyNameFault,
	refusal: {
		code: 'kms-key',
		headline: (key) => `Cannot use “${key}” as the key for replicas`,
		nextStep: 'Give --kms-key ARN, or --kms-key alias/NAME.',
	},
} as const satisfies AnswerEntry;

export const replicaModifications = {
	...ofRule,
	flag: 'replica-modifications',
	kind: 'switch',
	description: 'replicate changes of metadata made on replicas, too',
	field: {
		section: 'encryption',
		label: 'Replica sync',
		note: 'Also replicates tags, ACLs and locks changed on replicas in the source bucket.',
		cost: `A replication request for each (${pricesDate}).`,
		wantedFor: 'For two-way replication.',
		empty: 'no',
	},
} as const satisfies AnswerEntry;
